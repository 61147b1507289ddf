#include "readout.hpp"

#include <deltascope/picture/script_text.hpp>

#include <algorithm>

namespace deltascope::picture {

namespace {

constexpr float padding = 8, distance = 10, swatch_width = 18;

float line_height(Canvas& canvas) {
  return canvas.measure("x", Font::small).height + 4 * canvas.scale();
}

float indent(Canvas& canvas, const ReadoutLine& line) {
  return line.swatch.a > 0 ? swatch_width * canvas.scale() : 0;
}

}  // namespace

Rect readout_rect(Canvas& canvas, Point at, const Rect& bounds,
                  std::span<const ReadoutLine> lines) {
  const float s = canvas.scale();
  float width = 0;
  for (const ReadoutLine& line : lines) {
    const float text = measure_script(canvas, line.text, Font::small).width;
    width = std::max(width, indent(canvas, line) + text);
  }
  width += 2 * padding * s;
  const float height =
      static_cast<float>(lines.size()) * line_height(canvas) + 2 * (padding - 2) * s;
  float x = at.x + distance * s;
  if (x + width > bounds.x1) x = at.x - distance * s - width;
  x = std::max(std::min(x, bounds.x1 - width), bounds.x0);
  const float y = std::max(std::min(at.y - height / 2, bounds.y1 - height), bounds.y0);
  return {x, y, x + width, y + height};
}

void draw_readout(Canvas& canvas, Point at, const Rect& bounds, std::span<const ReadoutLine> lines,
                  const Palette& palette) {
  const float s = canvas.scale();
  const Rect box = readout_rect(canvas, at, bounds, lines);
  canvas.fill_rect(box, faded(palette.frame, 0.96), 6 * s);
  canvas.stroke_rect(box, {palette.border, s}, 6 * s);
  float y = box.y0 + padding * s;
  for (const ReadoutLine& line : lines) {
    const float middle = y + canvas.measure("x", Font::small).height / 2;
    const float left = box.x0 + padding * s;
    if (line.swatch.a > 0) {
      canvas.line({left, middle}, {left + 12 * s, middle}, {line.swatch, 3 * s});
    }
    draw_script(canvas, {left + indent(canvas, line), y}, line.text, Font::small, palette.text);
    y += line_height(canvas);
  }
}

}  // namespace deltascope::picture
