#include "plane_mouse.hpp"

#include "actions.hpp"

#include <deltascope/picture/boundary_picture.hpp>

#include <algorithm>
#include <cmath>

namespace deltascope::ui {
namespace {

constexpr float grip = 4;   // units beyond a marker at which it is still meant
constexpr float still = 3;  // units that a click may tremble
constexpr double wheel_zoom = 1.2;
constexpr double least_extent = 1e-9, most_extent = 1e9;

picture::PlanePoint clamped(picture::PlanePoint p, const Rectangle& area) {
  return {std::clamp(p.x, area.x_min, area.x_max), std::clamp(p.y, area.y_min, area.y_max)};
}

bool trembles(ImGuiMouseButton button, const Ui& ui) {
  const ImVec2 moved = ImGui::GetMouseDragDelta(button, 0);
  return std::hypot(moved.x, moved.y) <= ui.px(still);
}

void move_view(Desk& desk, const Rectangle& area) {
  const double extent = area.width();
  if (!(extent > least_extent && extent < most_extent)) return;
  desk.view.plane.area = area;
  desk.view.plane.by_hand = true;
}

void place(Desk& desk, picture::Point mouse, int label) {
  const picture::PlanePoint at = desk.view.plane.mapping->to_plane(mouse);
  desk.ui.outbox.command(AddPoint{at.x, at.y, label});
}

void press(Desk& desk, picture::Point mouse) {
  PlaneView& view = desk.view.plane;
  view.click_used = ImGui::GetIO().KeyCtrl;
  if (!view.hovered) return;
  if (view.click_used) {
    actions::remove_point(desk, *view.hovered);
    return;
  }
  const Dataset& data = desk.data();
  const picture::PlanePoint at{data.X(0, *view.hovered), data.X(1, *view.hovered)};
  const picture::PlanePoint pressed = view.mapping->to_plane(mouse);
  view.drag = PointDrag{*view.hovered, at, {at.x - pressed.x, at.y - pressed.y}};
}

void drag_point(Desk& desk, picture::Point mouse) {
  PlaneView& view = desk.view.plane;
  PointDrag& drag = *view.drag;
  if (drag.gesture == 0) {
    if (trembles(ImGuiMouseButton_Left, desk.ui)) return;
    drag.gesture = desk.ui.new_gesture();
  }
  const picture::PlanePoint under = view.mapping->to_plane(mouse);
  const picture::PlanePoint to =
      clamped({under.x + drag.grip.x, under.y + drag.grip.y}, *view.area);
  if (to.x == drag.to.x && to.y == drag.to.y) return;
  drag.to = to;
  desk.ui.outbox.command(MovePoint{drag.sample, to.x, to.y}, drag.gesture);
}

void release(Desk& desk, picture::Point mouse, bool pressed_inside) {
  PlaneView& view = desk.view.plane;
  if (view.drag && view.drag->gesture == 0) {
    desk.view.selected = view.drag->sample;
    view.drag.reset();
  } else if (view.drag) {
    view.drag->released = std::max<std::uint64_t>(1, desk.ui.snapshot_number);
  } else if (pressed_inside && !view.click_used && !view.pans &&
             view.mapping->area_px.contains(mouse)) {
    place(desk, mouse, ImGui::GetIO().KeyShift ? 1 : desk.view.picked_class);
  }
  view.pans = false;
}

// The drag ends on screen when the session shows what the hand did.
void settle_drag(Desk& desk) {
  PlaneView& view = desk.view.plane;
  if (!view.drag) return;
  const Dataset& data = desk.data();
  const PointDrag& drag = *view.drag;
  const bool gone = drag.sample >= data.size();
  const bool answered =
      drag.released != 0 && !gone &&
      ((data.X(0, drag.sample) == drag.to.x && data.X(1, drag.sample) == drag.to.y) ||
       desk.ui.snapshot_number > drag.released + 1);
  if (gone || answered) view.drag.reset();
}

// Through many points only when the mouse or one of them has moved.
std::optional<Index> point_at(Desk& desk, picture::Point mouse, float radius_px) {
  PointSearch& search = desk.view.plane.search;
  const picture::PlaneMapping& mapping = *desk.view.plane.mapping;
  if (search.data != desk.snapshot().data || !(search.plane == mapping.plane) ||
      !(search.area_px == mapping.area_px) || !(search.mouse == mouse) ||
      search.radius_px != radius_px) {
    search = {desk.snapshot().data,
              mapping.plane,
              mapping.area_px,
              mouse,
              radius_px,
              picture::sample_at(mapping, desk.data().X.view(), mouse, radius_px)};
  }
  return search.found;
}

}  // namespace

void handle_plane_mouse(Desk& desk, bool hovered, bool active, float marker_radius_px) {
  PlaneView& view = desk.view.plane;
  const ImGuiIO& io = ImGui::GetIO();
  const picture::Point mouse = to_point(io.MousePos);
  settle_drag(desk);
  const bool inside = hovered && view.mapping->area_px.contains(mouse);
  if (!active) {
    view.hovered =
        inside ? point_at(desk, mouse, marker_radius_px + desk.ui.px(grip)) : std::nullopt;
  }
  if (inside && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) press(desk, mouse);

  const ImVec2 clicked = io.MouseClickedPos[ImGuiMouseButton_Left];
  const bool left_down = active && ImGui::IsMouseDown(ImGuiMouseButton_Left);
  const bool from_plane = view.mapping->area_px.contains(to_point(clicked));
  const bool holds_point = view.drag && view.drag->released == 0;
  if (left_down && holds_point) {
    drag_point(desk, mouse);
  } else if (left_down && from_plane && !view.click_used &&
             (view.pans || !trembles(ImGuiMouseButton_Left, desk.ui))) {
    view.pans = true;
  }
  const bool middle = active && ImGui::IsMouseDown(ImGuiMouseButton_Middle);
  if (((left_down && view.pans) || middle) && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
    move_view(desk, view.mapping->panned(io.MouseDelta.x, io.MouseDelta.y));
  }
  if (ImGui::IsItemDeactivated() && ImGui::IsMouseReleased(ImGuiMouseButton_Left)) {
    release(desk, mouse, from_plane);
  }
  const bool right_click = hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right);
  if (right_click && inside && !view.hovered && trembles(ImGuiMouseButton_Right, desk.ui)) {
    place(desk, mouse, 1);
  }
  if (inside && io.MouseWheel != 0) {
    move_view(desk, view.mapping->zoomed(mouse, std::pow(wheel_zoom, io.MouseWheel)));
  }
  if (inside) ImGui::SetMouseCursor(view.hovered ? ImGuiMouseCursor_Hand : ImGuiMouseCursor_Arrow);
}

}  // namespace deltascope::ui
