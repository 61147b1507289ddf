#pragma once

#include <deltascope/command.hpp>
#include <deltascope/problem.hpp>
#include <deltascope/series.hpp>
#include <deltascope/timeline.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
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
  bool diverged = false;   ///< it acted on a run that had stopped there
  Command command;
};

/// What a run began with.
struct Start {
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const Dataset> data;
  std::shared_ptr<const std::vector<double>> parameters;
};

/// A training run and everything a person did to it. Single-threaded: whoever owns it calls it; the
/// Engine owns one on its thread, the command line owns one without a thread.
///
/// Same start + same commands at the same steps = the same bits, whoever looks and at any speed.
///
/// An edit of a run that has diverged first goes back to the last finite state: there is nothing to
/// learn from weights that overflowed.
///
/// go_to() looks at an earlier moment, all commands that acted at its step included: until
/// advance() or go_to() comes to the newest one again, state(), settings(), data() and
/// initial_parameters() are those of that moment, and nothing is lost. A command given there first
/// continues from there, which gives up what came after; Undo, Redo, Recover, Reset and NewSeed act
/// on the newest moment.
class Session {
 public:
  Session(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data);
  /// A run that starts with given parameters; Reset returns to them.
  Session(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data,
          std::vector<double> initial_parameters);

  /// Validates, applies and logs. A refused command changes nothing.
  Outcome apply(const Command& command);

  /// One step. False, with nothing changed, when the run has diverged. With `trace` the step is
  /// recorded on its way; the bits are the same. From an earlier moment it goes along what is
  /// known, commands included.
  bool advance(StepTrace* trace = nullptr);
  /// Up to `steps` steps that nobody looks at, the same bits as so many times advance(), in a
  /// fraction of the time. Returns how many were taken: fewer when the run diverged or was changed
  /// by what it met, and behind a step whose cost was recorded.
  std::uint64_t advance_by(std::uint64_t steps);
  /// The next step without taking it: its trace and proposal, for the walk and the paused window.
  const Proposal& preview(StepTrace& trace);

  /// Looks at the moment `step`, or at the one nearest to it between first_step() and last_step().
  void go_to(std::uint64_t step);
  bool in_past() const { return newest_.has_value(); }
  std::uint64_t first_step() const { return timeline_.first_step(); }
  std::uint64_t last_step() const { return newest().step; }
  const State& newest() const { return newest_ ? newest_->state : state_; }
  /// What going back and undoing it takes. Where it is too much, going back takes longer first,
  /// then the oldest is forgotten; runs that were given up may take half of it.
  std::size_t history_bytes() const { return timeline_.bytes() + given_up_bytes_; }
  std::size_t history_limit_bytes() const { return history_limit_bytes_; }
  void limit_history(std::size_t bytes);

  /// The trial of the last advance() or preview(); Levenberg–Marquardt only.
  const std::optional<Trial>& last_trial() const { return trainer_.last().trial; }

  const State& state() const { return state_; }
  const Settings& settings() const { return *state_.settings; }
  const Dataset& data() const { return *state_.data; }
  /// The parameters Reset returns to.
  const std::vector<double>& initial_parameters() const { return *initial_parameters_; }
  const std::optional<Divergence>& divergence() const { return divergence_; }
  /// With this, log() and state().step the run can be done again.
  const Start& start() const { return start_; }
  const std::vector<LoggedCommand>& log() const { return log_; }
  /// Whether log()[entry] belongs to a run that the present one took the place of.
  bool is_given_up(std::size_t entry) const;
  /// Counts accepted commands that a save would have to keep; grows only.
  std::uint64_t revision() const { return revision_; }

  /// What became of the curves since the last call.
  HistoryUpdate take_history();
  /// For the curve of seconds, whose clock is somebody else's: so many of work, up to here.
  void note_seconds(double seconds);
  /// The last that were noted on the way of this run; nullopt: none.
  std::optional<double> noted_seconds();

  bool can_undo() const { return !undo_.empty(); }
  bool can_redo() const { return !redo_.empty(); }
  std::string undo_label() const { return can_undo() ? undo_.back().label : std::string(); }
  std::string redo_label() const { return can_redo() ? redo_.back().label : std::string(); }

  /// The newest evaluation that the curves recorded, and its step: cheap where evaluate() is not.
  const Evaluation& recorded_evaluation() const { return recorded_; }
  std::uint64_t recorded_step() const { return recorded_step_; }

  /// Cost, accuracy and RMS δ of the present parameters over all points; const in effect.
  Evaluation evaluate(bool with_delta = true);
  SampleTrace trace_sample(Index sample);
  /// Cost over all points of other parameters than the present ones.
  double cost_of(std::span<const double> parameters);
  /// `parameters` after the update that preview() proposed last.
  void apply_proposal(const Proposal& proposal, std::vector<double>& parameters) const;

 private:
  struct UndoEntry {
    std::string label;
    std::uint64_t gesture = 0;
    std::optional<Action> done;   // the newest action of the gesture
    std::vector<Action> actions;  // take it back, applied in this order
  };

  /// The newest moment, kept while an earlier one is looked at.
  struct Newest {
    State state;
    std::shared_ptr<const std::vector<double>> initial_parameters;
    std::optional<Divergence> divergence;
  };
  /// A command that led to where the run is, and the step that the run was at then.
  struct PathEntry {
    std::size_t entry = 0;  // of the log
    std::uint64_t step = 0;
  };

  friend struct GivenUpRun;
  friend class SessionEditor;  // what each kind of command does

  void restart();
  void record();
  void committed();
  std::uint64_t steps_in_a_row() const;
  void advance_in_a_row(std::size_t count);
  void keep_keyframe() { keyframe_ = state_; }
  Moment moment() const { return {state_, initial_parameters_}; }
  void look_at(Moment moment);
  void return_to_newest();
  bool advance_along(StepTrace* trace);
  std::shared_ptr<const GivenUpRun> continue_from(std::uint64_t step);
  std::shared_ptr<const GivenUpRun> restore(const GivenUpRun& run);
  std::shared_ptr<const GivenUpRun> give_up(std::uint64_t from_step, std::size_t path_start);
  bool is_at_start() const;
  bool takes_a_run_back(const Action& action) const;
  std::vector<std::shared_ptr<const GivenUpRun>*> given_up_runs();
  void bound_history();
  void merge_curves();
  Outcome apply_to_newest(const Command& command);
  Outcome edit(const Command& command);
  void remember(const Command& command, std::vector<Action> inverse);
  void log(const LoggedCommand& logged);
  bool can_recover();
  void go_back_to_finite();
  void diverge(std::uint64_t step, const std::string& reason, std::uint64_t last_finite_step);
  Outcome step_back(std::vector<UndoEntry>& from, std::vector<UndoEntry>& to);
  void change_settings(const std::function<void(Settings&)>& change);
  void replace_data(std::shared_ptr<const Dataset> data);
  Evaluation evaluate(const State& state, bool with_delta);

  State state_;
  std::shared_ptr<const std::vector<double>> initial_parameters_;
  std::optional<Newest> newest_;  // set while state_ is an earlier moment
  Timeline timeline_;
  std::size_t history_limit_bytes_ = Timeline::default_limit_bytes;
  std::size_t given_up_bytes_ = 0;
  Trainer trainer_;
  State keyframe_;  // the newest state with a finite Cost, for Recover to replay from
  std::optional<Divergence> divergence_;
  Start start_;
  std::vector<LoggedCommand> log_;
  std::vector<PathEntry> path_;
  std::vector<UndoEntry> undo_, redo_;
  // The curves: what came last, all before that, and what of the latter was not taken yet.
  HistoryUpdate curves_;
  History merged_curves_;
  HistoryUpdate untaken_curves_;
  std::uint64_t jumps_ = 0;  // how often another run became the present one
  Evaluation recorded_;
  std::uint64_t recorded_step_ = 0;
  std::uint64_t revision_ = 0;
};

/// Asked now and then during long work; false ends it.
using KeepGoing = std::function<bool(const Session&)>;

/// Steps until `step` steps are done or the run stops by itself; false when told to end before.
bool advance_to(Session& session, std::uint64_t step, const KeepGoing& keep_going = {});

/// Does again, from the same start, what a log says: the same bits come out. The session stops
/// where the last command acted. False when told to end before, or, with a problem at "log[3]",
/// when the log cannot be this session's.
bool replay(Session& session, std::span<const LoggedCommand> log, Problems& problems,
            const KeepGoing& keep_going = {});

}  // namespace deltascope
