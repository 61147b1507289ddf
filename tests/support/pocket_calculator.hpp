#pragma once
// A calculator that knows nothing of the program: it is given what stands on the screen.

#include <optional>
#include <string>
#include <string_view>

namespace deltascope::testing {

/// + − · × / ^ with the usual precedence (−x^2 is −(x^2)), brackets, e^, ln, tanh, sqrt, max and
/// numbers; NaN where it cannot read something.
long double calculate(std::string_view text);

/// How "left = result" comes out.
struct Checked {
  bool agrees = false;
  std::string left, result;
  long double calculated = 0.0L;
};
/// The right side of the last "=" must be what the side before gives, rounded to the digits that
/// are printed.
Checked check_equation(std::string_view text);

}  // namespace deltascope::testing
