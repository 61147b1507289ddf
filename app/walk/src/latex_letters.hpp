#pragma once

#include <string>
#include <string_view>

namespace deltascope::walk {

/// Adds `piece` to a line of mathematics, apart from a command that would run into it.
void append_latex(std::string& line, std::string_view piece);

/// Letters in LaTeX's mathematics mode, in ASCII; "?" for one that it has no name for.
std::string latex_letters(std::string_view utf8);

/// Script text (see picture/script_text.hpp) as LaTeX outside mathematics mode, in ASCII. What
/// LaTeX would take for a command is escaped.
std::string latex_text(std::string_view script_text);

}  // namespace deltascope::walk
