#pragma once

#include <deltascope/kernel_kinds.hpp>
#include <deltascope/linalg.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace deltascope {

/// Rates that an optimizer may use; each names its row below.
struct Rates {
  double learning_rate = 0.05;  ///< η
  double momentum = 0.9;        ///< momentum only
  double beta1 = 0.9;           ///< Adam
  double beta2 = 0.999;         ///< Adam
  double epsilon = 1e-8;        ///< Adam
  double damping = 0.01;        ///< μ of the first trial, Levenberg–Marquardt only
  bool operator==(const Rates&) const = default;
};

/// One row: how a gradient g becomes an update Δp. It proposes; only a commit changes parameters.
///
/// | name             | moments | Δp                                                         |
/// |------------------|---------|------------------------------------------------------------|
/// | gradient_descent | 0       | −η g                                                       |
/// | momentum         | v       | v ← μ v + g; −η v                                          |
/// | adam             | m, v    | m ← β₁m+(1−β₁)g; v ← β₂v+(1−β₂)g²; −η m̂/(√v̂ + ε)           |
/// | levenberg_marquardt | 0    | solves (JᵀJ + μI) Δp = Jᵀr; see levenberg_marquardt.hpp    |
///
/// m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ). L2 is inside g (not AdamW). Source: Kingma & Ba (2015),
/// Algorithm 1.
struct Optimizer {
  std::string_view name;
  std::string_view label;
  std::string_view formula;
  double default_rate;  ///< a rate at which O/X learns with a full batch; 0 where η has no meaning
  bool uses_momentum;   ///< Rates::momentum has a meaning
  /// It works on the residuals of all points and their Jacobian, not on a batch's gradient: one
  /// step is one trial, Rates::damping has a meaning, and `propose` is null.
  bool least_squares;
  int moment_blocks;  ///< how many blocks of P doubles it remembers
  bool uses_learning_rate() const { return !least_squares; }
  /// t = 1, 2, …: how many updates with these moments, this one included. `moments` (blocks · P) is
  /// the old state, `next_moments` and `update` (P) are written.
  void (*propose)(const Rates& rates, std::uint64_t t, std::span<const double> gradient,
                  std::span<const double> moments, std::span<double> next_moments,
                  std::span<double> update);
  /// How kernels know it; none: only the textbook computes it.
  kernels::Rule rule = kernels::Rule::none;
};

std::span<const Optimizer> optimizers();
const Optimizer* find_optimizer(std::string_view name);

}  // namespace deltascope
