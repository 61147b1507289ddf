#include <deltascope/trainer.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

namespace deltascope {

State initial_state(std::shared_ptr<const Settings> settings, std::shared_ptr<const Dataset> data) {
  State state;
  const auto parameters = static_cast<std::size_t>(settings->model.architecture.parameters());
  state.parameters.resize(parameters);
  initialize(settings->initial, settings->model.architecture, state.parameters);
  state.moments.resize(parameters * static_cast<std::size_t>(settings->optimizer->moment_blocks));
  state.settings = std::move(settings);
  state.data = std::move(data);
  const Settings& s = *state.settings;
  state.batches = start_stream(*s.sampling, state.plan(),
                               s.stream->start(s.sampling_seed, s.stream_skip_words));
  return state;
}

const Proposal& Trainer::prepare(const State& state, StepTrace* trace, Index max_traced) {
  const Settings& settings = *state.settings;
  proposal_.gradient.resize(state.parameters.size());
  proposal_.update.resize(state.parameters.size());
  proposal_.moments.resize(state.moments.size());
  proposal_.batch_cost =
      backprop_.gradient(settings.model, state.parameters, *state.data, state.batches.next(),
                         proposal_.gradient, trace, max_traced);
  settings.optimizer->propose(settings.rates, state.moment_updates + 1, proposal_.gradient,
                              state.moments, proposal_.moments, proposal_.update);
  return proposal_;
}

void Trainer::commit(State& state) {
  const Settings& settings = *state.settings;
  assert(proposal_.update.size() == state.parameters.size());
  settings.model.operations->apply_update(settings.model.architecture, proposal_.update,
                                          state.parameters);
  state.moments.swap(proposal_.moments);
  ++state.moment_updates;
  ++state.step;
  state.gradient_evaluations +=
      static_cast<std::uint64_t>(state.batches.next().size(state.data->size()));
  advance_stream(state.batches, *settings.sampling, state.plan());
}

}  // namespace deltascope
