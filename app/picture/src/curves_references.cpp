#include "curves_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace deltascope::picture {

namespace {

constexpr float line_px = 1, dash_px = 2, gap_px = 4;

bool overlap(const Rect& a, const Rect& b) {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

bool inside(const Rect& inner, const Rect& outer) {
  return inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 &&
         inner.y1 <= outer.y1;
}

Rect around(Point corner, Size text, float s) {
  return {corner.x - 3 * s, corner.y - s, corner.x + text.width + 3 * s,
          corner.y + text.height + s};
}

bool on_axis(const Axis& axis, double value) {
  const double fraction = axis.fraction(value);
  return fraction >= 0 && fraction <= 1;
}

/// The lines that are seen, as they are shown: scaled, the number before the words.
std::vector<ReferenceLine> shown_lines(const CurvesLayout& layout, const CurvesPicture& picture) {
  std::vector<ReferenceLine> lines;
  for (const ReferenceLine& line : picture.references) {
    const double value = line.value * picture.y_factor;
    if (!on_axis(layout.y, value)) continue;
    lines.push_back({value, fmt::format("{}: {}", format_number(value, 3), line.label)});
  }
  return lines;
}

}  // namespace

void draw_reference_lines(Canvas& canvas, const CurvesLayout& layout, const CurvesPicture& picture,
                          const Palette& palette) {
  const float s = canvas.scale();
  for (const ReferenceLine& line : shown_lines(layout, picture)) {
    const float y = y_px(layout, line.value);
    canvas.line({layout.plot.x0, y}, {layout.plot.x1, y},
                {palette.secondary, line_px * s, dash_px * s, gap_px * s});
  }
}

void draw_reference_labels(Canvas& canvas, const CurvesLayout& layout, const CurvesPicture& picture,
                           const Palette& palette) {
  const float s = canvas.scale();
  // In a low plot they would hide the curves.
  constexpr float least_rows = 5;
  if (layout.plot.height() < least_rows * canvas.measure("0", Font::small).height) return;
  const std::vector<ReferenceLine> lines = shown_lines(layout, picture);
  std::vector<Rect> labels;
  for (const ReferenceLine& line : lines) {
    const Size text = canvas.measure(line.label, Font::small);
    const float y = y_px(layout, line.value);
    const float above = y - text.height - 4 * s, below = y + 4 * s;
    const float left = layout.plot.x0 + 6 * s, right = layout.plot.x1 - 6 * s - text.width;
    const std::array<Rect, 4> places{
        around({right, above}, text, s), around({right, below}, text, s),
        around({left, above}, text, s), around({left, below}, text, s)};
    const auto is_free = [&](const Rect& place) {
      return inside(place, layout.plot) &&
             std::none_of(labels.begin(), labels.end(),
                          [&](const Rect& label) { return overlap(place, label); });
    };
    const auto is_clear = [&](const Rect& place) {
      return is_free(place) && std::none_of(lines.begin(), lines.end(), [&](const auto& other) {
               const float at = y_px(layout, other.value);
               return at > place.y0 && at < place.y1;
             });
    };
    auto place = std::find_if(places.begin(), places.end(), is_clear);
    // Across another line a label can still be read, on its own ground.
    if (place == places.end()) place = std::find_if(places.begin(), places.end(), is_free);
    if (place == places.end()) continue;
    labels.push_back(*place);
    canvas.fill_rect(*place, faded(palette.plot_background, 0.85), 3 * s);
    canvas.text(place->center(), line.label, Font::small, palette.secondary, AlignX::center,
                AlignY::middle);
  }
}

}  // namespace deltascope::picture
