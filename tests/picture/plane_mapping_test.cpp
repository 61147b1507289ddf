#include <deltascope/picture/plane_mapping.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {
namespace {

const PlaneMapping unit{{100, 50, 500, 450}, {0, 1, 0, 1}};
const PlaneMapping zoomed{{100, 50, 500, 450}, {0.371, 0.372, -0.5, -0.499}};
const PlaneMapping scaled{{150, 75, 750, 675}, {-2, 2, -1, 3}};  // 1.5 pixels per unit

TEST(PlaneMapping, BordersOfTheAreaAreBordersOfThePlane) {
  EXPECT_EQ(unit.to_px({0, 1}), (Point{100, 50}));
  EXPECT_EQ(unit.to_px({1, 0}), (Point{500, 450}));
  EXPECT_EQ(scaled.to_px({-2, 3}), (Point{150, 75}));
  EXPECT_EQ(scaled.to_px({2, -1}), (Point{750, 675}));
  EXPECT_EQ(scaled.to_px({0, 1}), (Point{450, 375}));
  const PlanePoint corner = scaled.to_plane({750, 75});
  EXPECT_EQ(corner.x, 2);
  EXPECT_EQ(corner.y, 3);
}

TEST(PlaneMapping, ThereAndBackIsTheSamePixel) {
  for (const PlaneMapping& mapping : {unit, zoomed, scaled}) {
    for (float x = 90; x < 800; x += 33.3F) {
      for (float y = 40; y < 700; y += 41.7F) {
        const Point back = mapping.to_px(mapping.to_plane({x, y}));
        EXPECT_NEAR(back.x, x, 1e-3F);
        EXPECT_NEAR(back.y, y, 1e-3F);
      }
    }
  }
}

TEST(PlaneMapping, PanningMovesThePointUnderTheHand) {
  for (const PlaneMapping& mapping : {unit, zoomed, scaled}) {
    const PlanePoint grabbed = mapping.to_plane({300, 300});
    const PlaneMapping after{mapping.area_px, mapping.panned(37, -21)};
    const Point now = after.to_px(grabbed);
    EXPECT_NEAR(now.x, 337, 1e-2F);
    EXPECT_NEAR(now.y, 279, 1e-2F);
    EXPECT_NEAR(after.plane.width(), mapping.plane.width(), 1e-12);
  }
}

TEST(PlaneMapping, ZoomingKeepsThePointUnderTheMouse) {
  for (const PlaneMapping& mapping : {unit, zoomed, scaled}) {
    const Point mouse{160, 430};
    const PlanePoint fixed = mapping.to_plane(mouse);
    const PlaneMapping after{mapping.area_px, mapping.zoomed(mouse, 2.5)};
    EXPECT_NEAR(after.to_px(fixed).x, mouse.x, 1e-2F);
    EXPECT_NEAR(after.to_px(fixed).y, mouse.y, 1e-2F);
    EXPECT_NEAR(after.plane.width(), mapping.plane.width() / 2.5, 1e-12);
    const PlaneMapping back{mapping.area_px, after.zoomed(mouse, 1 / 2.5)};
    EXPECT_NEAR(back.plane.x_min, mapping.plane.x_min, 1e-12);
    EXPECT_NEAR(back.plane.y_max, mapping.plane.y_max, 1e-12);
  }
}

Matrix points(std::initializer_list<double> values) {
  Matrix X(2, static_cast<Index>(values.size()) / 2);
  std::copy(values.begin(), values.end(), X.values().begin());
  return X;
}

TEST(Fitted, PointsOfTheUnitSquareGiveTheUnitSquare) {
  const Rectangle unit_square{0, 1, 0, 1};
  EXPECT_EQ(fitted(points({0.1, 0.1, 0.9, 0.2}).view(), 1), unit_square);
  EXPECT_EQ(fitted({}, 1), unit_square);
  // The corners themselves would be cut off.
  const Rectangle around = fitted(points({0, 0, 1, 1}).view(), 1);
  EXPECT_LT(around.x_min, -0.05);
  EXPECT_GT(around.y_max, 1.05);
  EXPECT_EQ(fitted(Matrix(3, 4).view(), 1), unit_square);  // not a plane
}

TEST(Fitted, HasTheAspectAskedForAndShowsEveryPoint) {
  const Matrix X = points({-3, 0.5, 7, 1.5, 2, -0.25});
  for (const double aspect : {0.5, 1.0, 2.0}) {
    const Rectangle view = fitted(X.view(), aspect);
    EXPECT_NEAR(view.width() / view.height(), aspect, 1e-12);
    EXPECT_LT(view.x_min, -3);
    EXPECT_GT(view.x_max, 7);
    EXPECT_LT(view.y_min, -0.25);
    EXPECT_GT(view.y_max, 1.5);
  }
}

TEST(Fitted, OnePointHasAnAreaAroundItAndNonFiniteOnesAreIgnored) {
  const Rectangle view = fitted(points({5, 5, NAN, 2, INFINITY, 3}).view(), 1);
  EXPECT_GT(view.width(), 0.5);
  EXPECT_LT(view.width(), 100);
  EXPECT_DOUBLE_EQ(view.x_min + view.width() / 2, 5);
}

}  // namespace
}  // namespace deltascope::picture
