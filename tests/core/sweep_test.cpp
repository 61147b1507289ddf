// One setting from many seeds: what each run comes to, whoever shares the work.
#include "support/sessions.hpp"

#include <deltascope/sweep.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace deltascope {
namespace {

using testing::diverging_document;
using testing::ox_document;
using testing::sampled;

SweepRequest request_of(const Document& document, const SweepPlan& plan) {
  return {plan, document.settings, document.data};
}

SweepRequest ox_request(const SweepPlan& plan, const Settings& settings = ox_settings()) {
  return request_of(ox_document(settings), plan);
}

TEST(SweepSteps, AreRoundNumbersAtMostFivePercentApart) {
  EXPECT_EQ(sweep_steps(0), (std::vector<std::uint64_t>{0}));
  EXPECT_EQ(sweep_steps(3), (std::vector<std::uint64_t>{0, 1, 2, 3}));
  const std::vector<std::uint64_t> steps = sweep_steps(1'000'001);
  EXPECT_EQ(steps[50], 50U);
  EXPECT_EQ(steps[51], 52U);
  EXPECT_EQ(steps.back(), 1'000'001U);
  for (const std::uint64_t round : {100U, 105U, 200U, 210U, 500U, 520U, 1000U, 1050U, 1'000'000U})
    EXPECT_EQ(std::ranges::count(steps, round), 1) << round;
  for (std::size_t i = 51; i < steps.size(); ++i)
    EXPECT_LE(20 * (steps[i] - steps[i - 1]), steps[i - 1]);
}

TEST(Sweep, TakesTheRunsThatNewSeedTakes) {
  const Settings settings = sampled("without_replacement", 3, "adam");
  const SweepResult result = run_sweep(ox_request({7, 3, 40, 0.1}, settings), 1);
  ASSERT_EQ(result.runs.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    Session session = testing::ox_session(settings);
    ASSERT_TRUE(session.apply({NewSeed{7 + i}}).accepted);
    EXPECT_EQ(result.runs[i].seed, 7 + i);
    ASSERT_EQ(result.runs[i].costs.size(), result.steps.size());
    for (std::size_t j = 0; j < result.steps.size(); ++j) {
      while (session.state().step < result.steps[j])
        ASSERT_TRUE(session.advance());
      EXPECT_EQ(result.runs[i].costs[j], session.evaluate(false).cost()) << i << ", " << j;
    }
  }
}

TEST(Sweep, SeesWhenARunArrives) {
  // The cost of ½ (w x)² with x = 1, w drawn and η = ½ is a quarter of itself at each step.
  Settings settings = ox_settings();
  settings.model.architecture = Architecture({1, 1}, {find_activation("linear")});
  settings.initial = {find_initializer("xavier"), 1.0, 0};
  settings.rates.learning_rate = 0.25;  // of w and of b, whose gradient is the same
  Document document;
  document.settings = std::make_shared<const Settings>(settings);
  auto data = std::make_shared<Dataset>();
  data->X.resize(1, 1);
  data->Y.resize(1, 1);
  data->X(0, 0) = 1.0;
  document.data = data;
  const SweepResult result = run_sweep(request_of(document, {1, 4, 12, 1e-4}), 1);
  ASSERT_EQ(result.runs.size(), 4U);
  for (const SweepRun& run : result.runs) {
    const double expected = std::ceil(std::log(run.costs[0] / 1e-4) / std::log(4.0));
    ASSERT_TRUE(run.threshold_step.has_value());
    EXPECT_EQ(static_cast<double>(*run.threshold_step), std::max(expected, 0.0)) << run.seed;
    EXPECT_EQ(run.cost(), run.costs.back());
  }
}

TEST(Sweep, SeesWhenAllPointsAreRightAndWhetherTheyStayRight) {
  const SweepResult result = run_sweep(ox_request({1, 12, 3000, 0.01}), 2);
  std::size_t separated = 0;
  for (const SweepRun& run : result.runs) {
    Session session = testing::ox_session();
    ASSERT_TRUE(session.apply({NewSeed{run.seed}}).accepted);
    std::optional<std::uint64_t> first;
    bool now = false;
    for (const std::uint64_t step : result.steps) {
      while (session.state().step < step)
        session.advance();
      const Evaluation evaluation = session.evaluate(false);
      now = evaluation.correct == 10;
      if (now && !first) first = step;
    }
    EXPECT_EQ(run.separated_step, first) << run.seed;
    EXPECT_EQ(run.separated, now) << run.seed;
    separated += now ? 1 : 0;
  }
  EXPECT_GT(separated, 0U);
}

TEST(Sweep, IsTheSameOnAnyNumberOfThreads) {
  const SweepRequest request =
      ox_request({1, 17, 500, 0.1}, sampled("with_replacement", 1, "adam"));
  const SweepResult alone = run_sweep(request, 1);
  ASSERT_EQ(alone.runs.size(), 17U);
  for (const std::size_t threads : {0U, 2U, 3U, 40U}) {
    const SweepResult shared = run_sweep(request, threads);
    EXPECT_EQ(shared.runs, alone.runs) << threads;
    EXPECT_EQ(shared.steps, alone.steps) << threads;
  }
}

TEST(Sweep, CountsRunsThatDiverge) {
  // With η = 1 and x = 10 the cost grows by 10⁴ a step, wherever it begins.
  const SweepResult result = run_sweep(request_of(diverging_document(), {1, 5, 200, 0.01}), 2);
  ASSERT_EQ(result.runs.size(), 5U);
  for (const SweepRun& run : result.runs) {
    ASSERT_TRUE(run.diverged_step.has_value()) << run.seed;
    EXPECT_NEAR(static_cast<double>(*run.diverged_step), 77.0, 2.0);
    EXPECT_TRUE(std::isinf(run.cost()));
    EXPECT_FALSE(run.separated);
    EXPECT_LT(run.costs.size(), result.steps.size());
    EXPECT_TRUE(std::isfinite(run.costs.back()));
  }
}

TEST(Sweep, CancelledKeepsWhatIsFinished) {
  const SweepRequest request = ox_request({1, 50, 100, 0.01});
  const SweepResult whole = run_sweep(request, 1);
  for (const std::size_t threads : {1U, 3U}) {
    const SweepResult part = run_sweep(request, threads, [](const SweepResult& so_far, double) {
      return so_far.runs.size() < 10;
    });
    EXPECT_EQ(part.runs.size(), 10U) << threads;
    for (const SweepRun& run : part.runs)
      EXPECT_EQ(run, whole.runs[run.seed - 1]) << threads;
  }
}

TEST(Sweep, CancelledAtOnceHasNothing) {
  const auto never = [](const SweepResult&, double) { return false; };
  const SweepResult result = run_sweep(ox_request({1, 3, 1'000'000'000'000, 0.01}), 2, never);
  EXPECT_TRUE(result.runs.empty());
}

TEST(Sweep, TellsHowFarItIs) {
  double before = 0.0;
  std::size_t told = 0;
  run_sweep(ox_request({1, 4, 20'000, 0.01}), 1, [&](const SweepResult& so_far, double done) {
    EXPECT_GE(done, before);
    EXPECT_NEAR(done * 4.0, static_cast<double>(so_far.runs.size()), 1.0 + 1e-9);
    before = done;
    ++told;
    return true;
  });
  EXPECT_NEAR(before, 1.0, 1e-12);
  EXPECT_GT(told, 100U);
}

TEST(Sweep, PassesOnAFault) {
  const auto breaks = [](const SweepResult&, double) -> bool { throw std::runtime_error("full"); };
  for (const std::size_t threads : {1U, 3U})
    EXPECT_THROW(run_sweep(ox_request({1, 9, 100, 0.01}), threads, breaks), std::runtime_error);
}

TEST(Sweep, SaysWhatCannotBeRun) {
  const auto why = [](const SweepPlan& plan) { return why_no_sweep(ox_request(plan)); };
  EXPECT_EQ(why({}), "");
  EXPECT_EQ(why({1, 0, 10, 0.1}), "A sweep takes 1 to 10000 seeds, not 0.");
  EXPECT_EQ(why({1, 10'001, 10, 0.1}), "A sweep takes 1 to 10000 seeds, not 10001.");
  for (const double threshold : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()})
    EXPECT_EQ(why({1, 10, 10, threshold}), "The cost to come to must be a number greater than 0.");
  EXPECT_EQ(why({1, 10, max_sweep_steps + 1, 0.1}), "A run takes at most 1000000000000000 steps.");
  SweepRequest request = ox_request({});
  request.data = std::make_shared<const Dataset>();
  EXPECT_EQ(why_no_sweep(request), "There are no points to learn from: click in the plane.");
}

TEST(Sweep, EndsWhereTheSeedsOfTheStreamEnd) {
  Settings settings = sampled("with_replacement", 1, "gradient_descent");
  settings.stream = find_stream_rule("matlab");
  EXPECT_EQ(why_no_sweep(ox_request({4294967286, 10, 10, 0.1}, settings)), "");
  EXPECT_NE(why_no_sweep(ox_request({4294967287, 10, 10, 0.1}, settings)).find("4294967295"),
            std::string::npos);
  EXPECT_NE(why_no_sweep(ox_request({4294967296, 1, 10, 0.1}, settings)), "");
}

TEST(Sweep, OfAnotherSeedIsOfTheSameSetting) {
  const Settings settings = ox_settings();
  EXPECT_TRUE(same_but_for_seed(settings, with_seed(settings, 99)));
  Settings other = settings;
  other.rates.learning_rate *= 2;
  EXPECT_FALSE(same_but_for_seed(settings, other));
}

}  // namespace
}  // namespace deltascope
