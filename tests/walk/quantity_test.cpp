#include <deltascope/walk/quantity.hpp>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace deltascope::walk
