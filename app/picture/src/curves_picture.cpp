#include "curve_columns.hpp"
#include "curves_parts.hpp"
#include "readout.hpp"

#include <deltascope/picture/curves_picture.hpp>
#include <deltascope/picture/script_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace deltascope::picture {

namespace {

void draw_grid(Canvas& canvas, const CurvesLayout& layout, const CurvesPicture& picture,
               const Palette& palette) {
  const float s = canvas.scale();
  const Rect& plot = layout.plot;
  canvas.fill_rect(plot, palette.plot_background);
  const auto x_ticks = ticks(layout.x, x_tick_target(canvas, plot.width()));
  const auto y_ticks = ticks(layout.y, y_tick_target(canvas, plot.height()));
  for (const bool major : {false, true}) {
    const Stroke stroke{major ? palette.grid : palette.grid_minor, s};
    for (const Tick& tick : x_ticks) {
      const float x = std::floor(x_px(layout, tick.value)) + 0.5F;
      if (tick.major() == major) canvas.line({x, plot.y0}, {x, plot.y1}, stroke);
    }
    for (const Tick& tick : y_ticks) {
      const float y = std::floor(y_px(layout, tick.value)) + 0.5F;
      if (tick.major() == major) canvas.line({plot.x0, y}, {plot.x1, y}, stroke);
    }
  }
  canvas.stroke_rect(plot, {palette.border, s});
  float taken_until = plot.x0 - 20 * s;  // labels that would touch the one before are left out
  for (const Tick& tick : x_ticks) {
    if (!tick.major()) continue;
    const float half = canvas.measure(tick.label, Font::small).width / 2;
    // The last label may lean on the margin beside the plot, not past it.
    const float x = std::min(x_px(layout, tick.value), plot.x1 + 8 * s - half);
    if (x - half < taken_until + 6 * s) continue;
    taken_until = x + half;
    canvas.text({x, plot.y1 + 5 * s}, tick.label, Font::small, palette.secondary, AlignX::center);
  }
  for (const Tick& tick : y_ticks) {
    if (!tick.major()) continue;
    canvas.text({plot.x0 - 6 * s, y_px(layout, tick.value)}, tick.label, Font::small,
                palette.secondary, AlignX::right, AlignY::middle);
  }
  const float text_height = canvas.measure("0", Font::small).height;
  draw_script(canvas, {plot.center().x, plot.y1 + 5 * s + text_height}, picture.x_label,
              Font::small, palette.secondary, AlignX::center);
}

/// One rectangle per column of pixels: neighbours share a border on whole pixels, so that no seam
/// shows through the half-transparent colour.
void draw_band(Canvas& canvas, const CurvesLayout& layout, const Curve& curve,
               const std::vector<CurveColumn>& columns, const Palette& palette) {
  const float least = 1.2F * canvas.scale();
  const Color color = band_color(curve, palette);
  const auto draw_column = [&](float x, float top, float bottom) {
    const float missing = std::max(0.0F, least - (bottom - top)) / 2;
    canvas.fill_rect({x, top - missing, x + 1, bottom + missing}, color);
  };
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const CurveColumn& here = columns[i];
    if (!std::isfinite(here.min)) continue;
    const float x = std::floor(x_px(layout, here.x));
    const float top = y_px(layout, here.max);
    const float bottom = y_px(layout, here.min);
    if (i + 1 == columns.size() || here.gap || !std::isfinite(columns[i + 1].min)) {
      draw_column(x, top, bottom);
      continue;
    }
    // From here to the next: each column spans what the band passes on its way through it, so that
    // steep parts stay connected.
    const float next_x = std::floor(x_px(layout, columns[i + 1].x));
    const float rise = y_px(layout, columns[i + 1].max) - top;
    const float fall = y_px(layout, columns[i + 1].min) - bottom;
    const float from = std::max(x, layout.plot.x0 - 1);
    for (float left = from; left < std::min(next_x, layout.plot.x1); left += 1) {
      const float t = (left - x) / (next_x - x);
      const float u = (left + 1 - x) / (next_x - x);
      draw_column(left, top + std::min(t * rise, u * rise), bottom + std::max(t * fall, u * fall));
    }
  }
}

/// Whether a line turns back so sharply at `b` that a mitred corner would stick out as a spike.
bool turns_back(Point a, Point b, Point c) {
  const float in_x = b.x - a.x, in_y = b.y - a.y;
  const float out_x = c.x - b.x, out_y = c.y - b.y;
  return in_x * out_x + in_y * out_y < -0.5F * std::hypot(in_x, in_y) * std::hypot(out_x, out_y);
}

void draw_line(Canvas& canvas, const CurvesLayout& layout, const Curve& curve,
               const std::vector<CurveColumn>& columns) {
  const float s = canvas.scale();
  const Stroke stroke{curve.color, curve.width_px * s, curve.dash_px * s, curve.gap_px * s};
  const bool dashed = curve.dash_px > 0;
  // A range in full colour would make a dashed curve look solid.
  const Color range_color = dashed ? faded(curve.color, 0.4) : curve.color;
  std::vector<Point> points;
  bool alone = true;  // nothing of this piece has been drawn yet
  const auto finish = [&] {
    if (points.size() == 1 && alone) canvas.fill_circle(points.front(), 2.5F * s, curve.color);
    if (points.size() > 1) canvas.polyline(points, stroke);
    points.clear();
    alone = true;
  };
  const auto go_to = [&](Point next) {
    const std::size_t n = points.size();
    if (!dashed && n > 1 && turns_back(points[n - 2], points[n - 1], next)) {
      const Point corner = points.back();
      canvas.polyline(points, stroke);
      points = {corner};
      alone = false;
    }
    points.push_back(next);
  };
  for (const CurveColumn& column : columns) {
    if (std::isfinite(column.min)) {
      const float x = x_px(layout, column.x);
      const float top = y_px(layout, column.max);
      const float bottom = y_px(layout, column.min);
      if (bottom - top >= s && column.upright && !column.gap) {
        go_to({x, y_px(layout, column.first)});
        go_to({x, y_px(layout, column.last)});
      } else if (bottom - top >= s) {
        // Many values in one column of pixels: their whole range, and the line through its middle.
        canvas.fill_rect({x - s, top, x + s, bottom}, range_color);
        go_to({x, (top + bottom) / 2});
      } else {
        go_to({x, std::isfinite(column.last) ? y_px(layout, column.last) : top});
      }
    }
    if (column.gap) finish();
  }
  finish();
}

void draw_marker(Canvas& canvas, const CurvesLayout& layout, const CurvesPicture& picture,
                 const Palette& palette) {
  const float s = canvas.scale();
  const float x = x_px(layout, StepPositions(picture.marker->x).at(picture.marker->step));
  canvas.line({x, layout.plot.y0}, {x, layout.plot.y1}, {palette.accent, 1.5F * s});
  if (!picture.marker->value) return;
  const Point at{x, y_px(layout, *picture.marker->value * picture.y_factor)};
  canvas.fill_circle(at, 5.5F * s, palette.plot_background);
  canvas.fill_circle(at, 4 * s, palette.accent);
}

/// "step 1,234", or what the axis says there: "12,340 gradient evaluations", "0.125 seconds". With
/// the step where all curves are of one run.
std::string position_text(const CurvesPicture& picture, const Series* run, bool one_run) {
  const double x = *picture.cursor_x;
  if (one_run && run == nullptr) return "step " + format_count(std::floor(x));
  const std::string position =
      fmt::format("{} {}", x < 1000 ? format_number(x, 3) : format_count(x), picture.x_label);
  const auto step = StepPositions(run).step_at(x);
  return one_run && step ? fmt::format("step {} · {}", format_count(*step), position) : position;
}

void draw_cursor(Canvas& canvas, const Rect& rect, const CurvesLayout& layout,
                 const CurvesPicture& picture, const Palette& palette) {
  const double fraction = layout.x.fraction(*picture.cursor_x);
  if (!(fraction >= 0 && fraction <= 1)) return;
  const float s = canvas.scale();
  const float x = x_px(layout, *picture.cursor_x);
  canvas.line({x, layout.plot.y0}, {x, layout.plot.y1}, {palette.secondary, s});
  const Series* run = picture.curves.front().x;
  const bool one_run = std::all_of(picture.curves.begin(), picture.curves.end(),
                                   [run](const Curve& curve) { return curve.x == run; });
  constexpr float longest_name = 120;  // at 100 %: the read-out lies over the curves
  std::vector<ReadoutLine> lines{{position_text(picture, run, one_run), {0, 0, 0, 0}}};
  for (const Curve& curve : picture.curves) {
    if (!has_points(curve)) continue;
    // A run that ended earlier has no value here.
    const double end = StepPositions(curve.x).at(curve.series->buckets().back().last_step);
    constexpr double unrecorded = 0.02;  // of the axis: Cost is not known at every step
    if (fraction - layout.x.fraction(end) > unrecorded) continue;
    const auto step = StepPositions(curve.x).step_at(*picture.cursor_x);
    if (!step) continue;
    const double behind = curve.tried_from != nullptr ? 1 : 0;  // a trial stands one step on
    const auto bucket =
        CurveValues(*curve.series, picture.divide_by, picture.y_factor).newest_at(*step - behind);
    if (!bucket) continue;
    const bool range = curve.faint && bucket->min < bucket->max;
    const std::string value =
        range ? fmt::format("{} … {}", format_number(bucket->min, 3), format_number(bucket->max, 3))
              : format_number(bucket->last, 4);
    const std::string name = shortened(canvas, curve.name, longest_name * s);
    lines.push_back({fmt::format("{}  {}", name, value), curve.color});
    const double up = layout.y.fraction(bucket->last);
    if (!range && up >= 0 && up <= 1) {
      canvas.fill_circle({x, y_px(layout, bucket->last)}, 3.5F * s, curve.color);
    }
  }
  if (!has_room_for_words(canvas, rect, layout.y, picture)) {
    for (const auto& [words, value] : reference_texts(layout, picture))
      lines.push_back({fmt::format("{}  {}", words, value), palette.secondary});
  }
  draw_readout(canvas, {x, layout.plot.y0 + layout.plot.height() * 0.3F}, layout.plot, lines,
               palette);
}

}  // namespace

std::vector<Curve> layer_curves(std::span<const Series> series, std::span<const std::string> names,
                                const Palette& palette) {
  // The output layer is solid and in the colour of δ; the further back, the further along the ramp.
  constexpr std::array<std::array<float, 2>, 4> dashes{{{0, 0}, {10, 5}, {4, 4}, {2, 4}}};
  const std::array<Color, 3> ramp{palette.delta, palette.warning, palette.accent};
  std::vector<Curve> curves;
  const std::size_t layers = std::min(series.size(), names.size());
  for (std::size_t layer = 0; layer < layers; ++layer) {
    const std::size_t back = layers - 1 - layer;
    const double at =
        layers > 1 ? 2.0 * static_cast<double>(back) / static_cast<double>(layers - 1) : 0.0;
    const Color color = at < 1 ? mixed(ramp[0], ramp[1], at) : mixed(ramp[1], ramp[2], at - 1);
    const auto& dash = dashes[back % dashes.size()];
    curves.push_back({names[layer], &series[layer], color, false, dash[0], dash[1]});
  }
  return curves;
}

void draw_curves(Canvas& canvas, const Rect& rect, const CurvesPicture& picture,
                 const Palette& palette) {
  const CurvesLayout layout = layout_curves(canvas, rect, picture);
  draw_grid(canvas, layout, picture, palette);
  draw_legend(canvas, rect, layout, picture, palette);
  const bool usable = layout.x.hi > layout.x.lo && layout.y.hi > layout.y.lo;
  if (!usable || std::none_of(picture.curves.begin(), picture.curves.end(), has_points)) {
    canvas.text(layout.plot.center(), "No steps yet.", Font::small, palette.secondary,
                AlignX::center, AlignY::middle);
    return;
  }
  canvas.push_clip(layout.plot);
  draw_reference_lines(canvas, layout, picture, palette);
  const int columns = std::max(1, static_cast<int>(layout.plot.width()));
  for (const bool faint : {true, false}) {
    for (const Curve& curve : picture.curves) {
      if (!has_points(curve) || curve.faint != faint) continue;
      if (!trial_marks(layout, picture, curve).empty()) continue;
      const auto shown =
          curve_columns(CurveValues(*curve.series, picture.divide_by, picture.y_factor),
                        StepPositions(curve.x), layout.x, columns);
      faint ? draw_band(canvas, layout, curve, shown, palette)
            : draw_line(canvas, layout, curve, shown);
    }
  }
  for (const Curve& curve : picture.curves) {
    if (has_points(curve))
      draw_trial_marks(canvas, layout, curve, trial_marks(layout, picture, curve));
  }
  if (picture.marker) draw_marker(canvas, layout, picture, palette);
  canvas.pop_clip();
  draw_reference_labels(canvas, rect, layout, picture, palette);
  if (picture.cursor_x) draw_cursor(canvas, rect, layout, picture, palette);
}

}  // namespace deltascope::picture
