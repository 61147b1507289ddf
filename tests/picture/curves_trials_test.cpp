// Trials of Levenberg–Marquardt: marks where their results would stand.

#include "support/drawn_curves.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace deltascope::picture {
namespace {

using test::blue, test::curve_of, test::Drawn, test::drawn, test::picture_of, test::red;
using test::series_of;

/// A run of trials: from 1, every second one is accepted and halves the cost.
struct Trials {
  Series cost, tried_from, trial;
  explicit Trials(std::uint64_t steps) {
    double now = 1;
    for (std::uint64_t step = 0; step < steps; ++step) {
      cost.add(step, now);
      tried_from.add(step, now);
      const double then = step % 2 == 0 ? 0.5 * now : 1.5 * now;
      trial.add(step, then);
      now = std::min(now, then);
    }
    cost.add(steps, now);
  }
  std::vector<Curve> curves() const {
    Curve trials = curve_of("trials", trial, blue, nullptr);
    trials.faint = trials.guest = true;
    trials.tried_from = &tried_from;
    return {trials, curve_of("Cost", cost, red, nullptr)};
  }
};

/// Centres of the dots and of the crosses in this colour inside the plot.
struct Marks {
  std::vector<Point> dots, crosses;
};
Marks marks_of(const Drawn& drawn, Color color) {
  Marks marks;
  const Rect& plot = drawn.layout.plot;
  for (const auto& dot : drawn.canvas.circles) {
    const Point center = dot.rect.center();
    if (dot.color == color && center.y >= plot.y0) marks.dots.push_back(center);
  }
  for (const auto& line : drawn.canvas.lines) {  // one of the two strokes of a ×
    const Point a = line.points.front(), b = line.points.back();
    const bool falls =
        line.points.size() == 2 && b.x > a.x && std::abs((b.y - a.y) - (b.x - a.x)) < 1e-3F;
    const Point center{(a.x + b.x) / 2, (a.y + b.y) / 2};
    if (line.stroke.color == color && falls && center.y >= plot.y0) marks.crosses.push_back(center);
  }
  return marks;
}

TEST(CurvesTrials, AreADotWhereAcceptedAndACrossWhereNot) {
  const Trials run(6);
  const auto curves = run.curves();
  const Drawn plot = drawn(picture_of(curves));
  const Marks marks = marks_of(plot, blue);
  const auto expect_at = [&](Point mark, double step, double value) {
    const Rect& area = plot.layout.plot;
    EXPECT_NEAR(plot.layout.x.value_at((mark.x - area.x0) / area.width()), step, 1e-3);
    EXPECT_NEAR(plot.layout.y.value_at((area.y1 - mark.y) / area.height()), value, 1e-3);
  };
  ASSERT_EQ(marks.dots.size(), 3U);
  expect_at(marks.dots[0], 1, 0.5);  // where the cost stands after the step
  expect_at(marks.dots[1], 3, 0.25);
  expect_at(marks.dots[2], 5, 0.125);
  ASSERT_EQ(marks.crosses.size(), 3U);
  expect_at(marks.crosses[0], 2, 0.75);
  expect_at(marks.crosses[1], 4, 0.375);
  expect_at(marks.crosses[2], 6, 0.1875);
}

TEST(CurvesTrials, AreABandWhereTheyAreTooMany) {
  for (const std::uint64_t steps : {300U, 301U, 5000U}) {
    const Trials run(steps);
    const auto curves = run.curves();
    const Drawn plot = drawn(picture_of(curves));
    const Marks marks = marks_of(plot, blue);
    EXPECT_EQ(marks.dots.size() + marks.crosses.size(), steps == 300 ? 300U : 0U) << steps;
    const auto filled = std::count_if(
        plot.canvas.rects.begin(), plot.canvas.rects.end(),
        [&](const auto& r) { return r.color.b == blue.b && r.color.r == 0 && r.color.a < 255; });
    EXPECT_EQ(filled > 50, steps != 300) << steps;
  }
}

TEST(CurvesTrials, BeyondThePlotStandAtItsEdge) {
  const Series cost = series_of({{0, 1}, {1, 1}, {2, 1}});
  const Series tried_from = series_of({{0, 1}, {1, 1}}), trial = series_of({{0, 1e60}, {1, NAN}});
  Curve curves[] = {curve_of("trials", trial, blue, nullptr), curve_of("Cost", cost, red, nullptr)};
  curves[0].faint = curves[0].guest = true;
  curves[0].tried_from = &tried_from;
  const Drawn plot = drawn(picture_of(curves));
  EXPECT_LT(plot.layout.y.hi, 10);
  const Marks marks = marks_of(plot, blue);
  ASSERT_EQ(marks.crosses.size(), 1U);  // NaN has no place
  EXPECT_EQ(marks.crosses[0].y, plot.layout.plot.y0 + 3);
}

TEST(CurvesTrials, AreReadWhereTheyStand) {
  const Trials run(6);
  const auto curves = run.curves();
  CurvesPicture picture = picture_of(curves);
  picture.cursor_x = 2;
  const Drawn plot = drawn(picture);
  EXPECT_NE(plot.canvas.find_text("trials  0.75"), nullptr);
  EXPECT_NE(plot.canvas.find_text("Cost  0.5"), nullptr);
}

}  // namespace
}  // namespace deltascope::picture
