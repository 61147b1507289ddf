#pragma once

#include <deltascope/activation.hpp>

#include <span>
#include <string_view>

namespace deltascope {

/// One row: the loss C_x of one sample, computed from z so that no logarithm sees a rounded 0 or 1.
///
/// | name       | C_x                         | output          | δ^[L] = ∂C_x/∂z            |
/// |------------|-----------------------------|-----------------|----------------------------|
/// | quadratic  | ½ Σ (y−a)²                  | all but softmax | g′(z) ∘ (a−y)              |
/// | bce        | −Σ [y ln a + (1−y) ln(1−a)] | sigmoid         | a − y (σ′ cancels)         |
/// | softmax_ce | −Σ y ln softmax(z)          | softmax         | p Σy − y (p − y if Σy = 1) |
///
/// BCE is summed over the outputs; per element it is y softplus(−z) + (1−y) softplus(z).
/// Source: Higham & Higham (2.5); Ng, note 000; note 003 (TestNet).
struct Loss {
  std::string_view name;
  std::string_view label;
  std::string_view formula;

  bool (*admits)(const Activation& output);
  /// The output activation to change to where `admits` says no.
  std::string_view preferred_output;
  /// What a message says about `admits`: "needs a sigmoid output".
  std::string_view requirement;

  /// C_x is ½‖y − a‖², so that 2N · Cost is a sum of squared residuals.
  bool least_squares;

  /// Where targets may lie: outside, a cross-entropy has no minimum.
  double target_low, target_high;

  /// losses[i] = C_x of column i. z, a, y: (n_out × N); losses: N. Finite for every z whose
  /// differences (and squares, for the quadratic) are.
  void (*per_sample)(ConstMatrixView z, ConstMatrixView a, ConstMatrixView y,
                     std::span<double> losses);
  /// δ = ∂C_x/∂z per sample, no 1/N; all (n_out × N).
  void (*output_delta)(const Activation& output, ConstMatrixView z, ConstMatrixView a,
                       ConstMatrixView y, MatrixView delta);
  /// How kernels know it; none: only the textbook computes it.
  kernels::Misfit misfit = kernels::Misfit::none;
};

std::span<const Loss> losses();
const Loss* find_loss(std::string_view name);

}  // namespace deltascope
