#include "export_formats.hpp"
#include "export_report.hpp"
#include "latex_letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace deltascope::walk {
namespace {

// Rows of matrices that are wider than the page are made smaller to fit.
constexpr std::string_view preamble = R"(\documentclass[a4paper]{article}
\usepackage[utf8]{inputenc}
\usepackage[margin=2.5cm]{geometry}
\usepackage{amsmath}
\usepackage{graphicx}
\newcommand{\fitted}[1]{\sbox0{$\displaystyle #1$}%
  \ifdim\wd0>\linewidth\resizebox{\linewidth}{!}{\usebox0}\else\usebox0\fi}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt}
\raggedright
\begin{document}
)";

std::string display(const Formula& formula) {
  return formula.empty() ? "" : "\\[\\fitted{" + to_latex(formula) + "}\\]\n";
}

std::string paragraph(const std::string& script_text) {
  return script_text.empty() ? "" : latex_text(script_text) + "\n\n";
}

/// TeX breaks no line inside one.
bool has_wide_fraction(const Formula& formula) {
  constexpr std::size_t letters_per_line = 90;
  if (formula.form == Form::fraction && to_text(formula).size() > letters_per_line) return true;
  return std::ranges::any_of(formula.parts, has_wide_fraction);
}

/// Formulas in lines that may be broken, because sums are long.
std::string example_text(const Worked& example) {
  std::string text = "\\item $\\displaystyle " + to_latex(example.rule) + "$";
  if (!example.numbers.empty()) {
    const std::string numbers = to_latex(example.numbers);
    text += "\\newline\n";
    text += has_wide_fraction(example.numbers) ? "\\fitted{" + numbers + "}"
                                               : "$\\displaystyle " + numbers + "$";
  }
  return text + "\n";
}

std::string passage_text(const Passage& passage) {
  std::string text = paragraph(passage.about) + display(passage.rule) + display(passage.numbers);
  if (!passage.examples.empty()) {
    text += "\\begin{itemize}\n";
    for (const Worked& example : passage.examples)
      text += example_text(example);
    text += "\\end{itemize}\n";
  }
  for (const std::string& sentence : passage.left_out)
    text += paragraph(sentence);
  return text;
}

}  // namespace

std::string write_latex(const Step& step, const Options& options) {
  const Report report = make_report(step, options);
  std::string text(preamble);
  text += fmt::format("\\section*{{{}}}\n\\begin{{itemize}}\n", latex_text(report.title));
  for (const auto& [label, value] : report.facts)
    text += fmt::format("\\item {}: {}\n", latex_text(label), latex_text(value));
  text += "\\end{itemize}\n";
  for (const Section& section : report.sections) {
    text += "\n\\subsection*{" + latex_text(section.title) + "}\n";
    text += paragraph(section.about) + display(section.rule);
    for (const Passage& passage : section.passages)
      text += passage_text(passage);
  }
  return text + "\\end{document}\n";
}

}  // namespace deltascope::walk
