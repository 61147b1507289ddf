// The workloads that other programs were measured on, by the textbook and by the kernels; and how
// the time of a step grows with points, width and depth.

#include "workloads.hpp"

#include <deltascope/decision_grid.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>

namespace deltascope::bench {
namespace {

/// Multiplications and additions of one step: z = W a, dW = δ aᵀ, and Wᵀ δ but for the first layer.
double flops(const State& state) {
  const Architecture& net = state.settings->model.architecture;
  double of_a_sample = 0.0;
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const auto weights = static_cast<double>(net.fan_in(layer) * net.fan_out(layer));
    of_a_sample += (layer == 0 ? 4.0 : 6.0) * weights;
  }
  return of_a_sample * static_cast<double>(state.batches.next().size(state.data->size()));
}

/// Many steps in a row, as whoever trains takes them. `steps_per_unit`: what a figure is of; 0
/// threads: one for each core.
void train(benchmark::State& bench, State state, double steps_per_unit, std::size_t threads = 1) {
  Trainer trainer(threads);
  std::array<double, 256> batch_costs;
  const bool slow = state.batches.next().size(state.data->size()) > 100;
  const std::size_t in_a_row = slow ? 1 : batch_costs.size();
  trainer.run(state, std::span(batch_costs).first(1));
  const std::uint64_t first = state.step;
  for (auto _ : bench)
    trainer.run(state, std::span(batch_costs).first(in_a_row));
  const auto units = static_cast<double>(state.step - first) / steps_per_unit;
  bench.counters["seconds_per_unit"] =
      benchmark::Counter(units, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  bench.counters["flops_per_unit"] = flops(state) * steps_per_unit;
  bench.counters["parameters"] = static_cast<double>(state.parameters.size());
}

/// One whole trial: Jacobian, system, solution, the trial's cost. From two places in turn: a place
/// that is known already has its Jacobian.
void trial(benchmark::State& bench, State state) {
  const std::vector<double> here = state.parameters;
  std::vector<double> there = here;
  for (double& parameter : there)
    parameter += 1e-3;
  const double damping = state.damping;
  Trainer trainer;
  double units = 0.0;
  for (auto _ : bench) {
    trainer.prepare(state);
    trainer.commit(state);
    std::ranges::copy(static_cast<std::uint64_t>(units) % 2 == 0 ? there : here,
                      state.parameters.begin());
    state.damping = damping;
    state.jacobian_known = false;
    ++units;
  }
  bench.counters["seconds_per_unit"] =
      benchmark::Counter(units, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// All neurons of 2-8-8-8-2 over 512 × 512 pixels, into maps that are there already.
template <class Grid>
void grid(benchmark::State& bench, std::string_view arithmetic) {
  const Activation* const tanh = find_activation("tanh");
  const Architecture net({2, 8, 8, 8, 2}, {tanh, tanh, tanh, tanh});
  std::vector<double> parameters(static_cast<std::size_t>(net.parameters()));
  initialize({find_initializer("xavier"), 1.0, 1}, net, parameters);
  Grid maps;
  GridWorkspace workspace;
  double units = 0.0;
  for (auto _ : bench) {
    evaluate_grid(net, parameters, {{-1.0, 1.0, -1.0, 1.0}, 512, 512}, maps, workspace,
                  *find_arithmetic(arithmetic));
    benchmark::ClobberMemory();
    ++units;
  }
  bench.counters["seconds_per_unit"] =
      benchmark::Counter(units, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

benchmark::internal::Benchmark* add(const std::string& name,
                                    const std::function<void(benchmark::State&)>& run) {
  return benchmark::RegisterBenchmark(name.c_str(), run)->MinTime(0.2);
}

void add_workloads(const std::string& arithmetic) {
  const auto name = [&](const std::string& workload) { return workload + "/" + arithmetic; };
  add(name("W1"), [=](auto& bench) { train(bench, ox_single_point(arithmetic), 1.0); });
  add(name("W2"), [=](auto& bench) { train(bench, spiral_mini_batch(arithmetic), 25.0); });
  add(name("W3"), [=](auto& bench) {
    train(bench, full_batch(arithmetic, {64, 64}, 100'000), 1.0);
  });
  // In real time: the processor time of all threads is no less.
  add(name("W3t"), [=](auto& bench) {
    train(bench, full_batch(arithmetic, {64, 64}, 100'000), 1.0, 0);
  })->UseRealTime();
  add(name("W4"), [=](auto& bench) { grid<ExactDecisionGrid>(bench, arithmetic); });
  add(name("W4f"), [=](auto& bench) { grid<DecisionGrid>(bench, arithmetic); });
  add(name("W5"), [=](auto& bench) { trial(bench, ox_levenberg_marquardt(arithmetic)); });
  add(name("W5b"), [=](auto& bench) { trial(bench, large_levenberg_marquardt(arithmetic)); });
}

void add_sweeps(const std::string& arithmetic) {
  const auto name = [&](const std::string& sweep, Index at) {
    return sweep + "/" + std::to_string(at) + "/" + arithmetic;
  };
  for (const Index points : {100, 1'000, 10'000, 100'000, 1'000'000}) {
    add(name("points", points), [=](auto& bench) {
      train(bench, full_batch(arithmetic, {64, 64}, points), 1.0);
    });
  }
  for (const Index width : {4, 8, 16, 32, 64, 128, 256}) {
    add(name("width", width), [=](auto& bench) {
      train(bench, full_batch(arithmetic, {width, width}, 10'000), 1.0);
    });
  }
  for (const Index depth : {1, 2, 4, 6, 8, 12}) {
    const std::vector<Index> hidden(static_cast<std::size_t>(depth), 16);
    add(name("depth", depth),
        [=](auto& bench) { train(bench, full_batch(arithmetic, hidden, 1'000), 1.0); });
  }
}

}  // namespace
}  // namespace deltascope::bench

int main(int argc, char** argv) {
  for (const char* arithmetic : {"automatic", "textbook"})
    deltascope::bench::add_workloads(arithmetic);
  deltascope::bench::add_sweeps("automatic");
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
