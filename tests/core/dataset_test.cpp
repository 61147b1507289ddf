#include <deltascope/dataset.hpp>
#include <deltascope/initializer.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace deltascope {
namespace {

TEST(Dataset, OxHoldsThePointsOfThePaper) {
  const Activation& sigmoid = *find_activation("sigmoid");
  const Dataset ten = make_dataset(*find_dataset_recipe("ox"), {}, 2, sigmoid);
  const double x1[] = {0.1, 0.3, 0.1, 0.6, 0.4, 0.6, 0.5, 0.9, 0.4, 0.7};
  const double x2[] = {0.1, 0.4, 0.5, 0.9, 0.2, 0.3, 0.6, 0.2, 0.4, 0.6};
  ASSERT_EQ(ten.size(), 10);
  for (Index i = 0; i < 10; ++i) {
    EXPECT_EQ(ten.X(0, i), x1[i]);
    EXPECT_EQ(ten.X(1, i), x2[i]);
    EXPECT_EQ(ten.Y(0, i), i < 5 ? 1.0 : 0.0);
    EXPECT_EQ(ten.Y(1, i), i < 5 ? 0.0 : 1.0);
  }
  const Dataset eleven = make_dataset(*find_dataset_recipe("ox-11"), {}, 2, sigmoid);
  ASSERT_EQ(eleven.size(), 11);
  EXPECT_EQ(eleven.X(0, 10), 0.3);
  EXPECT_EQ(eleven.X(1, 10), 0.7);
  EXPECT_EQ(eleven.Y(1, 10), 1.0);
}

TEST(Dataset, EveryRecipeGivesWhatItPromisesAndTheSameEachTime) {
  for (const DatasetRecipe& recipe : dataset_recipes()) {
    const Activation& softmax = *find_activation("softmax");
    const DatasetRequest request{recipe.fixed ? 0 : 50, 0.02, 9};
    const Dataset data = make_dataset(recipe, request, recipe.classes, softmax);
    EXPECT_EQ(data.size(), recipe.fixed ? recipe.points : 50) << recipe.name;
    EXPECT_EQ(data, make_dataset(recipe, request, recipe.classes, softmax)) << recipe.name;
    std::vector<int> seen(static_cast<std::size_t>(recipe.classes), 0);
    for (Index i = 0; i < data.size(); ++i) {
      EXPECT_GT(data.X(0, i), -0.2) << recipe.name;
      EXPECT_LT(data.X(1, i), 1.2) << recipe.name;
      const int label = decode_label({&data.Y.view()(0, i), seen.size()}, softmax);
      ++seen.at(static_cast<std::size_t>(label));
    }
    for (int count : seen)
      EXPECT_GT(count, 0) << recipe.name;
  }
}

TEST(Labels, AreCodedAndDecodedForEveryOutput) {
  for (const Activation& activation : activations()) {
    for (std::size_t outputs = activation.output_only ? 2 : 1; outputs <= 4; ++outputs) {
      std::vector<double> target(outputs);
      for (int label = 0; label < class_count(static_cast<Index>(outputs)); ++label) {
        encode_label(label, activation, target);
        EXPECT_EQ(decode_label(target, activation), label) << activation.name << " " << outputs;
        EXPECT_EQ(decide(target, activation), label) << activation.name << " " << outputs;
      }
    }
  }
}

TEST(Labels, ATieOrNotANumberIsNoDecision) {
  const Activation& sigmoid = *find_activation("sigmoid");
  const Activation& tanh = *find_activation("tanh");
  EXPECT_EQ(decide(std::vector{0.5, 0.5}, sigmoid), -1);
  EXPECT_EQ(decide(std::vector{0.2, 0.9, 0.9}, sigmoid), -1);
  EXPECT_EQ(decide(std::vector{0.2, 0.2, 0.9}, sigmoid), 2);
  EXPECT_EQ(decide(std::vector{0.5}, sigmoid), -1);
  EXPECT_EQ(decide(std::vector{0.0}, tanh), -1);
  EXPECT_EQ(decide(std::vector{0.6}, sigmoid), 0);
  EXPECT_EQ(decide(std::vector{-0.1}, tanh), 1);
  EXPECT_EQ(decide(std::vector{std::nan(""), 0.5}, sigmoid), -1);
  EXPECT_EQ(decide(std::vector{std::nan("")}, sigmoid), -1);
}

TEST(Initializers, FillEveryParameterAsTheirTableSays) {
  const Activation* tanh = find_activation("tanh");
  const Architecture net({200, 250, 3}, {tanh, tanh});
  const auto weights = [&](std::string_view name, double scale) {
    std::vector<double> parameters(static_cast<std::size_t>(net.parameters()), 99.0);
    initialize({find_initializer(name), scale, 11}, net, parameters);
    return parameters;
  };
  const auto deviation_of_W = [&](const std::vector<double>& parameters) {
    const ConstWeightView W = net.W(parameters, 0);
    double squares = 0;
    for (Index i = 0; i < W.size(); ++i)
      squares += W.data[i] * W.data[i];
    return std::sqrt(squares / static_cast<double>(W.size()));
  };
  for (double p : weights("zeros", 1.0))
    EXPECT_EQ(p, 0.0);
  for (double p : weights("constant", 0.3))
    EXPECT_EQ(p, 0.3);
  // 50,000 draws: a relative standard error of 0.3 %; 2 % is more than five of them.
  EXPECT_NEAR(deviation_of_W(weights("normal", 0.5)), 0.5, 0.01);
  EXPECT_NEAR(deviation_of_W(weights("uniform", 1.0)), 1 / std::sqrt(3.0), 0.012);
  EXPECT_NEAR(deviation_of_W(weights("xavier", 1.0)), std::sqrt(2.0 / 450), 0.0014);
  EXPECT_NEAR(deviation_of_W(weights("he", 1.0)), std::sqrt(2.0 / 200), 0.002);
  for (double p : weights("uniform", 0.25))
    EXPECT_LE(std::abs(p), 0.25);
  for (std::string_view name : {"xavier", "he"}) {
    const std::vector<double> parameters = weights(name, 1.0);
    for (double bias : net.b(std::span<const double>(parameters), 1))
      EXPECT_EQ(bias, 0.0);
  }
  EXPECT_EQ(weights("he", 1.0), weights("he", 1.0));
}

}  // namespace
}  // namespace deltascope
