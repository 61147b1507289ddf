#pragma once

#include <deltascope/backprop.hpp>
#include <deltascope/dataset.hpp>
#include <deltascope/sampling.hpp>
#include <deltascope/settings.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace deltascope {

/// All that a training run is at one moment. Copying it is a keyframe; continuing from a copy gives
/// the same bits as continuing from the original.
struct State {
  std::vector<double> parameters;    ///< P, laid out by Architecture
  std::vector<double> moments;       ///< optimizer->moment_blocks · P
  std::uint64_t moment_updates = 0;  ///< updates since the moments were zero (Adam's t − 1)
  std::uint64_t step = 0;            ///< finished parameter updates, or trials
  /// Backward passes of single samples so far, to compare methods fairly: |B| a step; a Jacobian
  /// takes one for each output of each sample.
  std::uint64_t gradient_evaluations = 0;
  // Levenberg–Marquardt only.
  double damping = 0.0;  ///< μ of the next trial
  std::uint64_t accepted_trials = 0, rejected_trials = 0;
  bool jacobian_known = false;  ///< the last trial was rejected: J is that of these parameters
  BatchStream batches;
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const Dataset> data;

  SamplingPlan plan() const {
    return {data->size(), settings->batch_size, settings->batches.get()};
  }
};

/// A fresh run: initial weights from `settings->initial`, step 0, the first batch drawn.
State initial_state(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data);

/// What the next commit will do: the gradient of the pending batch and the update proposed from it.
struct Proposal {
  double batch_cost = 0.0;       ///< before the update, λ/2‖W‖² included
  std::vector<double> gradient;  ///< P
  std::vector<double> moments;   ///< the moments after the update
  std::vector<double> update;    ///< Δp, P; zero where a trial is rejected
  std::optional<Trial> trial;    ///< Levenberg–Marquardt only

  /// Whether it may be committed: a run that has left the finite numbers never comes back.
  bool is_finite() const;
};

/// One step is `prepare()` then `commit()`. Between the two nothing has changed yet: that is where
/// the walk through one step stands. With Levenberg–Marquardt one step is one trial, and a rejected
/// one leaves the parameters. Owns only a workspace; the run is the State it is handed.
class Trainer {
 public:
  /// `threads`: for large batches, at most; 0: one for each core.
  explicit Trainer(std::size_t threads = 0) : backprop_(threads) {}

  /// Computes the proposal for `state`'s pending batch. With `trace`, also everything on the way.
  /// The State is untouched: preparing twice, or never, leaves the run the same.
  const Proposal& prepare(const State& state, StepTrace* trace = nullptr, Index max_traced = 64);
  /// Applies the last proposal, which must have been prepared from this very state.
  void commit(State& state);

  /// `batch_costs.size()` steps in a row, as prepare() and commit() would take them, bit for bit;
  /// before the first whose cost or update is not finite it ends. Returns how many were taken;
  /// their batch costs (before the update) stand at the front of `batch_costs`. last() means
  /// nothing then.
  std::size_t run(State& state, std::span<double> batch_costs);

  /// The last proposal, committed or not.
  const Proposal& last() const { return proposal_; }

  Backprop& backprop() { return backprop_; }

 private:
  void propose_update(const State& state, std::span<const double> gradient);
  void propose_in_turn(const State& state);
  void propose_trial(const State& state, bool compare);

  Backprop backprop_;
  Workspace<SmallSteps> small_steps_;
  LevenbergMarquardt levenberg_marquardt_;
  Proposal proposal_;
  std::vector<double> mixed_, updated_, mixed_gradient_;  // of propose_in_turn
};

}  // namespace deltascope
