// The two checks beside training: what they are of, how they end, and that nothing waits for them.
#include "support/engines.hpp"
#include "support/sessions.hpp"

#include <deltascope/mistake.hpp>

#include <atomic>
#include <stdexcept>

namespace deltascope {
namespace {

using testing::ox_document;
using testing::sampled;
using testing::wait_for;

template <class Wanted>
const CheckSnapshot& wait_for_check(Engine& engine, Wanted wanted) {
  wait_for(engine, [&](const Snapshot&) { return wanted(engine.check()); });
  return engine.check();
}

const CheckSnapshot& next_result(Engine& engine) {
  const std::uint64_t before = engine.check().number;
  return wait_for_check(engine,
                        [=](const CheckSnapshot& c) { return c.number > before && !c.running; });
}

/// 2-20-20-2 with 20,000 points: a check takes minutes.
Document long_document() {
  Settings settings = ox_settings();
  const Activation* tanh = find_activation("tanh");
  settings.model.architecture = Architecture({2, 20, 20, 2}, {tanh, tanh, tanh});
  Document document;
  document.settings = std::make_shared<const Settings>(settings);
  auto data = std::make_shared<Dataset>();
  data->X.resize(2, 20'000);
  data->Y.resize(2, 20'000);
  document.data = data;
  return document;
}

TEST(EngineCheck, IsNumberZeroBeforeAnybodyAsks) {
  Engine engine(ox_document());
  EXPECT_EQ(engine.check().number, 0U);
  EXPECT_FALSE(engine.check().running);
}

TEST(EngineCheck, IsOfTheStepOnScreen) {
  Engine engine(ox_document(sampled("without_replacement", 3, "adam")));
  engine.post({StepOnce{}, StepOnce{}, RunCheck{}});
  const CheckSnapshot& check = next_result(engine);
  EXPECT_EQ(check.step, 2U);
  EXPECT_EQ(check.batch_size, 3);
  EXPECT_FALSE(check.batch_is_all);
  EXPECT_EQ(check.progress, 1.0);
  ASSERT_EQ(check.gradient.entries.size(), 23U);
  EXPECT_TRUE(check.gradient.passed());
  EXPECT_TRUE(check.update.passed());
  const Snapshot& shown =
      wait_for(engine, [&](const Snapshot& s) { return s.number >= check.source; });
  EXPECT_EQ(shown.number, check.source);
  EXPECT_EQ(shown.settings, check.settings);
  for (std::size_t i = 0; i < 23; ++i) {
    EXPECT_EQ(check.gradient.entries[i].analytic, shown.trace.gradient[i]) << i;
    EXPECT_EQ(check.update.entries[i].actual, shown.parameters_after[i] - shown.parameters[i]);
  }
}

TEST(EngineCheck, SeesTheMistakesOfTheSession) {
  Engine engine(ox_document());
  engine.post({Command{SetMistake{find_mistake("sign")}}, RunCheck{}});
  EXPECT_TRUE(next_result(engine).gradient.passed());
  EXPECT_FALSE(engine.check().update.passed());
  engine.post({Command{SetMistake{find_mistake("no_mean")}}, RunCheck{}});
  EXPECT_FALSE(next_result(engine).gradient.passed());
  EXPECT_TRUE(engine.check().update.passed());
}

TEST(EngineCheck, WithoutPointsSaysThatThereIsNothing) {
  Engine engine(ox_document());
  engine.post({Command{ClearPoints{}}, RunCheck{}});
  const CheckSnapshot& check = next_result(engine);
  EXPECT_EQ(check.settings, nullptr);
  EXPECT_TRUE(check.gradient.entries.empty());
}

TEST(EngineCheck, TellsHowFarItIsAndEndsWhenCancelled) {
  Engine engine(long_document());
  engine.post(RunCheck{});
  wait_for_check(engine, [](const CheckSnapshot& c) { return c.running && c.progress > 0; });
  EXPECT_LT(engine.check().progress, 1.0);
  engine.post(CancelCheck{});
  const CheckSnapshot& ended = next_result(engine);
  EXPECT_TRUE(ended.gradient.ended_early);
  EXPECT_LT(ended.progress, 1.0);
}

TEST(EngineCheck, GivesWayToTheNextOne) {
  Engine engine(long_document());
  engine.post(RunCheck{});
  wait_for_check(engine, [](const CheckSnapshot& c) { return c.running; });
  const std::uint64_t first = engine.check().source;
  engine.post({OpenDocument{std::make_shared<const Document>(ox_document())}, RunCheck{}});
  const CheckSnapshot& check = wait_for_check(
      engine, [=](const CheckSnapshot& c) { return c.source > first && !c.running; });
  EXPECT_FALSE(check.gradient.ended_early);
  EXPECT_EQ(check.gradient.entries.size(), 23U);
}

TEST(EngineCheck, DoesNotHoldUpTraining) {
  Engine engine(long_document());
  engine.post(RunCheck{});
  wait_for_check(engine, [](const CheckSnapshot& c) { return c.running; });
  engine.post({StepOnce{}, StepOnce{}});
  testing::wait_for_step(engine, 2);
  EXPECT_TRUE(engine.check().running);
  EXPECT_EQ(engine.check().step, 0U);
}

TEST(EngineCheck, EndsWithItsEngine) {
  Engine engine(long_document());
  engine.post(RunCheck{});
  wait_for_check(engine, [](const CheckSnapshot& c) { return c.running; });
}  // a destructor that waited for the result would take minutes

std::atomic<int> calls_left{0};

void failing_loss(ConstMatrixView z, ConstMatrixView a, ConstMatrixView y,
                  std::span<double> losses) {
  if (--calls_left == 0) throw std::runtime_error("no more");
  find_loss("quadratic")->per_sample(z, a, y, losses);
}

TEST(EngineCheck, TurnsAFaultIntoANotice) {
  Loss failing = *find_loss("quadratic");
  failing.per_sample = failing_loss;
  Settings settings = ox_settings();
  settings.model.loss = &failing;
  Engine engine(ox_document(settings));
  calls_left = 20;  // more than showing the step takes, fewer than the costs of 23 parameters
  engine.post(RunCheck{});
  EXPECT_TRUE(next_result(engine).gradient.ended_early);
  const Snapshot& told = wait_for(engine, [](const Snapshot& s) { return !s.notices.empty(); });
  ASSERT_FALSE(told.notices.empty());
  EXPECT_EQ(told.notices.front().text, "The check ended because of a fault: no more");
  engine.post(RunCheck{});
  EXPECT_TRUE(next_result(engine).gradient.passed());
}

}  // namespace
}  // namespace deltascope
