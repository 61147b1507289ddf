#include <deltascope/walk/quantity.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace deltascope::walk {
namespace {

TEST(Quantity, IsLitByTheWholeByAnEntryAndByItself) {
  const Quantity delta{Kind::delta, 1};
  EXPECT_TRUE(same(delta, delta.at(2, 0)));
  EXPECT_TRUE(same(delta.at(2, 0), delta));
  EXPECT_TRUE(same(delta.at(2, 0), delta.at(2, every)));
  EXPECT_FALSE(same(delta.at(2, 0), delta.at(1, 0)));
  EXPECT_FALSE(same(delta.at(2, 0), delta.at(2, 1)));
}

TEST(Quantity, IsNotLitByAnotherKindOrLayer) {
  EXPECT_FALSE(same({Kind::delta, 1}, {Kind::delta, 0}));
  EXPECT_FALSE(same({Kind::delta, 1}, {Kind::z, 1}));
  EXPECT_FALSE(same({Kind::none}, {Kind::none}));
}

TEST(Quantity, OfANeuronIsLitByTheNeuron) {
  const Quantity neuron{Kind::neuron, 1, 2};
  for (const Kind kind : {Kind::z, Kind::a, Kind::delta, Kind::b, Kind::db, Kind::slope}) {
    EXPECT_TRUE(same(neuron, {kind, 1, 2, 5}));
    EXPECT_TRUE(same({kind, 1}, neuron));
    EXPECT_FALSE(same(neuron, {kind, 1, 0, 5}));
  }
  EXPECT_FALSE(same(neuron, {Kind::W, 1, 2, 2}));
}

TEST(Quantity, OfAnEdgeIsLitByTheEdge) {
  const Quantity edge{Kind::edge, 0, 1, 0};
  for (const Kind kind : {Kind::W, Kind::dW, Kind::W_after}) {
    EXPECT_TRUE(same(edge, {kind, 0, 1, 0}));
    EXPECT_TRUE(same({kind, 0}, edge));
    EXPECT_FALSE(same(edge, {kind, 0, 1, 1}));
  }
}

bool has(const std::vector<Quantity>& list, const Quantity& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

TEST(Quantity, OfAGradientIsMadeOfTheDeltaAtItsHeadAndTheActivationAtItsTail) {
  for (const Kind kind : {Kind::dW, Kind::dW_data}) {
    const auto parts = made_of({kind, 1, 2, 0});
    EXPECT_EQ(parts.size(), 2U);
    EXPECT_TRUE(has(parts, {Kind::delta, 1, 2}));
    EXPECT_TRUE(has(parts, {Kind::a, 0, 0}));
  }
}

TEST(Quantity, PulledBackIsMadeOfAColumnOfTheNextWeights) {
  const auto parts = made_of({Kind::pulled, 0, 2, 5});
  EXPECT_TRUE(has(parts, {Kind::W, 1, every, 2}));
  EXPECT_TRUE(has(parts, {Kind::delta, 1, every, 5}));
}

TEST(Quantity, BeforeTheActivationIsMadeOfARowOfWeights) {
  const auto parts = made_of({Kind::z, 0, 2, 5});
  EXPECT_TRUE(has(parts, {Kind::W, 0, 2, every}));
  EXPECT_TRUE(has(parts, {Kind::a, -1, every, 5}));
  EXPECT_TRUE(has(parts, {Kind::b, 0, 2}));
}

TEST(Quantity, ThatIsWholeOrGivenIsMadeOfNothing) {
  EXPECT_TRUE(made_of({Kind::dW, 1}).empty());
  EXPECT_TRUE(made_of({Kind::a, -1, 0, 0}).empty());
  EXPECT_TRUE(made_of({Kind::W, 0, 0, 0}).empty());
}

}  // namespace
}  // namespace deltascope::walk
