#include "formula_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace deltascope::picture {

namespace {

using walk::Form;
using walk::Formula;

// The sizes of \textfont, \scriptfont and \scriptscriptfont; the last larger than TeX's 0.5, to be
// read from the back of a room.
constexpr std::array<float, 4> level_sizes{1.0F, 1.0F, 0.7F, 0.55F};

constexpr float script_space_em = 0.05F;

MathFace math_face(walk::Face face, bool leans) {
  const bool bold = face == walk::Face::bold || face == walk::Face::bold_italic;
  const bool italic = face == walk::Face::italic || face == walk::Face::bold_italic;
  // Only letters lean.
  if (italic && leans) return bold ? MathFace::bold_italic : MathFace::italic;
  return bold ? MathFace::bold : MathFace::upright;
}

bool is_letter(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0x370 && c <= 0x3FF);
}

/// As mathematics writes what stands on a keyboard, with KaTeX's code points.
char32_t written(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 6> instead{{{U'-', 0x2212},
                                                                  {U'*', 0x2217},
                                                                  {U'\'', 0x2032},
                                                                  {0xB7, 0x22C5},
                                                                  {0x2016, 0x2225},
                                                                  {0x2022, 0x2219}}};
  const auto* found =
      std::find_if(instead.begin(), instead.end(), [c](const auto& row) { return row.first == c; });
  return found == instead.end() ? c : found->second;
}

constexpr char32_t prime = 0x2032;

/// Adds `part` at the right end.
void append(FormulaLayout& line, const FormulaLayout& part, float y = 0) {
  place(line, part, line.width_px, y);
  line.width_px += part.width_px;
  line.overhang_px = part.overhang_px;
}

/// How high and deep the right end is, beside which scripts stand: of (W^[3]) the bracket.
FormulaLayout right_end(const FormulaLayout& base, float em_px) {
  const float from = base.width_px - 0.35F * em_px;
  FormulaLayout end;
  const auto reach = [&](const Rect& ink) {
    if (ink.x1 <= from) return;
    end.ascent_px = std::max(end.ascent_px, -ink.y0);
    end.descent_px = std::max(end.descent_px, ink.y1);
  };
  for (const FormulaLayout::Glyph& glyph : base.glyphs)
    reach(glyph.ink);
  for (const FormulaLayout::Bar& bar : base.bars)
    reach(bar.rect);
  return end;
}

FormulaLayout set_scripts(const Formula& formula, const Setting& setting) {
  FormulaLayout whole = set(formula.parts[0], setting);
  const Setting raised = setting.raised();
  const FormulaLayout lower = set(formula.parts[1], raised);
  const FormulaLayout upper = set(formula.parts[2], raised);
  const bool has_lower = !formula.parts[1].empty(), has_upper = !formula.parts[2].empty();
  const float em = setting.em_px();
  const bool is_letter_base = formula.parts[0].form == Form::symbol;
  const FormulaLayout end = right_end(whole, em);
  float up = is_letter_base ? 0 : end.ascent_px - 0.386F * raised.em_px();
  float down = is_letter_base ? 0 : end.descent_px + 0.05F * raised.em_px();
  const float x_height = tex::x_height * em;
  up = std::max({up, (setting.level == Level::display ? 0.413F : 0.363F) * em,
                 upper.descent_px + x_height / 4});
  down = std::max(down, (has_upper ? 0.247F : 0.15F) * em);
  if (!has_upper) down = std::max(down, lower.ascent_px - 0.8F * x_height);
  if (has_upper && has_lower) {
    const float gap = (up - upper.descent_px) - (lower.ascent_px - down);
    down += std::max(0.0F, 4 * tex::rule_thickness * em - gap);
    const float lift = 0.8F * x_height - (up - upper.descent_px);
    if (lift > 0) {
      up += lift;
      down -= lift;
    }
  }
  const float x_upper = whole.width_px, x_lower = whole.width_px - whole.overhang_px;
  if (has_upper) place(whole, upper, x_upper, -up);
  if (has_lower) place(whole, lower, x_lower, down);
  whole.width_px = std::max({whole.width_px, has_upper ? x_upper + upper.width_px : 0,
                             has_lower ? x_lower + lower.width_px : 0}) +
                   script_space_em * em;
  whole.overhang_px = 0;
  return whole;
}

FormulaLayout set_fraction(const Formula& formula, const Setting& setting) {
  const Setting divided = setting.divided();
  const FormulaLayout above = set(formula.parts[0], divided);
  const FormulaLayout below = set(formula.parts[1], divided);
  const float em = setting.em_px();
  const float axis = setting.axis_px();
  const float thickness = tex::rule_thickness * em;
  const bool display = setting.level == Level::display;
  const float clearance = (display ? 3 : 1) * thickness;
  const float up = std::max((display ? 0.677F : 0.394F) * em,
                            above.descent_px + clearance + axis + thickness / 2);
  const float down = std::max((display ? 0.686F : 0.345F) * em,
                              below.ascent_px + clearance - axis + thickness / 2);
  const float side = 0.12F * em;
  const float bar_width = std::max(above.width_px, below.width_px);
  FormulaLayout whole;
  place(whole, above, side + (bar_width - above.width_px) / 2, -up);
  place(whole, below, side + (bar_width - below.width_px) / 2, down);
  add_bar(whole, {side, -axis - thickness / 2, side + bar_width, -axis + thickness / 2}, setting);
  whole.width_px = bar_width + 2 * side;
  return whole;
}

FormulaLayout set_sum(const Formula& formula, const Setting& setting) {
  constexpr char32_t sigma = 0x2211;
  const bool display = setting.level == Level::display;
  const MathFace face = display ? MathFace::size_2 : MathFace::size_1;
  // Where no face has a large one, the letter's size would be lost among its limits.
  const bool is_large = setting.fonts.has(face, sigma);
  const FormulaLayout sign = set_glyph(face, sigma, setting, is_large ? 1 : 1.4F);
  const FormulaLayout below = set(formula.parts[0], setting.raised());
  const FormulaLayout above = set(formula.parts[1], setting.raised());
  const float em = setting.em_px();
  const float shift = (sign.ascent_px - sign.descent_px) / 2 - setting.axis_px();
  const float width = std::max({sign.width_px, below.width_px, above.width_px});
  FormulaLayout whole;
  place(whole, sign, (width - sign.width_px) / 2, shift);
  const float top = whole.ascent_px, bottom = whole.descent_px;
  if (!formula.parts[1].empty()) {
    const float gap = std::max(0.111F * em, 0.2F * em - above.descent_px);
    place(whole, above, (width - above.width_px) / 2, -(top + gap + above.descent_px));
  }
  if (!formula.parts[0].empty()) {
    const float gap = std::max(0.167F * em, 0.6F * em - below.ascent_px);
    place(whole, below, (width - below.width_px) / 2, bottom + gap + below.ascent_px);
  }
  whole.width_px = width;
  return whole;
}

FormulaLayout set_hat(const Formula& formula, const Setting& setting) {
  FormulaLayout whole = set(formula.parts[0], setting);
  const float em = setting.em_px();
  const FormulaLayout accent = set_glyph(MathFace::upright, 0x2C6, setting);
  if (accent.glyphs.empty()) return whole;
  Rect under{0, 0, whole.width_px - whole.overhang_px, 0};
  if (!whole.glyphs.empty()) under = whole.glyphs.front().ink;
  const bool leans = !whole.glyphs.empty() && (whole.glyphs.front().face == MathFace::italic ||
                                               whole.glyphs.front().face == MathFace::bold_italic);
  const Rect ink = accent.glyphs.front().ink;
  const float x = under.center().x + (leans ? 0.05F * em : 0) - ink.center().x;
  place(whole, accent, x, -std::max(0.0F, whole.ascent_px - tex::x_height * em));
  return whole;
}

/// Only what names a quantity counts as a number: not the 1 of 1 − a or of a_1.
FormulaLayout set_number(const Formula& formula, Setting setting) {
  if (!formula.of) return set_text(formula.text, formula.face, setting);
  setting.number = 0;
  FormulaLayout whole = set_text(formula.text, formula.face, setting);
  whole.numbers.push_back({{0, -whole.ascent_px, whole.width_px, whole.descent_px},
                           setting.em_px(),
                           *formula.of,
                           setting.moment});
  return whole;
}

using Set = FormulaLayout (*)(const Formula&, const Setting&);
struct FormRow {
  Form form;
  Set set;
};

constexpr std::array<FormRow, 11> forms{{
    {Form::row, [](const Formula& f, const Setting& s) { return joined(set_atoms(f, s)); }},
    {Form::symbol, [](const Formula& f, const Setting& s) { return set_text(f.text, f.face, s); }},
    {Form::number, [](const Formula& f, const Setting& s) { return set_number(f, s); }},
    {Form::space,
     [](const Formula& f, const Setting& s) {
       FormulaLayout gap;
       gap.width_px = f.width_em * s.em_px();
       return gap;
     }},
    {Form::fraction, set_fraction},
    {Form::scripts, set_scripts},
    {Form::sum, set_sum},
    {Form::hat, set_hat},
    {Form::root, set_root},
    {Form::fenced, set_fenced},
    {Form::grid,
     [](const Formula& f, const Setting& s) {
       return f.grid == nullptr ? FormulaLayout{} : set_grid(f.grid, s);
     }},
}};

Rect moved(const Rect& rect, float x, float y) {
  return {rect.x0 + x, rect.y0 + y, rect.x1 + x, rect.y1 + y};
}

}  // namespace

FormulaStyle FormulaStyle::scaled(float by) const {
  FormulaStyle result = *this;
  result.em_px *= by;
  result.cell_height_px *= by;
  result.number_em_px *= by;
  result.least_cell_width_px *= by;
  return result;
}

float Setting::em_px() const {
  return level_sizes[static_cast<std::size_t>(level)] * style.em_px;
}

Setting Setting::at(Level other) const {
  Setting result = *this;
  result.level = other;
  return result;
}

Setting Setting::raised() const {
  return at(level <= Level::text ? Level::script : Level::scriptscript);
}

Setting Setting::divided() const {
  return level == Level::display ? at(Level::text) : raised();
}

Setting Setting::inside(const Formula& formula) const {
  Setting result = *this;
  if (formula.of) result.of = formula.of;
  result.moment = std::max(moment, formula.moment);
  return result;
}

void place(FormulaLayout& whole, const FormulaLayout& part, float x, float y) {
  const int numbers_before = static_cast<int>(whole.numbers.size());
  for (FormulaLayout::Glyph glyph : part.glyphs) {
    glyph.x += x;
    glyph.y += y;
    glyph.ink = moved(glyph.ink, x, y);
    if (glyph.number >= 0) glyph.number += numbers_before;
    whole.glyphs.push_back(glyph);
  }
  const auto add = [x, y](auto& to, const auto& from) {
    for (auto item : from) {
      item.rect = moved(item.rect, x, y);
      to.push_back(std::move(item));
    }
  };
  add(whole.numbers, part.numbers);
  add(whole.bars, part.bars);
  const std::size_t matrices_before = whole.matrices.size();
  add(whole.matrices, part.matrices);
  for (std::size_t i = matrices_before; i < whole.matrices.size(); ++i)
    whole.matrices[i].first_cell += whole.cells.size();
  for (FormulaLayout::Cell cell : part.cells) {
    cell.rect = moved(cell.rect, x, y);
    cell.text_start = {cell.text_start.x + x, cell.text_start.y + y};
    whole.cells.push_back(std::move(cell));
  }
  whole.ascent_px = std::max(whole.ascent_px, part.ascent_px - y);
  whole.descent_px = std::max(whole.descent_px, part.descent_px + y);
}

void add_bar(FormulaLayout& layout, const Rect& rect, const Setting& setting) {
  layout.bars.push_back({rect, setting.of, setting.moment});
  layout.ascent_px = std::max(layout.ascent_px, -rect.y0);
  layout.descent_px = std::max(layout.descent_px, rect.y1);
}

FormulaLayout set_glyph(MathFace face, char32_t character, const Setting& setting, float enlarged) {
  const MathFace found = setting.fonts.face_for(face, character);
  const GlyphMetrics m = setting.fonts.metrics(found, character);
  const float em = enlarged * setting.em_px();
  FormulaLayout layout;
  layout.overhang_px = std::max(0.0F, m.right - m.advance) * em;
  layout.width_px = m.advance * em + layout.overhang_px;
  if (m.right <= m.left) return layout;
  layout.ascent_px = std::max(0.0F, m.top * em);
  layout.descent_px = std::max(0.0F, -m.bottom * em);
  layout.glyphs.push_back({.face = found,
                           .character = character,
                           .x = 0,
                           .y = 0,
                           .em_px = em,
                           .ink = {m.left * em, -m.top * em, m.right * em, -m.bottom * em},
                           .of = setting.of,
                           .moment = setting.moment,
                           .number = setting.number});
  return layout;
}

FormulaLayout set_text(std::string_view utf8, walk::Face face, const Setting& setting) {
  FormulaLayout line;
  for (const char32_t given : decoded(utf8)) {
    const char32_t character = written(given);
    // A prime after a letter is a script; alone it already stands in one.
    if (character == prime && !line.glyphs.empty()) {
      const float up = setting.is_script() ? 0.289F : 0.413F;
      append(line, set_glyph(MathFace::upright, character, setting.raised()),
             -up * setting.em_px());
      continue;
    }
    append(line, set_glyph(math_face(face, is_letter(character)), character, setting));
  }
  return line;
}

FormulaLayout set(const Formula& formula, const Setting& setting) {
  const auto* row = std::find_if(forms.begin(), forms.end() - 1, [&](const FormRow& candidate) {
    return candidate.form == formula.form;
  });
  return row->set(formula, setting.inside(formula));
}

FormulaLayout layout_formula(const MathFonts& fonts, const Formula& formula,
                             const FormulaStyle& style) {
  return set(formula, {.fonts = fonts, .style = style});
}

}  // namespace deltascope::picture
