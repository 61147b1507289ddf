#pragma once
// How the parts of a formula are set. Lengths are pixels; a layout's origin is the left end of its
// baseline, y downwards. Parameters and rules are those of The TeXbook, appendix G.

#include <deltascope/picture/formula_picture.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::picture {

/// In em, of Computer Modern's fonts of symbols, which KaTeX's are.
namespace tex {
inline constexpr float x_height = 0.431F;
inline constexpr float axis_height = 0.25F;
inline constexpr float rule_thickness = 0.04F;
}  // namespace tex

enum class Level { display, text, script, scriptscript };

/// Where a part stands: what it inherits from those around it.
struct Setting {
  const MathFonts& fonts;
  const FormulaStyle& style;
  Level level = Level::display;
  std::optional<walk::Quantity> of = std::nullopt;
  int moment = 0;
  int number = FormulaLayout::Glyph::no_number;

  float em_px() const;
  float axis_px() const { return tex::axis_height * em_px(); }
  bool is_script() const { return level >= Level::script; }
  Setting at(Level other) const;
  Setting raised() const;   ///< of a script
  Setting divided() const;  ///< of numerator and denominator
  /// With the formula's own quantity and moment.
  Setting inside(const walk::Formula& formula) const;
};

/// Any formula.
FormulaLayout set(const walk::Formula& formula, const Setting& setting);
/// Adds `part` with its origin at (x, y); heights grow with it, the width does not.
void place(FormulaLayout& whole, const FormulaLayout& part, float x, float y);
/// One glyph in the face that has it; nothing where none has.
FormulaLayout set_glyph(MathFace face, char32_t character, const Setting& setting,
                        float enlarged = 1);
FormulaLayout set_text(std::string_view utf8, walk::Face face, const Setting& setting);
void add_bar(FormulaLayout& layout, const Rect& rect, const Setting& setting);

/// A fence of at least `height_px`, centred on the axis; nothing for a blank.
FormulaLayout set_fence(char32_t delimiter, float height_px, const Setting& setting);
/// [, ], | or ‖ of straight bars, centred on the axis.
FormulaLayout set_bracket(char32_t delimiter, float height_px, const Setting& setting);
FormulaLayout set_fenced(const walk::Formula& formula, const Setting& setting);
FormulaLayout set_root(const walk::Formula& formula, const Setting& setting);
FormulaLayout set_grid(const std::shared_ptr<const walk::Grid>& grid, const Setting& setting);

/// A part of a row with the gap that TeX leaves before it.
/// How well a line can begin with an atom, the best last.
enum class BreakBefore { never, relation_of_its_name, factor, term, next_formula };
struct Atom {
  FormulaLayout layout;
  float gap_px = 0;
  BreakBefore may_break = BreakBefore::never;
};
std::vector<Atom> set_atoms(const walk::Formula& formula, const Setting& setting);
/// Side by side.
FormulaLayout joined(std::span<const Atom> atoms);

/// The numbers of a grid with the same count of decimals, without their common power of ten.
struct GridNumbers {
  int exponent = 0;
  double largest = 0;  ///< absolute value, of those that are finite
  std::vector<std::string> texts;
};
GridNumbers grid_numbers(std::span<const double> values);

/// Invalid bytes are left out.
std::u32string decoded(std::string_view utf8);

}  // namespace deltascope::picture
