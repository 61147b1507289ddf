#include "arithmetic.hpp"

#include "decimal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace deltascope::walk {
namespace {

using Operation = Arithmetic::Operation;

Arithmetic made(Operation operation, std::vector<Arithmetic> parts) {
  Arithmetic result;
  result.operation = operation;
  result.parts = std::move(parts);
  return result;
}

Arithmetic appended(Operation operation, Arithmetic x, Arithmetic y) {
  if (x.operation != operation || x.moment != 0) {
    return made(operation, {std::move(x), std::move(y)});
  }
  x.parts.push_back(std::move(y));
  return x;
}

// A calculator's rounding, relative to what it adds, multiplies or looks up; and the least number
// there is, below which products have no digits left.
constexpr double rounding = 1e-14;
constexpr double underflow = std::numeric_limits<double>::denorm_min();

struct Estimate {
  double value = 0.0;
  double error = 0.0;  // of a calculator that is given the printed operands
};

Estimate estimate(const Arithmetic& x, int digits);

Estimate estimate_sum(const std::vector<Arithmetic>& terms, int digits) {
  Estimate total;
  double largest = 0.0;
  for (const Arithmetic& term : terms) {
    const Estimate each = estimate(term, digits);
    total.value += each.value;
    total.error += each.error;
    largest = std::max({largest, std::abs(each.value), std::abs(total.value)});
  }
  total.error += rounding * largest;
  return total;
}

Estimate estimate_product(const std::vector<Arithmetic>& factors, int digits) {
  Estimate total{1.0, 0.0};
  for (const Arithmetic& factor : factors) {
    const Estimate each = estimate(factor, digits);
    total.error = total.error * std::abs(each.value) + each.error * std::abs(total.value);
    total.value *= each.value;
    total.error += rounding * std::abs(total.value) + underflow;
  }
  return total;
}

Estimate estimate_quotient(const Arithmetic& x, int digits) {
  const Estimate above = estimate(x.parts[0], digits), below = estimate(x.parts[1], digits);
  const double value = above.value / below.value;
  const double error =
      (above.error + std::abs(value) * below.error) / std::abs(below.value) + underflow;
  return {value, error + rounding * std::abs(value)};
}

Estimate estimate_power(const Arithmetic& x, int digits) {
  const Estimate base = estimate(x.parts[0], digits);
  const double exponent = x.parts[1].value;
  const double value = std::pow(base.value, exponent);
  const double slope = exponent * std::pow(base.value, exponent - 1.0);
  return {value, std::abs(slope) * base.error + rounding * std::abs(value) + underflow};
}

/// f(x), where |f′(x)| is `slope`.
Estimate through(double value, double slope, double error) {
  return {value, slope * error + rounding * std::abs(value) + underflow};
}

Estimate estimate(const Arithmetic& x, int digits) {
  if (x.operation == Operation::number) return {x.exact ? x.value : rounded(x.value, digits), 0.0};
  if (x.operation == Operation::sum) return estimate_sum(x.parts, digits);
  if (x.operation == Operation::product) return estimate_product(x.parts, digits);
  if (x.operation == Operation::quotient) return estimate_quotient(x, digits);
  if (x.operation == Operation::power) return estimate_power(x, digits);
  const Estimate of = estimate(x.parts[0], digits);
  switch (x.operation) {
    case Operation::negative:
      return {-of.value, of.error};
    case Operation::exponential: {
      const double value = std::exp(of.value);
      return through(value, value, of.error + rounding * std::abs(of.value));
    }
    case Operation::logarithm:
      return through(std::log(of.value), 1.0 / std::abs(of.value), of.error);
    case Operation::hyperbolic_tangent:
      return through(std::tanh(of.value), 1.0, of.error);
    case Operation::root: {
      const double value = std::sqrt(of.value);
      return through(value, value > 0.0 ? 0.5 / value : 1.0, of.error);
    }
    default: {
      const Estimate other = estimate(x.parts[1], digits);
      return {std::max(of.value, other.value), std::max(of.error, other.error)};
    }
  }
}

// --- written -------------------------------------------------------------------------------------

Formula write(const Arithmetic& x, int digits, bool leads);

Formula write_number(const Arithmetic& x, int digits, bool leads) {
  Formula formula = written(x.value, x.exact ? all_digits : digits, x.of);
  return x.value < 0.0 && !leads ? fenced("()", std::move(formula)) : formula;
}

Formula write_factor(const Arithmetic& x, int digits, bool leads) {
  const bool loose = x.operation == Operation::sum || x.operation == Operation::negative;
  return loose ? fenced("()", write(x, digits, true)) : write(x, digits, leads);
}

Formula write_sum(const Arithmetic& x, int digits) {
  std::vector<Formula> formulas;
  for (const Arithmetic& term : x.parts) {
    const bool subtracted = term.operation == Operation::negative;
    if (formulas.empty()) {
      formulas.push_back(from_moment(term.moment, write(term, digits, true)));
      continue;
    }
    formulas.push_back(from_moment(term.moment, operation(subtracted ? "−" : "+")));
    Formula formula =
        subtracted ? write_factor(term.parts[0], digits, false) : write_factor(term, digits, false);
    formulas.push_back(from_moment(term.moment, std::move(formula)));
  }
  return row(std::move(formulas));
}

Formula write_product(const Arithmetic& x, int digits, bool leads) {
  std::vector<Formula> formulas;
  for (const Arithmetic& factor : x.parts) {
    const bool first = formulas.empty();
    if (!first) formulas.push_back(operation("·"));
    formulas.push_back(write_factor(factor, digits, leads && first));
  }
  return row(std::move(formulas));
}

Formula write_base(const Arithmetic& x, int digits) {
  Formula formula = write(x, digits, true);
  const bool holds = formula.form == Form::number && x.value >= 0.0;
  return holds ? formula : fenced("()", std::move(formula));
}

Formula write(const Arithmetic& x, int digits, bool leads) {
  const auto part = [&](std::size_t i) { return write(x.parts[i], digits, true); };
  switch (x.operation) {
    case Operation::number:
      return write_number(x, digits, leads);
    case Operation::negative:
      return row({operation("−"), write_factor(x.parts[0], digits, false)});
    case Operation::sum:
      return write_sum(x, digits);
    case Operation::product:
      return write_product(x, digits, leads);
    case Operation::quotient:
      return fraction(part(0), part(1));
    case Operation::power:
      return scripts(write_base(x.parts[0], digits), {}, part(1));
    case Operation::exponential:
      return scripts(symbol("e"), {}, part(0));
    case Operation::logarithm:
      return row({word("ln"), fenced("()", part(0))});
    case Operation::hyperbolic_tangent:
      return row({word("tanh"), fenced("()", part(0))});
    case Operation::root:
      return root(part(0));
    case Operation::largest:
      return row({word("max"), fenced("()", row({part(0), comma(), part(1)}))});
  }
  return {};
}

// The unit of the result's last digit is this much larger than what a calculator may be off by.
constexpr double safety = 50.0;
constexpr int usual_digits = 4, most_result_digits = 15;

/// The result's last place: four digits, more to show a small difference, fewer where terms cancel.
int preferred_place(double result, double shows, double error) {
  int place = decimal_exponent(result) - usual_digits + 1;
  if (shows != 0.0) place = std::min(place, decimal_exponent(shows) - 1);
  place = std::max(place, decimal_exponent(result) - most_result_digits + 1);
  if (error > 0.0) place = std::max(place, decimal_exponent(safety * error) + 1);
  return place;
}

/// The fewest digits of the operands for a result to that place; 0 if none do.
int digits_for(const Arithmetic& x, double result, int place) {
  const double printed = rounded_to_place(result, place);
  const double half_unit = 0.5 * std::pow(10.0, place);
  for (int digits = usual_digits; digits <= all_digits; ++digits) {
    const Estimate got = estimate(x, digits);
    if (std::abs(got.value - printed) <= half_unit - got.error) return digits;
  }
  return 0;
}

}  // namespace

Arithmetic measured(double value, const Quantity& of) {
  Arithmetic result;
  result.value = value;
  result.of = of;
  return result;
}

Arithmetic exactly(double value, std::optional<Quantity> of) {
  Arithmetic result;
  result.value = value;
  result.exact = true;
  result.of = of;
  return result;
}

Arithmetic operator-(Arithmetic x) {
  return made(Operation::negative, {std::move(x)});
}
Arithmetic operator+(Arithmetic x, Arithmetic y) {
  return appended(Operation::sum, std::move(x), std::move(y));
}
Arithmetic operator-(Arithmetic x, Arithmetic y) {
  return appended(Operation::sum, std::move(x), -std::move(y));
}
Arithmetic operator*(Arithmetic x, Arithmetic y) {
  return appended(Operation::product, std::move(x), std::move(y));
}
Arithmetic operator/(Arithmetic x, Arithmetic y) {
  return made(Operation::quotient, {std::move(x), std::move(y)});
}
Arithmetic power(Arithmetic base, double exponent) {
  return made(Operation::power, {std::move(base), exactly(exponent)});
}
Arithmetic exp(Arithmetic x) {
  return made(Operation::exponential, {std::move(x)});
}
Arithmetic ln(Arithmetic x) {
  return made(Operation::logarithm, {std::move(x)});
}
Arithmetic tanh(Arithmetic x) {
  return made(Operation::hyperbolic_tangent, {std::move(x)});
}
Arithmetic sqrt(Arithmetic x) {
  return made(Operation::root, {std::move(x)});
}
Arithmetic max(Arithmetic x, Arithmetic y) {
  return made(Operation::largest, {std::move(x), std::move(y)});
}

Arithmetic sum(std::vector<Arithmetic> terms) {
  if (terms.size() == 1) return std::move(terms.front());
  return made(Operation::sum, std::move(terms));
}

Arithmetic sum_in_turn(std::vector<Arithmetic> terms) {
  for (std::size_t i = 0; i < terms.size(); ++i)
    terms[i].moment = static_cast<int>(i) + 1;
  return made(Operation::sum, std::move(terms));
}

double evaluate(const Arithmetic& arithmetic) {
  return estimate(arithmetic, all_digits).value;
}

Reproduced reproduce(const Arithmetic& arithmetic, double result, std::optional<Quantity> of,
                     double shows) {
  const auto unequal = [&]() -> Reproduced {
    return {write(arithmetic, all_digits, true), written(result, all_digits, of), false, 0};
  };
  const auto [value, error] = estimate(arithmetic, all_digits);
  const int preferred = preferred_place(result, shows, error);
  // The first digits of another number may well be the same.
  const double rounding = std::max(error, 0.01 * std::pow(10.0, preferred));
  if (std::abs(value - result) > rounding) return unequal();
  // A result near the middle between two printed numbers comes out with a digit more, or one less.
  for (const int place : {preferred, preferred - 1, preferred - 2, preferred + 1, preferred + 2}) {
    if (const int digits = digits_for(arithmetic, result, place); digits != 0) {
      const int kept = result == 0.0 ? usual_digits : decimal_exponent(result) - place + 1;
      return {write(arithmetic, digits, true), written_to_place(result, place, of), true, kept};
    }
  }
  return unequal();
}

}  // namespace deltascope::walk
