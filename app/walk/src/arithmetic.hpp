#pragma once
// Arithmetic whose printed operands give the printed result.

#include <deltascope/walk/formula.hpp>

#include <optional>
#include <vector>

namespace deltascope::walk {

/// An expression of numbers: evaluated, and written as a formula to as many digits as are asked
/// for. A value.
struct Arithmetic {
  enum class Operation {
    number,
    negative,
    sum,
    product,
    quotient,
    power,  ///< the second part is a whole number
    exponential,
    logarithm,
    hyperbolic_tangent,
    root,
    largest
  };

  Operation operation = Operation::number;
  double value = 0.0;          ///< of a number
  bool exact = false;          ///< a count or a rate somebody chose: never rounded
  std::optional<Quantity> of;  ///< what the number is
  std::vector<Arithmetic> parts;
  int moment = 0;  ///< of a term, see Formula::moment
};

Arithmetic measured(double value, const Quantity& of);  ///< rounded as far as that does no harm
Arithmetic exactly(double value, std::optional<Quantity> of = {});

Arithmetic operator-(Arithmetic x);
Arithmetic operator+(Arithmetic x, Arithmetic y);  ///< a + b + c is one sum of three
Arithmetic operator-(Arithmetic x, Arithmetic y);
Arithmetic operator*(Arithmetic x, Arithmetic y);  ///< as the sum
Arithmetic operator/(Arithmetic x, Arithmetic y);
Arithmetic power(Arithmetic base, double exponent);
Arithmetic exp(Arithmetic x);
Arithmetic ln(Arithmetic x);
Arithmetic tanh(Arithmetic x);
Arithmetic sqrt(Arithmetic x);
Arithmetic max(Arithmetic x, Arithmetic y);
Arithmetic sum(std::vector<Arithmetic> terms);
/// The same, its terms shown one after the other from moment 1 on.
Arithmetic sum_in_turn(std::vector<Arithmetic> terms);

/// Its value in double, all numbers as they are.
double evaluate(const Arithmetic& arithmetic);

struct Reproduced {
  Formula left;    ///< the expression
  Formula result;  ///< the number it makes
  bool exact_enough =
      false;       ///< evaluating `left` as printed and rounding gives `result` as printed
  int digits = 0;  ///< significant ones of the result
};

/// Chooses the digits: about four for the result, and for the operands as few (four or more) as
/// make the arithmetic come out. Where terms cancel, the result ends where a calculator with 14
/// digits stops being right. What is not `result` before any rounding is not exact enough, however
/// few digits would agree. `shows` (0: nothing) is a difference so small that the result must
/// still show two digits of it.
Reproduced reproduce(const Arithmetic& arithmetic, double result, std::optional<Quantity> of,
                     double shows = 0.0);

}  // namespace deltascope::walk
