#include "utf8.hpp"

#include <deltascope/walk/formula.hpp>

#include <utility>

namespace deltascope::walk {
namespace {

bool is_one_letter(std::string_view text) {
  take_letter(text);
  return text.empty();
}

/// The two delimiters of a fence; a blank one is nothing.
std::pair<std::string_view, std::string_view> delimiters_of(std::string_view fence) {
  const auto shown = [](std::string_view one) { return one == " " ? std::string_view() : one; };
  const std::string_view left = take_letter(fence);
  return {shown(left), shown(fence)};
}

/// Scripts of scripts stand on one line: pictures draw two levels only.
enum class Level { line, script };

std::string write(const Formula& formula, Level level);

std::string write_all(const std::vector<Formula>& parts, Level level) {
  std::string text;
  for (const Formula& part : parts)
    text += write(part, level);
  return text;
}

std::string write_script(char sign, const Formula& formula, Level level) {
  const std::string text = write(formula, Level::script);
  // A prime is raised in every font.
  if (text.empty() || text == "′" || level == Level::script) return text;
  const bool bracketed = text.front() == '[' && text.find(']') == text.size() - 1;
  return sign + (bracketed || is_one_letter(text) ? text : "{" + text + "}");
}

std::string write_symbol(const Formula& formula, Level level) {
  if (level == Level::script) return formula.text;
  if (formula.spacing == Class::punctuation) return formula.text + " ";
  const bool apart = formula.spacing == Class::binary || formula.spacing == Class::relation;
  return apart ? " " + formula.text + " " : formula.text;
}

std::string write(const Formula& formula, Level level) {
  const std::vector<Formula>& parts = formula.parts;
  if (formula.form == Form::symbol) return write_symbol(formula, level);
  if (formula.form == Form::number) return formula.text;
  if (formula.form == Form::space) return " ";
  if (formula.form == Form::scripts) {
    return write(parts[0], level) + write_script('^', parts[2], level) +
           write_script('_', parts[1], level);
  }
  if (formula.form == Form::fraction) return write(parts[0], level) + "/" + write(parts[1], level);
  if (formula.form == Form::fenced) {
    const auto [left, right] = delimiters_of(formula.text);
    return std::string(left) + write(parts[0], level) + std::string(right);
  }
  return write_all(parts, level);
}

}  // namespace

std::string to_script(const Formula& formula) {
  return write(formula, Level::line);
}

}  // namespace deltascope::walk
