#pragma once

#include <deltascope/walk/formula.hpp>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace deltascope::test {

using namespace walk;

inline Formula layer(std::string_view number) {
  return row(
      {symbol("[", Face::upright), symbol(number, Face::upright), symbol("]", Face::upright)});
}
inline Formula bold(std::string_view letter, std::string_view number, const Quantity& of) {
  return marked(scripts(symbol(letter, Face::bold), {}, layer(number)), of);
}
inline constexpr Quantity delta_2{Kind::delta, 0}, delta_3{Kind::delta, 1}, W_3{Kind::W, 1},
    slope_2{Kind::slope, 0}, z_2{Kind::z, 0};

inline Grid grid_of(Index rows, Index cols, const Quantity& of, std::vector<double> values) {
  Grid made;
  made.rows = rows;
  made.cols = cols;
  made.of = of;
  made.values = std::move(values);
  return made;
}
inline Grid wavy_grid(Index rows, Index cols, const Quantity& of) {
  std::vector<double> values;
  for (Index i = 0; i < rows * cols; ++i)
    values.push_back(std::sin(1.7 * static_cast<double>(i) + 1));
  return grid_of(rows, cols, of, std::move(values));
}
inline Grid captioned(Grid made, Formula caption) {
  made.caption = std::make_shared<const Formula>(std::move(caption));
  return made;
}

/// δ^[2] = (W^[3])ᵀ δ^[3] ∘ σ′(z^[2])
inline Formula delta_rule() {
  return row({bold("δ", "2", delta_2), relation("="), transposed(bold("W", "3", W_3)),
              bold("δ", "3", delta_3), operation("∘"), symbol("σ′"),
              fenced("()", bold("z", "2", z_2))});
}

/// The same with numbers.
inline Formula delta_numbers() {
  Grid turned = captioned(wavy_grid(3, 2, W_3), transposed(bold("W", "3", W_3)));
  turned.turned = true;
  return row({grid(captioned(wavy_grid(3, 1, delta_2), bold("δ", "2", delta_2))), relation("="),
              grid(turned), grid(captioned(wavy_grid(2, 1, delta_3), bold("δ", "3", delta_3))),
              operation("∘"), grid(wavy_grid(3, 1, slope_2))});
}

struct NamedFormula {
  std::string name;
  Formula formula;
};

/// Everything that can stand in a formula.
inline std::vector<NamedFormula> formulas() {
  const auto index = [](const char* letter) { return symbol(letter); };
  const Formula i_is_1 = row({symbol("i"), relation("="), number("1")});
  const auto y_hat = [&] { return scripts(hat(symbol("y")), index("i"), {}); };
  return {
      {"delta", delta_rule()},
      {"delta_numbers", delta_numbers()},
      {"partial", row({fraction(row({symbol("∂"), symbol("C")}),
                                row({symbol("∂"), scripts(symbol("w"), symbol("jk"), layer("2"))})),
                       relation("="), scripts(symbol("δ"), index("j"), layer("2")),
                       scripts(symbol("a"), index("k"), layer("1"))})},
      {"cross_entropy",
       row({symbol("C"), relation("="), operation("−"), fraction(number("1"), symbol("N")),
            sum_over(i_is_1, symbol("N")),
            fenced("()",
                   row({scripts(symbol("y"), index("i"), {}), word("log"), y_hat(), operation("+"),
                        fenced("()", row({number("1"), operation("−"), y_hat()}))}))})},
      {"adam", row({symbol("w"), relation("←"), symbol("w"), operation("−"), symbol("η"),
                    fraction(hat(symbol("m")),
                             row({root(hat(symbol("v"))), operation("+"), symbol("ε")}))})},
      {"corrected", row({hat(symbol("m")), relation("="),
                         fraction(scripts(symbol("m"), index("t"), {}),
                                  row({number("1"), operation("−"),
                                       scripts(symbol("β"), number("1"), index("t"))}))})},
      {"cost", row({word("Cost"), relation("="), fraction(number("1"), symbol("N")),
                    sum_over(i_is_1, symbol("N")), scripts(symbol("C"), symbol("x"), {}),
                    operation("+"), fraction(symbol("λ"), number("2")),
                    scripts(fenced("‖‖", symbol("W", Face::bold)), {}, number("2"))})},
      {"worked",
       row({scripts(symbol("δ"), number("1"), layer("2")), relation("="),
            fenced("()", row({number("0.5"), operation("·"), fenced("()", number("−0.2")),
                              operation("+"), number("1.25"), operation("·"), number("0.04")})),
            operation("·"), number("0.25"), relation("="), number("−0.0125")})},
      {"nested", row({root(fraction(fraction(symbol("a"), symbol("b")),
                                    row({symbol("x"), operation("+"), number("1")}))),
                      fenced("{ ", fraction(symbol("f"), symbol("V"))),
                      fenced("[]", sum_over(fraction(symbol("k"), number("2")), symbol("n")))})},
      {"matrices",
       row({grid(captioned(grid_of(2, 2, W_3, {4e-6, -1e-6, 0, 2.5e-6}), bold("W", "3", W_3))),
            operation("+"), fenced("()", grid(wavy_grid(5, 1, delta_2))),
            grid(wavy_grid(30, 20, W_3)), grid(grid_of(2, 0, W_3, {}))})},
  };
}

}  // namespace deltascope::test
