#include <deltascope/decision_grid.hpp>
#include <deltascope/settings.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace deltascope {
namespace {

struct Net {
  Settings settings = ox_settings();
  const Architecture& architecture = settings.model.architecture;
  std::vector<double> parameters =
      std::vector<double>(static_cast<std::size_t>(architecture.parameters()));
  Net() { initialize(settings.initial, architecture, parameters); }
};

double output_at(const Net& net, Index layer, Index neuron, double x, double y) {
  const double point[] = {x, y};
  Activity activity;
  predict(net.architecture, net.parameters, {point, 2, 1}, activity);
  return activity.a[static_cast<std::size_t>(layer)](neuron, 0);
}

// x and y at a grid place as the header says: both borders are hit, row 0 is at the top.
double between(double low, double high, Index i, Index count) {
  return low + (high - low) * static_cast<double>(i) / static_cast<double>(count - 1);
}

TEST(DecisionGrid, HoldsEveryNeuronAtItsPlace) {
  const Net net;
  // 37 × 37 points are more than one block of the evaluation and fill the last one partly.
  const GridRequest request{{-0.5, 1.5, 0.25, 0.75}, 37, 19};
  DecisionGrid grid;
  GridWorkspace workspace;
  evaluate_grid(net.architecture, net.parameters, request, grid, workspace);
  ASSERT_EQ(grid.maps.size(), 3U);
  for (Index layer = 0; layer < 3; ++layer) {
    const auto& maps = grid.maps[static_cast<std::size_t>(layer)];
    ASSERT_EQ(static_cast<Index>(maps.size()), net.architecture.fan_out(layer));
    const Index n = layer == 2 ? 37 : 19;
    for (Index neuron = 0; neuron < net.architecture.fan_out(layer); ++neuron) {
      const GridMap& map = maps[static_cast<std::size_t>(neuron)];
      ASSERT_EQ(map.width, n);
      ASSERT_EQ(map.height, n);
      for (Index row = 0; row < n; ++row) {
        for (Index column = 0; column < n; ++column) {
          const double x = between(-0.5, 1.5, column, n), y = between(0.75, 0.25, row, n);
          ASSERT_NEAR(map.at(column, row), output_at(net, layer, neuron, x, y), 1e-6)
              << "layer " << layer << " neuron " << neuron << " at " << column << ", " << row;
        }
      }
    }
  }
}

TEST(DecisionGrid, GivesTheSameMapsAtOneResolutionAsAtTwo) {
  const Net net;
  GridWorkspace workspace;
  DecisionGrid together, apart;
  evaluate_grid(net.architecture, net.parameters, {{}, 33, 33}, together, workspace);
  evaluate_grid(net.architecture, net.parameters, {{}, 33, 12}, apart, workspace);
  EXPECT_EQ(together.maps[2][1].values, apart.maps[2][1].values);
  evaluate_grid(net.architecture, net.parameters, {{}, 12, 33}, apart, workspace);
  EXPECT_EQ(together.maps[0][1].values, apart.maps[0][1].values);
}

TEST(DecisionGrid, LeavesHiddenNeuronsOutOnRequest) {
  const Net net;
  GridWorkspace workspace;
  DecisionGrid grid;
  evaluate_grid(net.architecture, net.parameters, {{}, 8, 0}, grid, workspace);
  EXPECT_TRUE(grid.maps[0].empty());
  EXPECT_TRUE(grid.maps[1].empty());
  EXPECT_EQ(grid.maps[2].size(), 2U);
}

TEST(DecisionGrid, IsEmptyWithoutAPlane) {
  const Activation* sigmoid = find_activation("sigmoid");
  const Architecture net({3, 2}, {sigmoid});
  const std::vector<double> parameters(static_cast<std::size_t>(net.parameters()));
  GridWorkspace workspace;
  DecisionGrid grid;
  grid.maps.resize(4);  // left over from another network
  evaluate_grid(net, parameters, {}, grid, workspace);
  EXPECT_TRUE(grid.maps.empty());
}

TEST(DecisionGrid, FollowsANetworkThatChanged) {
  const Net net;
  const Activation* tanh = find_activation("tanh");
  const Architecture smaller({2, 1}, {tanh});
  const std::vector<double> weights{1.0, 0.0, 0.0};  // a = tanh x
  GridWorkspace workspace;
  DecisionGrid grid;
  evaluate_grid(net.architecture, net.parameters, {{}, 16, 16}, grid, workspace);
  evaluate_grid(smaller, weights, {{}, 5, 5}, grid, workspace);
  ASSERT_EQ(grid.maps.size(), 1U);
  ASSERT_EQ(grid.maps[0].size(), 1U);
  ASSERT_EQ(grid.maps[0][0].values.size(), 25U);
  EXPECT_EQ(grid.maps[0][0].at(0, 3), 0.0F);
  EXPECT_NEAR(grid.maps[0][0].at(4, 0), std::tanh(1.0), 1e-7);
}

TEST(DecisionGrid, TakesTheMiddleForASinglePoint) {
  const Net net;
  GridWorkspace workspace;
  DecisionGrid grid;
  evaluate_grid(net.architecture, net.parameters, {{0.0, 1.0, 0.0, 0.5}, 1, 0}, grid, workspace);
  EXPECT_NEAR(grid.maps[2][0].at(0, 0), output_at(net, 2, 0, 0.5, 0.25), 1e-7);
}

}  // namespace
}  // namespace deltascope
