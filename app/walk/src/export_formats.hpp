#pragma once

#include <deltascope/walk/step.hpp>

#include <string>

namespace deltascope::walk {

/// Headings, sentences, formulas as LaTeX in $ … $, tables of worked examples.
std::string write_markdown(const Step& step, const Options& options);
/// A whole document in ASCII that needs amsmath.
std::string write_latex(const Step& step, const Options& options);
/// A row for each number, to all its digits.
std::string write_csv(const Step& step, const Options& options);

}  // namespace deltascope::walk
