#pragma once

#include <deltascope/exercise.hpp>
#include <deltascope/walk/step.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::lesson {

/// One row: what an answer is worth, and what it says about who gave it. Where several would fit,
/// the first one counts.
///
/// | name           | the answer is                                                             |
/// |----------------|---------------------------------------------------------------------------|
/// | empty          | nothing                                                                   |
/// | not_a_number   | no number, or not a finite one                                            |
/// | right          | right to the digits asked for                                             |
/// | follow_through | what follows from the learner's own earlier, wrong numbers                |
/// | rounded        | right to the fewer digits that it is given with                           |
/// | wrong_sign     | right but for its sign                                                    |
/// | missing_mean   | the sum over the batch, never divided by |B|                              |
/// | extra_mean     | divided by |B| once too often: 1/N inside δ, or twice in dW               |
/// | missing_decay  | dW without λW                                                             |
/// | transposed     | the number at the mirrored place, or what W in place of Wᵀ gives          |
/// | wrong          | another number                                                            |
struct Mark {
  std::string_view name;
  std::string_view label;   ///< on screen: "right", "1/N is missing"
  double points;            ///< of 1
  std::string_view advice;  ///< what to look at again; a sentence, empty for the right ones
};
std::span<const Mark> marks();
const Mark* find_mark(std::string_view name);

struct Marked {
  const Mark* mark = nullptr;
  double expected = 0.0;        ///< the right number
  std::optional<double> given;  ///< the answer as a number
};

/// A number as people write it: "0.047", "−4.7e-2", "0,047", "4.7·10^-2", "-2/3". Nullopt for
/// anything else: "nan", "0x1p3", and "1,000.5", which may mean two numbers.
struct Typed {
  double value = 0.0;
  /// Significant digits that it is written with; zeros at the end of a whole number are none. A
  /// fraction is exact and has as many as a double.
  int digits = 0;
  double unit = 0.0;  ///< of the last of them
};
std::optional<Typed> parse_answer(std::string_view text);

/// The number that a cell has in a step; nullopt where its sample is not in the traced batch or the
/// network has no such cell.
std::optional<double> value_of(const walk::Step& step, const Cell& cell);

/// How far an answer may lie from `expected`: half a unit of its last asked-for significant digit;
/// of 0, half of 10^−digits. A few roundings of a double come on top. What overflowed cannot be
/// written down: nothing is right for it.
double tolerance(double expected, int digits);

/// Marks one learner's attempts at one step, in the order in which they were made; those at other
/// steps, or at cells that the step has not, have no mark.
///
/// Following through, with the last earlier number for each cell: the step is computed again with
/// the learner's numbers in place of its own. What was hidden and not answered follows from what
/// was; what is on screen is taken from there. A learner may go on with a number as it was typed or
/// with all digits of the calculator, so that each number used may be off by half a unit of its
/// last asked-for digit, and the answer by the sum of what these change in it.
///
/// An answer that follows so from right numbers alone is right, from a wrong one follow_through.
std::vector<Marked> mark_all(const walk::Step& step, const Exercise& exercise,
                             std::span<const Attempt> attempts);

/// The last of them: marks what was typed for `cell` after `earlier`.
Marked mark(const walk::Step& step, const Cell& cell, std::string_view text,
            const Exercise& exercise, std::span<const Attempt> earlier);

}  // namespace deltascope::lesson
