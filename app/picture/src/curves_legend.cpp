#include "curves_parts.hpp"

#include <deltascope/picture/script_text.hpp>

#include <algorithm>

namespace deltascope::picture {

namespace {

constexpr float sample = 20, before_name = 6, between = 18, above = 2;

float entry_width(Canvas& canvas, std::string_view name) {
  return measure_script(canvas, name, Font::small).width + (sample + before_name) * canvas.scale();
}

}  // namespace

std::string shortened(Canvas& canvas, std::string_view name, float width) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  std::string text(name);
  std::size_t kept = name.size();
  while (kept > 0 && measure_script(canvas, text, Font::small).width > width) {
    --kept;
    while (kept > 0 && continues(name[kept]))
      --kept;
    text = std::string(name.substr(0, kept)) + "…";
  }
  return text;
}

Legend layout_legend(Canvas& canvas, const Rect& rect, const CurvesPicture& picture) {
  const float s = canvas.scale();
  const float text_height = canvas.measure("0", Font::small).height;
  const float left = rect.x0;
  const float right = rect.x1 - 10 * s;  // where the plot ends
  const float row_height = text_height + 3 * s;
  const float label = measure_script(canvas, picture.y_label, Font::small).width;
  Legend legend;
  legend.height = text_height;
  float x = left + label + between * s;
  for (const Curve& curve : picture.curves) {
    Legend::Entry entry{
        &curve, shortened(canvas, curve.name, right - left - entry_width(canvas, {})), 0, 0};
    const float width = entry_width(canvas, entry.name);
    if (x > left && x + width > right) {
      x = left;
      legend.height += row_height;
    }
    entry.x = x;
    entry.middle = rect.y0 + above * s + legend.height - text_height / 2;
    legend.entries.push_back(std::move(entry));
    x += width + between * s;
  }
  const bool one_row = legend.height == text_height;
  for (Legend::Entry& entry : legend.entries)
    entry.x += one_row ? right - (x - between * s) : 0;
  return legend;
}

std::vector<LegendPlace> legend_places(Canvas& canvas, const Rect& rect,
                                       const CurvesPicture& picture) {
  const float half = canvas.measure("0", Font::small).height / 2;
  const Legend legend = layout_legend(canvas, rect, picture);
  std::vector<LegendPlace> places;
  for (const Legend::Entry& entry : legend.entries) {
    const float end = entry.x + entry_width(canvas, entry.name);
    places.push_back({entry.curve, {entry.x, entry.middle - half, end, entry.middle + half}});
  }
  return places;
}

void draw_legend(Canvas& canvas, const Rect& rect, const CurvesLayout& layout,
                 const CurvesPicture& picture, const Palette& palette) {
  const float s = canvas.scale();
  draw_script(canvas, {rect.x0, rect.y0 + above * s}, picture.y_label, Font::small,
              palette.secondary);
  const Legend legend = layout_legend(canvas, rect, picture);
  for (const auto& [curve, name, x, middle] : legend.entries) {
    draw_script(canvas, {x + (sample + before_name) * s, middle}, name, Font::small, palette.text,
                AlignX::left, AlignY::middle);
    if (has_points(*curve) && !trial_marks(layout, picture, *curve).empty()) {
      draw_trial_mark(canvas, {x + 0.25F * sample * s, middle}, true, curve->color);
      draw_trial_mark(canvas, {x + 0.75F * sample * s, middle}, false, curve->color);
      continue;
    }
    const Color color = curve->faint ? band_color(*curve, palette) : curve->color;
    const float width = curve->faint ? 5 : curve->width_px + 0.5F;
    canvas.line({x, middle}, {x + sample * s, middle},
                {color, width * s, curve->dash_px * s, curve->gap_px * s});
  }
}

}  // namespace deltascope::picture
