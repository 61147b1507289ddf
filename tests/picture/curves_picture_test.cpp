#include "support/recording_canvas.hpp"

#include <deltascope/picture/curves_picture.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {
namespace {

using test::RecordingCanvas;

const Rect page{0, 0, 400, 300};
const Color red{255, 0, 0};

Series series_of(std::initializer_list<double> values, std::uint64_t first = 0) {
  Series series;
  for (const double value : values)
    series.add(first++, value);
  return series;
}

CurvesPicture picture_of(std::span<const Curve> curves) {
  CurvesPicture picture;
  picture.curves = curves;
  picture.x_label = "step";
  picture.y_label = "Cost";
  return picture;
}

std::vector<std::vector<Point>> lines_of(const RecordingCanvas& canvas, Color color) {
  std::vector<std::vector<Point>> result;
  for (const auto& line : canvas.lines) {
    if (line.stroke.color == color && line.stroke.width_px == 2) {
      result.push_back(line.points);
    }
  }
  return result;
}

/// The curves themselves, without the sample in the legend above the plot.
std::vector<std::vector<Point>> curves_of(const RecordingCanvas& canvas, const CurvesLayout& layout,
                                          Color color) {
  auto lines = lines_of(canvas, color);
  std::erase_if(lines, [&](const auto& points) { return points[0].y < layout.plot.y0 - 5; });
  return lines;
}

TEST(CurvesLayout, PlotLiesBetweenLegendAndLabels) {
  const Series cost = series_of({1, 0.5, 0.25});
  const Curve curve{"Cost", &cost, red};
  RecordingCanvas canvas;
  const CurvesLayout layout = layout_curves(canvas, page, picture_of({&curve, 1}));
  // Letters are 6 × 12.
  EXPECT_EQ(layout.plot, (Rect{24 + 8, 12 + 8, 390, 300 - 12 - 12 - 8}));
  EXPECT_EQ(layout.x.lo, 0);
  EXPECT_EQ(layout.x.hi, 2);
  EXPECT_EQ(layout.y.lo, 0);
  EXPECT_GT(layout.y.hi, 1);
}

TEST(CurvesLayout, LogStepsStartAtOne) {
  const Series cost = series_of({1, 0.5, 0.25, 0.1});
  const Curve curve{"Cost", &cost, red};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of({&curve, 1});
  picture.log_x = picture.log_y = true;
  const CurvesLayout layout = layout_curves(canvas, page, picture);
  EXPECT_EQ(layout.x.lo, 1);
  EXPECT_TRUE(layout.x.log && layout.y.log);
  EXPECT_LT(layout.y.lo, 0.1);
  EXPECT_GT(layout.y.lo, 0.05);
}

TEST(Curves, GoThroughTheirValues) {
  const Series cost = series_of({1, 0.5, 0.25});
  const Curve curve{"Cost", &cost, red};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of({&curve, 1});
  picture.y = Axis{0, 1, false};
  draw_curves(canvas, page, picture, dark_palette());
  const CurvesLayout layout = layout_curves(canvas, page, picture);
  const auto lines = curves_of(canvas, layout, red);
  ASSERT_EQ(lines.size(), 1U);
  ASSERT_EQ(lines[0].size(), 3U);
  EXPECT_FLOAT_EQ(lines[0][0].x, layout.plot.x0);
  EXPECT_FLOAT_EQ(lines[0][0].y, layout.plot.y0);
  EXPECT_FLOAT_EQ(lines[0][1].x, layout.plot.center().x);
  EXPECT_FLOAT_EQ(lines[0][1].y, layout.plot.center().y);
  EXPECT_FLOAT_EQ(lines[0][2].x, layout.plot.x1);
  EXPECT_EQ(canvas.clip_depth, 0);
}

TEST(Curves, AnEmptyHistorySaysSo) {
  const Series nothing;
  const Curve curves[] = {{"Cost", &nothing, red}, {"other", nullptr, red}};
  for (const bool log : {false, true}) {
    RecordingCanvas canvas;
    CurvesPicture picture = picture_of(curves);
    picture.log_x = picture.log_y = log;
    picture.cursor_x = 3;
    draw_curves(canvas, page, picture, dark_palette());
    EXPECT_NE(canvas.find_text("No steps yet."), nullptr);
  }
}

TEST(Curves, ASingleValueIsADot) {
  const Series cost = series_of({0.3}, 5);
  const Curve curve{"Cost", &cost, red};
  for (const bool log : {false, true}) {
    RecordingCanvas canvas;
    CurvesPicture picture = picture_of({&curve, 1});
    picture.log_x = picture.log_y = log;
    draw_curves(canvas, page, picture, dark_palette());
    ASSERT_EQ(canvas.circles.size(), 1U);
    EXPECT_EQ(canvas.circles[0].color, red);
  }
}

TEST(Curves, BreakWhereAValueIsNotFinite) {
  const Series cost = series_of({1, 0.9, NAN, 0.7, 0.6});
  const Curve curve{"Cost", &cost, red};
  RecordingCanvas canvas;
  const CurvesPicture picture = picture_of({&curve, 1});
  draw_curves(canvas, page, picture, dark_palette());
  const CurvesLayout layout = layout_curves(canvas, page, picture);
  EXPECT_EQ(curves_of(canvas, layout, red).size(), 2U);
  for (const auto& line : canvas.lines) {
    for (const Point p : line.points)
      EXPECT_TRUE(std::isfinite(p.x) && std::isfinite(p.y));
  }
}

TEST(Curves, AreNothingButFiniteEvenIfAllValuesAreNot) {
  const Series cost = series_of({NAN, INFINITY, NAN});
  const Curve curves[] = {{"Cost", &cost, red}, {"band", &cost, red, true}};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of(curves);
  picture.cursor_x = 1;
  draw_curves(canvas, page, picture, dark_palette());
  EXPECT_TRUE(canvas.circles.empty());
}

TEST(Curves, AZeroOnALogAxisGoesBelowTheBorder) {
  const Series cost = series_of({1, 0.1, 0, 0.1}, 1);
  const Curve curve{"Cost", &cost, red};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of({&curve, 1});
  picture.log_y = true;
  draw_curves(canvas, page, picture, dark_palette());
  const CurvesLayout layout = layout_curves(canvas, page, picture);
  const auto lines = curves_of(canvas, layout, red);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_GT(lines[0][2].y, layout.plot.y1);
  EXPECT_LT(lines[0][2].y, layout.plot.y1 + layout.plot.height());
}

TEST(Curves, CostPixelsNotSteps) {
  Series batch;
  for (std::uint64_t step = 0; step < 2'000'000; ++step) {
    batch.add(step, 1.0 + 0.5 * std::sin(static_cast<double>(step)));
  }
  ASSERT_GT(batch.buckets().size(), 5'000U);
  const Curve curves[] = {{"batch loss", &batch, red, true}, {"Cost", &batch, red}};
  for (const bool log : {false, true}) {
    RecordingCanvas canvas;
    CurvesPicture picture = picture_of(curves);
    picture.log_x = log;
    draw_curves(canvas, page, picture, dark_palette());
    const auto width = static_cast<std::size_t>(layout_curves(canvas, page, picture).plot.width());
    EXPECT_LE(canvas.rects.size(), 2 * (width + 3) + 20);  // the band and the ranges of the line
    for (const auto& line : canvas.lines)
      EXPECT_LE(line.points.size(), width + 3);
  }
}

TEST(Curves, HaveOnePointPerColumnAndNoCornerThatSticksOut) {
  Series noisy;
  for (std::uint64_t step = 0; step < 200; ++step)  // fewer than there are columns
    noisy.add(step, step % 2 == 0 ? 0.25 : 0.75);
  const Curve curve{"Cost", &noisy, red};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of({&curve, 1});
  picture.y = Axis{0, 1, false};
  draw_curves(canvas, page, picture, dark_palette());
  const CurvesLayout layout = layout_curves(canvas, page, picture);
  const auto lines = curves_of(canvas, layout, red);
  ASSERT_GT(lines.size(), 10U);
  for (const auto& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      EXPECT_GT(line[i].x, line[i - 1].x);
      if (i < 2) continue;
      const Point in{line[i - 1].x - line[i - 2].x, line[i - 1].y - line[i - 2].y};
      const Point out{line[i].x - line[i - 1].x, line[i].y - line[i - 1].y};
      EXPECT_GE(in.x * out.x + in.y * out.y,
                -0.51F * std::hypot(in.x, in.y) * std::hypot(out.x, out.y));
    }
  }
  EXPECT_TRUE(canvas.circles.empty());
}

TEST(Curves, ShowTheWholeRangeOfAColumn) {
  Series noisy;
  for (std::uint64_t step = 0; step < 100'000; ++step)
    noisy.add(step, step % 2 == 0 ? 0.25 : 0.75);
  const Curve curve{"Cost", &noisy, red};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of({&curve, 1});
  picture.y = Axis{0, 1, false};
  draw_curves(canvas, page, picture, dark_palette());
  const Rect plot = layout_curves(canvas, page, picture).plot;
  int ranges = 0;
  for (const auto& rect : canvas.rects) {
    if (!(rect.color == red)) continue;
    ++ranges;
    EXPECT_NEAR(rect.rect.y0, plot.y0 + 0.25F * plot.height(), 0.01);
    EXPECT_NEAR(rect.rect.y1, plot.y0 + 0.75F * plot.height(), 0.01);
  }
  EXPECT_GT(ranges, 100);
}

TEST(Curves, TheBandSpansMinimumAndMaximum) {
  Series batch;
  for (std::uint64_t step = 0; step < 100'000; ++step)
    batch.add(step, step % 2 == 0 ? 0.25 : 0.75);
  const Curve curve{"batch loss", &batch, red, true};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of({&curve, 1});
  picture.y = Axis{0, 1, false};
  draw_curves(canvas, page, picture, dark_palette());
  const Rect plot = layout_curves(canvas, page, picture).plot;
  ASSERT_GT(canvas.rects.size(), 100U);
  const auto& middle = canvas.rects[canvas.rects.size() / 2];
  EXPECT_NEAR(middle.rect.y0, plot.y0 + 0.25F * plot.height(), 0.01);
  EXPECT_NEAR(middle.rect.y1, plot.y0 + 0.75F * plot.height(), 0.01);
  EXPECT_LT(middle.color.a, 255);
}

TEST(Curves, ZoomedByHandShowTheDirectionAcrossTheBorders) {
  const Series cost = series_of({10, 20, 30, 40, 50, 60});
  const Curve curve{"Cost", &cost, red};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of({&curve, 1});
  picture.x = Axis{2.5, 3.5, false};
  draw_curves(canvas, page, picture, dark_palette());
  const auto lines = curves_of(canvas, layout_curves(canvas, page, picture), red);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].size(), 3U);  // steps 2, 3, 4
}

TEST(Curves, TheCursorReadsAllValues) {
  const Series cost = series_of({1, 0.5, 0.25});
  const Series other = series_of({8, 7, 6});
  const Curve curves[] = {{"Cost", &cost, red}, {"other", &other, red}};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of(curves);
  picture.cursor_x = 1.7;  // shows the newest value not after it
  draw_curves(canvas, page, picture, dark_palette());
  EXPECT_NE(canvas.find_text("step 1"), nullptr);
  EXPECT_NE(canvas.find_text("Cost  0.5"), nullptr);
  EXPECT_NE(canvas.find_text("other  7"), nullptr);
}

TEST(Curves, AreShownRelativeToAnother) {
  const Series inner = series_of({1, 2, 3});
  const Series outer = series_of({2, 0, 4});
  const Curve curve{"ratio", &inner, red};
  RecordingCanvas canvas;
  CurvesPicture picture = picture_of({&curve, 1});
  picture.divide_by = &outer;
  picture.cursor_x = 2;
  draw_curves(canvas, page, picture, dark_palette());
  EXPECT_NE(canvas.find_text("ratio  0.75"), nullptr);
  // Nothing to divide by at step 1: the two ends are dots, and there is the cursor's dot.
  EXPECT_EQ(canvas.circles.size(), 3U);
  EXPECT_TRUE(curves_of(canvas, layout_curves(canvas, page, picture), red).empty());
}

TEST(LayerCurves, DifferInColourAndDashesAndTheOutputIsSolid) {
  const std::vector<Series> series(3);
  const std::vector<std::string> names{"δ^[2]", "δ^[3]", "δ^[4]"};
  const auto curves = layer_curves(series, names, dark_palette());
  ASSERT_EQ(curves.size(), 3U);
  EXPECT_EQ(curves[2].dash_px, 0);
  EXPECT_EQ(curves[2].color, dark_palette().delta);
  EXPECT_NE(curves[0].dash_px, curves[1].dash_px);
  EXPECT_FALSE(curves[0].color == curves[1].color);
}

TEST(LayerCurves, NeverLookTheSameUpToSixteenLayers) {
  for (const Palette& palette : {dark_palette(), light_palette()}) {
    for (std::size_t layers = 1; layers <= 16; ++layers) {
      const std::vector<Series> series(layers);
      const std::vector<std::string> names(layers, "δ");
      const auto curves = layer_curves(series, names, palette);
      ASSERT_EQ(curves.size(), layers);
      for (std::size_t i = 0; i < layers; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          const bool same = curves[i].color == curves[j].color;
          EXPECT_FALSE(same) << layers << " layers: " << i << " and " << j;
        }
        if (i > 0) {
          EXPECT_NE(curves[i].dash_px, curves[i - 1].dash_px);
        }
      }
    }
  }
}

}  // namespace
}  // namespace deltascope::picture
