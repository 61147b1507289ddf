#include "support/engines.hpp"
#include "support/sessions.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace deltascope {
namespace {

using testing::diverging_document;
using testing::ox_document;
using testing::wait_for;
using testing::wait_for_step;

/// Every look at the clock takes a second, and waiting takes as long as was asked for. So a stretch
/// of work, which is between two looks, takes exactly one second however many steps it has.
class TickingClock final : public Clock {
 public:
  double now_seconds() override { return now_seconds_ += 1.0; }
  void wait(std::condition_variable& wake, std::unique_lock<std::mutex>& lock,
            double seconds) override {
    now_seconds_ += seconds;
    if (seconds >= 3600.0) wake.wait_for(lock, std::chrono::milliseconds(1));
  }

 private:
  double now_seconds_ = 0.0;
};

class EngineSeconds : public ::testing::Test {
 protected:
  std::unique_ptr<Engine> start(const Document& document) {
    return std::make_unique<Engine>(
        document, Engine::Options{.clock = std::make_shared<TickingClock>(), .on_news = {}});
  }

  /// The seconds at each step where they are known, after what has happened since.
  std::vector<std::pair<std::uint64_t, double>> seconds(Engine& engine) {
    engine.drain_history(shown_);
    std::vector<std::pair<std::uint64_t, double>> result;
    for (const Series::Bucket& bucket : shown_.seconds.buckets())
      result.emplace_back(bucket.last_step, bucket.last);
    return result;
  }

  History shown_;
};

void step_once(Engine& engine) {
  const std::uint64_t next = engine.snapshot().step + 1;
  engine.post(StepOnce{});
  wait_for(engine, [next](const Snapshot& s) { return s.step == next; });
}

using Seconds = std::vector<std::pair<std::uint64_t, double>>;

TEST_F(EngineSeconds, CountStepsAndNotThePausesBetween) {
  const auto engine = start(ox_document());
  EXPECT_EQ(seconds(*engine), Seconds());
  for (int i = 0; i < 3; ++i) {
    step_once(*engine);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // hours, on its clock
  }
  EXPECT_EQ(seconds(*engine), (Seconds{{0, 0}, {1, 1}, {2, 2}, {3, 3}}));
}

TEST_F(EngineSeconds, LeaveOutWaitingForTheNextStepAndShowing) {
  const auto engine = start(ox_document());
  // One step is due at a time, so each is a stretch of its own, looked at or not.
  engine->post({SetSpeed{0.1}, Play{}});
  wait_for_step(*engine, 20);
  engine->post(Pause{});
  wait_for(*engine, [](const Snapshot& s) { return s.run == RunState::paused; });
  engine->post(Play{});
  const std::uint64_t paused_at = engine->snapshot().step;
  wait_for_step(*engine, paused_at + 20);
  engine->post(Pause{});
  wait_for(*engine, [](const Snapshot& s) { return s.run == RunState::paused; });
  const Seconds known = seconds(*engine);
  EXPECT_EQ(known.back().first, engine->snapshot().step);
  for (const auto& [step, worked] : known)
    ASSERT_EQ(worked, static_cast<double>(step));
}

TEST_F(EngineSeconds, StretchOverManyStepsAtFullSpeed) {
  const auto engine = start(ox_document());
  engine->post({SetSpeed{0}, Play{}});
  wait_for_step(*engine, 5000);
  engine->post(Pause{});
  wait_for(*engine, [](const Snapshot& s) { return s.run == RunState::paused; });
  const Seconds known = seconds(*engine);
  ASSERT_GT(known.size(), 2U);
  EXPECT_EQ(known.front(), (std::pair<std::uint64_t, double>{0, 0}));
  EXPECT_EQ(known.back().first, engine->snapshot().step);
  for (std::size_t i = 1; i < known.size(); ++i)
    EXPECT_GT(known[i].second, known[i - 1].second);
}

TEST_F(EngineSeconds, StartAgainWithTheRun) {
  const auto engine = start(ox_document());
  step_once(*engine);
  step_once(*engine);
  engine->post(Command{Reset{}});
  wait_for(*engine, [](const Snapshot& s) { return s.step == 0; });
  EXPECT_EQ(seconds(*engine), Seconds());
  step_once(*engine);
  EXPECT_EQ(seconds(*engine), (Seconds{{0, 0}, {1, 1}}));
  step_once(*engine);
  engine->post({Command{Reset{}}, StepOnce{}});  // nothing is shown between the two
  wait_for(*engine, [](const Snapshot& s) { return s.step == 1; });
  EXPECT_EQ(seconds(*engine), (Seconds{{0, 0}, {1, 1}}));
  engine->post(OpenDocument{std::make_shared<const Document>(diverging_document())});
  wait_for(*engine, [](const Snapshot& s) { return s.data->size() == 1; });
  EXPECT_EQ(seconds(*engine), Seconds());
  step_once(*engine);
  EXPECT_EQ(seconds(*engine), (Seconds{{0, 0}, {1, 1}}));
}

TEST_F(EngineSeconds, GoBackWithTheCurvesWhenTheRunDoes) {
  const auto engine = start(diverging_document());
  engine->post({SetSpeed{0.1}, Play{}});
  wait_for(*engine, [](const Snapshot& s) { return s.run == RunState::diverged; });
  EXPECT_EQ(seconds(*engine).back(), (std::pair<std::uint64_t, double>{77, 77}));
  engine->post(Command{Recover{0.5}});
  wait_for(*engine, [](const Snapshot& s) { return s.step == 76; });
  EXPECT_EQ(seconds(*engine).back(), (std::pair<std::uint64_t, double>{75, 75}));
  step_once(*engine);
  EXPECT_EQ(seconds(*engine).back(), (std::pair<std::uint64_t, double>{77, 76}));
}

}  // namespace
}  // namespace deltascope
