// Curves of several runs in one plot: other measures than steps, scale, reference lines, legend.

#include "support/drawn_curves.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {
namespace {

using test::blue, test::curve_of, test::Drawn, test::drawn, test::page, test::picture_of;
using test::RecordingCanvas, test::red, test::series_of;

/// The points of the line in this colour inside the plot, horizontally as values of the axis.
std::vector<double> positions(const Drawn& drawn, Color color) {
  const Rect& plot = drawn.layout.plot;
  std::vector<double> result;
  for (const auto& line : drawn.canvas.lines) {
    // Samples in legend and read-out are thicker.
    if (!(line.stroke.color == color) || line.stroke.width_px != 2) continue;
    for (const Point p : line.points)
      result.push_back(drawn.layout.x.value_at((p.x - plot.x0) / plot.width()));
  }
  return result;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

TEST(CurvesAgainst, AMeasureLieStraightBetweenTheStepsItKnows) {
  const Series cost = series_of({{0, 5}, {1, 4}, {2, 3}, {4, 2}, {8, 1}});
  const Series evaluations = series_of({{0, 0}, {4, 400}, {8, 500}});
  const Curve curve = curve_of("Cost", cost, red, &evaluations);
  const Drawn plot = drawn(picture_of({&curve, 1}));
  EXPECT_EQ(plot.layout.x.lo, 0);
  EXPECT_EQ(plot.layout.x.hi, 500);
  const auto at = positions(plot, red);
  const std::vector<double> expected{0, 100, 200, 400, 500};
  ASSERT_EQ(at.size(), expected.size());
  for (std::size_t i = 0; i < at.size(); ++i)
    EXPECT_NEAR(at[i], expected[i], 0.01) << i;
}

TEST(CurvesAgainst, AMeasureAreLevelOutsideAndNeverGoBack) {
  const Series cost = series_of({{0, 5}, {2, 4}, {4, 3}, {6, 2}, {9, 1}});
  const Series broken = series_of({{2, 20}, {4, 40}, {6, 30}, {8, 50}});
  const Curve curve = curve_of("Cost", cost, red, &broken);
  const Drawn plot = drawn(picture_of({&curve, 1}));
  EXPECT_EQ(plot.layout.x.lo, 20);
  EXPECT_EQ(plot.layout.x.hi, 50);
  // Steps 0 and 2 lie at 20, then 4 and 6 at 40, and 9 at the end.
  const auto at = positions(plot, red);
  const std::vector<double> expected{20, 20, 40, 40, 50};
  ASSERT_EQ(at.size(), expected.size());
  for (std::size_t i = 0; i < at.size(); ++i)
    EXPECT_NEAR(at[i], expected[i], 0.01) << i;
}

TEST(CurvesAgainst, AMeasureThatStandsStillMakesTheLineFallUpright) {
  const Series cost = series_of({{0, 1}, {1, 1}, {2, 1}, {3, 0.2}, {4, 0.1}});
  const Series evaluations = series_of({{0, 0}, {1, 10}, {2, 20}, {3, 20}, {4, 30}});
  const Curve curve = curve_of("Cost", cost, red, &evaluations);
  const Drawn plot = drawn(picture_of({&curve, 1}));
  const auto line = std::find_if(
      plot.canvas.lines.begin(), plot.canvas.lines.end(),
      [](const auto& drawn) { return drawn.stroke.color == red && drawn.points.size() > 2; });
  ASSERT_NE(line, plot.canvas.lines.end());
  ASSERT_EQ(line->points.size(), 5U);
  EXPECT_EQ(line->points[2].x, line->points[3].x);
  EXPECT_EQ(line->points[2].y, line->points[1].y);
  EXPECT_LT(line->points[3].y, line->points[4].y);
  const Rect& area = plot.layout.plot;
  EXPECT_NEAR(plot.layout.y.value_at((area.y1 - line->points[3].y) / area.height()), 0.2, 1e-3);
}

TEST(CurvesAgainst, SecondsHaveALogAxisThatStartsAtTheFirstOfThem) {
  const Series cost = series_of({{0, 5}, {1, 4}, {10, 3}, {100, 2}});
  const Series seconds = series_of({{0, 0}, {100, 1e-4}});
  const Curve curve = curve_of("Cost", cost, red, &seconds);
  CurvesPicture picture = picture_of({&curve, 1});
  EXPECT_EQ(drawn(picture).layout.x.hi, 1e-4);
  picture.log_x = true;
  const Drawn plot = drawn(picture);
  EXPECT_DOUBLE_EQ(plot.layout.x.lo, 1e-6);
  EXPECT_DOUBLE_EQ(plot.layout.x.hi, 1e-4);
  EXPECT_EQ(positions(plot, red).size(), 3U);  // step 0 has no place
}

TEST(CurvesAgainst, ZoomedByHandTheAxisIsInUnitsOfTheMeasure) {
  const Series cost = series_of({{0, 5}, {1, 4}, {2, 3}, {3, 2}, {4, 1}});
  const Series evaluations = series_of({{0, 0}, {4, 400}});
  const Curve curve = curve_of("Cost", cost, red, &evaluations);
  CurvesPicture picture = picture_of({&curve, 1});
  picture.x = Axis{150, 250, false};
  EXPECT_EQ(positions(drawn(picture), red).size(), 3U);  // 100, 200, 300
}

TEST(CurvesAgainst, AMeasureThatKnowsNothingShowsNothing) {
  const Series cost = series_of({{0, 5}, {1, 4}});
  const Series nothing;
  const Curve curve = curve_of("Cost", cost, red, &nothing);
  CurvesPicture picture = picture_of({&curve, 1});
  picture.cursor_x = 0.5;
  const Drawn plot = drawn(picture);
  EXPECT_NE(plot.canvas.find_text("No steps yet."), nullptr);
  EXPECT_TRUE(positions(plot, red).empty());
}

TEST(CurvesAgainst, AMeasureTheCursorSaysTheStepToo) {
  Series cost, evaluations;
  for (std::uint64_t step = 0; step <= 2000; ++step) {
    cost.add(step, static_cast<double>(step));
    evaluations.add(step, static_cast<double>(10 * step));
  }
  const Curve curve = curve_of("Cost", cost, red, &evaluations);
  CurvesPicture picture = picture_of({&curve, 1});
  picture.cursor_x = 12'345;
  const Drawn plot = drawn(picture);
  EXPECT_NE(plot.canvas.find_text("step 1,234 · 12,345 gradient evaluations"), nullptr);
  EXPECT_NE(plot.canvas.find_text("Cost  1234"), nullptr);
}

TEST(CurvesAgainst, AMeasureEachRunIsReadWhereItsOwnStepsLie) {
  const Series cost = series_of({{0, 5}, {1, 4}, {2, 3}});
  const Series dear = series_of({{0, 0}, {2, 200}}), cheap = series_of({{0, 0}, {2, 20}});
  const Curve curves[] = {curve_of("dear", cost, red, &dear),
                          curve_of("cheap", cost, blue, &cheap)};
  CurvesPicture picture = picture_of(curves);
  picture.cursor_x = 15;
  Drawn plot = drawn(picture);
  EXPECT_NE(plot.canvas.find_text("15 gradient evaluations"), nullptr);
  EXPECT_NE(plot.canvas.find_text("dear  5"), nullptr);
  EXPECT_NE(plot.canvas.find_text("cheap  4"), nullptr);
  EXPECT_NEAR(positions(plot, red).back(), 200, 0.01);
  EXPECT_NEAR(positions(plot, blue).back(), 20, 0.01);
  picture.cursor_x = 120;  // where the cheap run has long ended
  plot = drawn(picture);
  EXPECT_NE(plot.canvas.find_text("dear  4"), nullptr);
  EXPECT_EQ(plot.canvas.find_text("cheap  3"), nullptr);
}

TEST(CurvesLayout, GoesOnToATickThatIsNearlyReached) {
  const auto end = [](std::uint64_t last) {
    const Series cost = series_of({{0, 5}, {last, 4}});
    const Curve curve = curve_of("Cost", cost, red, nullptr);
    RecordingCanvas canvas;
    return layout_curves(canvas, page, picture_of({&curve, 1})).x.hi;
  };
  EXPECT_EQ(end(999'424), 1'000'000);
  EXPECT_EQ(end(1'000'000), 1'000'000);
  EXPECT_EQ(end(980'000), 980'000);
  const Series cost = series_of({{1, 5}, {999'999, 4}});
  const Curve curve = curve_of("Cost", cost, red, nullptr);
  CurvesPicture picture = picture_of({&curve, 1});
  picture.log_x = true;
  EXPECT_DOUBLE_EQ(drawn(picture).layout.x.hi, 1e6);
}

TEST(CurvesScale, ActsOnAxisCurvesAndReadout) {
  const Series cost = series_of({{0, 0.5}, {1, 0.25}});
  const Curve curve = curve_of("Cost", cost, red, nullptr);
  CurvesPicture picture = picture_of({&curve, 1});
  picture.log_y = true;
  const Axis plain = drawn(picture).layout.y;
  picture.y_factor = 20;
  picture.cursor_x = 0;
  const Drawn plot = drawn(picture);
  EXPECT_DOUBLE_EQ(plot.layout.y.lo, 20 * plain.lo);
  EXPECT_DOUBLE_EQ(plot.layout.y.hi, 20 * plain.hi);
  EXPECT_NE(plot.canvas.find_text("Cost  10"), nullptr);
}

/// The dashed lines across the whole plot.
std::vector<float> reference_heights(const Drawn& plot) {
  std::vector<float> heights;
  for (const auto& line : plot.canvas.lines) {
    const bool across =
        line.points.front().x == plot.layout.plot.x0 && line.points.back().x == plot.layout.plot.x1;
    if (across && line.stroke.dash_px > 0) heights.push_back(line.points.front().y);
  }
  return heights;
}

TEST(CurvesReferences, LieWhereTheAxisSaysAndNeverStretchIt) {
  const Series cost = series_of({{0, 1}, {1, 0}});
  const Curve curve = curve_of("Cost", cost, red, nullptr);
  const std::vector<ReferenceLine> references{{0.5, "half"}, {7, "too high"}, {-1, "too low"}};
  CurvesPicture picture = picture_of({&curve, 1});
  const Axis without = drawn(picture).layout.y;
  picture.references = references;
  for (const double factor : {1.0, 20.0}) {
    picture.y_factor = factor;
    const Drawn plot = drawn(picture);
    EXPECT_DOUBLE_EQ(plot.layout.y.hi, factor * without.hi);
    const auto heights = reference_heights(plot);
    ASSERT_EQ(heights.size(), 1U);
    const Rect& area = plot.layout.plot;
    const double fraction = (area.y1 - heights[0]) / area.height();
    EXPECT_NEAR(plot.layout.y.value_at(fraction), 0.5 * factor, 1e-3 * factor);
    EXPECT_NE(plot.canvas.find_text(factor == 1.0 ? "½: half" : "10: half"), nullptr);
  }
}

/// The labels' texts and boxes: what stands right of the plot.
std::vector<RecordingCanvas::Text> reference_labels(const Drawn& plot) {
  std::vector<RecordingCanvas::Text> labels;
  for (const auto& text : plot.canvas.texts) {
    if (text.box.x0 > plot.layout.plot.x1) labels.push_back(text);
  }
  return labels;
}

TEST(CurvesReferences, HaveLabelsRightOfThePlotAndNeverOnEachOther) {
  const Series cost = series_of({{0, 1}, {1, 0}});
  const Curve curve = curve_of("Cost", cost, red, nullptr);
  std::vector<ReferenceLine> references;
  for (int i = 0; i < 12; ++i)  // closer than a letter is high
    references.push_back({0.9 - 0.01 * i, "plateau"});
  CurvesPicture picture = picture_of({&curve, 1});
  picture.references = references;
  const Drawn plot = drawn(picture);
  EXPECT_EQ(reference_heights(plot).size(), 12U);
  std::vector<Rect> boxes;
  for (const auto& label : reference_labels(plot)) {
    EXPECT_TRUE(label.box.x1 <= page.x1 && label.box.y0 >= 0 && label.box.y1 <= page.y1);
    for (const Rect& other : boxes)
      EXPECT_FALSE(overlap(label.box, other));
    boxes.push_back(label.box);
  }
  EXPECT_GE(boxes.size(), 2U);
  // Nothing but curves inside, and no ground under a label.
  for (const auto& filled : plot.canvas.rects)
    EXPECT_TRUE(filled.rect == plot.layout.plot);
}

TEST(CurvesReferences, TheMoreImportantKeepsItsLabelBesideTheOther) {
  const Series cost = series_of({{0, 1}, {1, 0}});
  const Curve curve = curve_of("Cost", cost, red, nullptr);
  const ReferenceLine first{0.46, "first"}, second{0.47, "second"}, far{0.8, "far"};
  for (const bool swapped : {false, true}) {
    const std::vector<ReferenceLine> references{swapped ? second : first, swapped ? first : second,
                                                far};
    CurvesPicture picture = picture_of({&curve, 1});
    picture.references = references;
    const Drawn plot = drawn(picture);
    EXPECT_EQ(reference_heights(plot).size(), 3U);
    EXPECT_EQ(plot.canvas.find_text("0.46: first") != nullptr, !swapped);
    EXPECT_EQ(plot.canvas.find_text("0.47: second") != nullptr, swapped);
    EXPECT_NE(plot.canvas.find_text("0.8: far"), nullptr);
  }
}

TEST(CurvesReferences, TheWordsStandInTheReadOutWhereTheMarginIsTooNarrow) {
  const Series cost = series_of({{0, 1}, {1, 0}});
  const Curve curve = curve_of("Cost", cost, red, nullptr);
  const std::vector<ReferenceLine> references{{0.25, "answers ½, ½"}, {1.0 / 12, "given up"}};
  CurvesPicture picture = picture_of({&curve, 1});
  picture.references = references;
  picture.cursor_x = 0.5;
  for (const float width : {190.0F, 600.0F}) {
    RecordingCanvas canvas;
    const Rect rect{0, 0, width, 300};
    const Rect plot = layout_curves(canvas, rect, picture).plot;
    draw_curves(canvas, rect, picture, dark_palette());
    const bool wide = width > 400;
    EXPECT_NE(canvas.find_text(wide ? "¼: answers ½, ½" : "¼"), nullptr);
    EXPECT_NE(canvas.find_text(wide ? "1/12: given up" : "1/12"), nullptr);
    EXPECT_EQ(canvas.find_text("answers ½, ½  ¼") != nullptr, !wide);
    EXPECT_EQ(canvas.find_text("given up  1/12") != nullptr, !wide);
    // Letters are 6 wide, the longest label has 15 or 4 of them, and 6 are before it.
    EXPECT_EQ(plot.x1, width - (wide ? 15 * 6 : 4 * 6) - 6);
  }
}

TEST(CurvesLayout, AGuestThatDivergedLeavesTheOthersTheirPlace) {
  const Series cost = series_of({{0, 1}, {1, 0.5}});
  const Series diverged = series_of({{0, 0.4}, {1, 1e124}});
  const auto top = [&](const Series& other, bool guest, bool log) {
    Curve curves[] = {curve_of("present", cost, red, nullptr),
                      curve_of("kept", other, blue, nullptr)};
    curves[1].guest = guest;
    CurvesPicture picture = picture_of(curves);
    picture.log_y = log;
    return drawn(picture).layout.y.hi;
  };
  for (const bool log : {false, true}) {
    EXPECT_LT(top(diverged, true, log), 2);
    EXPECT_GT(top(diverged, false, log), 1e124);
  }
  EXPECT_GT(top(series_of({{0, 9}, {1, 4}}), true, false), 9);
  EXPECT_LT(top(series_of({{0, 11}, {1, 4}}), true, false), 2);
  EXPECT_GT(top(series_of({{0, 900}, {1, 4}}), true, true), 900);
  EXPECT_LT(top(series_of({{0, 1100}, {1, 4}}), true, true), 2);
}

TEST(CurvesLayout, AGuestThatGoesLowerIsShownThere) {
  const Series cost = series_of({{0, 1}, {1, 0.5}});
  const Series other = series_of({{0, 1e9}, {1, 1e-6}});
  Curve curves[] = {curve_of("present", cost, red, nullptr),
                    curve_of("kept", other, blue, nullptr)};
  curves[1].guest = true;
  CurvesPicture picture = picture_of(curves);
  picture.log_y = true;
  EXPECT_LT(drawn(picture).layout.y.lo, 1e-6);
  // Alone, a guest is what there is to see.
  EXPECT_GT(drawn(picture_of(std::span(curves).last(1))).layout.y.hi, 1e9);
}

TEST(CurvesLegend, TakesAsManyRowsAsItNeeds) {
  const Series cost = series_of({{0, 1}, {1, 0}});
  const std::vector<std::string> names{"batch", "all points",     "η = 5",
                                       "Adam",  "momentum 0.9",   "one point at a time",
                                       "LM",    "batches of five"};
  std::vector<Curve> curves;
  for (std::size_t count = 1; count <= names.size(); ++count) {
    curves.push_back(curve_of(names[count - 1], cost, red, nullptr));
    const CurvesPicture picture = picture_of(curves);
    const Drawn plot = drawn(picture);
    std::vector<Rect> boxes;
    for (const std::string& name : names) {
      const auto* text = plot.canvas.find_text(name);
      if (text == nullptr) continue;
      const Rect with_sample{text->box.x0 - 26, text->box.y0, text->box.x1, text->box.y1};
      EXPECT_GE(with_sample.x0, page.x0);
      EXPECT_LE(with_sample.x1, page.x1);
      EXPECT_GE(with_sample.y0, page.y0);
      EXPECT_LE(with_sample.y1, plot.layout.plot.y0);
      EXPECT_FALSE(overlap(with_sample, plot.canvas.find_text("Cost")->box));
      for (const Rect& other : boxes)
        EXPECT_FALSE(overlap(with_sample, other)) << name;
      boxes.push_back(with_sample);
    }
    EXPECT_EQ(boxes.size(), count);
    EXPECT_GT(plot.layout.plot.height(), 150);
  }
}

TEST(CurvesLegend, CutsANameThatIsLongerThanARow) {
  const Series cost = series_of({{0, 1}, {1, 0}});
  std::string name;
  for (int i = 0; i < 100; ++i)
    name += "η";
  const Curve curve = curve_of(name, cost, red, nullptr);
  const Drawn plot = drawn(picture_of({&curve, 1}));
  const auto cut = std::find_if(plot.canvas.texts.begin(), plot.canvas.texts.end(),
                                [](const auto& text) { return text.utf8.ends_with("η…"); });
  ASSERT_NE(cut, plot.canvas.texts.end());
  EXPECT_LE(cut->box.x1, page.x1);
  EXPECT_GT(cut->box.x1, page.x1 - 20);
}

}  // namespace
}  // namespace deltascope::picture
