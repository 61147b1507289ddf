// Large batches, evaluations and maps of the plane, by every arithmetic: "avx512", "avx2" and
// "portable" compute with a sample in each lane, "textbook" with Eigen.

#include "ox.hpp"

#include <deltascope/decision_grid.hpp>
#include <deltascope/trainer.hpp>

#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

namespace deltascope::bench {
namespace {

/// tanh layers and a softmax of two; a full batch of points that a line separates.
State full_batch(const std::vector<Index>& sizes, Index points, const Arithmetic& arithmetic) {
  auto settings = std::make_shared<Settings>(ox_settings());
  std::vector<const Activation*> curves(sizes.size() - 1, find_activation("tanh"));
  curves.back() = find_activation("softmax");
  settings->model.architecture = Architecture(sizes, curves);
  settings->model.loss = find_loss("softmax_ce");
  settings->model.arithmetic = &arithmetic;
  settings->optimizer = find_optimizer("gradient_descent");
  settings->rates.learning_rate = 0.1;
  settings->batch_size = 0;
  auto data = std::make_shared<Dataset>();
  data->X.resize(2, points);
  data->Y.resize(2, points);
  for (Index i = 0; i < points; ++i) {
    data->X(0, i) = std::sin(0.37 * static_cast<double>(i));
    data->X(1, i) = std::cos(0.11 * static_cast<double>(i));
    data->Y(data->X(0, i) > data->X(1, i) ? 0 : 1, i) = 1.0;
  }
  return initial_state(settings, data);
}

void steps(benchmark::State& bench, const std::vector<Index>& sizes, Index points,
           const Arithmetic& arithmetic) {
  State state = full_batch(sizes, points, arithmetic);
  Trainer trainer;
  for (auto _ : bench) {
    trainer.prepare(state);
    trainer.commit(state);
  }
  // Forward, back and dW, all but the way back to the inputs.
  const Architecture& net = state.settings->model.architecture;
  const double products = 6.0 * static_cast<double>(net.parameters()) -
                          2.0 * static_cast<double>(net.fan_in(0) * net.fan_out(0));
  bench.counters["flop/s"] = benchmark::Counter(
      products * static_cast<double>(points) * static_cast<double>(bench.iterations()),
      benchmark::Counter::kIsRate);
}

void evaluation(benchmark::State& bench, const Arithmetic& arithmetic) {
  const Document document = ox_document();
  const State state = initial_state(document.settings, document.data);
  Model model = document.settings->model;
  model.arithmetic = &arithmetic;
  Backprop backprop;
  for (auto _ : bench)
    benchmark::DoNotOptimize(
        backprop.evaluate(model, state.parameters, *document.data, true).data_cost);
}

template <class Grid>
void grid(benchmark::State& bench, const Arithmetic& arithmetic) {
  const Activation* tanh = find_activation("tanh");
  const Architecture net({2, 8, 8, 8, 2}, {tanh, tanh, tanh, tanh});
  std::vector<double> parameters(static_cast<std::size_t>(net.parameters()));
  for (std::size_t i = 0; i < parameters.size(); ++i)
    parameters[i] = std::sin(1.7 * static_cast<double>(i));
  Grid maps;
  GridWorkspace workspace;
  for (auto _ : bench) {
    evaluate_grid(net, parameters, {{-1.0, 1.0, -1.0, 1.0}, 512, 512}, maps, workspace, arithmetic);
    benchmark::DoNotOptimize(maps.maps.back().back().values.data());
  }
}

void steps_of(const std::string& name, const std::vector<Index>& sizes, Index points,
              const Arithmetic& arithmetic) {
  benchmark::RegisterBenchmark(
      (name + "/" + std::string(arithmetic.name)).c_str(),
      [=, &arithmetic](benchmark::State& bench) { steps(bench, sizes, points, arithmetic); })
      ->Unit(benchmark::kMicrosecond)
      ->MeasureProcessCPUTime();
}

[[maybe_unused]] const bool registered = [] {
  for (const Arithmetic& arithmetic : arithmetics()) {
    if (!arithmetic.usable || arithmetic.by_shape) continue;
    const auto name = [&](const char* what) { return what + std::string(arithmetic.name); };
    benchmark::RegisterBenchmark(name("evaluate_ten_points/").c_str(),
                                 [&](benchmark::State& bench) { evaluation(bench, arithmetic); });
    benchmark::RegisterBenchmark(name("grid_512_floats/").c_str(), [&](benchmark::State& bench) {
      grid<DecisionGrid>(bench, arithmetic);
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(name("grid_512_doubles/").c_str(), [&](benchmark::State& bench) {
      grid<ExactDecisionGrid>(bench, arithmetic);
    })->Unit(benchmark::kMillisecond);
    for (const Index points : {100, 1'000, 10'000, 100'000, 1'000'000})
      steps_of("points_" + std::to_string(points), {2, 64, 64, 2}, points, arithmetic);
    for (const Index width : {4, 8, 16, 32, 64, 128, 256})
      steps_of("width_" + std::to_string(width), {2, width, width, 2}, 10'000, arithmetic);
    for (const Index depth : {1, 2, 4, 6, 8, 12}) {
      std::vector<Index> sizes(static_cast<std::size_t>(depth) + 2, 16);
      sizes.front() = sizes.back() = 2;
      steps_of("depth_" + std::to_string(depth), sizes, 1'000, arithmetic);
    }
  }
  return true;
}();

}  // namespace
}  // namespace deltascope::bench
