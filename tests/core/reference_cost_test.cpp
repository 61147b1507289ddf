#include <deltascope/reference_cost.hpp>
#include <deltascope/settings.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

namespace deltascope {
namespace {

Model model(std::vector<Index> sizes, const char* output, const char* loss = "quadratic",
            double l2 = 0.0) {
  std::vector<const Activation*> activations(sizes.size() - 1, find_activation(output));
  return {Architecture(std::move(sizes), std::move(activations)), find_loss(loss), l2};
}

/// Points with these labels, coded for the model's output.
Dataset labelled(const Model& coded, const std::vector<int>& labels) {
  Dataset data;
  const Index outputs = coded.architecture.outputs();
  data.X.resize(2, static_cast<Index>(labels.size()));
  data.Y.resize(outputs, data.X.cols());
  for (Index i = 0; i < data.size(); ++i) {
    encode_label(labels[static_cast<std::size_t>(i)], coded.architecture.output_activation(),
                 {&data.Y(0, i), static_cast<std::size_t>(outputs)});
  }
  return data;
}

Dataset recipe(const char* name, const Model& coded) {
  return make_dataset(*find_dataset_recipe(name), {}, coded.architecture.outputs(),
                      coded.architecture.output_activation());
}

TEST(ReferenceCosts, OfThePapersTenPointsAreAQuarterAndATwelfth) {
  const Model paper = ox_settings().model;
  const auto costs = reference_costs(paper, recipe("ox", paper));
  ASSERT_EQ(costs.size(), 2U);
  EXPECT_DOUBLE_EQ(costs[0].cost, 0.25);
  EXPECT_EQ(costs[0].text, "answers ½, ½");
  EXPECT_DOUBLE_EQ(costs[1].cost, 1.0 / 12);
  EXPECT_EQ(costs[1].text, "one point given up");
}

TEST(ReferenceCosts, OfElevenPointsAreThoseOfFiveAgainstSix) {
  const Model paper = ox_settings().model;
  const auto costs = reference_costs(paper, recipe("ox-11", paper));
  ASSERT_EQ(costs.size(), 2U);
  // Both outputs: Σ (y−ȳ)² = 5·6/11 each; ½ · 2 · 30/11 / 11.
  EXPECT_DOUBLE_EQ(costs[0].cost, 30.0 / 121);
  EXPECT_EQ(costs[0].text, "one answer for all");
  // ½ · 2 · 6/7 / 11.
  EXPECT_DOUBLE_EQ(costs[1].cost, 6.0 / 77);
}

TEST(ReferenceCosts, FollowTheCodesOfTheOutput) {
  // One output, ±1: d² = 4. Two against two: ȳ = 0, ½·1; given up: ½ · 4 · 2/3 / 4.
  const Model single = model({2, 1}, "tanh");
  const auto costs = reference_costs(single, labelled(single, {0, 1, 0, 1}));
  ASSERT_EQ(costs.size(), 2U);
  EXPECT_DOUBLE_EQ(costs[0].cost, 0.5);
  EXPECT_EQ(costs[0].text, "one answer for all");
  EXPECT_DOUBLE_EQ(costs[1].cost, 1.0 / 3);
  const Model sigmoid = model({2, 1}, "sigmoid");
  EXPECT_EQ(reference_costs(sigmoid, labelled(sigmoid, {0, 1}))[0].text, "answers ½");
}

TEST(ReferenceCosts, OfThreeClassesGiveUpAPointToTheLargest) {
  // One-hot, 1 + 2 + 3 points. ȳ = (1/6, 1/3, 1/2): Σ‖y−ȳ‖² = 6 (1 − 1/36 − 1/9 − 1/4) = 11/3.
  const Model three = model({2, 3}, "sigmoid");
  const auto costs = reference_costs(three, labelled(three, {0, 1, 1, 2, 2, 2}));
  ASSERT_EQ(costs.size(), 2U);
  EXPECT_DOUBLE_EQ(costs[0].cost, 11.0 / 36);
  EXPECT_DOUBLE_EQ(costs[1].cost, 0.5 * 2 * 3 / 4 / 6);
}

TEST(ReferenceCosts, AreNamedOnceWhereTheyAreTheSame) {
  const Model paper = ox_settings().model;
  EXPECT_EQ(reference_costs(paper, labelled(paper, {0, 1, 1})).size(), 1U);
}

TEST(ReferenceCosts, OfAnOutputThatCannotSaturateGiveUpNoPoint) {
  const Model linear = model({2, 2}, "linear");
  const auto costs = reference_costs(linear, labelled(linear, {0, 1, 0, 1, 1}));
  ASSERT_EQ(costs.size(), 1U);
  EXPECT_DOUBLE_EQ(costs[0].cost,
                   0.5 * 2 * 4 * (6.0 / 5) / 5);  // codes ±1: Σ (y−ȳ)² = 4·2·3/5 each
  EXPECT_EQ(costs[0].text, "one answer for all");
}

TEST(ReferenceCosts, OfSoftmaxAreTheEntropyOfTheClassShares) {
  const Model two = model({2, 2}, "softmax", "softmax_ce");
  const auto equal = reference_costs(two, labelled(two, {0, 1, 1, 0}));
  ASSERT_EQ(equal.size(), 1U);
  EXPECT_DOUBLE_EQ(equal[0].cost, std::log(2.0));
  EXPECT_EQ(equal[0].text, "answers ½, ½");
  // Shares 1/4, 1/4, 1/2: 2 · ¼ ln 4 + ½ ln 2 = 3/2 ln 2.
  const Model three = model({2, 3}, "softmax", "softmax_ce");
  const auto shares = reference_costs(three, labelled(three, {0, 1, 2, 2}));
  ASSERT_EQ(shares.size(), 1U);
  EXPECT_DOUBLE_EQ(shares[0].cost, 1.5 * std::log(2.0));
  EXPECT_EQ(shares[0].text, "one answer for all");
}

TEST(ReferenceCosts, OfBinaryCrossEntropyAreSummedOverTheOutputs) {
  const Model one = model({2, 1}, "sigmoid", "bce");
  const auto half = reference_costs(one, labelled(one, {0, 1}));
  ASSERT_EQ(half.size(), 1U);
  EXPECT_DOUBLE_EQ(half[0].cost, std::log(2.0));
  EXPECT_EQ(half[0].text, "answers ½");
  // Each of two outputs is right once in four: 2 (¼ ln 4 + ¾ ln 4/3) = 4 ln 2 − 3/2 ln 3.
  const Model two = model({2, 2}, "sigmoid", "bce");
  const auto quarter = reference_costs(two, labelled(two, {0, 0, 1, 0}));
  ASSERT_EQ(quarter.size(), 1U);
  EXPECT_DOUBLE_EQ(quarter[0].cost, 4 * std::log(2.0) - 1.5 * std::log(3.0));
}

TEST(ReferenceCosts, OfACrossEntropyAreWhatTheLossItselfSaysOfThatAnswer) {
  for (const auto& [output, loss] : {std::pair{"sigmoid", "bce"}, {"softmax", "softmax_ce"}}) {
    const Model entropy = model({2, 2}, output, loss);
    const Dataset data = labelled(entropy, {0, 1, 1});
    Matrix z(2, 3), a(2, 3);  // ȳ = (1/3, 2/3) by its sigmoids as by softmax of these differences
    for (Index i = 0; i < 3; ++i) {
      z(0, i) = std::log(1.0 / 3) - (entropy.loss->name == "bce" ? std::log(2.0 / 3) : 0.0);
      z(1, i) = std::log(2.0 / 3) - (entropy.loss->name == "bce" ? std::log(1.0 / 3) : 0.0);
    }
    std::vector<double> losses(3);
    entropy.loss->per_sample(z.view(), a.view(), data.Y.view(), losses);
    const auto costs = reference_costs(entropy, data);
    ASSERT_EQ(costs.size(), 1U);
    EXPECT_NEAR(costs[0].cost, (losses[0] + losses[1] + losses[2]) / 3, 1e-15) << loss;
  }
}

TEST(ReferenceCosts, AreNotNamedWhereTheyExplainNothing) {
  const Model paper = ox_settings().model;
  EXPECT_TRUE(reference_costs(paper, Dataset{Matrix(2, 0), Matrix(2, 0)}).empty());
  EXPECT_TRUE(reference_costs(paper, labelled(paper, {1, 1, 1})).empty());
  Dataset regression = labelled(paper, {0, 1, 0});
  regression.Y(0, 0) = 0.9;
  EXPECT_TRUE(reference_costs(paper, regression).empty());
  const Model penalised = model({2, 2}, "sigmoid", "quadratic", 0.1);
  EXPECT_TRUE(reference_costs(penalised, labelled(penalised, {0, 1})).empty());
  const Model entropy = model({2, 2}, "sigmoid", "bce", 0.1);
  EXPECT_TRUE(reference_costs(entropy, labelled(entropy, {0, 1})).empty());
}

TEST(PaperScale, IsTwiceTheNumberOfPointsForSquares) {
  EXPECT_EQ(paper_scale(ox_settings().model, 10), 20.0);
  EXPECT_EQ(paper_scale(ox_settings().model, 0), std::nullopt);
  EXPECT_EQ(paper_scale(model({2, 2}, "sigmoid", "bce"), 10), std::nullopt);
}

}  // namespace
}  // namespace deltascope
