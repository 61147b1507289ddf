// What this machine can do at most, measured beside the workloads: multiply-adds in a loop without
// memory, and elementary functions from one array into another.

#include "kernels/kernels.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

namespace deltascope::bench {
namespace {

using benchmark::Counter;

void multiply_adds(benchmark::State& bench, double (*run)(long rounds), double flops_per_round) {
  constexpr long rounds = 100'000;
  double flops = 0.0;
  for (auto _ : bench) {
    benchmark::DoNotOptimize(run(rounds));
    flops += flops_per_round * rounds;
  }
  bench.counters["figure"] = Counter(flops * 1e-9, Counter::kIsRate);
}

// Nanoseconds per number; between −6 and 6, as pre-activations are.
template <class Function>
void array_function(benchmark::State& bench, Function function) {
  std::vector<double> from(4096), to(from.size());
  for (std::size_t i = 0; i < from.size(); ++i)
    from[i] = -6.0 + 12.0 * static_cast<double>(i) / static_cast<double>(from.size());
  double numbers = 0.0;
  for (auto _ : bench) {
    function(from.data(), to.data(), static_cast<long>(from.size()));
    benchmark::ClobberMemory();
    numbers += static_cast<double>(from.size());
  }
  bench.counters["figure"] = Counter(numbers * 1e-9, Counter::kIsRate | Counter::kInvert);
}

template <double (*function)(double)>
void one_by_one(const double* from, double* to, long count) {
  for (long i = 0; i < count; ++i)
    to[i] = function(from[i]);
}

void add_all() {
  const kernels::Kernels& best = *kernels::usable_kernels().front();
  const auto add = [](const std::string& name, auto run) {
    benchmark::RegisterBenchmark(("machine/" + name).c_str(), run)->MinTime(0.1);
  };
  add("multiply-adds in double, GFLOP/s", [&best](benchmark::State& bench) {
    multiply_adds(bench, best.multiply_adds, static_cast<double>(best.multiply_adds_flops));
  });
  add("std::exp, ns", [](benchmark::State& bench) { array_function(bench, one_by_one<std::exp>); });
  add("std::tanh, ns",
      [](benchmark::State& bench) { array_function(bench, one_by_one<std::tanh>); });
  for (const kernels::Kernels* kernels : kernels::usable_kernels()) {
    const std::string by = " by " + std::string(kernels->label) + " kernels, ns";
    add("exp" + by, [kernels](benchmark::State& bench) { array_function(bench, kernels->exp); });
    add("tanh" + by, [kernels](benchmark::State& bench) {
      array_function(bench, [kernels](const double* from, double* to, long count) {
        kernels->curve(kernels::Curve::tanh, from, to, count);
      });
    });
  }
}

}  // namespace
}  // namespace deltascope::bench

int main(int argc, char** argv) {
  deltascope::bench::add_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
