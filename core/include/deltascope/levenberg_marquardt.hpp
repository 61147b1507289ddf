#pragma once

#include <deltascope/dataset.hpp>
#include <deltascope/model.hpp>
#include <deltascope/workspace.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope {

struct Settings;

/// One row: by which of two equal formulas the trial step is solved for.
///
/// | name      | solves                      | unknowns                                 |
/// |-----------|-----------------------------|------------------------------------------|
/// | automatic | whichever has fewer         | min(P, R)                                |
/// | normal    | (JᵀJ + μI) Δp = Jᵀr         | P, the parameters                        |
/// | woodbury  | Δp = Jᵀ (JJᵀ + μI)⁻¹ r      | R, the residuals (N · n_out)             |
///
/// They are equal for every μ > 0, because Jᵀ(JJᵀ + μI) = (JᵀJ + μI)Jᵀ; with fewer residuals than
/// parameters JᵀJ alone is singular. Derivation: docs/theory/levenberg-marquardt.md.
struct DampedSolve {
  std::string_view name;
  std::string_view label;
  std::string_view formula;
  bool (*by_residuals)(Index residuals, Index parameters);
};

std::span<const DampedSolve> damped_solves();
const DampedSolve* find_damped_solve(std::string_view name);

/// Where μ must lie: where nothing gets better any more it grows at each trial, and must stay a
/// number.
inline constexpr double least_damping = 1e-100, largest_damping = 1e100;

/// One trial of Levenberg–Marquardt, accepted or not.
struct Trial {
  double damping = 0.0;             ///< μ of this trial
  double next_damping = 0.0;        ///< μ/10 if accepted, else 10 μ
  double cost = 0.0;                ///< ‖r‖²/2N at p
  double trial_cost = 0.0;          ///< the same at p + Δp
  double predicted_decrease = 0.0;  ///< of ‖r‖²: Δp · (μ Δp + Jᵀr), by the linear model
  double gain_ratio = 0.0;    ///< actual over predicted decrease; NaN if that is rounding only
  bool accepted = false;      ///< ‖r‖² got smaller
  bool new_jacobian = false;  ///< J was not that of the trial before
  std::vector<double> step;   ///< Δp (P), also of a rejected trial
  Index residuals = 0;        ///< R
  const DampedSolve* solve = nullptr;  ///< what was used: "normal" or "woodbury"
  /// ‖Δp − Δp′‖ / ‖Δp‖ with Δp′ by the other formula; NaN if not asked for or too large to solve.
  double solve_difference = 0.0;
};

/// Why these cannot be trained so, as a sentence without its end; empty when they can: it needs the
/// quadratic loss and a system that fits in memory.
std::string why_not_levenberg_marquardt(const Model& model, Index samples);

/// The method of Levenberg (1944) and Marquardt (1963) on ‖y − F(p)‖² over all points. One step is
/// one trial: accepted if ‖r‖² gets smaller, then μ ← μ/10, else p stays and μ ← 10 μ. For large μ
/// it is gradient descent with η = N/μ. Not part of Higham & Higham, who use a library's.
///
/// Not for two threads at once. Keeps the last Jacobian: after a rejected trial it is still good.
class LevenbergMarquardt {
 public:
  /// Computes a trial from `parameters` into `trial` and ∇Cost (P) into `gradient`. `compare` also
  /// solves by the other formula. N ≥ 1, damping > 0.
  void propose(const std::shared_ptr<const Settings>& settings,
               const std::shared_ptr<const Dataset>& data, std::span<const double> parameters,
               double damping, bool compare, Trial& trial, std::span<double> gradient);

 private:
  struct Memory;
  Workspace<Memory> memory_;
};

}  // namespace deltascope
