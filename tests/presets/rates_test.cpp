// Presets that compare rates, batches and optimizers: what their texts promise.
#include "preset_runs.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Gt;
using ::testing::Le;
using ::testing::Lt;

TEST(ZigzagPreset, JumpsAcrossTheValleyInEveryStep) {
  Session session = make_session(preset("zigzag"));
  double across = 0.0;
  for (int step = 0; step < 100; ++step) {
    const StepTrace trace = trace_of(session);
    // p = (w₁, w₂, b): w₂ belongs to the input that is ten times as long.
    if (step > 0) {
      EXPECT_LT(trace.gradient[1] * across, 0.0) << step;
    }
    across = trace.gradient[1];
    EXPECT_LT(trace.gradient[0], 0.0) << step;
    session.advance();
  }
}

TEST(ZigzagPreset, RocksTheLineToAndFro) {
  Session session = make_session(preset("zigzag"));
  for (int step = 1; step <= 10; ++step) {
    session.advance();
    EXPECT_EQ(session.evaluate().correct, step % 2 == 1 ? 8 : 10) << step;
  }
}

TEST(ZigzagPreset, NeedsManyTimesTheSteps) {
  const Document narrow = preset("zigzag"), round = preset("zigzag", "both inputs alike, η = 1");
  // The least cost is the same: scaling an input changes no line.
  const double least = result_at(round, 1'000).cost();
  EXPECT_NEAR(result_at(narrow, 5'000).cost(), least, 1e-9);
  const Arrival slow = arrival_at(narrow, 1.01 * least, 1'000);
  const Arrival fast = arrival_at(round, 1.01 * least, 1'000);
  ASSERT_TRUE(slow.arrived && fast.arrived);
  EXPECT_THAT(slow.step, AllOf(Ge(150u), Le(250u)));
  EXPECT_LE(fast.step, 10u);
}

TEST(ZigzagPreset, HasItsLimitAtFourHundredths) {
  Document document = preset("zigzag");
  const auto cost_with = [&document](double rate) {
    Settings settings = *document.settings;
    settings.rates.learning_rate = rate;
    document.settings = std::make_shared<const Settings>(settings);
    return result_at(document, 1'000).cost();
  };
  EXPECT_LT(cost_with(0.0399), 0.1);
  EXPECT_GT(cost_with(0.0401), 10.0);
}

TEST(StuckPreset, IsStillAtOneTwelfthAfterAMillionSteps) {
  Session session = make_session(preset("stuck"));
  advance_to(session, 10'000);
  const double gradient_then = session.evaluate().rms_delta[0];
  advance_to(session, 1'000'000);
  const Evaluation end = session.evaluate();
  EXPECT_EQ(end.correct, 9);
  EXPECT_NEAR(end.cost(), 1.0 / 12.0, 0.01 / 12.0);
  EXPECT_LT(end.rms_delta[0], 0.01 * gradient_then);
}

TEST(StuckPreset, SharesOneAnswerAmongSixPoints) {
  Session session = make_session(preset("stuck"));
  advance_to(session, 1'000'000);
  const StepTrace trace = trace_of_all(session);
  for (const Index i : {4, 5, 6, 7, 8, 9}) {
    EXPECT_EQ(session.data().Y(0, i), i == 4 ? 1.0 : 0.0);
    EXPECT_NEAR(trace.a.back()(0, i), 1.0 / 6.0, 0.001) << i;
    EXPECT_NEAR(trace.a.back()(1, i), 5.0 / 6.0, 0.001) << i;
  }
}

TEST(StuckPreset, IsLeftLateOrNotEntered) {
  Session late = make_session(preset("stuck", "η = 0.5"));
  advance_to(late, 60'000);
  EXPECT_EQ(late.evaluate().correct, 9);
  EXPECT_NEAR(late.evaluate().cost(), 1.0 / 12.0, 0.01 / 12.0);
  advance_to(late, 65'000);
  EXPECT_TRUE(separated(late.evaluate()));
  EXPECT_TRUE(separated(result_at(preset("stuck", "η = 5"), 2'010)));
}

TEST(OxPreset, DrawsALineAndThenSeparates) {
  Session session = make_session(preset("ox"));
  for (const std::uint64_t step : {300u, 600u, 900u}) {
    advance_to(session, step);
    EXPECT_NEAR(session.evaluate().cost(), 0.13, 0.005) << step;  // to its two digits
    EXPECT_THAT(session.evaluate().correct, AllOf(Ge(7), Le(8))) << step;
  }
  advance_to(session, 1'200);
  EXPECT_TRUE(separated(session.evaluate()));
}

TEST(RatesPreset, HasOneThatIsRight) {
  EXPECT_TRUE(separated(result_at(preset("rates"), 2'000)));
}

TEST(RatesPreset, HasOneThatIsTooSmall) {
  Session session = make_session(preset("rates", "too small: η = 0.05"));
  advance_to(session, 10'000);
  EXPECT_NEAR(session.evaluate().cost(), 0.25, 0.002);
  advance_to(session, 50'000);
  EXPECT_FALSE(separated(session.evaluate()));
  advance_to(session, 200'000);
  EXPECT_TRUE(separated(session.evaluate()));
}

// Such steps are chaotic: the last digits decide where they lead, so that the document says who
// computes them. What holds is that they saturate.
TEST(RatesPreset, HasOneThatIsTooLarge) {
  Session session = make_session(preset("rates", "too large: η = 200"));
  session.advance();
  EXPECT_NEAR(session.evaluate().cost(), 0.5, 0.02);
  for (const std::uint64_t step : {1u, 1'000u, 10'000u, 100'000u}) {
    advance_to(session, step);
    EXPECT_EQ(session.evaluate().correct, 5) << step;
    EXPECT_GT(session.evaluate().cost(), 0.25) << step;
  }
}

TEST(BatchSizePreset, IsDearInStepsOrInGradients) {
  const std::vector<Document> batches{preset("batch-size"), preset("batch-size", "2 points"),
                                      preset("batch-size", "5 points"),
                                      preset("batch-size", "all ten points")};
  std::vector<Arrival> arrivals;
  for (const Document& document : batches) {
    arrivals.push_back(arrival_at(document, 0.01, 20'000));
    ASSERT_TRUE(arrivals.back().arrived);
    EXPECT_THAT(arrivals.back().step, AllOf(Ge(7'300u), Le(13'500u)));
  }
  for (std::size_t i = 1; i < arrivals.size(); ++i)
    EXPECT_GT(arrivals[i].gradient_evaluations, arrivals[i - 1].gradient_evaluations) << i;
  EXPECT_NEAR(static_cast<double>(arrivals.front().gradient_evaluations), 13'500.0, 100.0);
  EXPECT_NEAR(static_cast<double>(arrivals.back().gradient_evaluations), 73'700.0, 100.0);
}

TEST(BatchSizePreset, JumpsTheMoreTheSmallerTheBatch) {
  const auto spread = [](const Document& document) {
    Session session = make_session(document);
    double sum = 0.0, squares = 0.0;
    constexpr int steps = 1'000;
    for (int step = 0; step < steps; ++step) {
      StepTrace trace;
      session.advance(&trace);
      sum += trace.cost();
      squares += trace.cost() * trace.cost();
    }
    return std::sqrt(squares / steps - std::pow(sum / steps, 2));
  };
  const double one = spread(preset("batch-size")), two = spread(preset("batch-size", "2 points")),
               five = spread(preset("batch-size", "5 points")),
               all = spread(preset("batch-size", "all ten points"));
  EXPECT_GT(one, 1.2 * two);
  EXPECT_GT(two, 1.2 * five);
  EXPECT_GT(five, 1.2 * all);
}

TEST(OptimizerRacePreset, TakesTheStepsAndGradientsThatItsTextSays) {
  const auto expect = [](const Document& document, double steps, double gradients) {
    const Arrival arrival = arrival_at(document, 1e-4, 10'000);
    EXPECT_NEAR(static_cast<double>(arrival.step), steps, 0.01 * steps);
    EXPECT_NEAR(static_cast<double>(arrival.gradient_evaluations), gradients, 0.01 * gradients);
  };
  expect(preset("optimizer-race"), 4'915, 49'150);
  expect(preset("optimizer-race", "momentum, η = 0.5"), 4'778, 47'780);
  expect(preset("optimizer-race", "Adam, η = 0.01"), 2'541, 25'410);
  expect(preset("optimizer-race", "Levenberg–Marquardt"), 25, 300);
}

TEST(OptimizerRacePreset, HasMomentumThatIsInEffectGradientDescent) {
  const Document plain = preset("optimizer-race");
  const Document momentum = preset("optimizer-race", "momentum, η = 0.5");
  const Rates& rates = momentum.settings->rates;
  EXPECT_NEAR(rates.learning_rate / (1.0 - rates.momentum), plain.settings->rates.learning_rate,
              1e-12);
  Session one = make_session(plain), other = make_session(momentum);
  for (const std::uint64_t step : {600u, 1'000u, 2'000u, 5'000u}) {
    advance_to(one, step);
    advance_to(other, step);
    EXPECT_NEAR(other.evaluate().cost() / one.evaluate().cost(), 1.0, 0.15) << step;
  }
}

TEST(OptimizerRacePreset, StartsAllFromOnePoint) {
  const Document document = preset("optimizer-race");
  const Session first = make_session(document);
  ASSERT_EQ(document.variants.size(), 3u);
  for (const Variant& variant : document.variants) {
    EXPECT_EQ(make_session(*variant.document).initial_parameters(), first.initial_parameters())
        << variant.name;
  }
}

}  // namespace
}  // namespace deltascope::test
