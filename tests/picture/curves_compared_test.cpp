// Curves of several runs in one plot: other measures than steps, scale, reference lines, legend.

#include "support/recording_canvas.hpp"

#include <deltascope/picture/curves_picture.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {
namespace {

using test::RecordingCanvas;

const Rect page{0, 0, 400, 300};
const Color red{255, 0, 0}, blue{0, 0, 255};

Series series_of(std::initializer_list<std::pair<std::uint64_t, double>> values) {
  Series series;
  for (const auto& [step, value] : values)
    series.add(step, value);
  return series;
}

Curve curve_of(std::string_view name, const Series& series, Color color, const Series* x) {
  Curve curve{name, &series, color};
  curve.x = x;
  return curve;
}

CurvesPicture picture_of(std::span<const Curve> curves) {
  CurvesPicture picture;
  picture.curves = curves;
  picture.x_label = "gradient evaluations";
  picture.y_label = "Cost";
  return picture;
}

struct Drawn {
  RecordingCanvas canvas;
  CurvesLayout layout;
};

Drawn drawn(const CurvesPicture& picture) {
  Drawn result;
  result.layout = layout_curves(result.canvas, page, picture);
  draw_curves(result.canvas, page, picture, dark_palette());
  return result;
}

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
  ASSERT_EQ(at.size(), 3U);
  EXPECT_NEAR(at[0], 20, 0.01);
  EXPECT_NEAR(at[1], 40, 0.01);
  EXPECT_NEAR(at[2], 50, 0.01);
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
    EXPECT_NE(plot.canvas.find_text(factor == 1.0 ? "0.5: half" : "10: half"), nullptr);
  }
}

TEST(CurvesReferences, HaveLabelsThatLieInThePlotAndNeverOnEachOther) {
  const Series cost = series_of({{0, 1}, {1, 0}});
  const Curve curve = curve_of("Cost", cost, red, nullptr);
  std::vector<ReferenceLine> references;
  for (int i = 0; i < 12; ++i)  // closer than a letter is high
    references.push_back({1.0 - 0.01 * i, "plateau"});
  CurvesPicture picture = picture_of({&curve, 1});
  picture.references = references;
  const Drawn plot = drawn(picture);
  EXPECT_EQ(reference_heights(plot).size(), 12U);
  std::vector<Rect> labels;
  for (const auto& text : plot.canvas.texts) {
    if (text.utf8.find("plateau") == std::string::npos) continue;
    const Rect& area = plot.layout.plot;
    EXPECT_TRUE(text.box.x0 >= area.x0 && text.box.x1 <= area.x1 && text.box.y0 >= area.y0 &&
                text.box.y1 <= area.y1);
    for (const Rect& other : labels)
      EXPECT_FALSE(overlap(text.box, other));
    labels.push_back(text.box);
  }
  EXPECT_GE(labels.size(), 4U);
}

TEST(CurvesReferences, HaveLabelsBesideTheOtherLineWhereThereIsRoom) {
  const Series cost = series_of({{0, 1}, {1, 0}});
  const Curve curve = curve_of("Cost", cost, red, nullptr);
  // Letters are 12 high; the lines are 9 pixels apart, the upper label fits above, the lower below.
  const std::vector<ReferenceLine> references{{0.46, "lower"}, {0.5, "upper"}};
  CurvesPicture picture = picture_of({&curve, 1});
  picture.references = references;
  const Drawn plot = drawn(picture);
  const auto heights = reference_heights(plot);
  ASSERT_EQ(heights.size(), 2U);
  EXPECT_GT(plot.canvas.find_text("0.46: lower")->box.y0, heights[0]);
  EXPECT_LT(plot.canvas.find_text("0.5: upper")->box.y1, heights[1]);
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
