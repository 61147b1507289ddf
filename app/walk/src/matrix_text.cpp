#include "latex_letters.hpp"

#include <deltascope/walk/export.hpp>

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace deltascope::walk {
namespace {

/// How one language writes a matrix.
struct Grammar {
  std::string_view opening, opening_row, between_numbers, closing_row, between_rows, closing;
  std::string_view not_a_number, infinity, minus_infinity;
  std::string_view before_exponent, behind_exponent;  ///< of 1e-5: "e" and nothing
  std::string_view behind_whole_number;               ///< what keeps -0 and 2 from being integers
};

/// 17 significant digits give every double back.
std::string number_text(const Grammar& grammar, double value) {
  if (std::isnan(value)) return std::string(grammar.not_a_number);
  if (std::isinf(value)) return std::string(value < 0 ? grammar.minus_infinity : grammar.infinity);
  const std::string digits = fmt::format("{:.17g}", value);
  const std::size_t e = digits.find('e');
  if (e != std::string::npos) {
    return fmt::format("{}{}{}{}", digits.substr(0, e), grammar.before_exponent,
                       std::stoi(digits.substr(e + 1)), grammar.behind_exponent);
  }
  const bool is_whole = digits.find('.') == std::string::npos;
  return digits + std::string(is_whole ? grammar.behind_whole_number : "");
}

std::string matrix_text(const Grammar& grammar, const Grid& grid) {
  std::string text(grammar.opening);
  for (Index r = 0; r < grid.rows; ++r) {
    if (r > 0) text += grammar.between_rows;
    text += grammar.opening_row;
    for (Index c = 0; c < grid.cols; ++c) {
      if (c > 0) text += grammar.between_numbers;
      text += number_text(grammar, grid.value(r, c));
    }
    text += grammar.closing_row;
  }
  return text + std::string(grammar.closing);
}

constexpr Grammar numpy{.opening = "np.array([",
                        .opening_row = "[",
                        .between_numbers = ", ",
                        .closing_row = "]",
                        .between_rows = ", ",
                        .closing = "])",
                        .not_a_number = "np.nan",
                        .infinity = "np.inf",
                        .minus_infinity = "-np.inf",
                        .before_exponent = "e",
                        .behind_exponent = "",
                        .behind_whole_number = ".0"};
constexpr Grammar matlab{.opening = "[",
                         .opening_row = "",
                         .between_numbers = " ",
                         .closing_row = "",
                         .between_rows = "; ",
                         .closing = "]",
                         .not_a_number = "NaN",
                         .infinity = "Inf",
                         .minus_infinity = "-Inf",
                         .before_exponent = "e",
                         .behind_exponent = "",
                         .behind_whole_number = ""};
constexpr Grammar latex{.opening = R"(\begin{bmatrix} )",
                        .opening_row = "",
                        .between_numbers = " & ",
                        .closing_row = "",
                        .between_rows = R"( \\ )",
                        .closing = R"( \end{bmatrix})",
                        .not_a_number = R"(\mathrm{NaN})",
                        .infinity = R"(\infty)",
                        .minus_infinity = R"(-\infty)",
                        .before_exponent = R"( \cdot 10^{)",
                        .behind_exponent = "}",
                        .behind_whole_number = ""};

std::string write_numpy(const Grid& grid) {
  return matrix_text(numpy, grid);
}

std::string write_matlab(const Grid& grid) {
  return matrix_text(matlab, grid);
}

std::string write_latex(const Grid& grid) {
  if (grid.cols <= most_matrix_columns) return matrix_text(latex, grid);
  Grammar array = latex;
  const std::string opening = fmt::format(R"(\left[\begin{{array}}{{*{{{}}}{{r}}}} )", grid.cols);
  array.opening = opening;
  array.closing = R"( \end{array}\right])";
  return matrix_text(array, grid);
}

constexpr std::array formats{
    MatrixFormat{"numpy", "NumPy", write_numpy},
    MatrixFormat{"matlab", "MATLAB", write_matlab},
    MatrixFormat{"latex", "LaTeX", write_latex},
};

}  // namespace

std::span<const MatrixFormat> matrix_formats() {
  return formats;
}

}  // namespace deltascope::walk
