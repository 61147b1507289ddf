#include "activation_formula.hpp"

#include <deltascope/table.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace deltascope::walk {
namespace {

Formula e_to(Formula exponent) {
  return scripts(symbol("e"), {}, std::move(exponent));
}

Formula one() {
  return number("1");
}

/// a (1 − a)
Formula logistic_slope(const Formula& a) {
  return row({a, fenced("()", row({one(), operation("−"), a}))});
}

Formula by_sign(const Formula& z, std::string_view above, std::string_view below) {
  return row({number(above), space(0.5F), word("if"), space(0.25F), z, relation(">"), number("0"),
              comma(), word("else"), space(0.25F), number(below)});
}

/// z is plugged in with its value's own sign: e^z where that is how it is computed.
Arithmetic sigmoid_value(std::span<const Arithmetic> z, std::size_t j) {
  // Beyond, e^−z is no number any more.
  constexpr double lowest = -700.0;
  if (z[j].value < lowest) return exp(z[j]) / (exactly(1.0) + exp(z[j]));
  return exactly(1.0) / (exactly(1.0) + exp(-z[j]));
}

Arithmetic softmax_value(std::span<const Arithmetic> z, std::size_t j) {
  const auto largest = std::ranges::max_element(z, {}, &Arithmetic::value);
  // What a pocket calculator can still raise e to.
  constexpr double most = 200.0;
  const bool shifts = std::abs(largest->value) > most;
  std::vector<Arithmetic> powers;
  for (const Arithmetic& each : z) {
    // Of x − x nothing is left; where x is huge, its rounding would drown all digits of e^0.
    const Arithmetic shifted = &each == &*largest ? exactly(0.0) : each - *largest;
    powers.push_back(exp(shifts ? shifted : each));
  }
  const Arithmetic own = powers[j];
  return own / sum(std::move(powers));
}

const std::array<ActivationFormula, 6> table{
    ActivationFormula{
        "sigmoid",
        [](const Formula& z, const Formula&) {
          return fraction(one(), row({one(), operation("+"), e_to(row({operation("−"), z}))}));
        },
        [](const Formula&, const Formula& a) { return logistic_slope(a); }, sigmoid_value,
        [](const Arithmetic&, const Arithmetic& a) { return a * (exactly(1.0) - a); }},
    ActivationFormula{
        "tanh",
        [](const Formula& z, const Formula&) {
          return row({word("tanh"), space(0.2F), z});
        },
        [](const Formula&, const Formula& a) {
          return row({one(), operation("−"), scripts(fenced("()", a), {}, number("2"))});
        },
        [](std::span<const Arithmetic> z, std::size_t j) { return tanh(z[j]); },
        [](const Arithmetic&, const Arithmetic& a) { return exactly(1.0) - power(a, 2.0); }},
    ActivationFormula{
        "relu",
        [](const Formula& z, const Formula&) {
          return row({word("max"), fenced("()", row({number("0"), comma(), z}))});
        },
        [](const Formula& z, const Formula&) { return by_sign(z, "1", "0"); },
        [](std::span<const Arithmetic> z, std::size_t j) { return max(exactly(0.0), z[j]); },
        [](const Arithmetic& z, const Arithmetic&) { return exactly(z.value > 0.0 ? 1.0 : 0.0); }},
    ActivationFormula{
        "leaky_relu",
        [](const Formula& z, const Formula&) {
          return row(
              {word("max"), fenced("()", row({number("0.01"), operation("·"), z, comma(), z}))});
        },
        [](const Formula& z, const Formula&) { return by_sign(z, "1", "0.01"); },
        [](std::span<const Arithmetic> z, std::size_t j) {
          return max(exactly(0.01) * z[j], z[j]);
        },
        [](const Arithmetic& z, const Arithmetic&) { return exactly(z.value > 0.0 ? 1.0 : 0.01); }},
    ActivationFormula{"linear", [](const Formula& z, const Formula&) { return z; },
                      [](const Formula&, const Formula&) { return one(); },
                      [](std::span<const Arithmetic> z, std::size_t j) { return z[j]; },
                      [](const Arithmetic&, const Arithmetic&) { return exactly(1.0); }},
    ActivationFormula{
        "softmax",
        [](const Formula& z_j, const Formula& z_k) {
          return fraction(e_to(z_j), row({sum_over(symbol("k"), {}), e_to(z_k)}));
        },
        [](const Formula&, const Formula& a) { return logistic_slope(a); }, softmax_value,
        [](const Arithmetic&, const Arithmetic& a) { return a * (exactly(1.0) - a); }},
};

}  // namespace

std::span<const ActivationFormula> activation_formulas() {
  return table;
}

const ActivationFormula& activation_formula(std::string_view name) {
  const ActivationFormula* const found = find_row(activation_formulas(), name);
  assert(found != nullptr);
  return *found;
}

}  // namespace deltascope::walk
