#include "support/recording_canvas.hpp"

#include <deltascope/picture/sweep_picture.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace deltascope::picture {
namespace {

using test::RecordingCanvas;

const Rect page{0, 0, 500, 300};

/// Ten runs of 4 steps: seed k has cost k / 2^step and comes to 1 as it can; the last diverges.
SweepResult ten_runs() {
  SweepResult result;
  result.request.plan = {1, 10, 4, 1.0};
  result.steps = sweep_steps(4);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SweepRun run;
    run.seed = seed;
    double cost = static_cast<double>(seed);
    for (std::uint64_t step = 0; step <= 4; ++step, cost /= 2) {
      if (seed == 10 && step == 2) {
        run.diverged_step = 1;
        break;
      }
      run.costs.push_back(cost);
      if (cost <= 1 && !run.threshold_step) run.threshold_step = step;
    }
    result.runs.push_back(run);
  }
  return result;
}

struct Drawn {
  SweepResult result = ten_runs();
  SweepSummary summary = summarize(result);
  SweepPicture picture{&result, &summary};
  RecordingCanvas canvas;

  void draw() { draw_sweep(canvas, page, picture, dark_palette()); }
  bool says(std::string_view text) const { return canvas.find_text(text) != nullptr; }
};

TEST(SweepPicture, NamesItsCurvesAndCountsTheRuns) {
  Drawn drawn;
  drawn.draw();
  for (const char* text : {"Cost", "steps", "median", "10 … 90 %", "25 … 75 %",
                           "First step with a cost of at most 1: 9 runs, 1 never"})
    EXPECT_TRUE(drawn.says(text)) << text;
  EXPECT_EQ(drawn.canvas.clip_depth, 0);
}

TEST(SweepPicture, StaysInItsRectangle) {
  Drawn drawn;
  drawn.picture.log_cost = drawn.picture.log_steps = true;
  drawn.draw();
  for (const auto& text : drawn.canvas.texts) {
    EXPECT_GE(text.box.x0, page.x0 - 1) << text.utf8;
    EXPECT_LE(text.box.x1, page.x1 + 1) << text.utf8;
    EXPECT_LE(text.box.y1, page.y1 + 1) << text.utf8;
  }
}

TEST(SweepPicture, HasABarWhereRunsCame) {
  Drawn drawn;
  drawn.draw();
  const Rect bars = layout_sweep(drawn.canvas, page, drawn.picture).bars;
  std::vector<Rect> found;
  for (const auto& filled : drawn.canvas.rects) {
    if (filled.color == dark_palette().positive && filled.rect.y1 == bars.y1)
      found.push_back(filled.rect);
  }
  // 1 came at step 0, 1 at 1, 2 at 2, 4 at 3, 1 at 4: five bars, as high as they are many.
  ASSERT_EQ(found.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    const float center = bars.x0 + bars.width() * static_cast<float>(i) / 4;
    EXPECT_NEAR(found[i].center().x, center, 10) << i;
    EXPECT_GE(found[i].x0, bars.x0 - 1);
    EXPECT_LE(found[i].x1, bars.x1 + 1);
  }
  EXPECT_NEAR(found[3].height(), 4 * found[0].height(), 0.01F);
  EXPECT_NEAR(found[3].height(), 2 * found[2].height(), 0.01F);
}

TEST(SweepPicture, HasBothAxesInLine) {
  Drawn drawn;
  const SweepLayout layout = layout_sweep(drawn.canvas, page, drawn.picture);
  EXPECT_EQ(layout.plot.x0, layout.bars.x0);
  EXPECT_EQ(layout.plot.x1, layout.bars.x1);
  EXPECT_LT(layout.plot.y1, layout.bars.y0);
  EXPECT_LE(layout.bars.y1, page.y1);
}

TEST(SweepPicture, SaysWhatIsKnownUnderTheMouse) {
  Drawn drawn;
  const Rect plot = layout_sweep(drawn.canvas, page, drawn.picture).plot;
  drawn.picture.mouse = Point{plot.x0 + plot.width() * 0.55F, plot.center().y};
  drawn.draw();  // between the steps 2 and 3
  EXPECT_TRUE(drawn.says("step 2"));
  EXPECT_TRUE(drawn.says("median  1.38"));  // of ¼ … 9/4 and ∞
  EXPECT_TRUE(drawn.says("25 … 75 %  0.812 … 1.94"));
  EXPECT_TRUE(drawn.says("10 … 90 %  0.475 … diverged"));
  EXPECT_TRUE(drawn.says("at most 1 so far: 4 of 10 runs"));
}

TEST(SweepPicture, DrawsTheChosenRunAndWhereItEnds) {
  Drawn drawn;
  drawn.picture.run = 9;
  const Rect plot = layout_sweep(drawn.canvas, page, drawn.picture).plot;
  drawn.picture.mouse = Point{plot.x1 - 1, plot.center().y};
  drawn.draw();
  EXPECT_TRUE(drawn.says("seed 10"));
  EXPECT_TRUE(drawn.says("seed 10  diverged"));
  std::size_t dashed = 0;
  for (const auto& drawn_line : drawn.canvas.lines)
    dashed += drawn_line.stroke.color == dark_palette().warning ? 1 : 0;
  EXPECT_GE(dashed, 2U);  // in the plot and in its legend
}

TEST(SweepPicture, ShowsOneRunToo) {
  Drawn drawn;
  drawn.result.runs.resize(1);
  drawn.summary = summarize(drawn.result);
  drawn.draw();
  EXPECT_TRUE(drawn.says("First step with a cost of at most 1: 1 run, 0 never"));
}

TEST(SweepPicture, OfRunsThatAllDivergeAtOnceStillDraws) {
  Drawn drawn;
  for (SweepRun& run : drawn.result.runs) {
    run.costs.clear();
    run.threshold_step.reset();
    run.diverged_step = 0;
  }
  drawn.summary = summarize(drawn.result);
  drawn.draw();
  EXPECT_TRUE(drawn.says("First step with a cost of at most 1: 0 runs, 10 never"));
}

}  // namespace
}  // namespace deltascope::picture
