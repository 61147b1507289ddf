#pragma once

#include <deltascope/backprop.hpp>
#include <deltascope/decision_grid.hpp>
#include <deltascope/gradient_check.hpp>
#include <deltascope/session.hpp>
#include <deltascope/sweep_summary.hpp>
#include <deltascope/update_check.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace deltascope {

enum class RunState { paused, playing, diverged };

/// A line the engine has to say; the UI shows those with a number it has not shown yet.
struct Notice {
  std::uint64_t number = 0;
  bool refused = false;  ///< a command was refused, rather than something worth knowing
  std::string text;
};

/// A line of the session's log, for people.
struct LogLine {
  std::uint64_t step = 0;  ///< finished steps when it acted
  std::string text;        ///< "η = 0.5"
  bool given_up = false;   ///< it belongs to a run that was continued from an earlier step
};

/// One consistent moment of a session, complete: panels draw from nothing else. Written by the
/// engine into its own slot, then read-only.
struct Snapshot {
  std::uint64_t number = 0;  ///< of publication, strictly increasing
  RunState run = RunState::paused;
  double target_steps_per_second = 0.0;  ///< 0: unlimited
  double steps_per_second = 0.0;         ///< measured

  // The run.
  std::uint64_t step = 0;  ///< finished updates at `parameters`
  std::uint64_t epoch = 0;
  std::uint64_t epoch_draws = 0;
  std::uint64_t gradient_evaluations = 0;
  double damping = 0.0;  ///< μ of the next trial, Levenberg–Marquardt only
  std::uint64_t accepted_trials = 0, rejected_trials = 0;
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const Dataset> data;
  std::vector<double> parameters;        ///< that `trace` was computed from
  std::vector<double> parameters_after;  ///< once the traced step is committed
  Evaluation evaluation;                 ///< over all points, at `evaluation_step`
  std::uint64_t evaluation_step = 0;

  // The looked-at step: the next one when paused, the one just taken while playing.
  bool has_trace = false;  ///< false without points, and after divergence
  StepTrace trace;
  double batch_cost = 0.0;
  std::optional<Trial> trial;  ///< Levenberg–Marquardt's, of that step
  /// What the optimizer remembers (Optimizer::moment_blocks · P) before and after that step.
  std::vector<double> moments, moments_after;
  std::uint64_t moment_updates = 0;  ///< before it: Adam's t − 1
  /// Over all points, of `parameters_after`; absent while playing with many points.
  std::optional<double> cost_after;
  bool batch_is_all = true;
  std::vector<std::uint32_t> batch;  ///< otherwise

  std::optional<Index> selected;  ///< the point asked for, if it exists
  SampleTrace selected_trace;     ///< when `selected`

  // The timeline. `step` is the one on screen; what lies between the two ends can be shown.
  std::uint64_t first_step = 0;  ///< the earliest one that is kept
  std::uint64_t last_step = 0;   ///< the newest one
  bool in_past = false;          ///< an earlier moment than the newest is on screen
  std::size_t history_bytes = 0, history_limit_bytes = 0;
  /// The newest lines, oldest first; the same pointer as long as nothing changes. Not null.
  std::shared_ptr<const std::vector<LogLine>> log = std::make_shared<std::vector<LogLine>>();

  // What was done.
  std::optional<Divergence> divergence;
  std::vector<Notice> notices;  ///< the newest few
  bool can_undo = false, can_redo = false;
  std::string undo_label, redo_label;
  std::uint64_t revision = 0;  ///< Session::revision
};

/// Maps of the plane, evaluated beside training; they may lag behind the snapshot by a few steps.
struct GridSnapshot {
  std::uint64_t step = 0;
  std::uint64_t source = 0;  ///< number of the snapshot whose parameters these are
  GridRequest request;
  DecisionGrid grid;
};

/// The two checks of one step: what they found, or how far they are.
struct CheckSnapshot {
  std::uint64_t number = 0;  ///< grows with each publication; 0: no check was asked for yet
  bool running = false;
  double progress = 0.0;                     ///< 0 … 1
  std::uint64_t step = 0;                    ///< finished steps at the parameters that were checked
  std::uint64_t source = 0;                  ///< number of the snapshot they were on screen with
  std::uint64_t revision = 0;                ///< Session::revision then
  std::shared_ptr<const Settings> settings;  ///< null: nothing to check, for there are no points
  Index batch_size = 0;
  bool batch_is_all = true;
  GradientCheckReport gradient;  ///< of the batch's mean cost; complete once not `running`
  UpdateCheckReport update;
};

/// The newest sweep over seeds: what it came to, or how far it is.
struct SweepSnapshot {
  std::uint64_t number = 0;  ///< grows with each publication; 0: no sweep was asked for yet
  bool running = false;
  double progress = 0.0;                      ///< 0 … 1; less than 1 once it was cancelled
  std::shared_ptr<const SweepResult> result;  ///< what is finished; null: nothing was asked for
  SweepSummary summary;                       ///< of `result`

  /// Whether it is of this setting, whatever its seed: else something was changed since.
  bool is_of(const Settings& settings, const Dataset& data) const {
    return result != nullptr && same_but_for_seed(*result->request.settings, settings) &&
           (result->request.data.get() == &data || *result->request.data == data);
  }
};

}  // namespace deltascope
