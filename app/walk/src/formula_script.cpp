#include <deltascope/walk/formula.hpp>

#include <algorithm>
#include <utility>

namespace deltascope::walk {
namespace {

bool is_one_character(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return std::count_if(text.begin(), text.end(), begins) == 1;
}

/// The two delimiters of a fence; a blank one is nothing.
std::pair<std::string, std::string> delimiters_of(std::string_view fence) {
  std::size_t cut = 1;
  while (cut < fence.size() && (static_cast<unsigned char>(fence[cut]) & 0xC0U) == 0x80U)
    ++cut;
  std::pair<std::string, std::string> both{fence.substr(0, cut), fence.substr(cut)};
  if (both.first == " ") both.first.clear();
  if (both.second == " ") both.second.clear();
  return both;
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
  return sign + (bracketed || is_one_character(text) ? text : "{" + text + "}");
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
    return left + write(parts[0], level) + right;
  }
  return write_all(parts, level);
}

}  // namespace

std::string to_script(const Formula& formula) {
  return write(formula, Level::line);
}

}  // namespace deltascope::walk
