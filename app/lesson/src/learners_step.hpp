#pragma once
// A step computed again with a learner's numbers in it.

#include <deltascope/exercise.hpp>
#include <deltascope/walk/step.hpp>

#include <optional>
#include <span>
#include <vector>

namespace deltascope::lesson {

/// The column of the trace in which a sample of the data set stands; nullopt: in none.
std::optional<Index> column_of(const walk::Step& step, Index sample);

/// A learner's number for a cell.
struct Given {
  Cell cell;
  double value = 0.0;
};

/// What `cell` would be if each of `given` (for other cells) stood in place of the step's own
/// number. Hidden cells without a number follow from those that have one; the others keep their
/// own. Samples of the batch that are not traced keep theirs.
double follow(const walk::Step& step, const Exercise& exercise, std::span<const Given> given,
              const Cell& cell);

/// δ of a hidden layer from W in place of Wᵀ; nullopt where that W is not square.
std::optional<double> delta_without_transpose(const walk::Step& step, const Cell& cell);

}  // namespace deltascope::lesson
