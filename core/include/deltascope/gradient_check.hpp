#pragma once

#include <deltascope/backprop.hpp>

#include <span>
#include <string>
#include <vector>

namespace deltascope {

/// One parameter's analytic and numeric derivative of Cost.
struct GradientCheckEntry {
  Index parameter = 0;  ///< index in the flat block
  double analytic = 0.0;
  double numeric = 0.0;
  double error =
      0.0;  ///< |analytic − numeric| / max(1, |analytic|, |numeric|) · see check_gradient
  bool kink =
      false;  ///< a z changes sign within the stencil: central differences mean nothing here
};

struct GradientCheckReport {
  std::vector<GradientCheckEntry> entries;  ///< one per parameter
  double worst_error = 0.0;                 ///< over entries without a kink
  Index kinks = 0;
  double tolerance = 0.0;
  bool passed() const { return worst_error <= tolerance; }
};

/// Compares `analytic` (P) with central differences of the mean cost over `batch`,
/// (Cost(p + h e_i) − Cost(p − h e_i)) / 2h, with h = ∛ε · max(1, |p_i|). Parameters are copied,
/// never changed. The numeric side always uses the textbook cost, whatever `model.operations` does.
GradientCheckReport check_gradient(const Model& model, std::span<const double> parameters,
                                   const Dataset& data, Batch batch,
                                   std::span<const double> analytic, double tolerance = 1e-6);

}  // namespace deltascope
