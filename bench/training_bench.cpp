// Steps per second of the O/X network: the bare trainer, the session around it, and the engine
// while somebody is looking.

#include "ox.hpp"

#include <deltascope/engine.hpp>
#include <deltascope/trainer.hpp>

#include <benchmark/benchmark.h>

#include <chrono>
#include <thread>

namespace deltascope::bench {
namespace {

constexpr double frames_per_second = 60.0;
constexpr double run_seconds = 1.0;

using DocumentMaker = Document (*)();

void trainer_alone(benchmark::State& bench, DocumentMaker make) {
  const Document document = make();
  State state = initial_state(document.settings, document.data);
  Trainer trainer;
  for (auto _ : bench) {
    trainer.prepare(state);
    trainer.commit(state);
  }
  bench.counters["steps/s"] =
      benchmark::Counter(static_cast<double>(state.step), benchmark::Counter::kIsRate);
}

void session(benchmark::State& bench, DocumentMaker make) {
  Session session = make_session(make());
  for (auto _ : bench) {
    session.advance();
    // Whoever owns a session takes its curves now and then; they must not pile up.
    if (session.state().step % 4096 == 0) benchmark::DoNotOptimize(session.take_history());
  }
  bench.counters["steps/s"] =
      benchmark::Counter(static_cast<double>(session.state().step), benchmark::Counter::kIsRate);
}

// At full speed, as in the window: a reader takes snapshot, grids and curves 60 times a second.
void engine_with_reader(benchmark::State& bench, DocumentMaker make) {
  using Clock = std::chrono::steady_clock;
  double steps = 0.0;
  double seconds = 0.0;
  double snapshots = 0.0;
  for (auto _ : bench) {
    Engine engine(make());
    History history;
    engine.post(SetSpeed{0.0});
    engine.post(Look{});
    engine.post(Play{});
    const auto begin = Clock::now();
    auto frame = begin;
    double passed = 0.0;
    while (passed < run_seconds) {
      frame += std::chrono::duration_cast<Clock::duration>(
          std::chrono::duration<double>(1.0 / frames_per_second));
      std::this_thread::sleep_until(frame);
      if (engine.refresh()) ++snapshots;
      engine.drain_history(history);
      passed = std::chrono::duration<double>(Clock::now() - begin).count();
    }
    steps += static_cast<double>(engine.snapshot().step);
    seconds += passed;
    bench.SetIterationTime(passed);
  }
  bench.counters["steps/s"] = steps / seconds;
  bench.counters["snapshots/s"] = snapshots / seconds;
}

BENCHMARK_CAPTURE(trainer_alone, full_batch, &ox_document);
BENCHMARK_CAPTURE(trainer_alone, single_point, &ox_paper_document);
BENCHMARK_CAPTURE(session, full_batch, &ox_document);
BENCHMARK_CAPTURE(session, single_point, &ox_paper_document);
BENCHMARK_CAPTURE(engine_with_reader, full_batch, &ox_document)
    ->Iterations(3)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine_with_reader, single_point, &ox_paper_document)
    ->Iterations(3)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace deltascope::bench
