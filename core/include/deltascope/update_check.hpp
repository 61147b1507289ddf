#pragma once

#include <deltascope/trainer.hpp>

#include <vector>

namespace deltascope {

/// What one step really does to one parameter, and what it should do.
struct UpdateCheckEntry {
  Index parameter = 0;    ///< index in the flat block
  double actual = 0.0;    ///< p after the step − p before it
  double expected = 0.0;  ///< the optimizer's Δp
  double error = 0.0;     ///< relative, see check_update
};

struct UpdateCheckReport {
  std::vector<UpdateCheckEntry> entries;  ///< one per parameter
  double worst_error = 0.0;
  double tolerance = 0.0;
  bool passed() const { return worst_error <= tolerance; }
};

/// Takes the next step on a copy of `state` and compares what became of every parameter with the Δp
/// that the optimizer makes of the gradient of the *old* parameters, all layers at once: −η g for
/// gradient descent. g is the gradient as `state`'s own operations compute it, right or wrong: this
/// check is about what is made of it. For Levenberg–Marquardt Δp is the trial's step, or 0 where
/// p + Δp is no better than p. `state` has points and finite numbers.
///
/// error = max(0, |actual − expected| − ε (|p before| + |p after|)) / max(|actual|, |expected|),
/// and 0 where both are 0: the sum p + Δp is rounded, which is no mistake.
UpdateCheckReport check_update(const State& state, double tolerance = 1e-9);

}  // namespace deltascope
