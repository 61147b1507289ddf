#include "curves_parts.hpp"

#include <deltascope/picture/script_text.hpp>

#include <algorithm>

namespace deltascope::picture {

namespace {

constexpr float sample = 20, before_name = 6, between = 14, above = 2;

float entry_width(Canvas& canvas, std::string_view name) {
  return measure_script(canvas, name, Font::small).width + (sample + before_name) * canvas.scale();
}

/// `name`, or as much of its beginning as fits, with "…".
std::string shortened(Canvas& canvas, std::string_view name, float width) {
  std::string text(name);
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  std::size_t kept = name.size();
  while (kept > 0 && entry_width(canvas, text) > width) {
    --kept;
    while (kept > 0 && continues(name[kept]))
      --kept;
    text = std::string(name.substr(0, kept)) + "…";
  }
  return text;
}

}  // namespace

Legend layout_legend(Canvas& canvas, const Rect& rect, const CurvesPicture& picture) {
  const float s = canvas.scale();
  const float text_height = canvas.measure("0", Font::small).height;
  const float left = rect.x0;
  const float right = rect.x1 - 10 * s;  // where the plot ends
  const float row_height = text_height + 3 * s;
  const float label = measure_script(canvas, picture.y_label, Font::small).width;
  Legend legend;
  const float first_middle = rect.y0 + above * s + text_height / 2;
  float middle = first_middle;
  float x = label > 0 ? left + label + between * s : left;
  for (const Curve& curve : picture.curves) {
    Legend::Entry entry{&curve, shortened(canvas, curve.name, right - left), x, middle};
    const float width = entry_width(canvas, entry.name);
    if (x > left && x + width > right) {
      entry.x = x = left;
      entry.middle = middle += row_height;
    }
    legend.entries.push_back(std::move(entry));
    x += width + between * s;
  }
  if (middle == first_middle) {  // a single row ends where the plot does
    for (Legend::Entry& entry : legend.entries)
      entry.x += right - (x - between * s);
  }
  legend.height = text_height + middle - first_middle;
  return legend;
}

std::vector<LegendPlace> legend_places(Canvas& canvas, const Rect& rect,
                                       const CurvesPicture& picture) {
  const float half = canvas.measure("0", Font::small).height / 2;
  std::vector<LegendPlace> places;
  for (const Legend::Entry& entry : layout_legend(canvas, rect, picture).entries) {
    const float end = entry.x + entry_width(canvas, entry.name);
    places.push_back({entry.curve, {entry.x, entry.middle - half, end, entry.middle + half}});
  }
  return places;
}

void draw_legend(Canvas& canvas, const Rect& rect, const CurvesPicture& picture,
                 const Palette& palette) {
  const float s = canvas.scale();
  draw_script(canvas, {rect.x0, rect.y0 + above * s}, picture.y_label, Font::small,
              palette.secondary);
  for (const auto& [curve, name, x, middle] : layout_legend(canvas, rect, picture).entries) {
    const Color color = curve->faint ? band_color(*curve, palette) : curve->color;
    const float width = curve->faint ? 5 : curve->width_px + 0.5F;
    canvas.line({x, middle}, {x + sample * s, middle},
                {color, width * s, curve->dash_px * s, curve->gap_px * s});
    draw_script(canvas, {x + (sample + before_name) * s, middle}, name, Font::small, palette.text,
                AlignX::left, AlignY::middle);
  }
}

}  // namespace deltascope::picture
