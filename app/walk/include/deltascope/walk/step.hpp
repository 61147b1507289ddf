#pragma once

#include <deltascope/backprop.hpp>
#include <deltascope/levenberg_marquardt.hpp>
#include <deltascope/settings.hpp>
#include <deltascope/walk/notation.hpp>

#include <cstdint>
#include <optional>
#include <span>

namespace deltascope::walk {

/// One step that has been computed but not yet taken. Only views: whoever made them keeps them, a
/// Snapshot in the window, a Session on the command line.
struct Step {
  std::uint64_t number = 0;  ///< finished steps before it
  const Settings* settings = nullptr;
  const Dataset* data = nullptr;
  const StepTrace* trace = nullptr;
  std::span<const double> parameters, parameters_after;
  std::span<const double> moments, moments_after;  ///< Optimizer::moment_blocks · P
  std::uint64_t moment_updates = 0;                ///< before the step: Adam's t − 1
  const Trial* trial = nullptr;                    ///< Levenberg–Marquardt only
  std::optional<double> cost_before, cost_after;   ///< over all points, where known

  const Model& model() const { return settings->model; }
  const Architecture& net() const { return settings->model.architecture; }
};

/// Whether every number that a walk would show is one: not after an overflow.
bool is_finite(const Step& step);

/// Where 1/N is taken: when the samples are summed, or already inside every δ. Both give the same
/// dW.
enum class MeanAt { gradient, delta };

/// How a step is shown.
struct Options {
  const Notation* notation = nullptr;  ///< null: the first of notations()
  Index column = 0;                    ///< of the trace: the sample that is walked
  bool whole_batch = false;            ///< all its columns at once instead
  MeanAt mean_at = MeanAt::gradient;
};

}  // namespace deltascope::walk
