// The mouse in the plane, at several scales: what the session then contains.

#include "harness.hpp"

namespace deltascope::ui {
namespace {

struct Scale {
  float display;
  float zoom;
};

class Plane : public ::testing::TestWithParam<Scale> {
 protected:
  Plane() : ui(options()) {}
  static Harness::Options options() {
    Harness::Options result;
    result.scale = GetParam().display;
    result.preferences.zoom = GetParam().zoom;
    result.width = 1500 * result.scale * result.preferences.zoom;
    result.height = 1200 * result.scale * result.preferences.zoom;
    return result;
  }
  // A pixel, in the plane: Dear ImGui rounds the mouse to whole ones.
  double tolerance() const {
    const picture::PlaneMapping plane = ui.workbench.plane().value();
    return 1.01 * plane.plane.width() / plane.area_px.width();
  }
  Harness ui;
};
INSTANTIATE_TEST_SUITE_P(Scales, Plane,
                         ::testing::Values(Scale{1, 1}, Scale{1.5F, 1}, Scale{1, 1.5F},
                                           Scale{2, 1.25F}));

TEST_P(Plane, ClickPlacesThePickedClassThere) {
  ui.click(ui.plane_px(0.25, 0.75));
  ASSERT_EQ(ui.data().size(), 11);
  EXPECT_NEAR(ui.data().X(0, 10), 0.25, tolerance());
  EXPECT_NEAR(ui.data().X(1, 10), 0.75, tolerance());
  EXPECT_EQ(ui.label(10), 0);
}

TEST_P(Plane, ClicksNearTheBordersLandThere) {
  const picture::PlaneMapping plane = ui.workbench.plane().value();
  const picture::Rect area = plane.area_px;
  ui.click({area.x0 + 1, area.y0 + 1});
  ui.click({area.x1 - 2, area.y1 - 2});
  ASSERT_EQ(ui.data().size(), 12);
  EXPECT_NEAR(ui.data().X(0, 10), plane.plane.x_min, 3 * tolerance());
  EXPECT_NEAR(ui.data().X(1, 10), plane.plane.y_max, 3 * tolerance());
  EXPECT_NEAR(ui.data().X(0, 11), plane.plane.x_max, 5 * tolerance());
  EXPECT_NEAR(ui.data().X(1, 11), plane.plane.y_min, 5 * tolerance());
}

TEST_P(Plane, ClickOnAPointSelectsItAndPlacesNothing) {
  ui.click(ui.plane_px(0.3, 0.4));
  EXPECT_EQ(ui.data().size(), 10);
  ASSERT_FALSE(ui.sent<Look>().empty());
  EXPECT_EQ(ui.sent<Look>().back().selected, 1);
}

TEST_P(Plane, DragMovesAPointAsOneUndo) {
  ui.drag(ui.plane_px(0.6, 0.9), ui.plane_px(0.2, 0.8));
  ASSERT_EQ(ui.data().size(), 10);
  EXPECT_NEAR(ui.data().X(0, 3), 0.2, tolerance());
  EXPECT_NEAR(ui.data().X(1, 3), 0.8, tolerance());
  ui.key(Key::z, true);
  EXPECT_EQ(ui.data().X(0, 3), 0.6);
  EXPECT_EQ(ui.data().X(1, 3), 0.9);
  EXPECT_FALSE(ui.session.can_undo());
}

TEST_P(Plane, RightClickAndShiftPlaceAnX) {
  ui.click(ui.plane_px(0.25, 0.75), true);
  ui.modifiers(false, true);
  ui.click(ui.plane_px(0.8, 0.8));
  ui.modifiers(false, false);
  ASSERT_EQ(ui.data().size(), 12);
  EXPECT_EQ(ui.label(10), 1);
  EXPECT_EQ(ui.label(11), 1);
}

TEST_P(Plane, CtrlClickRemovesAndPlacesNothing) {
  ui.modifiers(true, false);
  ui.click(ui.plane_px(0.3, 0.4));
  ui.click(ui.plane_px(0.8, 0.8));
  ui.modifiers(false, false);
  ASSERT_EQ(ui.data().size(), 9);
  EXPECT_EQ(ui.data().X(0, 1), 0.1);
  ui.key(Key::z, true);
  EXPECT_EQ(ui.data().X(0, 1), 0.3);
}

TEST_P(Plane, PlacingAfterZoomAndPanLandsUnderTheMouse) {
  ui.wheel(ui.plane_px(0.5, 0.5), 5);
  ui.drag(ui.plane_px(0.5, 0.5), ui.plane_px(0.55, 0.45), true);
  ASSERT_EQ(ui.data().size(), 10);
  const picture::PlaneMapping plane = ui.workbench.plane().value();
  EXPECT_LT(plane.plane.width(), 0.6);
  const picture::Point at{std::round(plane.area_px.center().x + 30),
                          std::round(plane.area_px.center().y - 10)};
  ui.click(at);
  ASSERT_EQ(ui.data().size(), 11);
  EXPECT_NEAR(ui.data().X(0, 10), plane.to_plane(at).x, tolerance());
  EXPECT_NEAR(ui.data().X(1, 10), plane.to_plane(at).y, tolerance());
}

TEST_P(Plane, FitShowsTheWholeDataAgain) {
  const Rectangle before = ui.workbench.plane()->plane;
  ui.wheel(ui.plane_px(0.2, 0.2), 8);
  ASSERT_NE(ui.workbench.plane()->plane, before);
  ui.key(Key::f);
  EXPECT_EQ(ui.workbench.plane()->plane, before);
}

TEST_P(Plane, AsksForGridsOfWhatIsVisible) {
  ui.frames(2);
  EXPECT_EQ(ui.sent<Look>().back().grid.area, ui.workbench.plane()->plane);
  const std::size_t before = ui.sent<Look>().size();
  ui.frames(10);
  EXPECT_EQ(ui.sent<Look>().size(), before);
  ui.wheel(ui.plane_px(0.5, 0.5), 1);
  EXPECT_EQ(ui.sent<Look>().back().grid.area, ui.workbench.plane()->plane);
}

TEST(PlaneMouse, DraggingBesidePansAndPlacesNothing) {
  Harness ui;
  const Rectangle before = ui.workbench.plane()->plane;
  ui.drag(ui.plane_px(0.2, 0.7), ui.plane_px(0.4, 0.7));
  EXPECT_EQ(ui.data().size(), 10);
  EXPECT_LT(ui.workbench.plane()->plane.x_min, before.x_min);
}

TEST(PlaneMouse, PlacingOutsideTheUnitSquareIsPossibleAfterZoomingOut) {
  Harness ui;
  ui.wheel(ui.plane_px(0.5, 0.5), -5);
  ui.click(ui.plane_px(-0.3, 1.2));
  ASSERT_EQ(ui.data().size(), 11);
  EXPECT_LT(ui.data().X(0, 10), -0.2);
}

TEST(PlaneMouse, WorksWhileTraining) {
  Harness ui;
  ui.press("Train");
  for (int i = 0; i < 5; ++i)
    ui.session.advance();
  ui.click(ui.plane_px(0.25, 0.75));
  EXPECT_EQ(ui.run, RunState::playing);
  EXPECT_EQ(ui.data().size(), 11);
}

TEST(PlaneMouse, SelectionFollowsRemovals) {
  Harness ui;
  ui.click(ui.plane_px(0.1, 0.5));  // the third point
  ASSERT_EQ(ui.sent<Look>().back().selected, 2);
  ui.modifiers(true, false);
  ui.click(ui.plane_px(0.1, 0.1));  // the first one goes
  ui.modifiers(false, false);
  EXPECT_EQ(ui.sent<Look>().back().selected, 1);
}

TEST(PlaneMouse, ANetworkWithThreeInputsHasNoPlane) {
  Harness ui;
  Settings settings = ox_settings();
  const Activation* sigmoid = find_activation("sigmoid");
  settings.model.architecture = Architecture({3, 2}, {sigmoid});
  Dataset data;
  data.X.resize(3, 2);
  data.Y.resize(2, 2);
  ui.session =
      Session(std::make_shared<const Settings>(settings), std::make_shared<const Dataset>(data));
  ui.frames(3);
  EXPECT_FALSE(ui.workbench.plane());
  ui.press("plane");
  ui.press("Step");
  EXPECT_EQ(ui.data().size(), 2);
}

}  // namespace
}  // namespace deltascope::ui
