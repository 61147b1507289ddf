#include "small_steps.hpp"

#include <deltascope/trainer.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace deltascope {

State initial_state(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data) {
  State state;
  const auto parameters = static_cast<std::size_t>(settings->model.architecture.parameters());
  state.parameters.resize(parameters);
  initialize(settings->initial, settings->model.architecture, state.parameters);
  state.moments.resize(parameters * static_cast<std::size_t>(settings->optimizer->moment_blocks));
  state.damping = settings->rates.damping;
  state.settings = std::move(settings);
  state.data = std::move(data);
  const Settings& s = *state.settings;
  state.batches = start_stream(*s.sampling, state.plan(),
                               s.stream->start(s.sampling_seed, s.stream_skip_words));
  return state;
}

bool Proposal::is_finite() const {
  return std::isfinite(batch_cost) && all_finite(update) && all_finite(moments);
}

const Proposal& Trainer::prepare(const State& state, StepTrace* trace, Index max_traced) {
  const Settings& settings = *state.settings;
  proposal_.gradient.resize(state.parameters.size());
  proposal_.update.resize(state.parameters.size());
  proposal_.moments.resize(state.moments.size());
  if (trace != nullptr || !settings.optimizer->least_squares) {
    proposal_.batch_cost =
        backprop_.gradient(settings.model, state.parameters, *state.data, state.batches.next(),
                           proposal_.gradient, trace, max_traced);
  }
  if (settings.optimizer->least_squares) {
    propose_trial(state, trace != nullptr);
    return proposal_;
  }
  proposal_.trial.reset();
  propose_update(state, proposal_.gradient);
  if (settings.model.operations->updates_in_turn) propose_in_turn(state);
  return proposal_;
}

void Trainer::propose_update(const State& state, std::span<const double> gradient) {
  const Settings& settings = *state.settings;
  settings.optimizer->propose(settings.rates, state.moment_updates + 1, gradient, state.moments,
                              proposal_.moments, proposal_.update);
}

// What the loop over the layers, which updates each at once, ends with. The gradient of a layer
// depends on the W above it alone; so with those replaced one after the other, from the output on,
// each pass gets one more layer of the update as that loop does, and keeps those above.
void Trainer::propose_in_turn(const State& state) {
  const Model& model = state.settings->model;
  const Architecture& net = model.architecture;
  mixed_ = state.parameters;
  mixed_gradient_.resize(state.parameters.size());
  for (Index layer = net.layers() - 1; layer > 0; --layer) {
    updated_ = state.parameters;
    model.operations->apply_update(net, proposal_.update, updated_);
    const ConstWeightView W = net.W(std::span<const double>(updated_), layer);
    std::copy_n(W.data, W.size(), net.W(std::span<double>(mixed_), layer).data);
    backprop_.gradient(model, state.parameters, *state.data, state.batches.next(), mixed_gradient_,
                       nullptr, 0, mixed_);
    propose_update(state, mixed_gradient_);
  }
}

void Trainer::propose_trial(const State& state, bool compare) {
  if (!proposal_.trial) proposal_.trial.emplace();
  Trial& trial = *proposal_.trial;
  levenberg_marquardt_.propose(state.settings, state.data, state.parameters, state.damping, compare,
                               trial, proposal_.gradient);
  trial.new_jacobian = !state.jacobian_known;
  proposal_.batch_cost = trial.cost;
  if (trial.accepted) {
    proposal_.update = trial.step;
  } else {
    std::ranges::fill(proposal_.update, 0.0);
  }
}

void Trainer::commit(State& state) {
  const Settings& settings = *state.settings;
  assert(proposal_.update.size() == state.parameters.size());
  auto evaluations = static_cast<std::uint64_t>(state.batches.next().size(state.data->size()));
  if (const auto& trial = proposal_.trial) {
    const auto outputs = static_cast<std::uint64_t>(settings.model.architecture.outputs());
    evaluations = trial->new_jacobian ? evaluations * outputs : 0;
    state.damping = trial->next_damping;
    state.jacobian_known = !trial->accepted;
    ++(trial->accepted ? state.accepted_trials : state.rejected_trials);
  }
  state.gradient_evaluations += evaluations;
  settings.model.operations->apply_update(settings.model.architecture, proposal_.update,
                                          state.parameters);
  state.moments.swap(proposal_.moments);
  ++state.moment_updates;
  ++state.step;
  advance_stream(state.batches, *settings.sampling, state.plan());
}

std::size_t Trainer::run(State& state, std::span<double> batch_costs) {
  std::size_t taken = 0;
  while (taken < batch_costs.size()) {
    taken += small_steps_.get().run(state, batch_costs.subspan(taken));
    if (taken == batch_costs.size()) break;
    // What it leaves: a batch that is not for it, or a step that must not be taken.
    if (!prepare(state).is_finite()) break;
    batch_costs[taken] = proposal_.batch_cost;
    commit(state);
    ++taken;
  }
  return taken;
}

}  // namespace deltascope
