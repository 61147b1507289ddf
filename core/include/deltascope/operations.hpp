#pragma once
// The textbook's backward pass and update, cut into named operations that can be replaced one at a
// time.

#include <deltascope/architecture.hpp>
#include <deltascope/linalg.hpp>
#include <deltascope/loss.hpp>

#include <span>
#include <string_view>

namespace deltascope {

/// One line of the textbook each. A deliberate mistake (see CONTRIBUTING.md) is a copy of
/// `textbook_operations()` with one entry replaced; nothing else in the trainer knows of it.
/// Shapes: N samples; layer maps n_in to n_out.
struct Operations {
  /// δ^[L] = ∂C_x/∂z of the output layer, (n_out × N).
  void (*output_delta)(const Loss& loss, const Activation& output, ConstMatrixView z,
                       ConstMatrixView a, ConstMatrixView y, MatrixView delta);
  /// dA = Wᵀ δ: (n_in × N) from W (n_out × n_in) and δ (n_out × N).
  void (*pull_back)(ConstWeightView W, ConstMatrixView delta, MatrixView dA);
  /// δ = dA ∘ g′(z), all (n × N).
  void (*through_activation)(const Activation& activation, ConstMatrixView z, ConstMatrixView a,
                             ConstMatrixView dA, MatrixView delta);
  /// dW += δ a_prevᵀ and db += δ 1: sums over the samples of a block, not yet a mean.
  void (*accumulate)(ConstMatrixView delta, ConstMatrixView a_prev, WeightView dW,
                     std::span<double> db);
  /// g = g / |B| for dW and db together: the one place where 1/N happens. `gradient` has P entries.
  void (*average)(std::span<double> gradient, Index batch_size);
  /// dW += λ W; biases are not regularised.
  void (*regularize)(ConstWeightView W, std::span<const double> b, double l2, WeightView dW,
                     std::span<double> db);
  /// p += Δp for all layers at once, from the same old parameters.
  void (*apply_update)(const Architecture& architecture, std::span<const double> update,
                       std::span<double> parameters);
  /// Whether δ is pulled back through weights that this very step has updated already, one layer
  /// after the other from the output on; the textbook's update is made of the old ones alone. The
  /// gradient that is shown stays that of the old ones.
  bool updates_in_turn = false;

  bool operator==(const Operations&) const = default;
};

const Operations& textbook_operations();

}  // namespace deltascope
