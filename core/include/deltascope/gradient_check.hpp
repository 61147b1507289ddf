#pragma once

#include <deltascope/backprop.hpp>

#include <functional>
#include <span>
#include <vector>

namespace deltascope {

/// One parameter's analytic and numeric derivative of Cost.
struct GradientCheckEntry {
  Index parameter = 0;  ///< index in the flat block
  double analytic = 0.0;
  double numeric = 0.0;
  double error = 0.0;  ///< relative, see check_gradient
  bool kink =
      false;  ///< a z changes sign within the stencil: central differences mean nothing here
};

struct GradientCheckReport {
  std::vector<GradientCheckEntry> entries;  ///< one per parameter
  double worst_error = 0.0;                 ///< over entries without a kink
  Index kinks = 0;
  double tolerance = 0.0;
  bool ended_early = false;  ///< by KeepChecking: the entries so far
  Index compared() const { return static_cast<Index>(entries.size()) - kinks; }
  /// Comparing nothing is no success.
  bool passed() const { return compared() > 0 && worst_error <= tolerance; }
};

/// Told how many of the P parameters are done, now and then; false ends the check.
using KeepChecking = std::function<bool(Index done)>;

inline constexpr double default_gradient_tolerance = 1e-6;

/// Compares `analytic` (P) with central differences of the mean cost over `batch` (not empty),
/// (Cost(p + h e_i) − Cost(p − h e_i)) / 2h, with h = ∛ε / r. r is the largest |a_prev| that a
/// weight multiplies, at least 1, and 1 for a bias: so z moves by about 6·10⁻⁶ whatever the scale
/// of the inputs. Parameters are copied, never changed. The numeric side always uses the textbook
/// cost, whatever `model.operations` does.
///
/// error = |analytic − numeric| / max(|analytic|, |numeric|, 10⁻³ · r · max(1, Cost)).
/// With this h, rounding leaves about 4·10⁻¹¹ · r · Cost and truncation about 6·10⁻¹² · r ·
/// |∂³C/∂z³|: at most 10⁻⁷ of the smallest denominator for ordinary networks. The tolerance of 10⁻⁶
/// is ten times that, and far below what a wrong formula gives (a wrong sign: 2, a missing factor:
/// about 1).
GradientCheckReport check_gradient(const Model& model, std::span<const double> parameters,
                                   const Dataset& data, Batch batch,
                                   std::span<const double> analytic,
                                   double tolerance = default_gradient_tolerance,
                                   const KeepChecking& keep_checking = {});

}  // namespace deltascope
