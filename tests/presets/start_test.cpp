// Presets about how δ and the weights start out: what their texts promise.
#include "preset_runs.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <numbers>
#include <set>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::Lt;

// Whether the units of every hidden layer have the same weights and bias, bit for bit.
bool hidden_units_are_equal(const Session& session) {
  const Architecture& net = session.settings().model.architecture;
  const std::span<const double> p(session.state().parameters);
  for (Index layer = 0; layer + 1 < net.layers(); ++layer) {
    const ConstWeightView W = net.W(p, layer);
    const std::span<const double> b = net.b(p, layer);
    for (Index unit = 1; unit < W.rows; ++unit) {
      if (b[static_cast<std::size_t>(unit)] != b[0]) return false;
      for (Index k = 0; k < W.cols; ++k) {
        if (W(unit, k) != W(0, k)) return false;
      }
    }
  }
  return true;
}

TEST(SymmetryPreset, OfZerosNeverMoves) {
  Session session = make_session(preset("symmetry"));
  advance_to(session, 10'000);
  EXPECT_EQ(session.state().step, 10'000u);
  EXPECT_THAT(session.state().parameters, Each(0.0));
  EXPECT_EQ(session.evaluate(false).cost(), 0.25);
}

TEST(SymmetryPreset, OfEqualWeightsLearnsAsOneUnit) {
  Session session = make_session(preset("symmetry", "all weights 0.5"));
  for (std::uint64_t step = 0; step <= 100'000; step += step < 100 ? 1 : 100) {
    advance_to(session, step);
    ASSERT_TRUE(hidden_units_are_equal(session)) << "step " << step;
  }
  std::set<Index> correct;
  for (int step = 0; step < 10; ++step) {
    const Evaluation line = session.evaluate();
    correct.insert(line.correct);
    EXPECT_LT(line.cost(), 0.14);
    session.advance();
  }
  EXPECT_THAT(correct, ElementsAre(7, 8));
}

TEST(SymmetryPreset, IsBrokenByRandomWeights) {
  Session session = make_session(preset("symmetry", "random weights"));
  EXPECT_FALSE(hidden_units_are_equal(session));
  advance_to(session, 1'200);
  EXPECT_TRUE(separated(session.evaluate()));
}

TEST(SmallInitPreset, StaysAtOneHalfForAHundredThousandSteps) {
  Session session = make_session(preset("small-init"));
  EXPECT_LT(session.evaluate().rms_delta[0], 1e-5 * session.evaluate().rms_delta[2]);
  for (const std::uint64_t step : {1'000u, 10'000u, 100'000u}) {
    advance_to(session, step);
    EXPECT_NEAR(session.evaluate(false).cost(), 0.25, 0.001) << step;
  }
  advance_to(session, 1'000'000);
  EXPECT_EQ(session.evaluate(false).correct, 9);
}

TEST(SmallInitPreset, SeparatesWithLargerStepsOrLargerWeights) {
  EXPECT_TRUE(separated(result_at(preset("small-init", "all points, η = 5"), 30'000)));
  EXPECT_TRUE(separated(result_at(preset("small-init", "0.5·randn"), 100'000)));
}

TEST(VanishingPreset, LosesDeltaOnTheWayBack) {
  Session session = make_session(preset("vanishing"));
  const std::vector<double> delta = session.evaluate().rms_delta;
  ASSERT_EQ(delta.size(), 6u);
  EXPECT_NEAR(delta.back() / delta.front(), 4'500.0, 100.0);
  for (std::size_t l = 1; l < delta.size(); ++l)
    EXPECT_GT(delta[l], 2.0 * delta[l - 1]) << l;
  advance_to(session, 3'000);
  EXPECT_NEAR(session.evaluate(false).cost(), 0.25, 1e-4);
}

TEST(VanishingPreset, KeepsItWithTanh) {
  Session session = make_session(preset("vanishing", "tanh, η = 0.5"));
  const std::vector<double> delta = session.evaluate().rms_delta;
  EXPECT_NEAR(delta.back() / delta.front(), 6.1, 0.2);
  advance_to(session, 300);
  EXPECT_TRUE(separated(session.evaluate()));
}

TEST(ExplodingPreset, GainsDeltaOnTheWayBack) {
  Session session = make_session(preset("exploding"));
  const std::vector<double> delta = session.evaluate().rms_delta;
  ASSERT_EQ(delta.size(), 6u);
  EXPECT_NEAR(delta.front() / delta.back(), 175.0, 5.0);
  for (std::size_t l = 0; l + 1 < delta.size(); ++l)
    EXPECT_THAT(delta[l] / delta[l + 1], AllOf(Gt(2.0), Lt(4.0))) << l;
  advance_to(session, 2'000);
  EXPECT_FALSE(separated(session.evaluate()));
  advance_to(session, 2'500);
  EXPECT_TRUE(separated(session.evaluate()));
}

TEST(ExplodingPreset, DivergesInFourStepsWithALargerRate) {
  Session session = make_session(preset("exploding", "η = 0.1"));
  advance_to(session, 10);
  ASSERT_TRUE(session.divergence().has_value());
  EXPECT_EQ(session.divergence()->step, 4u);
}

TEST(ExplodingPreset, IsTamedByHesWeights) {
  Session session = make_session(preset("exploding", "He's weights, η = 0.1"));
  EXPECT_EQ(session.settings().rates.learning_rate, 0.1);
  const std::vector<double> delta = session.evaluate().rms_delta;
  EXPECT_LT(std::ranges::max(delta), 1.5 * std::ranges::min(delta));
  advance_to(session, 300);
  EXPECT_TRUE(separated(session.evaluate()));
}

TEST(InputScalePreset, LeavesTheFirstLayerWithoutAGradient) {
  Session session = make_session(preset("input-scale"));
  const Index first = session.settings().model.architecture.fan_out(0) * 3;  // W and b: 2-2
  const StepTrace start = trace_of(session);
  EXPECT_NEAR(std::ranges::min(start.z[0].values()), 65.0, 1.0);
  EXPECT_NEAR(std::ranges::max(start.z[0].values()), 973.0, 1.0);
  EXPECT_THAT(start.a[0].values(), Each(1.0));
  for (const std::uint64_t step : {0u, 100u, 10'000u}) {
    advance_to(session, step);
    const StepTrace trace = trace_of(session);
    EXPECT_THAT(std::vector(trace.gradient.begin(), trace.gradient.begin() + first), Each(0.0))
        << step;
  }
  EXPECT_NEAR(session.evaluate(false).cost(), 0.25, 1e-6);
}

TEST(InputScalePreset, LearnsFromThePointsAsTheyWere) {
  EXPECT_TRUE(separated(result_at(preset("input-scale", "the points as they were"), 600)));
}

TEST(DyingReluPreset, LosesEveryUnitForGood) {
  Session session = make_session(preset("dying-relu"));
  const Architecture& net = session.settings().model.architecture;
  const auto hidden = static_cast<std::ptrdiff_t>(net.fan_out(0) * (net.fan_in(0) + 1));
  const auto all_dead = [&session] {
    const StepTrace trace = trace_of_all(session);
    return std::ranges::all_of(trace.z[0].values(), [](double z) { return z <= 0.0; });
  };
  EXPECT_FALSE(all_dead());
  advance_to(session, 30);
  const std::vector<double> before(session.state().parameters.begin(),
                                   session.state().parameters.begin() + hidden);
  for (std::uint64_t step = 30; step < 1'000; ++step) {
    advance_to(session, step);
    ASSERT_TRUE(all_dead()) << step;
    const StepTrace trace = trace_of(session);
    ASSERT_THAT(std::vector(trace.gradient.begin(), trace.gradient.begin() + hidden), Each(0.0))
        << step;
  }
  EXPECT_TRUE(std::equal(before.begin(), before.end(), session.state().parameters.begin()));
  EXPECT_NEAR(session.evaluate(false).cost(), std::numbers::ln2, 1e-6);
}

TEST(DyingReluPreset, LearnsWithASmallerRateOrALeak) {
  EXPECT_TRUE(separated(result_at(preset("dying-relu", "η = 0.5"), 800)));
  EXPECT_TRUE(separated(result_at(preset("dying-relu", "leaky ReLU, η = 5"), 3'500)));
}

TEST(QuadraticOrBcePreset, StartsWrongAndSure) {
  const Evaluation quadratic = result_at(preset("quadratic-or-bce"), 0);
  const Evaluation bce = result_at(preset("quadratic-or-bce", "cross-entropy"), 0);
  EXPECT_EQ(quadratic.correct, 0);
  EXPECT_EQ(bce.correct, 0);
  EXPECT_LT(quadratic.rms_delta[0], 0.06);
  EXPECT_GT(bce.rms_delta[0], 0.9);
}

TEST(QuadraticOrBcePreset, OnlyOneOfThemLearns) {
  const Evaluation quadratic = result_at(preset("quadratic-or-bce"), 100'000);
  EXPECT_EQ(quadratic.correct, 5);
  EXPECT_NEAR(quadratic.cost(), 0.25, 0.001);
  EXPECT_TRUE(separated(result_at(preset("quadratic-or-bce", "cross-entropy"), 1'000)));
}

}  // namespace
}  // namespace deltascope::test
