#pragma once
// How each loss of the core, and δ of the output under it, is written and worked by hand.

#include "walk.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace deltascope::walk {

/// How a formula names an output j of one sample, and k that runs over all of them.
struct OutputNames {
  Formula j, y_j, a_j, y_k, a_k;
};

/// One row, of the core's loss of that name.
struct LossFormula {
  std::string_view name;
  Formula (*loss)(const Walk& walk);  ///< C_x in terms of y and a
  /// C_x of a sample, an output after the other; the first way that comes out is shown.
  std::vector<Arithmetic> (*work_loss)(const Walk& walk, Index column);

  // Where the slope of the output cancels against ∂C_x/∂a. Null where δ is the product itself.
  Formula (*chain_rule)(const Walk& walk);           ///< δ_j as ∂C_x/∂a times ∂a/∂z
  Formula (*uncancelled)(const OutputNames& names);  ///< that product: the rule of an example
  Formula (*cancelling)(const OutputNames& names);   ///< from there towards a_j − y_j
  std::string_view cancels;                          ///< why, in one sentence
  /// Of the product; for 0 < a < 1.
  Arithmetic (*work_uncancelled)(const Walk& walk, Index row, Index column);
  Arithmetic (*work_delta)(const Walk& walk, Index row, Index column);  ///< of what is left
};

std::span<const LossFormula> loss_formulas();
/// The row of a core loss; there is one for each.
const LossFormula& loss_formula(std::string_view name);

}  // namespace deltascope::walk
