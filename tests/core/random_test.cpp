#include <deltascope/random.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>

namespace deltascope {
namespace {

TEST(MersenneTwister, DrawsTheWordsOfTheStandardEngine) {
  for (const std::uint64_t seed : {0ULL, 1ULL, 5489ULL, 0xffffffffffffffffULL}) {
    std::mt19937_64 engine(seed);
    MersenneTwister ours(seed);
    for (int i = 0; i < 2'000; ++i)
      ASSERT_EQ(ours(), engine()) << "word " << i << " of seed " << seed;
    engine.discard(777);
    ours.discard(777);
    EXPECT_EQ(ours(), engine()) << "seed " << seed;
  }
}

TEST(RandomStream, UniformComesFromTheStandardEngine) {
  std::mt19937_64 engine(5000);
  RandomStream random(5000);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(random.uniform(), static_cast<double>(engine() >> 11) / 9007199254740992.0);
  }
}

TEST(RandomStream, NormalHasMeanZeroAndVarianceOne) {
  RandomStream random(1);
  constexpr int count = 200'000;
  double sum = 0, squares = 0, fourth = 0;
  for (int i = 0; i < count; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    fourth += x * x * x * x;
  }
  // Five standard errors each: 1/√n, √2/√n, √96/√n.
  EXPECT_NEAR(sum / count, 0.0, 0.012);
  EXPECT_NEAR(squares / count, 1.0, 0.016);
  EXPECT_NEAR(fourth / count, 3.0, 0.11);
}

TEST(RandomStream, BelowIsUniform) {
  RandomStream random(2);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70'000; ++i)
    ++counts.at(random.below(7));
  for (int count : counts)
    EXPECT_NEAR(count, 10'000, 500);  // five standard deviations of 93
}

TEST(RandomStream, PermutationHoldsEveryNumberOnceAndIsShuffled) {
  SampleStream random = RandomStream(3);
  std::vector<std::uint32_t> order(1000);
  draw_permutation(random, order);
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (std::uint32_t i = 0; i < order.size(); ++i)
    EXPECT_EQ(order[i], i);
}

TEST(RandomStream, SameSeedSameBitsAndACopyContinuesTheSame) {
  RandomStream one(7), two(7);
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(one.normal(), two.normal());
  RandomStream copy = one;
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(one.below(1000), copy.below(1000));
}

TEST(MatlabStream, FollowsTheWordsOfTheStandardEngine) {
  std::mt19937 engine(5000);
  MatlabStream random(5000);
  engine.discard(7);
  random.skip(7);
  for (int i = 0; i < 2000; ++i) {  // beyond the engine's 624 words
    const std::uint64_t a = engine() >> 5, b = engine() >> 6;
    const double u = static_cast<double>(a * 67108864 + b) / 9007199254740992.0;
    EXPECT_EQ(random.uniform(), u);
  }
}

TEST(MatlabStream, DrawsWhatMatlabShowsAfterItsStart) {
  MatlabStream random(0);  // "rand" in a fresh MATLAB: 0.8147 0.9058 0.1270 0.9134 0.6324
  for (const double shown : {0.8147, 0.9058, 0.1270, 0.9134, 0.6324})
    EXPECT_NEAR(random.uniform(), shown, 5e-5);
}

TEST(MatlabStream, IsNoLargerThanOurOwn) {
  EXPECT_LE(sizeof(MatlabStream), sizeof(RandomStream));
}

TEST(StreamRule, EveryRowStartsItsStreamBehindTheWordsToSkip) {
  for (const StreamRule& rule : stream_rules()) {
    EXPECT_EQ(find_stream_rule(rule.name), &rule);
    SampleStream late = rule.start(9, 1000);
    SampleStream early = rule.start(9, 0);
    EXPECT_NE(late, early) << rule.name;
    std::visit([](auto& stream) { stream.skip(1000); }, early);
    EXPECT_EQ(late, early) << rule.name;
    for (int i = 0; i < 1000; ++i)
      EXPECT_LT(draw_below(late, 7), 7U) << rule.name;
  }
  EXPECT_EQ(default_stream_rule().name, "deltascope");
}

}  // namespace
}  // namespace deltascope
