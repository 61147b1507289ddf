#pragma once
// What holds of every walk through a step.

#include "support/pocket_calculator.hpp"

#include <deltascope/walk/phase.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::testing {

/// All matrices in a formula, from left to right.
inline void collect_grids(const walk::Formula& formula, std::vector<const walk::Grid*>& grids) {
  if (formula.grid) grids.push_back(formula.grid.get());
  for (const walk::Formula& part : formula.parts)
    collect_grids(part, grids);
}

/// The last one of that kind, or nullptr.
inline const walk::Grid* last_grid(const walk::Formula& formula, walk::Kind kind) {
  std::vector<const walk::Grid*> grids;
  collect_grids(formula, grids);
  const auto found = std::find_if(grids.rbegin(), grids.rend(),
                                  [&](const walk::Grid* grid) { return grid->of.kind == kind; });
  return found == grids.rend() ? nullptr : *found;
}

inline const walk::Grid* last_grid(const walk::Phase& phase, walk::Kind kind) {
  const walk::Grid* found = nullptr;
  for (const walk::Stage& stage : phase.stages) {
    if (const walk::Grid* grid = last_grid(stage.numbers, kind)) found = grid;
  }
  return found;
}

/// Calls `visit(phase, stage's number, stage, row, col)` for every worked example.
template <class Visit>
void for_each_example(const walk::Step& step, const walk::Options& options, Visit visit) {
  for (const walk::PhaseId& id : walk::phases(step)) {
    const walk::Phase phase = walk::phase(step, id, options);
    for (std::size_t s = 0; s < phase.stages.size(); ++s) {
      const walk::Stage& stage = phase.stages[s];
      if (stage.result.kind == walk::Kind::none) continue;
      EXPECT_GT(stage.rows * stage.cols, 0) << phase.title << ", stage " << s;
      for (Index row = 0; row < stage.rows; ++row) {
        for (Index col = 0; col < stage.cols; ++col)
          visit(phase, s, stage, row, col);
      }
    }
  }
}

/// Every worked example comes out on a pocket calculator, and lights up what its terms are; of all
/// phases, or of `only` one kind.
inline void expect_reproducible(const walk::Step& step, const walk::Options& options,
                                const std::string& where,
                                std::optional<walk::PhaseKind> only = {}) {
  for_each_example(
      step, options,
      [&](const walk::Phase& phase, std::size_t s, const walk::Stage&, Index row, Index col) {
        if (only && phase.id.kind != *only) return;
        const walk::Worked worked = walk::worked(step, phase.id, s, row, col, options);
        const std::string text = to_text(worked.numbers);
        const std::string at = where + ", " + phase.title + ", stage " + std::to_string(s) +
                               ", cell " + std::to_string(row) + ", " + std::to_string(col) + ": " +
                               text;
        const Checked checked = check_equation(text);
        EXPECT_TRUE(checked.agrees)
            << at << "\n  comes out as " << static_cast<double>(checked.calculated);
        EXPECT_EQ(last_moment(worked.numbers), static_cast<int>(worked.terms.size())) << at;
        EXPECT_FALSE(worked.rule.empty()) << at;
      });
}

/// Calls `visit(options, name)` for the whole batch and each of its samples, with 1/N in either
/// place.
template <class Visit>
void for_each_way(const walk::Step& step, const std::string& id, Visit visit) {
  for (const walk::MeanAt mean_at : {walk::MeanAt::gradient, walk::MeanAt::delta}) {
    const std::string way = id + (mean_at == walk::MeanAt::delta ? ", 1/N in δ" : "");
    walk::Options options;
    options.whole_batch = true;
    options.mean_at = mean_at;
    visit(options, way + ", whole batch");
    options.whole_batch = false;
    for (options.column = 0; options.column < step.trace->X.cols(); ++options.column)
      visit(options, way + ", column " + std::to_string(options.column));
  }
}

}  // namespace deltascope::testing
