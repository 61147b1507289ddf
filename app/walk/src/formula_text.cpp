#include "utf8.hpp"

#include <deltascope/walk/formula.hpp>
#include <deltascope/walk/notation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::walk {
namespace {

constexpr std::string_view minus = "−";
// Narrower gaps are typography; from here on they separate one thing from the next.
constexpr float separating_em = 0.5F;

/// How tightly a formula holds together: what must be put in brackets before it is divided by,
/// raised to a power or multiplied.
enum class Grip { sum, product, atom };

bool starts_with_minus(const Formula& formula) {
  return formula.form == Form::number && formula.text.starts_with(minus);
}

bool is_symbol(const Formula& formula, std::string_view text) {
  return formula.form == Form::symbol && formula.text == text;
}

/// "max", "ln", "softmax": a word that is applied to what follows in brackets.
bool is_word(const Formula& formula) {
  return formula.form == Form::symbol && formula.face == Face::upright && formula.text.size() > 1 &&
         std::isalpha(static_cast<unsigned char>(formula.text.front())) != 0;
}

/// Also σ, g′ and f of the notations: a(1 − a) is a product and g(z) is none.
bool is_function(const Formula& formula) {
  if (is_word(formula)) return true;
  if (formula.form == Form::scripts) return is_function(formula.parts.front());
  if (formula.form == Form::row) {
    return formula.parts.size() == 1 && is_function(formula.parts.front());
  }
  return formula.form == Form::symbol && std::ranges::any_of(notations(), [&](const Notation& row) {
           return formula.text.starts_with(row.activation);
         });
}

/// ∂, the d of dz and ∇_W belong to what follows.
bool is_differential(const Formula& formula) {
  if (formula.form == Form::scripts) return is_symbol(formula.parts.front(), "∇");
  constexpr std::array<std::string_view, 4> letters{"∂", "d", "∇", "Δ"};
  return formula.form == Form::symbol && std::ranges::find(letters, formula.text) != letters.end();
}

std::vector<const Formula*> without_empty(const std::vector<Formula>& parts) {
  std::vector<const Formula*> result;
  for (const Formula& part : parts) {
    if (!part.empty()) result.push_back(&part);
  }
  return result;
}

Grip grip(const Formula& formula);

Grip grip_of_row(const Formula& formula) {
  const std::vector<const Formula*> parts = without_empty(formula.parts);
  if (parts.size() == 1) return grip(*parts[0]);
  const bool is_applied = parts.size() == 2 && is_function(*parts[0]);
  if (is_applied && parts[1]->form == Form::fenced) return Grip::atom;
  if (parts.size() == 2 && is_differential(*parts[0])) return grip(*parts[1]);
  const bool is_product = std::ranges::all_of(parts, [](const Formula* part) {
    if (part->spacing == Class::binary) return part->text != "+" && part->text != minus;
    return part->spacing == Class::ordinary && grip(*part) != Grip::sum;
  });
  return is_product ? Grip::product : Grip::sum;
}

Grip grip(const Formula& formula) {
  switch (formula.form) {
    case Form::row:
      return grip_of_row(formula);
    case Form::number:
      return starts_with_minus(formula) ? Grip::sum : Grip::atom;
    case Form::fraction:
      return Grip::product;
    case Form::sum:
      return Grip::sum;
    default:
      return Grip::atom;
  }
}

std::string in_brackets(const std::string& text) {
  return "(" + text + ")";
}

std::string with_ascii_minus(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::string_view letter = take_letter(text);
    result += letter == minus ? "-" : letter;
  }
  return result;
}

/// An index: letters and numbers side by side, "jk", "12"; more than that stands in brackets.
std::string index_text(const Formula& formula) {
  if (formula.form == Form::row) {
    const bool is_plain = std::ranges::all_of(formula.parts, [](const Formula& part) {
      return part.form == Form::symbol || part.form == Form::number || part.form == Form::row;
    });
    const bool is_list = std::ranges::any_of(
        formula.parts, [](const Formula& part) { return part.spacing != Class::ordinary; });
    if (!is_plain || is_list) return in_brackets(to_text(formula));
    std::string text;
    for (const Formula& part : formula.parts)
      text += index_text(part);
    return text;
  }
  return formula.form == Form::scripts ? in_brackets(to_text(formula)) : to_text(formula);
}

std::string power_text(const Formula& upper) {
  if (is_symbol(upper, "′")) return "′";
  const std::vector<const Formula*> parts = without_empty(upper.parts);
  if (upper.form == Form::row && parts.size() == 1) return power_text(*parts[0]);
  // The number of a layer and what stands beside it belong to a name.
  if (upper.form == Form::row && !parts.empty() && parts[0]->form == Form::fenced) {
    std::string text = "^";
    for (const Formula* const part : parts)
      text += to_text(*part);
    return text;
  }
  const bool stands_alone = grip(upper) == Grip::atom || upper.form == Form::number;
  return "^" + (stands_alone ? to_text(upper) : in_brackets(to_text(upper)));
}

std::string scripts_text(const Formula& formula) {
  const Formula& base = formula.parts[0];
  const bool stands_alone = grip(base) == Grip::atom && base.form != Form::scripts;
  std::string text = stands_alone ? to_text(base) : in_brackets(to_text(base));
  if (!formula.parts[1].empty()) text += "_" + index_text(formula.parts[1]);
  if (!formula.parts[2].empty()) text += power_text(formula.parts[2]);
  return text;
}

std::string fraction_text(const Formula& formula) {
  const auto operand = [](const Formula& part, Grip least) {
    return grip(part) >= least ? to_text(part) : in_brackets(to_text(part));
  };
  return operand(formula.parts[0], Grip::product) + "/" + operand(formula.parts[1], Grip::atom);
}

std::string sum_text(const Formula& formula) {
  std::string text = "Σ";
  if (!formula.parts[0].empty()) text += "_" + index_text(formula.parts[0]);
  if (!formula.parts[1].empty()) text += power_text(formula.parts[1]);
  return text;
}

std::string hat_text(const Formula& formula) {
  const std::string under = to_text(formula.parts[0]);
  std::string_view rest = under;
  const std::string first(take_letter(rest));
  return first + "\u0302" + std::string(rest);  // a combining circumflex
}

std::string grid_text(const Grid& grid) {
  std::string text = "[";
  for (Index r = 0; r < grid.rows; ++r) {
    text += r == 0 ? "[" : ", [";
    for (Index c = 0; c < grid.cols; ++c)
      text += fmt::format("{}{}", c == 0 ? "" : ", ", grid.value(r, c));
    text += "]";
  }
  return text + "]";
}

/// Writes parts one after the other; what stands before decides what joins the next to it.
class Line {
 public:
  void add(const Formula& formula);
  std::string take() { return std::move(text_); }

 private:
  enum class Last { nothing, operand, function, sum, operation };

  void join_operand(bool is_fenced) {
    if (last_ == Last::operand) text_ += "·";
    if (last_ == Last::sum || (last_ == Last::function && !is_fenced)) text_ += " ";
  }
  void add_operand(const std::string& operand, bool is_fenced = false) {
    join_operand(is_fenced);
    text_ += operand;
    last_ = Last::operand;
  }
  void add_number(const Formula& formula);
  void add_symbol(const Formula& formula);
  void add_fenced(const Formula& formula);
  void add_space(float width_em);

  std::string text_;
  Last last_ = Last::nothing;
};

void Line::add_number(const Formula& formula) {
  const std::string digits = with_ascii_minus(formula.text);
  const bool needs_brackets = starts_with_minus(formula) && last_ != Last::nothing;
  add_operand(needs_brackets ? in_brackets(digits) : digits);
}

void Line::add_symbol(const Formula& formula) {
  const std::string sign = with_ascii_minus(formula.text);
  switch (formula.spacing) {
    case Class::binary:
      // A minus in front of a term, or the point of a product.
      text_ += last_ != Last::operand || sign == "·" ? sign : " " + sign + " ";
      last_ = Last::operation;
      return;
    case Class::relation:
      text_ += (text_.empty() ? "" : " ") + sign + " ";
      last_ = Last::nothing;
      return;
    case Class::punctuation:
      text_ += sign + " ";
      last_ = Last::nothing;
      return;
    default:
      add_operand(sign);
      if (is_function(formula)) last_ = Last::function;
      if (is_differential(formula)) last_ = Last::nothing;
  }
}

void Line::add_fenced(const Formula& formula) {
  std::string_view closing = formula.text;
  std::string text(take_letter(closing));
  text += to_text(formula.parts[0]);
  if (closing != " ") text += closing;
  add_operand(text, true);
}

void Line::add_space(float width_em) {
  if (width_em < separating_em) return;
  if (last_ != Last::nothing) text_ += "  ";
  last_ = Last::nothing;
}

void Line::add(const Formula& formula) {
  switch (formula.form) {
    case Form::row:
      for (const Formula& part : formula.parts)
        add(part);
      break;
    case Form::symbol:
      add_symbol(formula);
      break;
    case Form::number:
      add_number(formula);
      break;
    case Form::space:
      add_space(formula.width_em);
      break;
    case Form::fraction:
      add_operand(fraction_text(formula));
      break;
    case Form::scripts:
      add_operand(scripts_text(formula));
      if (is_function(formula)) last_ = Last::function;
      if (is_differential(formula)) last_ = Last::function;
      break;
    case Form::sum:
      add_operand(sum_text(formula));
      last_ = Last::sum;
      break;
    case Form::hat:
      add_operand(hat_text(formula));
      break;
    case Form::root:
      add_operand("sqrt" + in_brackets(to_text(formula.parts[0])));
      break;
    case Form::fenced:
      add_fenced(formula);
      break;
    case Form::grid:
      add_operand(grid_text(*formula.grid));
      break;
  }
}

}  // namespace

std::string to_text(const Formula& formula) {
  Line line;
  line.add(formula);
  return line.take();
}

}  // namespace deltascope::walk
