#include "given_up_run.hpp"
#include "session_editor.hpp"

#include <deltascope/session.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace deltascope {
namespace {

// Deep enough for a lesson; data sets in inverses are shared, so that entries stay small.
constexpr std::size_t max_undo_entries = 1000;
// Up to here a change of the network or the points is evaluated at once for the curves; beyond, a
// drag would wait for it.
constexpr Index re_recorded_samples = 4096;

// Whether they are the same function of the parameters, rightly differentiated or not.
bool same_cost(const Model& one, Model other) {
  other.operations = one.operations;
  return one == other;
}

}  // namespace

Session::Session(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data)
    : state_(initial_state(std::move(settings), std::move(data))),
      initial_parameters_(std::make_shared<const std::vector<double>>(state_.parameters)),
      start_{state_.settings, state_.data, initial_parameters_} {
  restart();
}

Session::Session(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data,
                 std::vector<double> initial_parameters)
    : state_(initial_state(std::move(settings), std::move(data))),
      initial_parameters_(
          std::make_shared<const std::vector<double>>(std::move(initial_parameters))),
      start_{state_.settings, state_.data, initial_parameters_} {
  restart();
}

void Session::restart() {
  state_ = initial_state(state_.settings, state_.data);
  state_.parameters = *initial_parameters_;
  divergence_.reset();
  timeline_.start(moment());
  curves_.discard(0);
  keep_keyframe();
  record();
}

const Proposal& Session::preview(StepTrace& trace) {
  return trainer_.prepare(state_, &trace);
}

void Session::apply_proposal(const Proposal& proposal, std::vector<double>& parameters) const {
  parameters = state_.parameters;
  settings().model.operations->apply_update(settings().model.architecture, proposal.update,
                                            parameters);
}

Evaluation Session::evaluate(bool with_delta) {
  return evaluate(state_, with_delta);
}

Evaluation Session::evaluate(const State& state, bool with_delta) {
  return trainer_.backprop().evaluate(state.settings->model, state.parameters, *state.data,
                                      with_delta);
}

double Session::cost_of(std::span<const double> parameters) {
  return trainer_.backprop().evaluate(settings().model, parameters, data(), false).cost();
}

SampleTrace Session::trace_sample(Index sample) {
  const ConstMatrixView x = data().X.view().columns(sample, 1);
  const ConstMatrixView y = data().Y.view().columns(sample, 1);
  return trainer_.backprop().trace_sample(settings().model, state_.parameters,
                                          {x.data, static_cast<std::size_t>(x.rows)},
                                          {y.data, static_cast<std::size_t>(y.rows)});
}

void Session::change_settings(const std::function<void(Settings&)>& change) {
  auto changed = std::make_shared<Settings>(settings());
  change(*changed);
  state_.settings = std::move(changed);
}

void Session::replace_data(std::shared_ptr<const Dataset> data) {
  const bool same_size = data->size() == state_.data->size();
  state_.data = std::move(data);
  if (!same_size) restart_pass(state_.batches, *settings().sampling, state_.plan());
}

bool Session::can_recover() {
  return divergence_ && std::isfinite(evaluate(keyframe_, false).cost());
}

void Session::go_back_to_finite() {
  // From the keyframe the same steps again, up to the last one that was finite.
  const std::uint64_t target = divergence_->last_finite_step;
  const State keyframe = keyframe_;
  const auto start_again = [&] {
    state_ = keyframe;
    divergence_.reset();
    timeline_.split_from(keyframe.step + 1);
    curves_.discard(keyframe.step);
    record();
  };
  start_again();
  while (state_.step < target && advance_by(target - state_.step) > 0) {
  }
  // A batch may have been finite where the cost over all points was not.
  if (divergence_ || !std::isfinite(evaluate(false).cost())) start_again();
}

Outcome Session::apply_to_newest(const Command& command) {
  const auto settings_before = state_.settings;
  const auto data_before = state_.data;
  const std::vector<double> parameters_before = state_.parameters;
  const std::vector<double> moments_before = state_.moments;
  const std::uint64_t jumps_before = jumps_;
  const LoggedCommand logged{state_.step, divergence_.has_value(), command};
  const bool knows_divergence = std::holds_alternative<Recover>(command.action) ||
                                std::holds_alternative<Reset>(command.action) ||
                                std::holds_alternative<NewSeed>(command.action) ||
                                std::holds_alternative<ContinueFrom>(command.action);
  Outcome outcome;
  if (divergence_ && !knows_divergence && !takes_a_run_back(command.action)) {
    Session before = *this;
    go_back_to_finite();
    divergence_.reset();
    outcome = edit(command);
    if (!outcome.accepted) {
      *this = std::move(before);
      return outcome;
    }
    if (!outcome.notice.empty()) outcome.notice += ' ';
    outcome.notice +=
        "Back at step " + std::to_string(state_.step) + ", the last one with finite numbers.";
  } else {
    outcome = edit(command);
  }
  if (!outcome.accepted) return outcome;
  log(logged);
  ++revision_;
  if (jumps_ == jumps_before) {
    const bool same_problem =
        state_.data == data_before && same_cost(settings().model, settings_before->model);
    const bool stayed = state_.step == logged.step;
    const bool typed = stayed && state_.parameters != parameters_before;
    if (!same_problem) {
      // Neither J nor what μ has learnt about the old problem holds for the new one.
      state_.jacobian_known = false;
      state_.damping = settings().rates.damping;
    }
    // What was true of the old settings and points need not be true of the new ones.
    if (!divergence_) keep_keyframe();
    timeline_.commanded(moment(), stayed && !typed && state_.moments == moments_before);
    if ((!same_problem || typed) && data().size() <= re_recorded_samples) {
      curves_.discard_records(state_.step);
      record();
    }
  }
  bound_history();
  return outcome;
}

Outcome Session::edit(const Command& command) {
  if (std::holds_alternative<Undo>(command.action)) return step_back(undo_, redo_);
  if (std::holds_alternative<Redo>(command.action)) return step_back(redo_, undo_);
  SessionEditor editor(*this, SessionEditor::Purpose::new_edit);
  Outcome outcome = editor.apply(command.action);
  if (!outcome.accepted || editor.inverse().empty()) return outcome;
  const std::string why = why_unsuitable(*settings().optimizer, settings().model, data().size());
  if (!why.empty()) {
    for (const Action& action : editor.inverse())
      SessionEditor(*this, SessionEditor::Purpose::restore).apply(action);
    return {false, why + ": choose another optimizer first."};
  }
  remember(command, editor.inverse());
  return outcome;
}

void Session::remember(const Command& command, std::vector<Action> inverse) {
  redo_.clear();
  const bool same_gesture =
      command.gesture != 0 && !undo_.empty() && undo_.back().gesture == command.gesture;
  if (same_gesture && undo_.back().done && continues(*undo_.back().done, command.action)) {
    undo_.back().done = command.action;
    return;
  }
  undo_.push_back({describe(command.action), command.gesture, command.action, std::move(inverse)});
  if (undo_.size() > max_undo_entries) undo_.erase(undo_.begin());
}

void Session::log(const LoggedCommand& logged) {
  // While no step passes, only where a drag has got to can matter.
  const bool replaces = !log_.empty() && logged.command.gesture != 0 &&
                        log_.back().command.gesture == logged.command.gesture &&
                        log_.back().step == logged.step && !log_.back().diverged &&
                        continues(log_.back().command.action, logged.command.action);
  if (replaces) log_.pop_back();
  log_.push_back(logged);
  if (!replaces) path_.push_back({log_.size() - 1, state_.step});
}

Outcome Session::step_back(std::vector<UndoEntry>& from, std::vector<UndoEntry>& to) {
  if (from.empty()) return {false, &from == &undo_ ? "Nothing to undo." : "Nothing to redo."};
  UndoEntry entry = std::move(from.back());
  from.pop_back();
  UndoEntry opposite{entry.label, 0, std::nullopt, {}};
  Outcome outcome{true, {}};
  for (const Action& action : entry.actions) {
    SessionEditor editor(*this, SessionEditor::Purpose::restore);
    outcome = editor.apply(action);
    if (!outcome.accepted) break;
    opposite.actions.insert(opposite.actions.begin(), editor.inverse().begin(),
                            editor.inverse().end());
  }
  if (outcome.accepted) {
    to.push_back(std::move(opposite));
  } else {
    from.push_back(std::move(entry));
  }
  return outcome;
}

bool replay(Session& session, std::span<const LoggedCommand> log, Problems& problems,
            const KeepGoing& keep_going) {
  for (std::size_t i = 0; i < log.size(); ++i) {
    const LoggedCommand& logged = log[i];
    const std::string at = "log[" + std::to_string(i) + "]";
    if (!advance_to(session, logged.step, keep_going)) return false;
    if (logged.diverged) session.advance();  // the step that could not be taken
    const bool diverged = session.divergence().has_value();
    if (session.state().step != logged.step || diverged != logged.diverged) {
      problems.push_back({at, "acted at step " + std::to_string(logged.step) +
                                  (logged.diverged ? " of a run that diverged there" : "") +
                                  ", but this run is at step " +
                                  std::to_string(session.state().step) +
                                  (diverged ? " and has diverged" : "")});
      return false;
    }
    const Outcome outcome = session.apply(logged.command);
    if (!outcome.accepted) {
      problems.push_back({at, "is refused: " + outcome.notice});
      return false;
    }
  }
  return true;
}

}  // namespace deltascope
