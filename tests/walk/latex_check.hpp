#pragma once
// What LaTeX with amsmath would refuse, found without LaTeX. It is stricter in one thing: arguments
// and scripts stand in braces.

#include <string>
#include <string_view>

namespace deltascope::test {

/// The first fault of a formula in mathematics mode, or nothing: raw letters beyond ASCII, braces,
/// environments or \left … \right that do not pair, a command that neither LaTeX nor amsmath has,
/// two scripts on one base, an & outside a matrix.
std::string fault_of_latex_formula(std::string_view latex);

/// The same for text with formulas in $ … $ and \[ … \].
std::string fault_of_latex_text(std::string_view latex);

/// The same for a whole document; its preamble is not looked into.
std::string fault_of_latex_document(std::string_view latex);

}  // namespace deltascope::test
