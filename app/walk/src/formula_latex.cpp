#include "latex_letters.hpp"
#include "utf8.hpp"

#include <deltascope/walk/formula.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <string_view>

namespace deltascope::walk {
namespace {

// A matrix in a formula is for reading: export.hpp has formats with all digits.
constexpr int shown_digits = 4;

/// As transposed() writes it.
bool is_upright_t(const Formula& formula) {
  return formula.form == Form::symbol && formula.face == Face::upright && formula.text == "T";
}

/// Whether it is higher than a line, so that brackets around it must grow.
bool is_tall(const Formula& formula) {
  constexpr std::array tall{Form::fraction, Form::sum, Form::root, Form::grid};
  return std::ranges::find(tall, formula.form) != tall.end() ||
         std::ranges::any_of(formula.parts, is_tall);
}

std::string symbol_latex(const Formula& formula) {
  std::string letters = latex_letters(formula.text);
  if (formula.spacing != Class::ordinary) return letters;
  std::string_view rest = formula.text;
  const bool is_greek = !rest.empty() && take_letter(rest).size() > 1;
  const bool has_letters =
      std::ranges::any_of(formula.text, [](unsigned char c) { return std::isalpha(c) != 0; });
  switch (formula.face) {
    case Face::italic:
      return letters;
    case Face::upright:
      return is_greek || !has_letters ? letters : R"(\mathrm{)" + letters + "}";
    case Face::bold:
      // \mathbf knows no small Greek letters.
      return (is_greek ? R"(\boldsymbol{)" : R"(\mathbf{)") + letters + "}";
    case Face::bold_italic:
      return R"(\boldsymbol{)" + letters + "}";
  }
  return letters;
}

std::string space_latex(float width_em) {
  if (width_em == 2.0F) return R"(\qquad)";
  if (width_em == 1.0F) return R"(\quad)";
  return fmt::format(R"(\hspace{{{:.4g}em}})", width_em);
}

std::string script_latex(char sign, const Formula& formula) {
  if (formula.empty()) return "";
  // A prime is raised by itself.
  if (formula.form == Form::symbol && formula.text == "′") return "'";
  return sign + ("{" + (is_upright_t(formula) ? R"(\top)" : to_latex(formula)) + "}");
}

std::string scripts_latex(const Formula& formula) {
  const Formula& base = formula.parts[0];
  std::string text = to_latex(base);
  // TeX takes only one pair of scripts, and puts them on the last of several parts.
  if (base.form == Form::scripts || base.form == Form::row) text = "{" + text + "}";
  return text + script_latex('_', formula.parts[1]) + script_latex('^', formula.parts[2]);
}

std::string delimiter(std::string_view letter, bool grows) {
  if (letter.empty() || letter == " ") return grows ? "." : "";
  return latex_letters(letter);
}

std::string fenced_latex(const Formula& formula) {
  std::string_view closing = formula.text;
  const std::string_view opening = take_letter(closing);
  // TeX counts each \left and wants its \right, even where nothing is drawn.
  const bool grows = is_tall(formula.parts[0]) || opening == " " || closing == " ";
  std::string text = (grows ? R"(\left)" : "") + delimiter(opening, grows);
  append_latex(text, to_latex(formula.parts[0]));
  return text + (grows ? R"(\right)" : "") + delimiter(closing, grows);
}

std::string grid_number(double value) {
  if (std::isnan(value)) return R"(\mathrm{NaN})";
  if (std::isinf(value)) return value < 0 ? R"(-\infty)" : R"(\infty)";
  std::string digits = fmt::format("{:.{}g}", value, shown_digits);
  const std::size_t e = digits.find('e');
  if (e == std::string::npos) return digits;
  return fmt::format(R"({} \cdot 10^{{{}}})", digits.substr(0, e), std::stoi(digits.substr(e + 1)));
}

std::string grid_latex(const Grid& grid) {
  const bool is_wide = grid.cols > most_matrix_columns;
  std::string text = is_wide ? fmt::format(R"(\left[\begin{{array}}{{*{{{}}}{{r}}}})", grid.cols)
                             : R"(\begin{bmatrix})";
  for (Index r = 0; r < grid.rows; ++r) {
    text += r == 0 ? " " : R"( \\ )";
    for (Index c = 0; c < grid.cols; ++c)
      text += (c == 0 ? "" : " & ") + grid_number(grid.value(r, c));
  }
  text += is_wide ? R"( \end{array}\right])" : R"( \end{bmatrix})";
  if (!grid.caption || grid.caption->empty()) return text;
  return R"(\underset{)" + to_latex(*grid.caption) + "}{" + text + "}";
}

std::string row_latex(const Formula& formula) {
  std::string text;
  for (const Formula& part : formula.parts) {
    const bool is_apart = part.spacing == Class::binary || part.spacing == Class::relation ||
                          part.spacing == Class::punctuation;
    const bool is_sign = is_apart && text.empty();  // the minus of −x
    if (is_apart && !is_sign && part.spacing != Class::punctuation) text += ' ';
    append_latex(text, to_latex(part));
    if (is_apart && !is_sign) text += ' ';
  }
  if (!text.empty() && text.back() == ' ' && !text.ends_with("\\ ")) text.pop_back();
  return text;
}

}  // namespace

std::string to_latex(const Formula& formula) {
  const std::vector<Formula>& parts = formula.parts;
  switch (formula.form) {
    case Form::row:
      return row_latex(formula);
    case Form::symbol:
      return symbol_latex(formula);
    case Form::number:
      return latex_letters(formula.text);
    case Form::space:
      return space_latex(formula.width_em);
    case Form::fraction:
      return R"(\frac{)" + to_latex(parts[0]) + "}{" + to_latex(parts[1]) + "}";
    case Form::scripts:
      return scripts_latex(formula);
    case Form::sum:
      return R"(\sum)" + script_latex('_', parts[0]) + script_latex('^', parts[1]);
    case Form::hat:
      return R"(\hat{)" + to_latex(parts[0]) + "}";
    case Form::root:
      return R"(\sqrt{)" + to_latex(parts[0]) + "}";
    case Form::fenced:
      return fenced_latex(formula);
    case Form::grid:
      return grid_latex(*formula.grid);
  }
  return "";
}

}  // namespace deltascope::walk
