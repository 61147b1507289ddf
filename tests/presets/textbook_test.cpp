// The settings of the study notes: what their presets promise.
#include "preset_runs.hpp"

#include <gmock/gmock.h>
#include <support/oracle.hpp>

#include <cmath>
#include <map>
#include <numbers>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::Lt;
using ::testing::Pair;

OracleCase oracle_case(std::string_view id) {
  for (const OracleCase& oracle : oracle_cases()) {
    if (oracle.id == id) return oracle;
  }
  throw std::runtime_error("no case " + std::string(id));
}

void expect_same(const Document& document, const OracleCase& oracle) {
  const Document expected = open_document(document_text(oracle));
  // Whose digits are checked by hand names who computes it; a reference case does not.
  EXPECT_EQ(document.settings->model.arithmetic, find_arithmetic("textbook"));
  Model model = expected.settings->model;
  model.arithmetic = find_arithmetic("textbook");
  EXPECT_EQ(document.settings->model, model);
  EXPECT_EQ(*document.data, *expected.data);
  EXPECT_EQ(document.parameters, expected.parameters);
}

TEST(TestNetPreset, IsTheHandComputedNet) {
  expect_same(preset("testnet"), oracle_case("testnet_1"));
  expect_same(preset("testnet", "four samples, λ = 0.1"), oracle_case("testnet_2"));
}

// The numbers of docs/theory/softmax-cross-entropy.md, to its six decimals.
TEST(TestNetPreset, ShowsTheNumbersOfTheTheoryPage) {
  Session session = make_session(preset("testnet"));
  const OracleTrace trace = to_oracle(trace_of(session), session.settings().model.architecture);
  const auto expect_page = [](const Row& got, const Row& page) {
    ASSERT_EQ(got.size(), page.size());
    for (std::size_t i = 0; i < got.size(); ++i)
      EXPECT_NEAR(got[i], page[i], 0.5e-6);
  };
  expect_page(trace.z[0][0], {0.6, 1.3, 2.0});
  expect_page(trace.a[0][0], {0.645656, 0.785835, 0.880797});
  expect_page(trace.z[1][0], {0.585972, 1.379658});
  expect_page(trace.a[1][0], {0.311378, 0.688622});
  expect_page(trace.delta[1][0], {-0.688622, 0.688622});
  expect_page(trace.delta[0][0], {0.047264, 0.034768, 0.021690});
  expect_page(trace.dW[0][0], {0.047264, 0.094528});
  expect_page(trace.dW[0][1], {0.034768, 0.069536});
  expect_page(trace.dW[0][2], {0.021690, 0.043381});
  expect_page(trace.dW[1][0], {-0.444613, -0.541144, -0.606537});
  expect_page(trace.dW[1][1], {0.444613, 0.541144, 0.606537});
  EXPECT_NEAR(trace.cost, 1.166749, 0.5e-6);
  EXPECT_NEAR(result_at(preset("testnet"), 1).cost(), 0.279878, 0.5e-6);
  EXPECT_NEAR(result_at(preset("testnet"), 10).cost(), 0.032709, 0.5e-6);
}

// δ of the hidden layer with one scalar for all its slopes, the mistake of the theory page: equal
// rows for one sample, rows of other sign for four.
TEST(TestNetPreset, OnlyTheVariantTellsTheScalarMistakeByItsSigns) {
  const auto wrong_dW1 = [](Session& session) {
    const StepTrace trace = trace_of(session);
    const Architecture& net = session.settings().model.architecture;
    const ConstWeightView W2 = net.W(std::span(session.state().parameters), 1);
    Layers dW{Rows(3, Row(2))};
    for (Index i = 0; i < trace.X.cols(); ++i) {
      double slopes = 0.0;
      for (Index k = 0; k < 3; ++k)
        slopes += trace.a[0](k, i) * (1.0 - trace.a[0](k, i));
      for (Index k = 0; k < 3; ++k) {
        const double dA = W2(0, k) * trace.delta[1](0, i) + W2(1, k) * trace.delta[1](1, i);
        for (Index j = 0; j < 2; ++j) {
          dW[0][static_cast<std::size_t>(k)][static_cast<std::size_t>(j)] +=
              dA * slopes * trace.X(j, i) / static_cast<double>(trace.X.cols());
        }
      }
    }
    return dW[0];
  };
  Session one = make_session(preset("testnet"));
  for (const Row& row : wrong_dW1(one)) {
    EXPECT_NEAR(row[0], 0.103722, 0.5e-6);
    EXPECT_NEAR(row[1], 0.207445, 0.5e-6);
  }
  Session four = make_session(preset("testnet", "four samples, λ = 0.1"));
  const Rows wrong = wrong_dW1(four);
  const Rows right = to_oracle(trace_of(four), four.settings().model.architecture).dW_data[0];
  EXPECT_NEAR(wrong[0][0], 0.068842, 0.5e-6);
  EXPECT_NEAR(right[0][0], 0.021374, 0.5e-6);
  EXPECT_NEAR(wrong[1][1], -0.006318, 0.5e-6);
  EXPECT_NEAR(right[1][1], 0.001201, 0.5e-6);
}

// Both plateaus: δ of the single points, and how little of it is left in the mean gradient.
TEST(OxPaperPreset, CancelsDeltaOnBothPlateaus) {
  Session session = make_session(preset("ox-paper"));
  const auto answers_of_wrong_points = [&session](const StepTrace& trace) {
    std::map<Index, double> answers;
    const Matrix& a = trace.a.back();
    for (Index i = 0; i < a.cols(); ++i) {
      if ((a(0, i) > a(1, i)) != (session.data().Y(0, i) == 1.0)) answers[i] = a(0, i);
    }
    return answers;
  };
  const auto left_of_delta = [](const StepTrace& trace) {
    double mean = 0.0, mean_size = 0.0;
    for (Index i = 0; i < trace.delta.back().cols(); ++i) {
      mean += trace.delta.back()(0, i);
      mean_size += std::abs(trace.delta.back()(0, i));
    }
    return std::abs(mean) / mean_size;
  };
  advance_to(session, 5'000);
  const StepTrace first = trace_of_all(session);
  for (Index i = 0; i < 10; ++i) {
    EXPECT_NEAR(first.a.back()(0, i), 0.5, 0.05);
    EXPECT_GT(std::abs(first.delta.back()(0, i)), 0.1);
  }
  EXPECT_LT(left_of_delta(first), 0.1);

  advance_to(session, 60'000);
  const StepTrace second = trace_of_all(session);
  EXPECT_THAT(answers_of_wrong_points(second),
              ElementsAre(Pair(4, DoubleNear(0.42, 0.005)), Pair(6, DoubleNear(0.56, 0.005)),
                          Pair(8, DoubleNear(0.63, 0.005))));
  for (const Index i : {4, 6, 8})
    EXPECT_GT(std::abs(second.delta.back()(0, i)), 0.1);
  EXPECT_LT(left_of_delta(second), 0.1);

  advance_to(session, 110'000);
  EXPECT_TRUE(separated(session.evaluate()));
}

TEST(OxPaperElevenPreset, GivesUpACircleThenBends) {
  Session session = make_session(preset("ox-paper-11"));
  advance_to(session, 500'000);
  EXPECT_EQ(session.evaluate().correct, 10);
  EXPECT_NEAR(2.0 * 11.0 * session.evaluate().cost(), 12.0 / 7.0, 0.02);
  const StepTrace trace = trace_of_all(session);
  EXPECT_EQ(session.data().X(0, 3), 0.6);
  EXPECT_EQ(session.data().Y(0, 3), 1.0);
  for (const Index i : {3, 5, 6, 7, 8, 9, 10})
    EXPECT_NEAR(trace.a.back()(0, i), 1.0 / 7.0, 0.02) << i;
  advance_to(session, 560'000);
  EXPECT_TRUE(separated(session.evaluate()));
}

TEST(LogisticPreset, IsRightAfterTenStepsAndNeverArrives) {
  const Document document = preset("ng-logistic");
  EXPECT_TRUE(separated(result_at(document, 10)));
  Session session = make_session(document);
  std::vector<double> costs, lengths;
  for (const std::uint64_t step : {1'000u, 10'000u, 100'000u}) {
    advance_to(session, step);
    costs.push_back(session.evaluate(false).cost());
    const std::vector<double>& p = session.state().parameters;
    lengths.push_back(std::hypot(p[0], p[1]));
  }
  // Like 1/steps, and the length like ln(steps): ten times the steps, always about as much more.
  EXPECT_THAT(costs[0] / costs[1], AllOf(Gt(8.0), Lt(12.0)));
  EXPECT_THAT(costs[1] / costs[2], AllOf(Gt(8.0), Lt(12.0)));
  EXPECT_THAT((lengths[2] - lengths[1]) / (lengths[1] - lengths[0]), AllOf(Gt(0.8), Lt(1.2)));
}

TEST(OneHiddenPreset, FirstDrawsALineThenBendsIt) {
  Session session = make_session(preset("ng-one-hidden"));
  for (const std::uint64_t step : {300u, 1'000u}) {
    advance_to(session, step);
    const Evaluation line = session.evaluate();
    EXPECT_NEAR(line.cost(), 0.25, 0.02) << step;
    EXPECT_NEAR(static_cast<double>(line.correct), 88.0, 2.0) << step;
  }
  advance_to(session, 3'000);
  EXPECT_TRUE(separated(session.evaluate()));
}

TEST(OneHiddenPreset, SaturatesWithALargeRate) {
  const Evaluation saturated = result_at(preset("ng-one-hidden", "α = 10: saturated"), 1'000);
  EXPECT_EQ(saturated.correct, 50);
  EXPECT_LT(saturated.rms_delta[0], 1e-5);
}

TEST(XorPreset, IsBeyondALineFromAnyStart) {
  const Document document = preset("xor-no-hidden");
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Session session = make_session(with_seed(document, seed));
    for (int step = 0; step < 3'000; ++step) {
      const Evaluation now = session.evaluate(false);
      ASSERT_LT(now.correct, 4) << "seed " << seed << ", step " << step;
      // The least a line can reach, but for rounding.
      ASSERT_GE(now.cost(), std::numbers::ln2 * (1.0 - 1e-14))
          << "seed " << seed << ", step " << step;
      session.advance();
    }
    EXPECT_NEAR(session.evaluate(false).cost(), std::numbers::ln2, 1e-6) << "seed " << seed;
  }
}

TEST(XorPreset, NeedsTwoHiddenUnitsAndSomeLuck) {
  EXPECT_TRUE(separated(result_at(preset("xor-no-hidden", "two hidden units"), 200)));
  EXPECT_TRUE(separated(result_at(preset("xor-no-hidden", "three hidden units"), 200)));
  const Evaluation unlucky =
      result_at(preset("xor-no-hidden", "two hidden units, unlucky"), 20'000);
  EXPECT_EQ(unlucky.correct, 2);
  EXPECT_NEAR(unlucky.cost(), 0.5 * std::numbers::ln2, 0.001);

  const auto lucky = [](const char* variant) {
    const Document document = preset("xor-no-hidden", variant);
    int count = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed)
      count += separated(result_at(with_seed(document, seed), 20'000)) ? 1 : 0;
    return count;
  };
  // Another library's exp may move a run over the edge.
  EXPECT_NEAR(lucky("two hidden units"), 59, 2);
  EXPECT_NEAR(lucky("three hidden units"), 97, 2);
}

TEST(TransposePreset, LearnsWithAndWithoutTheTranspose) {
  const Evaluation right = result_at(preset("transpose"), 2000);
  const Evaluation wrong = result_at(preset("transpose", "Wδ, the transpose forgotten"), 2000);
  EXPECT_EQ(right.accuracy(), 1.0);
  EXPECT_EQ(wrong.accuracy(), 1.0);
  EXPECT_NEAR(right.cost(), 0.0001, 0.00005);
  EXPECT_NEAR(wrong.cost(), 0.0003, 0.00005);
}

TEST(ClippedPreset, NeverLearnsTheCornerBeyondTheClip) {
  Session start = make_session(preset("clipped"));
  const StepTrace trace = trace_of(start);
  EXPECT_EQ(trace.z[0](0, 3), 40.0);
  EXPECT_EQ(trace.loss_per_sample[3], 40.0);
  EXPECT_EQ(trace.delta[0](0, 3), 1.0);
  EXPECT_EQ(result_at(preset("clipped"), 0).correct, 3);
  EXPECT_EQ(result_at(preset("clipped"), 100).correct, 4);
  Session clipped = make_session(preset("clipped", "clipped"));
  EXPECT_EQ(trace_of(clipped).delta[0](0, 3), 0.0);
  advance_to(clipped, 100'000);
  EXPECT_EQ(clipped.evaluate().correct, 3);
  EXPECT_EQ(trace_of(clipped).delta[0](0, 3), 0.0);
  EXPECT_GT(trace_of(clipped).loss_per_sample[3], 30.0);
}

}  // namespace
}  // namespace deltascope::test
