#include <deltascope/sampling.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace deltascope {
namespace {

using ::testing::ElementsAre;

const SamplingRule& rule(std::string_view name) {
  return *find_sampling_rule(name);
}

TEST(Sampling, InOrderTheLastShortBatchOfAPassIsABatchOfItsOwn) {
  const SamplingPlan plan{5, 2, nullptr};
  BatchStream stream = start_stream(rule("in_order"), plan, RandomStream(1));
  EXPECT_THAT(stream.pending, ElementsAre(0, 1));
  advance_stream(stream, rule("in_order"), plan);
  EXPECT_THAT(stream.pending, ElementsAre(2, 3));
  advance_stream(stream, rule("in_order"), plan);
  EXPECT_THAT(stream.pending, ElementsAre(4));
  EXPECT_EQ(stream.epoch, 0U);
  advance_stream(stream, rule("in_order"), plan);
  EXPECT_THAT(stream.pending, ElementsAre(0, 1));
  EXPECT_EQ(stream.epoch, 1U);
}

TEST(Sampling, WithoutReplacementEveryPassVisitsEveryPointOnceInANewOrder) {
  const SamplingPlan plan{10, 3, nullptr};
  BatchStream stream = start_stream(rule("without_replacement"), plan, RandomStream(1));
  std::vector<std::vector<std::uint32_t>> passes;
  for (int pass = 0; pass < 3; ++pass) {
    std::vector<std::uint32_t> visited;
    for (int batch = 0; batch < 4; ++batch) {
      visited.insert(visited.end(), stream.pending.begin(), stream.pending.end());
      advance_stream(stream, rule("without_replacement"), plan);
    }
    EXPECT_EQ(stream.epoch, static_cast<std::uint64_t>(pass) + 1);
    EXPECT_EQ(std::set(visited.begin(), visited.end()).size(), 10U);
    EXPECT_EQ(visited.size(), 10U);
    passes.push_back(visited);
  }
  EXPECT_NE(passes[0], passes[1]);
  EXPECT_NE(passes[1], passes[2]);
}

TEST(Sampling, WithReplacementTenDrawsFromTenPointsVisitAboutTwoThirds) {
  const SamplingPlan plan{10, 10, nullptr};
  BatchStream stream = start_stream(rule("with_replacement"), plan, RandomStream(1));
  double visited = 0;
  for (int i = 0; i < 2000; ++i) {
    visited += static_cast<double>(std::set(stream.pending.begin(), stream.pending.end()).size());
    advance_stream(stream, rule("with_replacement"), plan);
  }
  EXPECT_NEAR(visited / 20'000, 1.0 - std::pow(0.9, 10), 0.01);
  EXPECT_EQ(stream.epoch, 2000U);
}

TEST(Sampling, ListedFollowsTheListAndStartsAgain) {
  const BatchList list{{0, 3}, {1}, {2, 2}};
  const SamplingPlan plan{4, 1, &list};
  BatchStream stream = start_stream(rule("listed"), plan, RandomStream(1));
  for (int round = 0; round < 2; ++round) {
    for (const auto& expected : list) {
      EXPECT_EQ(stream.pending, expected);
      advance_stream(stream, rule("listed"), plan);
    }
  }
}

TEST(Sampling, AllMeansEveryPointWhateverTheRule) {
  for (const SamplingRule& each : sampling_rules()) {
    if (each.needs_list) continue;
    const SamplingPlan plan{10, 0, nullptr};
    BatchStream stream = start_stream(each, plan, RandomStream(1));
    advance_stream(stream, each, plan);
    EXPECT_TRUE(stream.next().all) << each.name;
    EXPECT_EQ(stream.epoch, 1U) << each.name;
  }
}

TEST(Sampling, ANewPassAfterAChangeUsesOnlyPointsThatExist) {
  for (const SamplingRule& each : sampling_rules()) {
    if (each.needs_list) continue;
    BatchStream stream = start_stream(each, {100, 7, nullptr}, RandomStream(1));
    advance_stream(stream, each, {100, 7, nullptr});
    const SamplingPlan smaller{5, 7, nullptr};
    restart_pass(stream, each, smaller);
    for (int i = 0; i < 20; ++i) {
      EXPECT_LT(*std::max_element(stream.pending.begin(), stream.pending.end()), 5U) << each.name;
      advance_stream(stream, each, smaller);
    }
  }
}

}  // namespace
}  // namespace deltascope
