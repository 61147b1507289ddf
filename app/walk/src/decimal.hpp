#pragma once
// Numbers as a person writes them.

#include <deltascope/walk/formula.hpp>

namespace deltascope::walk {

/// Digits that tell every double from every other.
inline constexpr int all_digits = 17;

/// x to so many significant digits, as a double. 1 ≤ digits ≤ 17.
double rounded(double x, int digits);
/// floor(log₁₀|x|), and that of 0 is very small.
int decimal_exponent(double x);

/// "0.2500" to four digits, but "0.25" where that is the number itself; "6.1·10⁻⁵" where a plain
/// number would be mostly zeros or would claim digits that it has not.
Formula written(double x, int digits, std::optional<Quantity> of = {});
/// With its last digit at 10^place; the zeros of "0.000" say how small it is.
Formula written_to_place(double x, int place, std::optional<Quantity> of = {});
/// The value of what written_to_place() writes.
double rounded_to_place(double x, int place);

}  // namespace deltascope::walk
