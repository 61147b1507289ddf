#include "readout.hpp"

#include <deltascope/picture/script_text.hpp>

#include <algorithm>

namespace deltascope::picture {

namespace {

constexpr float padding = 8, distance = 10, swatch_width = 18;

// Raised and lowered parts reach past the line.
float line_height(Canvas& canvas, const ReadoutLine& line) {
  const float scripts = line.text.find_first_of("^_") == std::string::npos ? 0.0F : 8.0F;
  return canvas.measure("x", Font::small).height + (4 + scripts) * canvas.scale();
}

float indent(Canvas& canvas, const ReadoutLine& line) {
  return line.swatch.a > 0 ? swatch_width * canvas.scale() : 0;
}

}  // namespace

Size readout_size(Canvas& canvas, std::span<const ReadoutLine> lines) {
  const float s = canvas.scale();
  Size size;
  for (const ReadoutLine& line : lines) {
    const float text = measure_script(canvas, line.text, Font::small).width;
    size.width = std::max(size.width, indent(canvas, line) + text);
    size.height += line_height(canvas, line);
  }
  size.width += 2 * padding * s;
  size.height += 2 * (padding - 2) * s;
  return size;
}

Rect readout_rect(Canvas& canvas, Point at, const Rect& bounds,
                  std::span<const ReadoutLine> lines) {
  const float s = canvas.scale();
  const auto [width, height] = readout_size(canvas, lines);
  float x = at.x + distance * s;
  if (x + width > bounds.x1) x = at.x - distance * s - width;
  x = std::max(std::min(x, bounds.x1 - width), bounds.x0);
  const float y = std::max(std::min(at.y - height / 2, bounds.y1 - height), bounds.y0);
  return {x, y, x + width, y + height};
}

void draw_readout(Canvas& canvas, Point at, const Rect& bounds, std::span<const ReadoutLine> lines,
                  const Palette& palette) {
  const Rect box = readout_rect(canvas, at, bounds, lines);
  draw_readout_at(canvas, {box.x0, box.y0}, lines, palette);
}

void draw_readout_at(Canvas& canvas, Point corner, std::span<const ReadoutLine> lines,
                     const Palette& palette) {
  const float s = canvas.scale();
  const Size size = readout_size(canvas, lines);
  const Rect box{corner.x, corner.y, corner.x + size.width, corner.y + size.height};
  canvas.fill_rect(box, faded(palette.frame, 0.96), 6 * s);
  canvas.stroke_rect(box, {palette.border, s}, 6 * s);
  const float text_height = canvas.measure("x", Font::small).height;
  float y = box.y0 + (padding - 2) * s;
  for (const ReadoutLine& line : lines) {
    const float height = line_height(canvas, line);
    const float middle = y + height / 2;
    const float left = box.x0 + padding * s;
    if (line.swatch.a > 0) {
      canvas.line({left, middle}, {left + 12 * s, middle}, {line.swatch, 3 * s});
    }
    draw_script(canvas, {left + indent(canvas, line), middle - text_height / 2}, line.text,
                Font::small, palette.text);
    y += height;
  }
}

}  // namespace deltascope::picture
