// The walk through one step is built anew in every frame that shows it.

#include "ox.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/walk/phase.hpp>

#include <benchmark/benchmark.h>

namespace deltascope::bench {
namespace {

using walk::PhaseKind;

// 2-8-8-2 on the ten O/X points, Adam with λ.
Session session_to_walk() {
  const Document document = ox_document();
  Settings settings = *document.settings;
  const Activation* const sigmoid = find_activation("sigmoid");
  settings.model.architecture = Architecture({2, 8, 8, 2}, {sigmoid, sigmoid, sigmoid});
  settings.model.l2 = 0.01;
  settings.optimizer = find_optimizer("adam");
  return Session(std::make_shared<const Settings>(settings), document.data);
}

constexpr walk::PhaseId slow_phases[] = {{PhaseKind::forward, 1},
                                         {PhaseKind::hidden_delta, 0},
                                         {PhaseKind::gradient, 1},
                                         {PhaseKind::update, 0}};

void phase(benchmark::State& bench) {
  Session session = session_to_walk();
  const testing::PreparedStep prepared(session);
  walk::Options options;
  options.whole_batch = bench.range(1) != 0;
  const walk::PhaseId id = slow_phases[bench.range(0)];
  for (auto _ : bench) {
    const walk::Phase made = walk::phase(prepared.step(), id, options);
    benchmark::DoNotOptimize(made.stages.data());
  }
}
BENCHMARK(phase)->ArgsProduct({{0, 1, 2, 3}, {0, 1}})->Unit(benchmark::kMicrosecond);

// The sum over the samples is the longest example of the gradient, z that of a forward phase.
void worked(benchmark::State& bench) {
  Session session = session_to_walk();
  const testing::PreparedStep prepared(session);
  const walk::PhaseId id = slow_phases[bench.range(0)];
  walk::Options options;
  options.whole_batch = id.kind == PhaseKind::gradient;
  const std::size_t stage = id.kind == PhaseKind::hidden_delta ? 2
                            : id.kind == PhaseKind::update     ? 3
                                                               : 0;
  for (auto _ : bench) {
    const walk::Worked made = walk::worked(prepared.step(), id, stage, 1, 0, options);
    benchmark::DoNotOptimize(made.terms.data());
  }
}
BENCHMARK(worked)->DenseRange(0, 3)->Unit(benchmark::kMicrosecond);

void phases(benchmark::State& bench) {
  Session session = session_to_walk();
  const testing::PreparedStep prepared(session);
  for (auto _ : bench) {
    const std::vector<walk::PhaseId> made = walk::phases(prepared.step());
    benchmark::DoNotOptimize(made.data());
  }
}
BENCHMARK(phases)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace deltascope::bench
