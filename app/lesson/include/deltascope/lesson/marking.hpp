#pragma once

#include <deltascope/exercise.hpp>
#include <deltascope/walk/step.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace deltascope::lesson {

/// One row: what an answer is worth, and what it says about who gave it.
///
/// | name           | the answer is                                                             |
/// |----------------|---------------------------------------------------------------------------|
/// | right          | right to the digits asked for                                             |
/// | follow_through | what follows from the learner's own earlier, wrong numbers                |
/// | rounded        | right to the fewer digits that it is given with                           |
/// | wrong_sign     | right but for its sign                                                    |
/// | missing_mean   | the sum over the batch, never divided by |B|                              |
/// | transposed     | the number at the mirrored place, or what W in place of Wᵀ gives          |
/// | wrong          | another number                                                            |
/// | not_a_number   | no number, or not a finite one                                            |
/// | empty          | nothing                                                                   |
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

/// A number as people write it: "0.047", "−4.7e-2", "0,047", "-2/3". Nullopt for anything else;
/// `digits`: the significant digits it is written with.
struct Typed {
  double value = 0.0;
  int digits = 0;
};
std::optional<Typed> parse_answer(std::string_view text);

/// The number that a cell has in a step; nullopt where its sample is not in the traced batch.
std::optional<double> value_of(const walk::Step& step, const Cell& cell);

/// Marks what was typed for `cell`. Of `earlier` (this learner's attempts at the same step) the
/// last one for each cell counts for following through.
Marked mark(const walk::Step& step, const Cell& cell, std::string_view text,
            const Exercise& exercise, std::span<const Attempt> earlier);

}  // namespace deltascope::lesson
