#include "formula_parts.hpp"

#include <algorithm>
#include <array>

namespace deltascope::picture {

namespace {

using walk::Class;
using walk::Form;
using walk::Formula;

/// TeX's classes of atoms: those of walk::Class in their order, then fractions and the like.
enum class Kind {
  ordinary,
  large_operator,
  binary,
  relation,
  opening,
  closing,
  punctuation,
  inner
};

enum class Gap { none, thin, thin_in_text, medium, thick };

// The TeXbook, chapter 18: what stands left is the row, what stands right the column. What cannot
// occur is none.
constexpr Gap o = Gap::none, t = Gap::thin, tt = Gap::thin_in_text, m = Gap::medium, k = Gap::thick;
constexpr std::array<std::array<Gap, 8>, 8> gaps{{
    // ord op bin rel open close punct inner
    {o, t, m, k, o, o, o, tt},        // ordinary
    {t, t, o, k, o, o, o, tt},        // large operator
    {m, m, o, o, m, o, o, m},         // binary
    {k, k, o, o, k, o, o, k},         // relation
    {o, o, o, o, o, o, o, o},         // opening
    {o, t, m, k, o, o, o, tt},        // closing
    {tt, tt, o, tt, tt, tt, tt, tt},  // punctuation
    {tt, t, m, k, tt, o, tt, tt},     // inner
}};

float gap_em(Kind left, Kind right, bool is_script) {
  const Gap gap = gaps[static_cast<std::size_t>(left)][static_cast<std::size_t>(right)];
  if (gap == Gap::none || (is_script && gap != Gap::thin)) return 0;
  constexpr std::array<float, 5> mu{0, 3, 3, 4, 5};
  return mu[static_cast<std::size_t>(gap)] / 18;
}

/// What a part shows to its neighbours.
struct Sides {
  Kind left = Kind::ordinary, right = Kind::ordinary;
};

Sides sides_of(const Formula& formula) {
  if (formula.form == Form::fenced) return {Kind::opening, Kind::closing};
  if (formula.form == Form::fraction || formula.form == Form::grid) {
    return {Kind::inner, Kind::inner};
  }
  if (formula.form == Form::scripts && formula.spacing == Class::ordinary) {
    return sides_of(formula.parts[0]);
  }
  const Kind kind = static_cast<Kind>(formula.spacing);
  return {kind, kind};
}

struct Part {
  const Formula* formula;
  Setting setting;
  Sides sides;
};

/// A row in a row is no part of its own: its first sign of operation is not a sign of number.
void flatten(const Formula& formula, const Setting& setting, std::vector<Part>& parts) {
  if (formula.form != Form::row) {
    parts.push_back({&formula, setting, sides_of(formula)});
    return;
  }
  const Setting inner = setting.inside(formula);
  for (const Formula& part : formula.parts)
    flatten(part, inner, parts);
}

bool takes_operand(Kind before) {
  return before == Kind::binary || before == Kind::large_operator || before == Kind::relation ||
         before == Kind::opening || before == Kind::punctuation;
}

/// A sign of operation without an operand on both sides is a sign: −x, (−x), = −x.
void resolve_signs(std::vector<Part>& parts) {
  Part* before = nullptr;
  for (Part& part : parts) {
    if (part.formula->form == Form::space) continue;
    const Kind kind = part.sides.left;
    if (kind == Kind::binary && (before == nullptr || takes_operand(before->sides.right))) {
      part.sides = {};
    }
    const bool ends = kind == Kind::relation || kind == Kind::closing || kind == Kind::punctuation;
    if (ends && before != nullptr && before->sides.right == Kind::binary) before->sides = {};
    before = &part;
  }
  if (before != nullptr && before->sides.right == Kind::binary) before->sides = {};
}

BreakBefore break_before(const Part& part, const Part* before, bool is_named) {
  if (before != nullptr && before->sides.right == Kind::punctuation) {
    return BreakBefore::next_formula;
  }
  if (part.sides.left == Kind::relation) {
    return is_named ? BreakBefore::term : BreakBefore::relation_of_its_name;
  }
  if (part.sides.left != Kind::binary) return BreakBefore::never;
  const std::string& sign = part.formula->text;
  return sign == "+" || sign == "−" ? BreakBefore::term : BreakBefore::factor;
}

}  // namespace

/// Formulas side by side stand this far apart, or more.
constexpr float wide_em = 0.6F;

std::vector<Atom> set_atoms(const Formula& formula, const Setting& setting) {
  std::vector<Part> parts;
  flatten(formula, setting, parts);
  resolve_signs(parts);
  std::vector<Atom> atoms;
  const Part* before = nullptr;
  float space_px = 0;
  int depth = 0;
  bool is_named = false;  // since the last comma: "name =" stays together
  bool begins_formula = false;
  for (const Part& part : parts) {
    FormulaLayout layout = set(*part.formula, part.setting);
    if (part.formula->form == Form::space) {
      space_px += layout.width_px;
      begins_formula = part.formula->width_em >= wide_em;
      continue;
    }
    Atom atom;
    atom.gap_px = space_px;
    space_px = 0;
    if (before != nullptr) {
      atom.gap_px +=
          setting.em_px() * gap_em(before->sides.right, part.sides.left, part.setting.is_script());
    }
    if (part.formula->form != Form::fenced) {
      if (part.sides.left == Kind::closing) --depth;
      if (begins_formula) is_named = false;
      if (depth == 0) {
        atom.may_break =
            begins_formula ? BreakBefore::next_formula : break_before(part, before, is_named);
      }
      if (part.sides.left == Kind::relation) is_named = true;
      if (part.sides.left == Kind::punctuation) is_named = false;
      if (part.sides.right == Kind::opening) ++depth;
    }
    begins_formula = false;
    atom.layout = std::move(layout);
    atoms.push_back(std::move(atom));
    before = &part;
  }
  if (space_px > 0) atoms.push_back({{}, space_px});
  return atoms;
}

FormulaLayout joined(std::span<const Atom> atoms) {
  FormulaLayout line;
  for (const Atom& atom : atoms) {
    place(line, atom.layout, line.width_px + atom.gap_px, 0);
    line.width_px += atom.gap_px + atom.layout.width_px;
    line.overhang_px = atom.layout.overhang_px;
  }
  return line;
}

namespace {

/// One past the last atom of the line that begins with `start`: as many as fit, at least up to the
/// first place where it may break: at the best of those that fit, and there at the last.
std::size_t line_end(std::span<const Atom> atoms, std::size_t start, float width_px) {
  std::size_t best = start, first = atoms.size();
  BreakBefore how_well = BreakBefore::never;
  float width = 0;
  for (std::size_t i = start; i < atoms.size(); ++i) {
    if (i > start && atoms[i].may_break != BreakBefore::never) {
      first = std::min(first, i);
      if (width > width_px) break;
      if (atoms[i].may_break >= how_well) {
        how_well = atoms[i].may_break;
        best = i;
      }
    }
    width += atoms[i].gap_px + atoms[i].layout.width_px;
  }
  if (width <= width_px) return atoms.size();
  return best > start ? best : first;
}

/// A fraction or a bracket that no line can hold, as one that can be broken: (a + b + …) / n.
Formula unfolded(const Formula& formula, const Setting& setting, float width_px) {
  if (formula.form == Form::row) {
    Formula result = formula;
    for (Formula& part : result.parts)
      part = unfolded(part, setting, width_px);
    return result;
  }
  const bool is_fraction = formula.form == Form::fraction;
  const bool opens = is_fraction || (formula.form == Form::fenced && formula.text == "()");
  if (!opens || set(formula, setting).width_px <= width_px) return formula;
  Formula result = walk::row({walk::symbol("("), formula.parts.front(), walk::symbol(")")});
  if (is_fraction) {
    result.parts.push_back(walk::symbol("/"));
    result.parts.push_back(formula.parts.back());
  }
  result.of = formula.of;
  result.moment = formula.moment;
  return result;
}

}  // namespace

std::vector<FormulaLayout> layout_lines(const MathFonts& fonts, const Formula& formula,
                                        const FormulaStyle& style, float width_px) {
  const Setting setting{.fonts = fonts, .style = style};
  std::vector<Atom> atoms =
      set_atoms(unfolded(formula, setting, width_px - 2 * style.em_px), setting);
  std::vector<FormulaLayout> lines;
  std::size_t start = 0;
  do {
    const float indent = lines.empty() ? 0 : 2 * style.em_px;
    const std::size_t end = line_end(atoms, start, width_px - indent);
    if (!lines.empty()) atoms[start].gap_px = 0;
    const FormulaLayout content = joined(std::span(atoms).subspan(start, end - start));
    FormulaLayout& line = lines.emplace_back();
    place(line, content, indent, 0);
    line.width_px = indent + content.width_px;
    start = end;
  } while (start < atoms.size());
  return lines;
}

}  // namespace deltascope::picture
