#include "curve_columns.hpp"
#include "curves_parts.hpp"

#include <deltascope/picture/curves_picture.hpp>
#include <deltascope/picture/script_text.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace deltascope::picture {

namespace {

struct Range {
  double lo = std::numeric_limits<double>::infinity();
  double hi = -std::numeric_limits<double>::infinity();
  bool empty() const { return !(lo <= hi); }
  void include(double value) {
    if (!std::isfinite(value)) return;
    lo = std::min(lo, value);
    hi = std::max(hi, value);
  }
};

Axis fitted_x(const CurvesPicture& picture) {
  Range steps;
  for (const Curve& curve : picture.curves) {
    if (curve.series == nullptr || curve.series->empty()) continue;
    steps.include(static_cast<double>(curve.series->buckets().front().first_step));
    steps.include(static_cast<double>(curve.series->buckets().back().last_step));
  }
  if (picture.log_x) return {1, std::max(steps.empty() ? 10.0 : steps.hi, 10.0), true};
  if (steps.empty()) return {0, 10, false};
  return {steps.lo, std::max(steps.hi, steps.lo + 1), false};
}

Axis fitted_y(const CurvesPicture& picture) {
  Range values;
  for (const Curve& curve : picture.curves) {
    if (curve.series == nullptr) continue;
    CurveValues buckets(*curve.series, picture.divide_by);
    for (std::size_t i = 0; i < buckets.size(); ++i) {
      const Series::Bucket bucket = buckets.at(i);
      if (!picture.log_y || bucket.min > 0) values.include(bucket.min);
      if (!picture.log_y || bucket.max > 0) values.include(bucket.max);
    }
  }
  if (picture.log_y) {
    constexpr double most_decades = 1e18;
    if (values.empty()) return {0.1, 1, true};
    const double lo = std::max(values.lo, values.hi / most_decades);
    const double pad = std::max(std::pow(values.hi / lo, 0.05), 1.15);
    return {lo / pad, values.hi * pad, true};
  }
  if (values.empty()) return {0, 1, false};
  double size = values.hi - values.lo;
  if (size == 0) size = values.hi == 0 ? 1 : std::abs(values.hi) * 0.5;
  const bool from_zero = values.lo >= 0 && values.lo <= 0.5 * values.hi;
  return {from_zero ? 0 : values.lo - 0.06 * size, values.hi + 0.06 * size, false};
}

}  // namespace

int x_tick_target(const Canvas& canvas, float width_px) {
  return std::clamp(static_cast<int>(width_px / (60 * canvas.scale())), 2, 10);
}

int y_tick_target(const Canvas& canvas, float height_px) {
  return std::clamp(static_cast<int>(height_px / (34 * canvas.scale())), 2, 8);
}

float legend_width(Canvas& canvas, const CurvesPicture& picture) {
  float width = 0;
  for (const Curve& curve : picture.curves) {
    width += legend_entry_width(canvas, curve);
  }
  return width;
}

float legend_entry_width(Canvas& canvas, const Curve& curve) {
  return measure_script(canvas, curve.name, Font::small).width + 40 * canvas.scale();
}

CurvesLayout layout_curves(Canvas& canvas, const Rect& rect, const CurvesPicture& picture) {
  const float s = canvas.scale();
  const float text_height = canvas.measure("0", Font::small).height;
  CurvesLayout layout;
  layout.x = picture.x ? *picture.x : fitted_x(picture);
  layout.y = picture.y ? *picture.y : fitted_y(picture);
  // The legend shares a row with the label of the y axis unless that gets too long.
  const float label = measure_script(canvas, picture.y_label, Font::small).width;
  const bool one_row = label + legend_width(canvas, picture) + 12 * s <= rect.width();
  const float top = (one_row ? 1.0F : 2.0F) * text_height + 8 * s;
  const float bottom = text_height + (picture.x_label.empty() ? 0 : text_height) + 8 * s;
  layout.plot = {rect.x0, rect.y0 + top, rect.x1, rect.y1 - bottom};
  float labels = canvas.measure("0.00", Font::small).width;
  for (const Tick& tick : ticks(layout.y, y_tick_target(canvas, layout.plot.height()))) {
    labels = std::max(labels, canvas.measure(tick.label, Font::small).width);
  }
  layout.plot.x0 = std::round(rect.x0 + labels + 8 * s);
  layout.plot.x1 = std::round(std::max(rect.x1 - 10 * s, layout.plot.x0 + 1));
  layout.plot.y0 = std::round(layout.plot.y0);
  layout.plot.y1 = std::round(std::max(layout.plot.y1, layout.plot.y0 + 1));
  return layout;
}

}  // namespace deltascope::picture
