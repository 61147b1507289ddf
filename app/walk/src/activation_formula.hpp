#pragma once
// How each activation of the core is written and worked by hand.

#include "arithmetic.hpp"

#include <span>
#include <string_view>

namespace deltascope::walk {

/// One row, of the core's activation of that name. j is the neuron, k runs over its layer.
struct ActivationFormula {
  std::string_view name;
  Formula (*value)(const Formula& z_j, const Formula& z_k);  ///< g(z)
  Formula (*slope)(const Formula& z_j, const Formula& a_j);  ///< g′(z); of softmax ∂a_j/∂z_j
  /// From the z of the whole layer.
  Arithmetic (*work_value)(std::span<const Arithmetic> z, std::size_t j);
  Arithmetic (*work_slope)(const Arithmetic& z_j, const Arithmetic& a_j);
};

std::span<const ActivationFormula> activation_formulas();
/// The row of a core activation; there is one for each.
const ActivationFormula& activation_formula(std::string_view name);

}  // namespace deltascope::walk
