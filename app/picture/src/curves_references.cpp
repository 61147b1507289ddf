#include "curves_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {

namespace {

constexpr float line_px = 1, dash_px = 2, gap_px = 4;
constexpr float before_label = 6, widest_label = 0.22F;  // of the whole width

bool on_axis(const Axis& axis, double value) {
  const double fraction = axis.fraction(value);
  return fraction >= 0 && fraction <= 1;
}

/// The lines that are seen, their values as they are shown.
std::vector<ReferenceLine> shown_lines(const Axis& y, const CurvesPicture& picture) {
  std::vector<ReferenceLine> lines;
  for (const ReferenceLine& line : picture.references) {
    const double value = line.value * picture.y_factor;
    if (on_axis(y, value)) lines.push_back({value, line.label});
  }
  return lines;
}

std::string with_words(const ReferenceLine& line) {
  return fmt::format("{}: {}", format_fraction(line.value), line.label);
}

}  // namespace

void draw_reference_lines(Canvas& canvas, const CurvesLayout& layout, const CurvesPicture& picture,
                          const Palette& palette) {
  const float s = canvas.scale();
  for (const ReferenceLine& line : shown_lines(layout.y, picture)) {
    const float y = y_px(layout, line.value);
    canvas.line({layout.plot.x0, y}, {layout.plot.x1, y},
                {palette.secondary, line_px * s, dash_px * s, gap_px * s});
  }
}

bool has_room_for_words(Canvas& canvas, const Rect& rect, const Axis& y,
                        const CurvesPicture& picture) {
  const std::vector<ReferenceLine> lines = shown_lines(y, picture);
  return std::all_of(lines.begin(), lines.end(), [&](const ReferenceLine& line) {
    return canvas.measure(with_words(line), Font::small).width <= widest_label * rect.width();
  });
}

float reference_margin(Canvas& canvas, const Rect& rect, const Axis& y,
                       const CurvesPicture& picture) {
  const bool words = has_room_for_words(canvas, rect, y, picture);
  float margin = 0;
  for (const ReferenceLine& line : shown_lines(y, picture)) {
    const std::string label = words ? with_words(line) : format_fraction(line.value);
    const float width = canvas.measure(label, Font::small).width;
    margin = std::max(margin, width + before_label * canvas.scale());
  }
  return margin;
}

void draw_reference_labels(Canvas& canvas, const Rect& rect, const CurvesLayout& layout,
                           const CurvesPicture& picture, const Palette& palette) {
  const bool words = has_room_for_words(canvas, rect, layout.y, picture);
  const float row = canvas.measure("0", Font::small).height;
  std::vector<float> taken;
  for (const ReferenceLine& line : shown_lines(layout.y, picture)) {
    const float y = y_px(layout, line.value);
    const bool free = std::none_of(taken.begin(), taken.end(),
                                   [&](float other) { return std::abs(y - other) < row; });
    if (!free) continue;
    taken.push_back(y);
    canvas.text({layout.plot.x1 + before_label * canvas.scale(), y},
                words ? with_words(line) : format_fraction(line.value), Font::small,
                palette.secondary, AlignX::left, AlignY::middle);
  }
}

std::vector<std::pair<std::string, std::string>> reference_texts(const CurvesLayout& layout,
                                                                 const CurvesPicture& picture) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const ReferenceLine& line : shown_lines(layout.y, picture))
    texts.emplace_back(line.label, format_fraction(line.value));
  return texts;
}

}  // namespace deltascope::picture
