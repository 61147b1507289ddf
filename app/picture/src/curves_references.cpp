#include "curves_parts.hpp"

#include <algorithm>
#include <array>

namespace deltascope::picture {

namespace {

constexpr float line_px = 1, dash_px = 2, gap_px = 4;
constexpr float before_label = 6, widest_words = 0.2F;  // of the whole width

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

float words_width(Canvas& canvas, const std::vector<ReferenceLine>& lines) {
  float width = 0;
  for (const ReferenceLine& line : lines)
    width = std::max(width, canvas.measure(line.label, Font::small).width);
  return width;
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
  return words_width(canvas, shown_lines(y, picture)) <= widest_words * rect.width();
}

float reference_margin(Canvas& canvas, const Rect& rect, const Axis& y,
                       const CurvesPicture& picture) {
  const std::vector<ReferenceLine> lines = shown_lines(y, picture);
  if (lines.empty()) return 0;
  float width = 0;
  for (const ReferenceLine& line : lines)
    width = std::max(width, canvas.measure(format_fraction(line.value), Font::small).width);
  if (has_room_for_words(canvas, rect, y, picture))
    width = std::max(width, words_width(canvas, lines));
  return width + before_label * canvas.scale();
}

void draw_reference_labels(Canvas& canvas, const Rect& rect, const CurvesLayout& layout,
                           const CurvesPicture& picture, const Palette& palette) {
  const bool words = has_room_for_words(canvas, rect, layout.y, picture);
  const float s = canvas.scale();
  const float x = layout.plot.x1 + before_label * s;
  const float row = canvas.measure("0", Font::small).height;
  // Up to where the numbers of the horizontal axis stand.
  const float top = layout.plot.y0 - row / 2, bottom = layout.plot.y1 + 5 * s;
  struct Span {
    float top, bottom;
  };
  std::vector<Span> taken;
  const auto is_free = [&](Span label) {
    return label.top >= top && label.bottom <= bottom &&
           std::none_of(taken.begin(), taken.end(), [&](Span other) {
             return label.top < other.bottom && other.top < label.bottom;
           });
  };
  for (const ReferenceLine& line : shown_lines(layout.y, picture)) {
    const float middle = std::min(y_px(layout, line.value), bottom - row / 2);
    const Span value{middle - row / 2, middle + row / 2};
    if (!is_free(value)) continue;
    const std::array<Span, 2> with_words{Span{value.top, value.bottom + row},
                                         Span{value.top - row, value.bottom}};
    const auto* place = std::find_if(with_words.begin(), with_words.end(), is_free);
    canvas.text({x, middle}, format_fraction(line.value), Font::small, palette.secondary,
                AlignX::left, AlignY::middle);
    if (!words || place == with_words.end()) {
      taken.push_back(value);
      continue;
    }
    const float words_middle = place == with_words.begin() ? middle + row : middle - row;
    canvas.text({x, words_middle}, line.label, Font::small, palette.secondary, AlignX::left,
                AlignY::middle);
    taken.push_back(*place);
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
