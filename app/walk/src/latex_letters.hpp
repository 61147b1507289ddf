#pragma once

#include <deltascope/linalg.hpp>

#include <string>
#include <string_view>

namespace deltascope::walk {

// amsmath's matrices have no more columns unless a document says so; an array may.
inline constexpr Index most_matrix_columns = 10;

/// Adds `piece` to a line of mathematics, apart from a command that would run into it.
void append_latex(std::string& line, std::string_view piece);

/// Letters in LaTeX's mathematics mode, in ASCII; "?" for one that it has no name for.
std::string latex_letters(std::string_view utf8);

/// Script text (see picture/script_text.hpp) as LaTeX outside mathematics mode, in ASCII. What
/// LaTeX would take for a command is escaped.
std::string latex_text(std::string_view script_text);

}  // namespace deltascope::walk
