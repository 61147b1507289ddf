#pragma once

#include <deltascope/lesson/marking.hpp>
#include <deltascope/session_file.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::lesson {

/// Steps that a learner's run may take, those given up included, and its attempts: nobody does more
/// by hand, and a file that says so would keep us computing for ever.
inline constexpr std::uint64_t most_marked_steps = 1'000'000;
inline constexpr std::size_t most_marked_attempts = 10'000;
/// Multiplications of the forward passes of these steps, for the same reason: about as many as a
/// minute of training takes.
inline constexpr double most_marked_multiplications = 2e10;

/// A hidden cell of one step, with the last answer to it.
struct MarkedCell {
  std::uint64_t step = 0;
  Cell cell;
  std::string text;          ///< the last answer; empty where there was none
  std::size_t attempts = 0;  ///< how many there were
  Marked marked;
};

/// A learner's document, marked.
struct MarkedDocument {
  std::string learner;
  std::vector<MarkedCell> cells;  ///< by step, then as z, a, delta, dW, db of each layer
  std::size_t right_predictions = 0, predictions = 0;

  double points() const;
  std::size_t of() const { return cells.size(); }
};

/// Marks what a document's learner answered. The numbers are computed anew, from the recording's
/// start up to the step of each attempt, with the settings with which that step is taken then.
///
/// Every hidden cell of each step that has an answer counts, and those of the first step if none
/// has; of a batch, the samples that are traced. A prediction counts once, as it was first made:
/// each of the document's questions, and those of the walk that were answered, as judged then.
///
/// Nothing, with a problem, when there is no exercise, when the recording cannot be done again or
/// is too long, when a command in it is locked, or when an attempt is about a step that it never
/// came to.
std::optional<MarkedDocument> mark_document(const Document& document, Problems& problems);

/// What differs between two exercises as they were handed out: "the points", "the weights"; empty
/// where nothing does. Texts for people may differ, and what was answered.
std::string difference(const Document& key, const Document& handed_in);

}  // namespace deltascope::lesson
