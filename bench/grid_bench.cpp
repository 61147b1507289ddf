// Heat maps: every neuron over the plane.

#include "ox.hpp"

#include <deltascope/decision_grid.hpp>
#include <deltascope/trainer.hpp>

#include <benchmark/benchmark.h>

namespace deltascope::bench {
namespace {

// All neurons of the O/X network at resolution × resolution.
void grid_of_all_neurons(benchmark::State& bench) {
  const Document document = ox_document();
  const State state = initial_state(document.settings, document.data);
  const GridRequest request{
      .area = {}, .resolution = bench.range(0), .hidden_resolution = bench.range(0)};
  DecisionGrid grid;
  GridWorkspace workspace;
  for (auto _ : bench) {
    evaluate_grid(document.settings->model.architecture, state.parameters, request, grid,
                  workspace);
    benchmark::DoNotOptimize(grid.maps.back().back().values.data());
  }
}

BENCHMARK(grid_of_all_neurons)->Arg(64)->Arg(128)->Arg(256)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace deltascope::bench
