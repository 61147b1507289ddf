#include "curve_columns.hpp"
#include "curves_parts.hpp"

#include <deltascope/picture/curves_picture.hpp>

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

/// Just short of a labelled tick, as the last recorded step mostly is, the axis goes on to it.
Axis up_to_tick(const Axis& axis) {
  constexpr double little = 0.005;
  for (const Tick& tick : ticks({axis.lo, axis.value_at(1 + little), axis.log}, 8)) {
    if (tick.major() && tick.value > axis.hi) return {axis.lo, tick.value, axis.log};
  }
  return axis;
}

Axis fitted_x(const CurvesPicture& picture) {
  Range range;
  for (const Curve& curve : picture.curves) {
    if (!has_points(curve)) continue;
    StepPositions positions(curve.x);
    if (!picture.log_x) {
      const auto buckets = curve.series->buckets();
      range.include(positions.at(buckets.front().first_step));
      range.include(positions.at(buckets.back().last_step));
      continue;
    }
    for (const Series::Bucket& bucket : curve.series->buckets()) {
      const double position = positions.at(bucket.last_step);
      if (!(position > 0)) continue;
      range.include(position);
      range.include(positions.at(curve.series->buckets().back().last_step));
      break;
    }
  }
  if (picture.log_x) {
    if (range.empty()) return {1, 10, true};
    return up_to_tick({range.lo, std::max(range.hi, 10 * range.lo), true});
  }
  if (range.empty()) return {0, 10, false};
  return up_to_tick({range.lo, range.hi > range.lo ? range.hi : range.lo + 1, false});
}

Range y_range(const CurvesPicture& picture, const Curve& curve) {
  Range values;
  CurveValues buckets(*curve.series, picture.divide_by, picture.y_factor);
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    const Series::Bucket bucket = buckets.at(i);
    if (!picture.log_y || bucket.min > 0) values.include(bucket.min);
    if (!picture.log_y || bucket.max > 0) values.include(bucket.max);
  }
  return values;
}

/// Of all curves; a guest that leaves the others far below does not count above them.
Range shown_values(const CurvesPicture& picture) {
  // On a linear axis what is ten times lower already lies flat at the bottom.
  const double most_times = picture.log_y ? 1e3 : 10;
  Range values;
  for (const bool guest : {false, true}) {
    const double present = values.hi;
    const bool alone = values.empty();
    for (const Curve& curve : picture.curves) {
      if (!has_points(curve) || curve.guest != guest) continue;
      Range own = y_range(picture, curve);
      if (own.empty()) continue;
      if (guest && !alone && own.hi > most_times * present) {
        own.lo = std::min(own.lo, present);
        own.hi = present;
      }
      values.include(own.lo);
      values.include(own.hi);
    }
  }
  return values;
}

Axis fitted_y(const CurvesPicture& picture) {
  const Range values = shown_values(picture);
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

bool has_points(const Curve& curve) {
  const bool placed = curve.x == nullptr || !curve.x->empty();
  return placed && curve.series != nullptr && !curve.series->empty();
}

Color band_color(const Curve& curve, const Palette& palette) {
  return faded(curve.color, palette.dark ? 0.62 : 0.4);
}

float x_px(const CurvesLayout& layout, double x) {
  return layout.plot.x0 + static_cast<float>(layout.x.fraction(x)) * layout.plot.width();
}

float y_px(const CurvesLayout& layout, double value) {
  const double fraction = std::clamp(layout.y.fraction(value), -0.1, 1.1);
  return layout.plot.y1 - static_cast<float>(fraction) * layout.plot.height();
}

CurvesLayout layout_curves(Canvas& canvas, const Rect& rect, const CurvesPicture& picture) {
  const float s = canvas.scale();
  const float text_height = canvas.measure("0", Font::small).height;
  CurvesLayout layout;
  layout.x = picture.x ? *picture.x : fitted_x(picture);
  layout.y = picture.y ? *picture.y : fitted_y(picture);
  const float top = layout_legend(canvas, rect, picture).height + 8 * s;
  const float bottom = text_height + (picture.x_label.empty() ? 0 : text_height) + 8 * s;
  layout.plot = {rect.x0, rect.y0 + top, rect.x1, rect.y1 - bottom};
  float labels = canvas.measure("0.00", Font::small).width;
  for (const Tick& tick : ticks(layout.y, y_tick_target(canvas, layout.plot.height()))) {
    labels = std::max(labels, canvas.measure(tick.label, Font::small).width);
  }
  layout.plot.x0 = std::round(rect.x0 + labels + 8 * s);
  const float margin = std::max(10 * s, reference_margin(canvas, rect, layout.y, picture));
  layout.plot.x1 = std::round(std::max(rect.x1 - margin, layout.plot.x0 + 1));
  layout.plot.y0 = std::round(layout.plot.y0);
  layout.plot.y1 = std::round(std::max(layout.plot.y1, layout.plot.y0 + 1));
  return layout;
}

}  // namespace deltascope::picture
