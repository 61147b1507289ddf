#include "session_editor.hpp"

#include <deltascope/session.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace deltascope {
namespace {

// Deep enough for a lesson; data sets in inverses are shared, so that entries stay small.
constexpr std::size_t max_undo_entries = 1000;

bool all_finite(std::span<const double> values) {
  return std::ranges::all_of(values, [](double v) { return std::isfinite(v); });
}

}  // namespace

Session::Session(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data)
    : state_(initial_state(std::move(settings), std::move(data))),
      initial_parameters_(state_.parameters) {
  restart();
}

Session::Session(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data,
                 std::vector<double> initial_parameters)
    : state_(initial_state(std::move(settings), std::move(data))),
      initial_parameters_(std::move(initial_parameters)) {
  restart();
}

void Session::restart() {
  state_ = initial_state(state_.settings, state_.data);
  state_.parameters = initial_parameters_;
  divergence_.reset();
  curves_.discard(0);
  keep_keyframe();
  record();
}

void Session::record() {
  if (data().size() == 0) return;
  recorded_ = evaluate(true);
  recorded_step_ = state_.step;
  History& curves = curves_.fresh;
  curves.cost.add(state_.step, recorded_.cost());
  curves.accuracy.add(state_.step, recorded_.accuracy());
  curves.rms_delta.resize(std::max(curves.rms_delta.size(), recorded_.rms_delta.size()));
  for (std::size_t l = 0; l < recorded_.rms_delta.size(); ++l) {
    curves.rms_delta[l].add(state_.step, recorded_.rms_delta[l]);
  }
  if (std::isfinite(recorded_.cost())) {
    keep_keyframe();
  } else {
    diverge(state_.step, "the cost is no longer a finite number",
            state_.step == 0 ? 0 : state_.step - 1);
  }
}

void Session::diverge(std::uint64_t step, std::string reason, std::uint64_t last_finite_step) {
  divergence_ = Divergence{step, std::move(reason), std::max(last_finite_step, keyframe_.step)};
}

bool Session::advance(StepTrace* trace) {
  if (divergence_ || data().size() == 0) return false;
  const Proposal& proposal = trainer_.prepare(state_, trace);
  if (!std::isfinite(proposal.batch_cost)) {
    diverge(state_.step, "the cost of the batch is no longer a finite number",
            state_.step == 0 ? 0 : state_.step - 1);
    return false;
  }
  if (!all_finite(proposal.update)) {
    diverge(state_.step, "the gradient is no longer finite", state_.step);
    return false;
  }
  curves_.fresh.batch_cost.add(state_.step, proposal.batch_cost);
  trainer_.commit(state_);
  const auto samples = static_cast<std::uint64_t>(data().size());
  const auto batch = static_cast<std::uint64_t>(state_.batches.next().size(data().size()));
  if (is_recorded_step(state_.step, samples, batch)) record();
  return true;
}

const Proposal& Session::preview(StepTrace& trace) {
  return trainer_.prepare(state_, &trace);
}

void Session::apply_proposal(const Proposal& proposal, std::vector<double>& parameters) const {
  parameters = state_.parameters;
  settings().model.operations->apply_update(settings().model.architecture, proposal.update,
                                            parameters);
}

HistoryUpdate Session::take_history() {
  return std::exchange(curves_, HistoryUpdate());
}

Evaluation Session::evaluate(bool with_delta) {
  return trainer_.backprop().evaluate(settings().model, state_.parameters, data(), with_delta);
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

Outcome Session::apply(const Command& command) {
  Outcome outcome;
  if (std::holds_alternative<Undo>(command.action)) {
    outcome = step_back(undo_, redo_);
  } else if (std::holds_alternative<Redo>(command.action)) {
    outcome = step_back(redo_, undo_);
  } else {
    SessionEditor editor(*this);
    outcome = editor.apply(command.action);
    if (outcome.accepted && !editor.inverse().empty()) {
      const bool continues = command.gesture != 0 && !undo_.empty() &&
                             undo_.back().gesture == command.gesture &&
                             undo_.back().label == describe(command.action);
      if (!continues) {
        undo_.push_back({describe(command.action), command.gesture, editor.inverse()});
        if (undo_.size() > max_undo_entries) undo_.erase(undo_.begin());
      }
      redo_.clear();
    }
  }
  if (outcome.accepted) {
    log_.push_back({state_.step, command});
    ++revision_;
    // What was true of the old settings and points need not be true of the new ones. A reset run
    // starts with a keyframe anyway.
    if (!divergence_) keep_keyframe();
  }
  return outcome;
}

Outcome Session::step_back(std::vector<UndoEntry>& from, std::vector<UndoEntry>& to) {
  if (from.empty()) return {false, &from == &undo_ ? "Nothing to undo." : "Nothing to redo."};
  UndoEntry entry = std::move(from.back());
  from.pop_back();
  UndoEntry opposite{entry.label, 0, {}};
  Outcome outcome{true, {}};
  for (const Action& action : entry.actions) {
    SessionEditor editor(*this);
    outcome = editor.apply(action);
    if (!outcome.accepted) break;
    opposite.actions.insert(opposite.actions.begin(), editor.inverse().begin(),
                            editor.inverse().end());
  }
  if (!opposite.actions.empty()) to.push_back(std::move(opposite));
  return outcome;
}

}  // namespace deltascope
