#pragma once

#include <deltascope/walk/quantity.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::walk {

struct Formula;

/// A matrix of numbers as it stands in a formula: to size, with its dimensions.
struct Grid {
  Index rows = 0, cols = 0;
  std::vector<double> values;  ///< row by row, as drawn
  Quantity of;                 ///< the whole
  bool turned = false;         ///< drawn transposed: the entry drawn at (r, c) is of.at(c, r)
  Index first_col = 0;         ///< of the quantity: the column drawn first (first row if turned)
  /// Its numbers are other ones than those of `of`, with which it lights up: one sample's share of
  /// a gradient, a sum before it is divided, a velocity before the step.
  bool other_numbers = false;
  std::shared_ptr<const Formula> caption;  ///< its name, written below; may be null

  double value(Index r, Index c) const { return values[static_cast<std::size_t>(r * cols + c)]; }
  Quantity entry(Index r, Index c) const {
    return turned ? of.at(c, r + first_col) : of.at(r, c + first_col);
  }
};

/// How the letters of a symbol stand.
enum class Face { italic, upright, bold, bold_italic };

/// What stands to the left and right of an atom decides the gap between them, as in TeX.
enum class Class { ordinary, large_operator, binary, relation, opening, closing, punctuation };

enum class Form {
  row,       ///< parts side by side; without parts: nothing
  symbol,    ///< `text`: letters or an operator, in `face`; a word is upright
  number,    ///< `text`: a number as printed, "−0.25", "6.1·10⁻⁵" is a row of its own
  space,     ///< `width_em` wide
  fraction,  ///< parts: numerator, denominator
  scripts,   ///< parts: base, lower, upper; either of the last two may be empty
  sum,       ///< a large Σ; parts: below, above
  hat,       ///< parts: what stands under it
  root,      ///< parts: what stands under it
  fenced,  ///< `text`: both delimiters, "()", "[]", "‖‖", "{ " (the second may be blank); parts:
           ///< what is between
  grid  ///< `grid`
};

/// A formula as a tree: laid out on screen, written as LaTeX or as plain text. A value.
struct Formula {
  Form form = Form::row;
  std::string text;  ///< UTF-8
  Face face = Face::upright;
  Class spacing = Class::ordinary;
  float width_em = 0;
  std::vector<Formula> parts;
  std::shared_ptr<const Grid> grid;
  std::optional<Quantity> of;  ///< what it stands for: its colour, and what the mouse lights up
  /// Shown from this moment on, when a formula is revealed term by term; 0: at once.
  int moment = 0;

  bool empty() const { return form == Form::row && parts.empty(); }
};

// Makers. Those that take a Quantity mark the whole result with it.

Formula row(std::vector<Formula> parts);
Formula symbol(std::string_view text, Face face = Face::italic);
/// Upright letters: "max", "softmax", "Cost".
Formula word(std::string_view text);
Formula operation(std::string_view text);  ///< binary: + − ∘ ⊙ · × *
Formula relation(std::string_view text);   ///< = ≈ ← →
Formula comma();
Formula number(std::string_view text, std::optional<Quantity> of = {});
Formula space(float width_em);
Formula fraction(Formula numerator, Formula denominator);
Formula scripts(Formula base, Formula lower, Formula upper);
Formula sum_over(Formula below, Formula above);
Formula hat(Formula under);
Formula root(Formula under);
Formula fenced(std::string_view delimiters, Formula inside);
Formula grid(Grid grid);
Formula transposed(Formula base);  ///< baseᵀ
Formula marked(Formula formula, const Quantity& of);
Formula from_moment(int moment, Formula formula);

/// The largest moment in it.
int last_moment(const Formula& formula);

/// LaTeX for mathematics mode; needs amsmath. Numbers keep their printed digits.
std::string to_latex(const Formula& formula);
/// One line of plain text, in which juxtaposed factors are joined by "·" and a fraction is a/b with
/// brackets where needed: what a pocket calculator is given. Grids become [[1, 2], [3, 4]].
std::string to_text(const Formula& formula);
/// The short form that pictures draw inside text: "δ^[2]", "w^[2]_{13}"; symbols and scripts only.
std::string to_script(const Formula& formula);

}  // namespace deltascope::walk
