// What the commands on settings and on the run do, and the dispatch to all commands.

#include "given_up_run.hpp"
#include "session_editor.hpp"

#include <cmath>
#include <cstdio>
#include <string>

namespace deltascope {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

}  // namespace

Outcome SessionEditor::apply(const Action& action) {
  return std::visit([this](const auto& a) { return edit(a); }, action);
}

Outcome SessionEditor::edit(const SetLearningRate& action) {
  if (!std::isfinite(action.value) || action.value <= 0) {
    return {false, "The learning rate must be a number greater than zero."};
  }
  const double before = session_.settings().rates.learning_rate;
  if (before == action.value) return {true, {}};
  session_.change_settings([&](Settings& s) { s.rates.learning_rate = action.value; });
  inverse_ = {SetLearningRate{before}};
  return {true, {}};
}

Outcome SessionEditor::edit(const SetMomentum& action) {
  if (!(action.value >= 0 && action.value < 1)) {
    return {false, "Momentum must lie between 0 and 1, 1 excluded."};
  }
  const double before = session_.settings().rates.momentum;
  if (before == action.value) return {true, {}};
  session_.change_settings([&](Settings& s) { s.rates.momentum = action.value; });
  inverse_ = {SetMomentum{before}};
  return {true, {}};
}

Outcome SessionEditor::edit(const SetL2& action) {
  if (!std::isfinite(action.value) || action.value < 0) {
    return {false, "Weight decay λ must be a number of zero or more."};
  }
  const double before = session_.settings().model.l2;
  if (before == action.value) return {true, {}};
  session_.change_settings([&](Settings& s) { s.model.l2 = action.value; });
  inverse_ = {SetL2{before}};
  return {true, {}};
}

Outcome SessionEditor::edit(const SetDamping& action) {
  if (!(action.value >= least_damping && action.value <= largest_damping)) {
    return {false, "The damping μ must be a number between 1e-100 and 1e100."};
  }
  const double before = session_.settings().rates.damping;
  session_.state_.damping = action.value;
  if (before == action.value) return {true, {}};
  session_.change_settings([&](Settings& s) { s.rates.damping = action.value; });
  inverse_ = {SetDamping{before}};
  return {true, {}};
}

Outcome SessionEditor::edit(const SetDampedSolve& action) {
  if (action.solve == nullptr) return {false, "There is no such way to solve for a step."};
  const DampedSolve* before = session_.settings().damped_solve;
  if (before == action.solve) return {true, {}};
  session_.change_settings([&](Settings& s) { s.damped_solve = action.solve; });
  inverse_ = {SetDampedSolve{before}};
  return {true, {}};
}

Outcome SessionEditor::edit(const SetBatchSize& action) {
  if (const Outcome refused = refuse_batches(action.value == 0); !refused.accepted) return refused;
  const Index size = session_.data().size();
  const bool fits = action.value <= size || action.value == 1 || purpose_ == Purpose::restore;
  if (action.value < 0 || !fits) {
    return {false, "A batch has between 1 and " + std::to_string(size) +
                       " points, as many as there are; or choose all."};
  }
  const Index before = session_.settings().batch_size;
  if (before == action.value) return {true, {}};
  session_.change_settings([&](Settings& s) { s.batch_size = action.value; });
  restart_pass(session_.state_.batches, *session_.settings().sampling, session_.state_.plan());
  inverse_ = {SetBatchSize{before}};
  return {true, {}};
}

Outcome SessionEditor::edit(const SetSampling& action) {
  if (action.rule == nullptr) return {false, "There is no such way to draw batches."};
  if (const Outcome refused = refuse_batches(!action.rule->needs_list); !refused.accepted) {
    return refused;
  }
  if (action.rule->needs_list && session_.settings().batches == nullptr) {
    return {false, "A list of batches can come only from a document."};
  }
  if (action.rule->needs_list && largest_listed() >= session_.data().size()) {
    return {false, "The listed batches name points that do not exist any more."};
  }
  const SamplingRule* before = session_.settings().sampling;
  if (before == action.rule) return {true, {}};
  session_.change_settings([&](Settings& s) { s.sampling = action.rule; });
  restart_pass(session_.state_.batches, *action.rule, session_.state_.plan());
  inverse_ = {SetSampling{before}};
  return {true, {}};
}

Outcome SessionEditor::refuse_batches(bool all) const {
  const Optimizer& optimizer = *session_.settings().optimizer;
  if (all || !optimizer.least_squares || purpose_ == Purpose::restore) return {true, {}};
  return {false, std::string(optimizer.label) +
                     " works on all points in every step: choose another optimizer first."};
}

Outcome SessionEditor::edit(const SetOptimizer& action) {
  if (action.optimizer == nullptr) return {false, "There is no such optimizer."};
  const Settings before = session_.settings();
  const Optimizer& optimizer = *action.optimizer;
  if (before.optimizer == &optimizer) return {true, {}};
  const std::string why = why_unsuitable(optimizer, before.model, session_.data().size());
  if (!why.empty()) return {false, why + "."};
  const double rate =
      optimizer.uses_learning_rate() ? optimizer.default_rate : before.rates.learning_rate;
  const bool takes_all = optimizer.least_squares;
  const SamplingRule* sampling =
      takes_all && before.sampling->needs_list ? find_sampling_rule("in_order") : before.sampling;
  session_.change_settings([&](Settings& s) {
    s.optimizer = &optimizer;
    s.rates.learning_rate = rate;
    if (takes_all) s.batch_size = 0;
    s.sampling = sampling;
  });
  State& state = session_.state_;
  state.moments.assign(state.parameters.size() * static_cast<std::size_t>(optimizer.moment_blocks),
                       0.0);
  state.moment_updates = 0;
  state.damping = before.rates.damping;
  state.jacobian_known = false;
  inverse_ = {SetOptimizer{before.optimizer}, SetLearningRate{before.rates.learning_rate}};
  const bool had_batches = before.batch_size != 0 || sampling != before.sampling;
  if (takes_all && had_batches) {
    restart_pass(state.batches, *sampling, state.plan());
    inverse_.insert(inverse_.end(),
                    {SetBatchSize{before.batch_size}, SetSampling{before.sampling}});
    return {true,
            std::string(optimizer.label) + " takes all points in every step; the weights stay."};
  }
  if (rate == before.rates.learning_rate) return {true, {}};
  return {true, "The learning rate is now " + number(rate) + ", which suits " +
                    std::string(optimizer.label) + "; the weights stay."};
}

Outcome SessionEditor::edit(const SetInitializer& action) {
  if (action.initial.scheme == nullptr) return {false, "There is no such way to draw weights."};
  if (!std::isfinite(action.initial.scale)) {
    return {false, "The scale of the initial weights must be a finite number."};
  }
  if (action.initial == session_.settings().initial) return {true, {}};
  std::vector<double> parameters(session_.initial_parameters().size());
  initialize(action.initial, net(), parameters);
  edit(RestoreInitial{action.initial, session_.settings().sampling_seed, std::move(parameters)});
  return {true, "Reset starts from the new initial weights; the present ones stay until then."};
}

Outcome SessionEditor::edit(const RestoreInitial& action) {
  inverse_ = {RestoreInitial{session_.settings().initial, session_.settings().sampling_seed,
                             session_.initial_parameters()}};
  session_.change_settings([&](Settings& s) {
    s.initial = action.initial;
    s.sampling_seed = action.sampling_seed;
  });
  session_.initial_parameters_ = std::make_shared<const std::vector<double>>(action.parameters);
  if (purpose_ == Purpose::new_edit) return {true, {}};
  return {true, "Reset starts from those initial weights; the present ones stay until then."};
}

Outcome SessionEditor::edit(const SetMistake& action) {
  const Mistake* before = mistake_in(session_.settings().model);
  if (before == action.mistake) return {true, {}};
  session_.change_settings(
      [&](Settings& s) { s.model.operations = &operations_of(action.mistake); });
  session_.state_.jacobian_known = false;
  inverse_ = {SetMistake{before}};
  return {true, {}};
}

Outcome SessionEditor::edit(const Reset&) {
  if (session_.is_at_start()) return {true, {}};
  inverse_ = {RestoreRun{session_.give_up(0, 0)}};
  session_.restart();
  return {true, {}};
}

Outcome SessionEditor::edit(const NewSeed& action) {
  const StreamRule& stream = *session_.settings().stream;
  if (action.seed > stream.largest_seed) {
    return {false, "Points are drawn as " + std::string(stream.label) +
                       " does, whose seeds end at " + std::to_string(stream.largest_seed) + "."};
  }
  const auto run = session_.give_up(0, 0);
  InitialWeights initial = session_.settings().initial;
  initial.seed = action.seed;
  std::vector<double> parameters(session_.initial_parameters().size());
  initialize(initial, net(), parameters);
  edit(RestoreInitial{initial, action.seed, std::move(parameters)});
  session_.restart();
  inverse_ = {RestoreRun{run}};
  return {true, {}};
}

Outcome SessionEditor::edit(const Recover& action) {
  if (!session_.divergence_) return {false, "There is nothing to recover from."};
  if (!(action.rate_factor > 0 && action.rate_factor <= 1)) {
    return {false, "The learning rate can be multiplied by a number between 0 and 1."};
  }
  if (!session_.can_recover()) {
    return {false, "The cost was not finite before that either: undo the last change, or reset."};
  }
  session_.go_back_to_finite();
  const double before = session_.settings().rates.learning_rate;
  const double rate = before * action.rate_factor;
  session_.change_settings([&](Settings& s) { s.rates.learning_rate = rate; });
  inverse_ = {SetLearningRate{before}};
  return {true, "Back at step " + std::to_string(session_.state_.step) + " with learning rate " +
                    number(rate) + "."};
}

Outcome SessionEditor::edit(const ContinueFrom& action) {
  const std::string step = "Step " + std::to_string(action.step);
  if (action.step >= session_.last_step()) {
    return {false, step + " is not an earlier one: the run is at step " +
                       std::to_string(session_.last_step()) + "."};
  }
  if (action.step < session_.first_step()) {
    return {false, step + " is no longer kept: the history begins at step " +
                       std::to_string(session_.first_step()) + "."};
  }
  inverse_ = {RestoreRun{session_.continue_from(action.step)}};
  return {true, "Continued from step " + std::to_string(action.step) +
                    "; undo brings back the steps up to " +
                    std::to_string(std::get<RestoreRun>(inverse_.front()).run->end.state.step) +
                    "."};
}

Outcome SessionEditor::edit(const RestoreRun& action) {
  if (action.run == nullptr) return {false, "Nothing was given up."};
  inverse_ = {RestoreRun{session_.restore(*action.run)}};
  return {true, {}};
}

// Session::apply steps through the undo entries itself; an entry never holds these.
Outcome SessionEditor::edit(const Undo&) {
  return {false, "Nothing to undo."};
}
Outcome SessionEditor::edit(const Redo&) {
  return {false, "Nothing to redo."};
}

}  // namespace deltascope
