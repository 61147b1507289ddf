// How long a learner waits for the two checks of one step.

#include "ox.hpp"

#include <deltascope/gradient_check.hpp>
#include <deltascope/update_check.hpp>

#include <benchmark/benchmark.h>

namespace deltascope::bench {
namespace {

/// 2-16-16-2: 354 parameters; 200 points.
State state_to_check() {
  Settings settings = ox_settings();
  const Activation* sigmoid = find_activation("sigmoid");
  settings.model.architecture = Architecture({2, 16, 16, 2}, {sigmoid, sigmoid, sigmoid});
  auto data = std::make_shared<Dataset>();
  data->X.resize(2, 200);
  data->Y.resize(2, 200);
  RandomStream random(1);
  for (Matrix* matrix : {&data->X, &data->Y}) {
    for (double& value : matrix->values())
      value = random.uniform();
  }
  return initial_state(std::make_shared<const Settings>(settings), data);
}

void gradient_check(benchmark::State& bench) {
  const State state = state_to_check();
  const Model& model = state.settings->model;
  std::vector<double> gradient(state.parameters.size());
  Backprop().gradient(model, state.parameters, *state.data, {}, gradient);
  for (auto _ : bench) {
    benchmark::DoNotOptimize(
        check_gradient(model, state.parameters, *state.data, {}, gradient).worst_error);
  }
  bench.counters["parameters"] = static_cast<double>(gradient.size());
}

void update_check(benchmark::State& bench) {
  const State state = state_to_check();
  for (auto _ : bench)
    benchmark::DoNotOptimize(check_update(state).worst_error);
}

BENCHMARK(gradient_check)->Unit(benchmark::kMillisecond);
BENCHMARK(update_check)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace deltascope::bench
