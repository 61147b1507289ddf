#include "support/recording_canvas.hpp"

#include <deltascope/picture/loss_picture.hpp>
#include <deltascope/settings.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <utility>

namespace deltascope::picture {
namespace {

using test::RecordingCanvas;

const Rect page{0, 0, 500, 300};

/// Cost 1, ½, ¼, … at steps that take `evaluations` gradient evaluations each.
History run_of(int steps, int evaluations) {
  History history;
  for (int step = 0; step <= steps; ++step) {
    const auto at = static_cast<std::uint64_t>(step);
    history.cost.add(at, std::pow(0.5, step));
    history.gradient_evaluations.add(at, step * evaluations);
    if (step < steps) history.batch_cost.add(at, std::pow(0.5, step));
  }
  return history;
}

Dataset ox_points() {
  return make_dataset(*find_dataset_recipe("ox"), {}, 2, *find_activation("sigmoid"));
}

TEST(LossCurves, AreTheCostAndBehindItTheBatches) {
  const History history = run_of(3, 10);
  const auto curves = loss_curves(history, true, {}, nullptr, dark_palette());
  ASSERT_EQ(curves.size(), 2U);
  EXPECT_EQ(curves[0].series, &history.batch_cost);
  EXPECT_TRUE(curves[0].faint);
  EXPECT_EQ(curves[1].series, &history.cost);
  EXPECT_FALSE(curves[1].faint);
  EXPECT_EQ(curves[1].x, nullptr);
  // The cost of a batch that is all points is the Cost.
  EXPECT_EQ(loss_curves(history, false, {}, nullptr, dark_palette()).size(), 1U);
}

TEST(LossCurves, ShowTrialsInPlaceOfBatches) {
  History history = run_of(3, 10);
  history.trial_cost.add(1, 7);
  for (const bool batches : {false, true}) {
    const auto curves = loss_curves(history, batches, {}, nullptr, dark_palette());
    ASSERT_EQ(curves.size(), 2U);
    EXPECT_EQ(curves[0].name, "trials");
    EXPECT_EQ(curves[0].series, &history.trial_cost);
    EXPECT_TRUE(curves[0].faint && curves[0].guest);
    EXPECT_EQ(curves[0].tried_from, &history.batch_cost);
    EXPECT_FALSE(curves[1].guest);
  }
}

TEST(LossCurves, OfKeptRunsAreThinnerAndEachLooksDifferent) {
  const History history = run_of(3, 10);
  std::vector<KeptRun> kept;
  for (std::size_t look = 0; look < most_kept_runs; ++look)
    kept.push_back({"kept", &history, look});
  const auto curves = loss_curves(history, false, kept, nullptr, dark_palette());
  ASSERT_EQ(curves.size(), 1 + most_kept_runs);
  std::set<std::pair<int, int>> colors;
  for (std::size_t i = 1; i < curves.size(); ++i) {
    EXPECT_LT(curves[i].width_px, curves[0].width_px);
    EXPECT_TRUE(curves[i].guest);
    EXPECT_TRUE(colors.emplace(curves[i].color.r, curves[i].color.g).second);
    EXPECT_FALSE(curves[i].color == curves[0].color);
    if (i > 1) {
      EXPECT_NE(curves[i].dash_px, curves[i - 1].dash_px);
    }
  }
}

TEST(LossCurves, OfAKeptRunLookTheSameWhenOthersGo) {
  const History history = run_of(3, 10);
  const std::vector<KeptRun> kept{{"first", &history, 0}, {"second", &history, 1}};
  const auto both = loss_curves(history, false, kept, nullptr, dark_palette());
  const auto one = loss_curves(history, false, std::span(kept).last(1), nullptr, dark_palette());
  EXPECT_EQ(one.back().color, both.back().color);
  EXPECT_EQ(one.back().dash_px, both.back().dash_px);
  EXPECT_FALSE(both[1].color == both[2].color);
}

TEST(LossCurves, LieWhereTheirOwnRunsMeasureSays) {
  const History full = run_of(4, 10), single = run_of(40, 1);
  const KeptRun kept{"one point", &single};
  const RunMeasure* evaluations = find_run_measure("gradient_evaluations");
  const auto curves = loss_curves(full, false, {&kept, 1}, evaluations, dark_palette());
  CurvesPicture picture = loss_axes({.against = evaluations}, ox_settings().model, 10);
  picture.curves = curves;
  picture.cursor_x = 20;
  RecordingCanvas canvas;
  const CurvesLayout layout = layout_curves(canvas, page, picture);
  EXPECT_EQ(layout.x.hi, 40);
  draw_curves(canvas, page, picture, dark_palette());
  EXPECT_NE(canvas.find_text("20 gradient evaluations"), nullptr);
  EXPECT_NE(canvas.find_text("all points  0.25"), nullptr);
  EXPECT_NE(canvas.find_text("one point  9.537e-7"), nullptr);  // after 20 steps
}

TEST(LossAxes, SayWhichCostAndAgainstWhat) {
  Model model = ox_settings().model;
  EXPECT_EQ(loss_axes({}, model, 10).y_label, "Cost");
  EXPECT_EQ(loss_axes({}, model, 10).y_factor, 1);
  EXPECT_EQ(loss_axes({}, model, 10).x_label, "steps");
  const CurvesPicture paper = loss_axes({.log_cost = true, .paper_scale = true}, model, 10);
  EXPECT_EQ(paper.y_label, "2N·Cost = Σ‖y−a‖²");
  EXPECT_EQ(paper.y_factor, 20);
  EXPECT_TRUE(paper.log_y && !paper.log_x);
  EXPECT_EQ(loss_axes({.against = find_run_measure("seconds")}, model, 10).x_label, "seconds");
  model.l2 = 0.1;  // then it is not the squares alone
  EXPECT_EQ(loss_axes({.paper_scale = true}, model, 10).y_label, "2N·Cost");
  model.loss = find_loss("bce");
  EXPECT_EQ(loss_axes({.paper_scale = true}, model, 10).y_label, "Cost");
  EXPECT_EQ(loss_axes({.notation = walk::find_notation("ng")}, model, 10).y_label, "J");
  EXPECT_EQ(loss_axes({.paper_scale = true}, model, 10).y_factor, 1);
}

TEST(ReferenceLines, AreThePlateausOfTheTargets) {
  const auto lines = reference_lines(ox_settings().model, ox_points());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_DOUBLE_EQ(lines[0].value, 0.25);
  EXPECT_EQ(lines[0].label, "answers ½, ½");
}

}  // namespace
}  // namespace deltascope::picture
