#include "export_formats.hpp"
#include "export_report.hpp"

#include <deltascope/walk/script_parts.hpp>

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace deltascope::walk {
namespace {

/// With a backslash before everything that Markdown might take for a sign of its own.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>#$~").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string markdown_text(std::string_view script_text) {
  std::string result;
  for (const ScriptPart& part : script_parts(script_text)) {
    const std::string text = escaped(part.text);
    if (part.level == ScriptLevel::base) result += text;
    if (part.level == ScriptLevel::raised) result += "<sup>" + text + "</sup>";
    if (part.level == ScriptLevel::lowered) result += "<sub>" + text + "</sub>";
  }
  return result;
}

std::string display(const Formula& formula) {
  return formula.empty() ? "" : "$$\n" + to_latex(formula) + "\n$$\n\n";
}

std::string inline_formula(const Formula& formula) {
  return formula.empty() ? "" : "$" + to_latex(formula) + "$";
}

std::string paragraph(const std::string& script_text) {
  return script_text.empty() ? "" : markdown_text(script_text) + "\n\n";
}

std::string passage_text(const Passage& passage) {
  std::string text = paragraph(passage.about) + display(passage.rule) + display(passage.numbers);
  if (!passage.examples.empty()) {
    text += "| in symbols | in numbers |\n| --- | --- |\n";
    for (const Worked& example : passage.examples) {
      text += fmt::format("| {} | {} |\n", inline_formula(example.rule),
                          inline_formula(example.numbers));
    }
    text += "\n";
  }
  for (const std::string& sentence : passage.left_out)
    text += paragraph(sentence);
  return text;
}

}  // namespace

std::string write_markdown(const Step& step, const Options& options) {
  const Report report = make_report(step, options);
  std::string text = "# " + markdown_text(report.title) + "\n\n";
  for (const auto& [label, value] : report.facts)
    text += fmt::format("- {}: {}\n", label, markdown_text(value));
  text += "\n";
  for (const Section& section : report.sections) {
    text += "## " + markdown_text(section.title) + "\n\n";
    text += paragraph(section.about) + display(section.rule);
    for (const Passage& passage : section.passages)
      text += passage_text(passage);
  }
  text.pop_back();  // the last paragraph needs no empty line behind it
  return text;
}

}  // namespace deltascope::walk
