#include "learners_step.hpp"

#include <deltascope/lesson/marking.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace deltascope::lesson {
namespace {

constexpr std::array table{
    Mark{"empty", "empty", 0.0, "Nothing was answered."},
    Mark{"not_a_number", "not a number", 0.0,
         "A number is written as in 0.047, -4.7e-2 or -2/3; a comma may stand for the point."},
    Mark{"right", "right", 1.0, ""},
    Mark{"follow_through", "follows from earlier numbers", 1.0,
         "Right for the numbers that came before, but one of those is not."},
    Mark{"rounded", "rounded too far", 0.5, "Right as far as it goes; give more digits."},
    Mark{"wrong_sign", "wrong sign", 0.0, "Only the sign is wrong: δ begins with a − y."},
    Mark{"missing_mean", "1/N is missing", 0.0,
         "The sum over the samples is still to be divided by their number."},
    Mark{"extra_mean", "1/N too often", 0.0,
         "It was divided by the number of samples once too often: δ has no 1/N inside, dW and db "
         "have it once."},
    Mark{"missing_decay", "λW is missing", 0.0, "With weight decay, λW comes on top of the mean."},
    Mark{"transposed", "transposed", 0.0,
         "Rows and columns are exchanged: δ is pulled back through Wᵀ, and dW[to][from] is "
         "δ[to] times a[from]."},
    Mark{"wrong", "wrong", 0.0, "Another number comes out; go through its formula term by term."},
};

// Zero but for what is left when sums of numbers of the order of 1 cancel.
constexpr double no_more_than_rounding = 1e-14;

/// The unit of the asked-for significant digit of a number; of 0, that of as many decimals.
double unit_of(double value, int digits) {
  if (std::abs(value) <= no_more_than_rounding) return std::pow(10.0, -digits);
  // In twelve digits, so that 0.0999… that is 0.1 but for rounding counts as 0.1.
  const std::string text = fmt::format("{:.11e}", std::abs(value));
  const int exponent = std::stoi(text.substr(text.find('e') + 1));
  return std::pow(10.0, exponent - digits + 1);
}

/// The right number and the typed one are both the nearest double, after an operation or two.
double rounding(double value) {
  return 4.0 * std::numeric_limits<double>::epsilon() * std::abs(value);
}

/// Whether `typed` is `value` with fewer digits than asked for. 0 has none to leave out.
bool is_rounded(const Typed& typed, double value, int digits) {
  return typed.digits < digits && std::abs(value) > no_more_than_rounding &&
         std::abs(typed.value - value) <= tolerance(value, typed.digits);
}

/// What is wrong about an answer, or nothing that we know of.
class Diagnosis {
 public:
  Diagnosis(const walk::Step& step, const Cell& cell, double expected, const Typed& typed,
            int digits)
      : step_(step), cell_(cell), expected_(expected), typed_(typed), digits_(digits) {}

  std::string_view name() const {
    if (is(-expected_)) return "wrong_sign";
    const auto n = static_cast<double>(step_.trace->batch_size);
    if (cell_.kind->of_sample) {
      if (cell_.kind == find_cell_kind("delta")) {
        if (is(expected_ / n)) return "extra_mean";
        const auto turned = delta_without_transpose(step_, cell_);
        if (turned && is(*turned)) return "transposed";
      }
      return "wrong";
    }
    const double mean = at(step_.trace->gradient_data);
    const double decay = expected_ - mean;
    if (is(n * mean + decay) || is(n * expected_)) return "missing_mean";
    if (is(mean / n + decay) || is(expected_ / n)) return "extra_mean";
    if (is(mean)) return "missing_decay";
    const Cell mirrored{cell_.kind, cell_.layer, cell_.col, cell_.row, 0};
    if (cell_.kind->of_weight) {
      const auto other = value_of(step_, mirrored);
      if (other && is(*other)) return "transposed";
    }
    return "wrong";
  }

 private:
  /// One digit alone fits by chance too often.
  bool is(double candidate) const {
    if (std::abs(typed_.value - candidate) <= tolerance(candidate, digits_)) return true;
    return typed_.digits >= 2 && is_rounded(typed_, candidate, digits_);
  }
  double at(std::span<const double> block) const {
    return cell_.kind->of_weight
               ? step_.net().W(block, cell_.layer)(cell_.row, cell_.col)
               : step_.net().b(block, cell_.layer)[static_cast<std::size_t>(cell_.row)];
  }

  const walk::Step& step_;
  const Cell& cell_;
  double expected_;
  const Typed& typed_;
  int digits_;
};

/// Goes through a learner's attempts and remembers the last number for each cell.
class Marker {
 public:
  Marker(const walk::Step& step, const Exercise& exercise) : step_(step), exercise_(exercise) {}

  Marked mark(const Attempt& attempt) {
    const std::optional<double> expected = value_of(step_, attempt.cell);
    if (attempt.step != step_.number || !expected) return {};
    Marked marked{nullptr, *expected, std::nullopt};
    const std::optional<Typed> typed = parse_answer(attempt.text);
    std::erase_if(numbers_, [&](const Number& n) { return n.given.cell == attempt.cell; });
    if (!typed) {
      const bool is_empty = attempt.text.find_first_not_of(" \t\r\n") == std::string::npos;
      marked.mark = find_mark(is_empty ? "empty" : "not_a_number");
      return marked;
    }
    marked.given = typed->value;
    marked.mark = find_mark(name_of(attempt.cell, *typed, *expected));
    numbers_.push_back({{attempt.cell, typed->value}, marked.mark == find_mark("right")});
    return marked;
  }

 private:
  struct Number {
    Given given;
    bool right = false;
  };

  std::string_view name_of(const Cell& cell, const Typed& typed, double expected) const {
    const int digits = exercise_.digits;
    const auto off = [&](double value) { return std::abs(typed.value - value); };
    if (off(expected) <= tolerance(expected, digits)) return "right";
    const std::vector<Given> right = given(true);
    if (!right.empty() && follows(right, cell, typed)) return "right";
    // A wrong number that is not used changes nothing: then this fails as it did before.
    const bool any_wrong = right.size() < numbers_.size();
    if (exercise_.follow_through && any_wrong && follows(given(false), cell, typed)) {
      return "follow_through";
    }
    if (typed.digits >= 1 && is_rounded(typed, expected, digits)) return "rounded";
    return Diagnosis(step_, cell, expected, typed, digits).name();
  }

  std::vector<Given> given(bool only_right) const {
    std::vector<Given> list;
    for (const Number& number : numbers_) {
      if (number.right || !only_right) list.push_back(number.given);
    }
    return list;
  }

  bool follows(std::vector<Given> given, const Cell& cell, const Typed& typed) const {
    const double value = follow(step_, exercise_, given, cell);
    if (!std::isfinite(value)) return false;
    double room = tolerance(value, exercise_.digits);
    for (Given& number : given) {
      const double as_typed = number.value;
      const double half_unit = 0.5 * unit_of(as_typed, exercise_.digits);
      double change = 0.0;
      for (const double other : {as_typed - half_unit, as_typed + half_unit}) {
        number.value = other;
        change = std::max(change, std::abs(follow(step_, exercise_, given, cell) - value));
      }
      number.value = as_typed;
      room += change;
    }
    return std::isfinite(room) && std::abs(typed.value - value) <= room;
  }

  const walk::Step& step_;
  const Exercise& exercise_;
  std::vector<Number> numbers_;
};

}  // namespace

std::span<const Mark> marks() {
  return table;
}

const Mark* find_mark(std::string_view name) {
  return find_row(marks(), name);
}

std::optional<double> value_of(const walk::Step& step, const Cell& cell) {
  if (!exists(cell, step.net(), step.data->size())) return std::nullopt;
  const StepTrace& trace = *step.trace;
  if (!cell.kind->of_sample) {
    return cell.kind->of_weight
               ? step.net().W(trace.gradient, cell.layer)(cell.row, cell.col)
               : step.net().b(trace.gradient, cell.layer)[static_cast<std::size_t>(cell.row)];
  }
  const std::optional<Index> column = column_of(step, cell.sample);
  if (!column) return std::nullopt;
  const auto l = static_cast<std::size_t>(cell.layer);
  const std::vector<Matrix>& layers = cell.kind->name == "z"   ? trace.z
                                      : cell.kind->name == "a" ? trace.a
                                                               : trace.delta;
  return layers[l](cell.row, *column);
}

double tolerance(double expected, int digits) {
  if (!std::isfinite(expected)) return 0.0;
  return 0.5 * unit_of(expected, digits) + rounding(expected);
}

std::vector<Marked> mark_all(const walk::Step& step, const Exercise& exercise,
                             std::span<const Attempt> attempts) {
  Marker marker(step, exercise);
  std::vector<Marked> all;
  for (const Attempt& attempt : attempts)
    all.push_back(marker.mark(attempt));
  return all;
}

Marked mark(const walk::Step& step, const Cell& cell, std::string_view text,
            const Exercise& exercise, std::span<const Attempt> earlier) {
  std::vector<Attempt> attempts(earlier.begin(), earlier.end());
  attempts.push_back({step.number, cell, std::string(text)});
  return mark_all(step, exercise, attempts).back();
}

}  // namespace deltascope::lesson
