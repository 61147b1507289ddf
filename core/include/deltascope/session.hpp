#pragma once

#include <deltascope/command.hpp>
#include <deltascope/problem.hpp>
#include <deltascope/series.hpp>
#include <deltascope/trainer.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace deltascope {

/// What became of a command.
struct Outcome {
  bool accepted = false;
  std::string notice;  ///< what was refused and why, or what had to change besides; may be empty
};

/// A run that left the finite numbers.
struct Divergence {
  std::uint64_t step = 0;  ///< the step whose cost or update is not finite; it was not taken
  std::string reason;
  std::uint64_t last_finite_step = 0;  ///< where Recover goes
};

struct LoggedCommand {
  std::uint64_t step = 0;  ///< finished steps when it acted
  Command command;
};

/// A training run and everything a person did to it. Single-threaded: whoever owns it calls it; the
/// Engine owns one on its thread, the command line owns one without a thread.
///
/// Same start + same commands at the same steps = the same bits, whoever looks and at any speed.
class Session {
 public:
  Session(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data);
  /// A run that starts with given parameters; Reset returns to them.
  Session(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data,
          std::vector<double> initial_parameters);

  /// Validates, applies and logs. A refused command changes nothing.
  Outcome apply(const Command& command);

  /// One step. False, with nothing changed, when the run has diverged. With `trace` the step is
  /// recorded on its way; the bits are the same.
  bool advance(StepTrace* trace = nullptr);
  /// The next step without taking it: its trace and proposal, for the walk and the paused window.
  const Proposal& preview(StepTrace& trace);

  const State& state() const { return state_; }
  const Settings& settings() const { return *state_.settings; }
  const Dataset& data() const { return *state_.data; }
  /// The parameters Reset returns to.
  const std::vector<double>& initial_parameters() const { return initial_parameters_; }
  const std::optional<Divergence>& divergence() const { return divergence_; }
  const std::vector<LoggedCommand>& log() const { return log_; }
  /// Counts accepted commands that a save would have to keep; grows only.
  std::uint64_t revision() const { return revision_; }

  /// Curves since the last call (or all of them), to be appended elsewhere.
  History take_history();
  /// Counts how often curves had to start afresh or be cut (reset, recover); see `history_cut`.
  std::uint64_t history_epoch() const { return history_epoch_; }
  /// The step after which the older curves no longer hold; 0 means all of them.
  std::uint64_t history_cut() const { return history_cut_; }

  bool can_undo() const { return !undo_.empty(); }
  bool can_redo() const { return !redo_.empty(); }
  std::string undo_label() const { return can_undo() ? undo_.back().label : std::string(); }
  std::string redo_label() const { return can_redo() ? redo_.back().label : std::string(); }

  /// Cost, accuracy and RMS δ of the present parameters over all points; const in effect.
  Evaluation evaluate(bool with_delta = true);
  SampleTrace trace_sample(Index sample);

 private:
  struct UndoEntry {
    std::string label;
    std::uint64_t gesture = 0;
    std::vector<Action> actions;  // to be applied in order
  };

  friend class SessionEditor;  // session_edit.cpp: one function per kind of command

  void restart(std::vector<double> parameters);
  void record(std::uint64_t step);
  void keep_keyframe();
  void diverge(std::string reason);
  Outcome undo(std::vector<UndoEntry>& from, std::vector<UndoEntry>& to);

  State state_;
  std::vector<double> initial_parameters_;
  bool initial_given_ = false;  // by a document; NewSeed forgets it
  Trainer trainer_;
  State keyframe_;  // the newest state to replay from when the run diverges
  std::optional<Divergence> divergence_;
  std::vector<LoggedCommand> log_;
  std::vector<UndoEntry> undo_, redo_;
  History fresh_;
  std::uint64_t history_epoch_ = 0;
  std::uint64_t history_cut_ = 0;
  std::uint64_t revision_ = 0;
};

}  // namespace deltascope
