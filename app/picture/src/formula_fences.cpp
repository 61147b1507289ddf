#include "formula_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace deltascope::picture {

namespace {

constexpr std::array growing{MathFace::upright, MathFace::size_1, MathFace::size_2,
                             MathFace::size_3, MathFace::size_4};

/// What a tall fence is put together of; `middle` may be 0.
struct Pieces {
  char32_t delimiter;
  char32_t top, middle, bottom, extension;
};
constexpr std::array<Pieces, 4> pieces{{{U'(', 0x239B, 0, 0x239D, 0x239C},
                                        {U')', 0x239E, 0, 0x23A0, 0x239F},
                                        {U'{', 0x23A7, 0x23A8, 0x23A9, 0x23AA},
                                        {U'}', 0x23AB, 0x23AC, 0x23AD, 0x23AA}}};

float ink_height(const FormulaLayout& glyph) {
  return glyph.glyphs.empty() ? 0 : glyph.glyphs.front().ink.height();
}

/// With the top of its ink at `top_px`.
void place_top(FormulaLayout& whole, const FormulaLayout& glyph, float top_px) {
  if (!glyph.glyphs.empty()) place(whole, glyph, 0, top_px - glyph.glyphs.front().ink.y0);
}

/// Fills what lies between two pieces; overlaps them, or seams would show.
void extend(FormulaLayout& whole, const FormulaLayout& piece, float from_px, float to_px) {
  const float overlap = 0.1F * ink_height(piece);
  from_px -= overlap;
  to_px += overlap;
  const float height = ink_height(piece);
  if (height <= 0 || to_px <= from_px) return;
  const int count = std::max(1, static_cast<int>(std::ceil((to_px - from_px) / (0.9F * height))));
  const float step = count > 1 ? (to_px - from_px - height) / static_cast<float>(count - 1) : 0;
  const float start = count > 1 ? from_px : (from_px + to_px - height) / 2;
  for (int i = 0; i < count; ++i)
    place_top(whole, piece, start + step * static_cast<float>(i));
}

float least_height(const Pieces& of, const Setting& setting) {
  float height = 0;
  for (const char32_t piece : {of.top, of.middle, of.bottom}) {
    if (piece != 0) height += ink_height(set_glyph(MathFace::size_4, piece, setting));
  }
  return height;
}

FormulaLayout composed(const Pieces& of, float height_px, const Setting& setting) {
  const auto piece = [&](char32_t c) { return set_glyph(MathFace::size_4, c, setting); };
  const FormulaLayout top = piece(of.top), bottom = piece(of.bottom);
  const FormulaLayout extension = piece(of.extension);
  const float center = -setting.axis_px();
  const float y0 = center - height_px / 2, y1 = center + height_px / 2;
  FormulaLayout whole;
  whole.width_px = std::max(top.width_px, bottom.width_px);
  place_top(whole, top, y0);
  float from = y0 + ink_height(top);
  if (of.middle != 0) {
    const FormulaLayout middle = piece(of.middle);
    place_top(whole, middle, center - ink_height(middle) / 2);
    extend(whole, extension, from, center - ink_height(middle) / 2);
    from = center + ink_height(middle) / 2;
  }
  extend(whole, extension, from, y1 - ink_height(bottom));
  place_top(whole, bottom, y1 - ink_height(bottom));
  return whole;
}

bool is_straight(char32_t delimiter) {
  return delimiter == U'[' || delimiter == U']' || delimiter == U'|' || delimiter == 0x2016;
}

/// On the axis.
FormulaLayout centered(const FormulaLayout& glyph, const Setting& setting) {
  FormulaLayout whole;
  place(whole, glyph, 0, -setting.axis_px() - glyph.glyphs.front().ink.center().y);
  whole.width_px = glyph.width_px;
  return whole;
}

/// A fence may be a little lower than what it encloses, as in TeX: scripts do not make it grow.
float least_fence_height(const FormulaLayout& inside, const Setting& setting) {
  const float axis = setting.axis_px();
  const auto height = [axis](float ascent, float descent) {
    return 2 * std::max(ascent - axis, descent + axis);
  };
  if (!inside.matrices.empty()) {
    // As high as their brackets; captions hang below.
    float tallest = 0;
    for (const FormulaLayout::Bar& bar : inside.bars)
      tallest = std::max(tallest, height(-bar.rect.y0, bar.rect.y1));
    return tallest;
  }
  const float full = height(inside.ascent_px, inside.descent_px);
  return std::max(0.72F * full, full - 0.4F * setting.em_px());
}

}  // namespace

FormulaLayout set_bracket(char32_t delimiter, float height_px, const Setting& setting) {
  const float em = setting.em_px();
  const float thickness = 0.06F * em, hook = 0.25F * em;
  const float y0 = -setting.axis_px() - height_px / 2, y1 = y0 + height_px;
  FormulaLayout whole;
  const bool is_bracket = delimiter == U'[' || delimiter == U']';
  const float margin = (is_bracket ? 0.06F : 0.11F) * em;
  float x = margin;
  if (is_bracket) {
    add_bar(whole, {x, y0, x + hook, y0 + thickness}, setting);
    add_bar(whole, {x, y1 - thickness, x + hook, y1}, setting);
    if (delimiter == U']') x += hook - thickness;
  }
  add_bar(whole, {x, y0, x + thickness, y1}, setting);
  if (delimiter == 0x2016) {
    x += 3 * thickness;
    add_bar(whole, {x, y0, x + thickness, y1}, setting);
  }
  whole.width_px = (is_bracket ? margin + hook : x + thickness) + margin;
  return whole;
}

FormulaLayout set_fence(char32_t delimiter, float height_px, const Setting& setting) {
  if (delimiter == U' ' || delimiter == 0) return {};
  const bool is_stroke = delimiter == U'|' || delimiter == 0x2016;
  FormulaLayout largest;
  for (const MathFace face : growing) {
    if (is_stroke) break;
    const FormulaLayout glyph = set_glyph(face, delimiter, setting);
    if (glyph.glyphs.empty()) continue;
    largest = centered(glyph, setting);
    if (ink_height(glyph) >= height_px) return largest;
  }
  if (is_straight(delimiter))
    return set_bracket(delimiter, std::max(height_px, setting.em_px()), setting);
  const auto* found = std::find_if(pieces.begin(), pieces.end(),
                                   [&](const Pieces& row) { return row.delimiter == delimiter; });
  if (found != pieces.end() && least_height(*found, setting) <= height_px) {
    return composed(*found, height_px, setting);
  }
  if (largest.glyphs.empty()) return largest;
  // Only without KaTeX: no size between the letter's and the smallest of pieces.
  const float enlarged = height_px / ink_height(largest);
  return centered(set_glyph(MathFace::upright, delimiter, setting, enlarged), setting);
}

FormulaLayout set_fenced(const walk::Formula& formula, const Setting& setting) {
  const FormulaLayout inside = set(formula.parts[0], setting);
  const std::u32string delimiters = decoded(formula.text);
  const float height = least_fence_height(inside, setting);
  FormulaLayout whole;
  const auto append = [&whole](const FormulaLayout& part) {
    place(whole, part, whole.width_px, 0);
    whole.width_px += part.width_px;
  };
  append(set_fence(delimiters.empty() ? U' ' : delimiters[0], height, setting));
  append(inside);
  append(set_fence(delimiters.size() < 2 ? U' ' : delimiters[1], height, setting));
  return whole;
}

FormulaLayout set_root(const walk::Formula& formula, const Setting& setting) {
  constexpr char32_t radical = 0x221A;
  const FormulaLayout inside = set(formula.parts[0], setting);
  const float em = setting.em_px();
  const float thickness = tex::rule_thickness * em;
  const float clearance =
      thickness + (setting.level == Level::display ? tex::x_height * em : thickness) / 4;
  const float needed = inside.ascent_px + inside.descent_px + clearance + thickness;
  FormulaLayout sign;
  for (const MathFace face : growing) {
    sign = set_glyph(face, radical, setting);
    if (ink_height(sign) >= needed) break;
  }
  if (sign.glyphs.empty()) return inside;
  if (ink_height(sign) < needed) {
    sign = set_glyph(sign.glyphs[0].face, radical, setting, needed / ink_height(sign));
  }
  // What the sign is too tall goes half above, half below.
  const float spare = std::max(0.0F, ink_height(sign) - needed);
  const float top = -(inside.ascent_px + clearance + thickness + spare / 2);
  const Rect ink = sign.glyphs.front().ink;
  FormulaLayout whole;
  place_top(whole, sign, top);
  const float start = ink.x1 - thickness / 2;
  add_bar(whole, {start, top, ink.x1 + inside.width_px, top + thickness}, setting);
  place(whole, inside, ink.x1, 0);
  whole.width_px = ink.x1 + inside.width_px + 0.05F * em;
  return whole;
}

}  // namespace deltascope::picture
