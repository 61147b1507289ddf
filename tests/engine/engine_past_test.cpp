// Earlier moments through the engine: shown, gone along, continued from.

#include "support/engines.hpp"
#include "support/sessions.hpp"

#include <deltascope/engine.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace deltascope {
namespace {

using testing::diverging_document;
using testing::ox_document;
using testing::sampled;
using testing::wait_for;
using testing::wait_for_step;

Document adam() {
  return ox_document(sampled("with_replacement", 1, "adam"));
}

std::vector<std::vector<double>> parameters_by_step(const Document& document, std::uint64_t steps) {
  Session session = make_session(document);
  std::vector<std::vector<double>> result{session.state().parameters};
  while (session.state().step < steps && session.advance())
    result.push_back(session.state().parameters);
  return result;
}

void run_to(Engine& engine, std::uint64_t step) {
  engine.post({SetSpeed{0}, RunTo{step}});
  wait_for(engine, [&](const Snapshot& s) { return s.run == RunState::paused && s.step == step; });
}

TEST(EnginePast, ShowsAnEarlierStepAndTheWayOnFromThere) {
  const auto parameters = parameters_by_step(adam(), 600);
  Engine engine(adam());
  run_to(engine, 500);
  EXPECT_FALSE(engine.snapshot().in_past);
  EXPECT_GT(engine.snapshot().history_bytes, 0U);
  EXPECT_EQ(engine.snapshot().history_limit_bytes, Timeline::default_limit_bytes);

  engine.post(GoToStep{123});
  const Snapshot& past = wait_for(engine, [](const Snapshot& s) { return s.step == 123; });
  EXPECT_TRUE(past.in_past);
  EXPECT_EQ(past.first_step, 0U);
  EXPECT_EQ(past.last_step, 500U);
  EXPECT_EQ(past.parameters, parameters[123]);
  EXPECT_EQ(past.parameters_after, parameters[124]);
  EXPECT_EQ(past.run, RunState::paused);

  engine.post(StepOnce{});
  const Snapshot& next = wait_for(engine, [](const Snapshot& s) { return s.step == 124; });
  EXPECT_EQ(next.parameters, parameters[124]);
  EXPECT_TRUE(next.in_past);

  engine.post(RunTo{600});
  const Snapshot& end = wait_for(engine, [](const Snapshot& s) { return s.step == 600; });
  EXPECT_EQ(end.parameters, parameters[600]);
  EXPECT_FALSE(end.in_past);
  EXPECT_EQ(end.last_step, 600U);

  engine.post(GoToStep{1'000'000});
  engine.post(GoToStep{0});
  engine.post(GoToStep{1'000'000});
  wait_for(engine, [](const Snapshot& s) { return s.step == 600 && !s.in_past; });
}

TEST(EnginePast, PausesWhereItGoesTo) {
  Engine engine(adam());
  engine.post({SetSpeed{0}, Play{}});
  wait_for_step(engine, 1000);
  engine.post(GoToStep{10});
  const Snapshot& past = wait_for(engine, [](const Snapshot& s) { return s.in_past; });
  EXPECT_EQ(past.run, RunState::paused);
  EXPECT_EQ(past.step, 10U);
}

TEST(EnginePast, TheCurvesStayWhileItGoesAlongWhatIsKnown) {
  Engine engine(adam());
  History shown;
  run_to(engine, 300);
  engine.drain_history(shown);
  const double seconds = shown.seconds.buckets().back().last;
  const std::size_t buckets = shown.seconds.buckets().size();
  engine.post({GoToStep{7}, StepOnce{}, StepOnce{}});
  wait_for(engine, [](const Snapshot& s) { return s.step == 9; });
  run_to(engine, 300);
  engine.drain_history(shown);
  EXPECT_EQ(shown.batch_cost.buckets().size(), 300U);
  EXPECT_EQ(shown.seconds.buckets().size(), buckets);
  EXPECT_EQ(shown.seconds.buckets().back().last, seconds);
  run_to(engine, 320);
  engine.drain_history(shown);
  EXPECT_EQ(shown.batch_cost.buckets().size(), 320U);
  EXPECT_GT(shown.seconds.buckets().back().last, seconds);
}

TEST(EnginePast, ContinuingAndUndoShowInLogAndCurves) {
  Engine engine(adam());
  History shown;
  run_to(engine, 300);
  engine.drain_history(shown);
  const History before = shown;
  engine.post({GoToStep{100}, Command{SetLearningRate{0.5}}});
  const Snapshot& continued =
      wait_for(engine, [](const Snapshot& s) { return s.last_step == 100 && !s.in_past; });
  ASSERT_EQ(continued.log->size(), 2U);
  EXPECT_EQ(continued.log->at(0).step, 300U);
  EXPECT_EQ(continued.log->at(0).text, "continued from step 100");
  EXPECT_EQ(continued.log->at(1).step, 100U);
  EXPECT_EQ(continued.log->at(1).text, "η = 0.5");
  EXPECT_FALSE(continued.log->at(1).given_up);
  const auto lines = continued.log;
  engine.post(StepOnce{});
  wait_for(engine, [](const Snapshot& s) { return s.step == 101; });
  EXPECT_EQ(engine.snapshot().log, lines);
  engine.drain_history(shown);
  EXPECT_EQ(shown.batch_cost.buckets().size(), 101U);

  engine.post({Command{Undo{}}, Command{Undo{}}});
  const Snapshot& back = wait_for(engine, [](const Snapshot& s) { return s.last_step == 300; });
  EXPECT_TRUE(back.log->at(1).given_up);
  EXPECT_FALSE(back.log->at(3).given_up);
  engine.drain_history(shown);
  ASSERT_EQ(shown.batch_cost.buckets().size(), 300U);
  for (std::size_t i = 0; i < 300; ++i)
    ASSERT_EQ(shown.batch_cost.buckets()[i], before.batch_cost.buckets()[i]);
  ASSERT_EQ(shown.seconds.buckets().size(), before.seconds.buckets().size());
  EXPECT_EQ(shown.seconds.buckets().back(), before.seconds.buckets().back());
}

TEST(EnginePast, ADivergedRunIsDivergedAgainAtItsEnd) {
  Engine engine(diverging_document());
  engine.post({SetSpeed{0}, Play{}});
  wait_for(engine, [](const Snapshot& s) { return s.run == RunState::diverged; });
  engine.post(GoToStep{30});
  const Snapshot& past = wait_for(engine, [](const Snapshot& s) { return s.step == 30; });
  EXPECT_EQ(past.run, RunState::paused);
  EXPECT_FALSE(past.divergence.has_value());
  EXPECT_TRUE(past.has_trace);
  engine.post(Play{});
  wait_for(engine, [](const Snapshot& s) { return s.run == RunState::diverged; });
}

TEST(EnginePast, KeepsTheNewestLinesOfALongLog) {
  Engine engine(adam());
  std::vector<Request> requests;
  for (int i = 0; i < 1500; ++i)
    requests.emplace_back(Command{SetLearningRate{0.001 * (i + 1)}});
  engine.post(std::move(requests));
  const Snapshot& s = wait_for(engine, [](const Snapshot& x) { return !x.log->empty(); });
  ASSERT_EQ(s.log->size(), 1000U);
  EXPECT_EQ(s.log->back().text, "η = 1.5");
}

TEST(EnginePast, IsScrubbedWhilePlayingAndKeepsTheBits) {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  constexpr std::size_t rounds = 200, steps = 30'000;
#else
  constexpr std::size_t rounds = 1'000, steps = 1'000'000;
#endif
  const Document document = adam();
  const auto parameters = parameters_by_step(document, steps);
  Engine engine(document);
  History shown;
  Look small;
  small.grid.resolution = 2;
  engine.post({small, SetSpeed{0}, Play{}});
  RandomStream random(3);
  std::size_t in_past = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    const std::uint64_t last = engine.snapshot().last_step;
    for (int i = 0; i < 3; ++i)
      engine.post(GoToStep{random.below(last + 10)});
    std::this_thread::sleep_for(std::chrono::microseconds(random.below(300)));
    engine.post(random.below(2) == 0 ? Request(StepOnce{}) : Request(Play{}));
    if (random.below(4) == 0) engine.post({GoToStep{last}, Play{}});
    engine.refresh();
    engine.drain_history(shown);
    const Snapshot& s = engine.snapshot();
    ASSERT_LE(s.step, s.last_step);
    if (s.step >= parameters.size()) break;
    ASSERT_EQ(s.parameters, parameters[s.step]) << s.step;
    if (s.in_past) ++in_past;
  }
  EXPECT_GT(in_past, 0U);
}

}  // namespace
}  // namespace deltascope
