#pragma once

#include <deltascope/kernel_kinds.hpp>
#include <deltascope/linalg.hpp>

#include <span>
#include <string_view>

namespace deltascope {

/// One row: an activation a = g(z) and how a sensitivity passes back through it.
///
/// | name       | g(z)              | g′(z)            | at a kink      |
/// |------------|-------------------|------------------|----------------|
/// | sigmoid    | 1/(1+e^−z)        | a(1−a)           |                |
/// | tanh       | tanh z            | 1−a²             |                |
/// | relu       | max(0, z)         | 1 if z>0 else 0  | g′(0) = 0      |
/// | leaky_relu | z>0 ? z : 0.01 z  | z>0 ? 1 : 0.01   | g′(0) = 0.01   |
/// | linear     | z                 | 1                |                |
/// | softmax    | e^z_j / Σ e^z_k   | couples the outputs of a sample; output layer only |
///
/// NaN stays NaN everywhere (a hidden divergence is worse than a visible one).
/// Source: Higham & Higham (2019), (2.1) and (7.3); Ng, notes 000 to 002.
struct Activation {
  std::string_view name;           ///< in documents and on the command line
  std::string_view label;          ///< on screen
  std::string_view formula;        ///< g(z), for people
  std::string_view slope_formula;  ///< g′ in terms of a where that is how it is computed

  double (*value)(double z);            ///< nullptr where outputs of a sample are coupled (softmax)
  double (*slope)(double z, double a);  ///< nullptr likewise

  /// a = g(z), column by column. z and a: (n × N); they may be the same memory.
  void (*forward)(ConstMatrixView z, MatrixView a);
  /// dZ = (∂a/∂z)ᵀ dA, column by column; all (n × N). For elementwise g: dZ = dA ∘ g′(z).
  void (*backward)(ConstMatrixView z, ConstMatrixView a, ConstMatrixView dA, MatrixView dZ);

  bool output_only;  ///< softmax: legal in the last layer only
  bool has_kink;     ///< not differentiable at z = 0
  bool bounded;      ///< a stays within [low, high]
  double low, high;  ///< targets that code "no" and "yes"; also the ends of its colour scale
  /// How kernels know it; none: only the textbook computes it.
  kernels::Curve curve = kernels::Curve::none;
  double threshold() const { return 0.5 * (low + high); }  ///< one output: above is "yes"
};

/// All activations, in the order in which menus show them.
std::span<const Activation> activations();
/// The row called `name`, or nullptr.
const Activation* find_activation(std::string_view name);

}  // namespace deltascope
