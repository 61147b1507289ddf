#include <deltascope/activation.hpp>
#include <deltascope/picture/decision_map.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace deltascope::picture {
namespace {

GridMap sampled(Index size, const Rectangle& area, const std::function<double(double, double)>& f) {
  GridMap map{size, size, {}};
  for (Index row = 0; row < size; ++row) {
    for (Index column = 0; column < size; ++column) {
      const double u = static_cast<double>(column) / static_cast<double>(size - 1);
      const double v = static_cast<double>(row) / static_cast<double>(size - 1);
      map.values.push_back(
          static_cast<float>(f(area.x_min + u * area.width(), area.y_max - v * area.height())));
    }
  }
  return map;
}

const Rectangle square{-1, 1, -1, 1};

TEST(Contour, OfALinearFunctionIsExactlyItsZeroLine) {
  const auto lines = zero_contours(
      sampled(17, square, [](double x, double y) { return x + 2 * y - 0.3; }), square);
  ASSERT_EQ(lines.size(), 1U);
  for (const PlanePoint p : lines.front())
    EXPECT_NEAR(p.x + 2 * p.y - 0.3, 0, 1e-6);
  // It crosses the whole square.
  const double span = std::abs(lines.front().front().x - lines.front().back().x);
  EXPECT_NEAR(span, 2, 1e-6);
}

TEST(Contour, OfACircleIsOneClosedCurve) {
  const auto lines = zero_contours(
      sampled(65, square, [](double x, double y) { return 0.36 - x * x - y * y; }), square);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_GT(lines.front().size(), 50U);
  for (const PlanePoint p : lines.front())
    EXPECT_NEAR(std::hypot(p.x, p.y), 0.6, 1e-3);
  EXPECT_EQ(lines.front().front().x, lines.front().back().x);
  EXPECT_EQ(lines.front().front().y, lines.front().back().y);
}

TEST(Contour, KeepsSeparatePiecesSeparate) {
  const auto lines =
      zero_contours(sampled(65, square, [](double x, double) { return 0.25 - x * x; }), square);
  EXPECT_EQ(lines.size(), 2U);
}

TEST(Contour, ResolvesASaddleWithoutLosingAnEnd) {
  const GridMap saddle{2, 2, {1, -1, -1, 1}};
  const auto lines = zero_contours(saddle, square);
  ASSERT_EQ(lines.size(), 2U);
  for (const auto& line : lines)
    EXPECT_EQ(line.size(), 2U);
}

TEST(Contour, OfOneSignOrOfNothingIsEmpty) {
  EXPECT_TRUE(zero_contours({2, 2, {1, 1, 1, 0}}, square).empty());
  EXPECT_TRUE(zero_contours({}, square).empty());
  EXPECT_TRUE(zero_contours({3, 3, {1, 2}}, square).empty());
}

TEST(Contour, SkipsCellsThatAreNotFinite) {
  GridMap map = sampled(9, square, [](double x, double) { return x - 0.1; });
  map.values[4 * 9 + 4] = NAN;
  for (const auto& line : zero_contours(map, square)) {
    for (const PlanePoint p : line)
      EXPECT_TRUE(std::isfinite(p.x) && std::isfinite(p.y));
  }
}

TEST(DecisionMap, ScoresAsTheTableSays) {
  const Activation& sigmoid = *find_activation("sigmoid");
  const Activation& tanh = *find_activation("tanh");
  const auto one_node = [](float a) { return GridMap{2, 2, {a, a, a, a}}; };
  DecisionGrid grid{square, {{one_node(0.75F)}}};
  EXPECT_FLOAT_EQ(decision_map(grid, sigmoid).score.values[0], 0.5F);
  EXPECT_FLOAT_EQ(decision_map(grid, tanh).score.values[0], 0.75F);
  grid.maps = {{one_node(0.2F), one_node(0.9F)}};
  EXPECT_FLOAT_EQ(decision_map(grid, sigmoid).score.values[0], -0.7F);
  EXPECT_FLOAT_EQ(decision_map(grid, tanh).score.values[0], -0.35F);
  grid.maps = {{one_node(0.2F), one_node(0.7F), one_node(0.1F)}};
  EXPECT_FLOAT_EQ(decision_map(grid, sigmoid).score.values[0], 0.5F);
  EXPECT_EQ(decision_map(grid, sigmoid).winner[0], 1);
}

TEST(DecisionMap, IsEmptyWithoutMapsThatFit) {
  const Activation& sigmoid = *find_activation("sigmoid");
  EXPECT_TRUE(decision_map({}, sigmoid).score.values.empty());
  const DecisionGrid uneven{square, {{GridMap{2, 2, {1, 1, 1, 1}}, GridMap{2, 2, {1}}}}};
  EXPECT_TRUE(decision_map(uneven, sigmoid).score.values.empty());
}

TEST(DecisionLine, OfThreeClassesSeparatesThemWhereTheyAreEqual) {
  const Activation& softmax = *find_activation("softmax");
  DecisionGrid grid{square, {{}}};
  grid.maps.back() = {sampled(33, square, [](double x, double) { return x; }),
                      sampled(33, square, [](double x, double) { return -x; }),
                      sampled(33, square, [](double, double) { return -2; })};
  const auto lines = decision_line(grid, softmax);
  ASSERT_FALSE(lines.empty());
  for (const auto& line : lines) {
    for (const PlanePoint p : line)
      EXPECT_NEAR(p.x, 0, 1e-6);
  }
}

}  // namespace
}  // namespace deltascope::picture
