// Maps of the plane by every kernel against the textbook's.

#include "fast_grid.hpp"

#include <deltascope/decision_grid.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace deltascope {
namespace {

struct Network {
  Architecture net;
  std::vector<double> parameters;
};

Network random_network(std::mt19937_64& random) {
  const auto whole = [&](Index low, Index high) {
    return std::uniform_int_distribution<Index>(low, high)(random);
  };
  std::vector<Index> sizes{2};
  std::vector<const Activation*> curves;
  for (Index l = whole(1, 4); l > 0; --l) {
    sizes.push_back(whole(1, 12));
    // softmax last
    curves.push_back(&activations()[static_cast<std::size_t>(whole(0, l == 1 ? 5 : 4))]);
  }
  Network made{Architecture(sizes, curves), {}};
  made.parameters.resize(static_cast<std::size_t>(made.net.parameters()));
  for (double& p : made.parameters)
    p = std::uniform_real_distribution<double>(-1.0, 1.0)(random);
  return made;
}

// A ReLU's or a linear neuron's a grows from layer to layer, and its rounding with it.
template <class Number>
double largest(const std::vector<std::vector<GridMapOf<Number>>>& maps) {
  double result = 1.0;
  for (const auto& layer : maps) {
    for (const auto& map : layer) {
      for (const Number a : map.values)
        result = std::max(result, std::abs(static_cast<double>(a)));
    }
  }
  return result;
}

template <class Number>
void expect_same_maps(const DecisionGridOf<Number>& found, const DecisionGridOf<Number>& wanted,
                      double tolerance) {
  ASSERT_EQ(found.maps.size(), wanted.maps.size());
  const double allowed = tolerance * largest(wanted.maps);
  for (std::size_t l = 0; l < wanted.maps.size(); ++l) {
    ASSERT_EQ(found.maps[l].size(), wanted.maps[l].size());
    for (std::size_t j = 0; j < wanted.maps[l].size(); ++j) {
      ASSERT_EQ(found.maps[l][j].values.size(), wanted.maps[l][j].values.size());
      for (std::size_t i = 0; i < wanted.maps[l][j].values.size(); ++i)
        ASSERT_NEAR(found.maps[l][j].values[i], wanted.maps[l][j].values[i], allowed)
            << "layer " << l << " neuron " << j << " pixel " << i;
    }
  }
}

class FastGridTest : public testing::TestWithParam<const Arithmetic*> {};

// Twelve terms of at most 1 and a curve, 1e-7 each in single precision, through four layers whose
// weights add up to six: 1e-5 of the largest a at the worst. Double precision: 450 ε.
TEST_P(FastGridTest, ShowsWhatTheTextbookDoes) {
  std::mt19937_64 random(1);
  GridWorkspace workspace;
  DecisionGrid floats;
  ExactDecisionGrid doubles;
  for (int round = 0; round < 200; ++round) {
    SCOPED_TRACE(round);
    const auto [net, parameters] = random_network(random);
    const auto resolution = std::uniform_int_distribution<Index>(1, 60)(random);
    const GridRequest request{
        {-1.5, 1.0, 0.25, 2.0}, resolution, round % 3 == 0 ? round % 30 : resolution};
    const Arithmetic& textbook = *find_arithmetic("textbook");
    evaluate_grid(net, parameters, request, floats, workspace, *GetParam());
    DecisionGrid wanted;
    evaluate_grid(net, parameters, request, wanted, workspace, textbook);
    expect_same_maps(floats, wanted, 1e-5);
    evaluate_grid(net, parameters, request, doubles, workspace, *GetParam());
    ExactDecisionGrid exact;
    evaluate_grid(net, parameters, request, exact, workspace, textbook);
    expect_same_maps(doubles, exact, 1e-13);
    if (HasFailure()) return;
  }
}

std::vector<const Arithmetic*> with_kernels() {
  std::vector<const Arithmetic*> result;
  for (const Arithmetic& arithmetic : arithmetics()) {
    const bool own = !arithmetic.by_shape;  // "automatic" is one of the others
    if (own && arithmetic.usable && arithmetic.kernels != nullptr) result.push_back(&arithmetic);
  }
  return result;
}
std::string name_of(const testing::TestParamInfo<const Arithmetic*>& info) {
  return std::string(info.param->name);
}
INSTANTIATE_TEST_SUITE_P(Arithmetics, FastGridTest, testing::ValuesIn(with_kernels()), name_of);

}  // namespace
}  // namespace deltascope
