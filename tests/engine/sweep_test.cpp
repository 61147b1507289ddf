// A sweep over seeds beside training: what it is of, how it ends, and that nothing waits for it.
#include "support/engines.hpp"
#include "support/sessions.hpp"

namespace deltascope {
namespace {

using testing::diverging_document;
using testing::ox_document;
using testing::ox_session;
using testing::sampled;
using testing::wait_for;
using testing::wait_for_step;

// A sweep that takes hours.
constexpr SweepPlan endless{1, 1000, 1'000'000'000, 1e-9};

template <class Wanted>
const SweepSnapshot& wait_for_sweep(Engine& engine, Wanted wanted) {
  wait_for(engine, [&](const Snapshot&) { return wanted(engine.sweep()); });
  return engine.sweep();
}

const SweepSnapshot& next_result(Engine& engine) {
  const std::uint64_t before = engine.sweep().number;
  return wait_for_sweep(engine,
                        [=](const SweepSnapshot& s) { return s.number > before && !s.running; });
}

TEST(EngineSweep, IsNumberZeroBeforeAnybodyAsks) {
  Engine engine(ox_document());
  EXPECT_EQ(engine.sweep().number, 0U);
  EXPECT_EQ(engine.sweep().result, nullptr);
  EXPECT_FALSE(engine.sweep().is_of(ox_settings(), *ox_document().data));
}

TEST(EngineSweep, TakesTheRunsOfTheSettingOnScreen) {
  Engine engine(ox_document());
  engine.post({Command{SetLearningRate{2.0}}, RunSweep{{3, 4, 50, 0.2}}});
  const SweepSnapshot& sweep = next_result(engine);
  EXPECT_EQ(sweep.progress, 1.0);
  ASSERT_EQ(sweep.result->runs.size(), 4U);
  EXPECT_EQ(sweep.summary.separated.total, 4U);
  Session session = ox_session();
  ASSERT_TRUE(session.apply({SetLearningRate{2.0}}).accepted);
  ASSERT_TRUE(session.apply({NewSeed{3}}).accepted);
  testing::advance(session, 50);
  EXPECT_EQ(sweep.result->runs[0].cost(), session.evaluate(false).cost());
}

TEST(EngineSweep, ChangesNoBitsOfTheRunBesideIt) {
  Engine engine(ox_document());
  engine.post({RunSweep{endless}, SetSpeed{0}, RunTo{2000}});
  wait_for(engine, [](const Snapshot& s) { return s.step == 2000; });
  EXPECT_TRUE(engine.sweep().running || engine.sweep().number == 0);
  Session session = ox_session();
  testing::advance(session, 2000);
  EXPECT_EQ(engine.snapshot().parameters, session.state().parameters);
}

TEST(EngineSweep, TellsHowFarItIsAndKeepsWhatIsFinishedWhenCancelled) {
  Engine engine(ox_document());
  engine.post(RunSweep{{1, 10'000, 2000, 0.01}});
  wait_for_sweep(engine, [](const SweepSnapshot& s) {
    return s.running && s.result != nullptr && !s.result->runs.empty();
  });
  EXPECT_GT(engine.sweep().progress, 0.0);
  EXPECT_LT(engine.sweep().progress, 1.0);
  const std::size_t so_far = engine.sweep().result->runs.size();
  engine.post(CancelSweep{});
  const SweepSnapshot& ended = next_result(engine);
  EXPECT_GE(ended.result->runs.size(), so_far);
  EXPECT_LT(ended.result->runs.size(), 10'000U);
  EXPECT_LT(ended.progress, 1.0);
  EXPECT_EQ(ended.summary.separated.total, ended.result->runs.size());
}

TEST(EngineSweep, GivesWayToTheNextOneAndToAnotherDocument) {
  Engine engine(ox_document());
  engine.post(RunSweep{endless});
  wait_for_sweep(engine, [](const SweepSnapshot& s) { return s.running; });
  engine.post(RunSweep{{1, 2, 10, 0.01}});
  wait_for_sweep(engine, [](const SweepSnapshot& s) {
    return !s.running && s.result->request.plan.seeds == 2;
  });
  EXPECT_EQ(engine.sweep().result->runs.size(), 2U);
  engine.post(RunSweep{endless});
  wait_for_sweep(engine, [](const SweepSnapshot& s) { return s.running; });
  engine.post(OpenDocument{std::make_shared<const Document>(diverging_document())});
  EXPECT_LT(next_result(engine).progress, 1.0);
}

TEST(EngineSweep, IsOfOneSettingWhateverItsSeed) {
  Engine engine(ox_document());
  engine.post(RunSweep{{1, 2, 10, 0.01}});
  next_result(engine);
  const auto is_fresh = [&] {
    return engine.sweep().is_of(*engine.snapshot().settings, *engine.snapshot().data);
  };
  EXPECT_TRUE(is_fresh());
  const auto acts = [&](const Action& action) {
    const std::uint64_t before = engine.snapshot().revision;
    engine.post(Command{action});
    wait_for(engine, [=](const Snapshot& s) { return s.revision > before; });
  };
  acts(NewSeed{2});
  EXPECT_TRUE(is_fresh());
  acts(SetLearningRate{0.5});
  EXPECT_FALSE(is_fresh());
  acts(Undo{});
  EXPECT_TRUE(is_fresh());
  acts(MovePoint{0, 0.5, 0.5});
  EXPECT_FALSE(is_fresh());
  acts(Undo{});
  EXPECT_TRUE(is_fresh());
}

TEST(EngineSweep, CountsRunsThatDiverge) {
  Engine engine(diverging_document());
  engine.post(RunSweep{{1, 3, 200, 0.01}});
  EXPECT_EQ(next_result(engine).summary.diverged.count, 3U);
}

TEST(EngineSweep, IsRefusedWithASentence) {
  Engine engine(ox_document());
  engine.post(RunSweep{{1, 0, 10, 0.01}});
  const Snapshot& snapshot = wait_for(engine, [](const Snapshot& s) { return !s.notices.empty(); });
  EXPECT_TRUE(snapshot.notices.back().refused);
  EXPECT_EQ(snapshot.notices.back().text, "A sweep takes 1 to 10000 seeds, not 0.");
  EXPECT_EQ(engine.sweep().number, 0U);
}

TEST(EngineSweep, EndsWithTheEngine) {
  Engine engine(ox_document());
  engine.post({RunSweep{endless}, SetSpeed{0}, Play{}});
  wait_for_step(engine, 100);
}

}  // namespace
}  // namespace deltascope
