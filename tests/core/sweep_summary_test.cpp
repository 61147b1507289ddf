// What the runs of a sweep say together, against numbers made by hand.
#include <deltascope/sweep_summary.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace deltascope {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Wilson, MeetsTheFormula) {
  // The formula worked out apart from this program, with z = 1.959963984540054.
  struct Row {
    std::size_t count, total;
    double low, high;
  };
  for (const Row& row : {Row{73, 100, 0.6356788, 0.8073042}, Row{1, 2, 0.0945312, 0.9054688},
                         Row{0, 10, 0.0, 0.2775328}, Row{10, 10, 0.7224672, 1.0},
                         Row{98, 100, 0.9299882, 0.9944980}}) {
    const Proportion found = wilson_interval(row.count, row.total);
    EXPECT_NEAR(found.low, row.low, 1e-7) << row.count << " of " << row.total;
    EXPECT_NEAR(found.high, row.high, 1e-7) << row.count << " of " << row.total;
    EXPECT_EQ(found.count, row.count);
    EXPECT_EQ(found.total, row.total);
  }
}

TEST(Wilson, OfNothingKnowsNothing) {
  const Proportion found = wilson_interval(0, 0);
  EXPECT_EQ(found.low, 0.0);
  EXPECT_EQ(found.high, 1.0);
  EXPECT_EQ(found.fraction(), 0.0);
}

TEST(Quantile, LiesBetweenTheOrderStatistics) {
  const std::vector<double> values{1, 2, 4, 8, 16};
  EXPECT_EQ(quantile(values, 0), 1.0);
  EXPECT_DOUBLE_EQ(quantile(values, 10), 1.4);
  EXPECT_EQ(quantile(values, 25), 2.0);
  EXPECT_EQ(quantile(values, 50), 4.0);
  EXPECT_DOUBLE_EQ(quantile(values, 90), 12.8);
  EXPECT_EQ(quantile(values, 100), 16.0);
  EXPECT_EQ(quantile(std::vector{3.0}, 90), 3.0);
  EXPECT_TRUE(std::isnan(quantile({}, 50)));
}

TEST(Quantile, CountsTheInfiniteOnes) {
  const std::vector<double> values{1, 2, infinity, infinity, infinity};
  EXPECT_EQ(quantile(values, 25), 2.0);  // on it: the infinite neighbour has no weight
  EXPECT_EQ(quantile(values, 26), infinity);
  EXPECT_EQ(quantile(values, 90), infinity);
}

SweepRun run_of(std::uint64_t seed, std::vector<double> costs, bool separated,
                std::optional<std::uint64_t> threshold_step,
                std::optional<std::uint64_t> diverged_step = {}) {
  SweepRun run;
  run.seed = seed;
  run.costs = std::move(costs);
  run.separated = separated;
  if (separated) run.separated_step = seed;
  run.threshold_step = threshold_step;
  run.diverged_step = diverged_step;
  return run;
}

SweepResult five_runs() {
  SweepResult result;
  result.steps = {0, 1, 2};
  result.runs = {run_of(1, {5, 4, 3}, false, {}), run_of(2, {4, 2, 1}, true, 1),
                 run_of(3, {3, 9}, false, {}, 2), run_of(4, {2, 3, 2}, true, 2),
                 run_of(5, {1, 1, 4}, false, 0)};
  return result;
}

TEST(SweepSummary, CountsWhatBecameOfTheRuns) {
  const SweepSummary summary = summarize(five_runs());
  EXPECT_EQ(summary.separated.count, 2U);
  EXPECT_EQ(summary.arrived.count, 3U);
  EXPECT_EQ(summary.diverged.count, 1U);
  EXPECT_EQ(summary.separated.total, 5U);
  EXPECT_DOUBLE_EQ(summary.separated.fraction(), 0.4);
}

TEST(SweepSummary, HasTheQuantilesOfTheCostAtEachStep) {
  const SweepSummary summary = summarize(five_runs());
  ASSERT_EQ(summary.costs.size(), 3U);
  EXPECT_EQ(summary.costs[0], (Quantiles{1.4, 2, 3, 4, 4.6}));
  EXPECT_EQ(summary.costs[1][2], 3.0);  // of 1 2 3 4 9
  EXPECT_DOUBLE_EQ(summary.costs[1][4], 7.0);
  EXPECT_EQ(summary.costs[2][2], 3.0);  // of 1 2 3 4 ∞
  EXPECT_EQ(summary.costs[2][3], 4.0);
  EXPECT_EQ(summary.costs[2][4], infinity);
}

TEST(SweepSummary, CountsRunsThatNeverCame) {
  const SweepSummary summary = summarize(five_runs());
  EXPECT_EQ(summary.steps_to_threshold[1], 1.0);  // of 0 1 2 ∞ ∞
  EXPECT_EQ(summary.steps_to_threshold[2], 2.0);
  EXPECT_EQ(summary.steps_to_threshold[3], infinity);
  EXPECT_EQ(summary.steps_to_separation[1], 4.0);  // of 2 4 ∞ ∞ ∞
  EXPECT_EQ(summary.steps_to_separation[2], infinity);
}

TEST(SweepSummary, OfNoRunsIsEmpty) {
  SweepResult result;
  result.steps = {0, 1};
  const SweepSummary summary = summarize(result);
  EXPECT_EQ(summary.separated.total, 0U);
  EXPECT_TRUE(std::isnan(summary.costs[0][2]));
  EXPECT_TRUE(std::isnan(summary.steps_to_threshold[2]));
}

TEST(SweepSummary, PutsTheLowestCostFirstAndTheSoonestToDivergeLast) {
  SweepResult result = five_runs();
  result.runs.push_back(run_of(6, {2}, false, {}, 1));
  EXPECT_EQ(best_first(result), (std::vector<std::size_t>{1, 3, 0, 4, 2, 5}));
}

}  // namespace
}  // namespace deltascope
