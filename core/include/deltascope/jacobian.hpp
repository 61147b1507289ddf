#pragma once

#include <deltascope/dataset.hpp>
#include <deltascope/model.hpp>
#include <deltascope/network.hpp>

#include <span>
#include <vector>

namespace deltascope {

/// How many residuals the quadratic cost of N samples has: N · n_out, and with λ > 0 one more for
/// each weight.
Index residual_count(const Model& model, Index samples);

/// The quadratic cost as a sum of squares: ‖r‖² = 2N · Cost with r = y − F(p), J = ∂F/∂p.
///
/// Residual n_out·i + j is output j of sample i. With λ > 0 a residual √(Nλ)·(0 − w) follows for
/// each weight w, in the order of the parameters, because λ/2 ‖W‖² = (1/2N) Σ (√(Nλ) w)².
/// ∇Cost = −Jᵀr / N. Not for two threads at once; owns only a workspace.
class Jacobian {
 public:
  /// Rows of the samples [first, first + count): Jᵀ (P × count·n_out), **a column is a residual**,
  /// and r (count·n_out). Each column is one backward pass that starts from e_j at an output.
  void rows(const Model& model, std::span<const double> parameters, const Dataset& data,
            Index first, Index count, MatrixView Jt, std::span<double> r);
  /// ‖r‖² alone, those of the weights included: one forward pass over all samples.
  double sum_of_squares(const Model& model, std::span<const double> parameters,
                        const Dataset& data);

 private:
  void forward(const Model& model, std::span<const double> parameters, const Dataset& data,
               Index first, Index count);

  Activity activity_;
  std::vector<Matrix> delta_;
  Matrix dA_;
};

}  // namespace deltascope
