#pragma once

#include "support/recording_canvas.hpp"

#include <deltascope/picture/curves_picture.hpp>

#include <initializer_list>
#include <utility>

namespace deltascope::test {

using picture::Color, picture::Curve, picture::CurvesLayout, picture::CurvesPicture, picture::Rect;
using picture::dark_palette, picture::draw_curves, picture::layout_curves;

inline const Rect page{0, 0, 400, 300};
inline const Color red{255, 0, 0}, blue{0, 0, 255};

inline Series series_of(std::initializer_list<std::pair<std::uint64_t, double>> values) {
  Series series;
  for (const auto& [step, value] : values)
    series.add(step, value);
  return series;
}

inline Curve curve_of(std::string_view name, const Series& series, Color color, const Series* x) {
  Curve curve{name, &series, color};
  curve.x = x;
  return curve;
}

inline CurvesPicture picture_of(std::span<const Curve> curves) {
  CurvesPicture picture;
  picture.curves = curves;
  picture.x_label = "gradient evaluations";
  picture.y_label = "Cost";
  return picture;
}

/// What is drawn on a page, and where.
struct Drawn {
  RecordingCanvas canvas;
  CurvesLayout layout;
};

inline Drawn drawn(const CurvesPicture& picture) {
  Drawn result;
  result.layout = layout_curves(result.canvas, page, picture);
  draw_curves(result.canvas, page, picture, dark_palette());
  return result;
}

}  // namespace deltascope::test
