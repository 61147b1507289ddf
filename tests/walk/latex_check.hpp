#pragma once
// What LaTeX with amsmath would refuse, found without LaTeX.

#include <string>
#include <string_view>

namespace deltascope::test {

/// The first fault of a formula in mathematics mode, or nothing: raw letters beyond ASCII, braces,
/// environments or \left … \right that do not pair, a command that neither LaTeX nor amsmath has,
/// two scripts on one base, an & outside a matrix.
std::string fault_of_latex_formula(std::string_view latex);

/// The same for text with formulas in $ … $, \( … \), \[ … \] and environments; with
/// \documentclass it must be a whole document.
std::string fault_of_latex_text(std::string_view latex);

}  // namespace deltascope::test
