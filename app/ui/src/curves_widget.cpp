#include "curves_widget.hpp"

#include <cmath>

namespace deltascope::ui {
namespace {

constexpr double wheel_zoom = 1.2;

bool usable(const picture::Axis& axis) {
  return std::isfinite(axis.lo) && std::isfinite(axis.hi) && axis.hi > axis.lo &&
         (!axis.log || axis.lo > 0);
}

// The axis whose ends lie at these fractions of the present one.
void set(std::optional<picture::Axis>& kept, const picture::Axis& axis, double lo, double hi) {
  const picture::Axis moved{axis.value_at(lo), axis.value_at(hi), axis.log};
  if (usable(moved)) kept = moved;
}

void zoom(std::optional<picture::Axis>& kept, const picture::Axis& axis, double fixed,
          double factor) {
  set(kept, axis, fixed - fixed / factor, fixed + (1 - fixed) / factor);
}

// For the item drawn last; returns the x under the mouse while it is over the plot.
std::optional<double> handle_mouse(const Ui& ui, const picture::CurvesLayout& layout,
                                   CurvesView& view) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool hovered = ImGui::IsItemHovered();
  const picture::Rect& plot = layout.plot;
  if (!(plot.width() > 0 && plot.height() > 0)) return std::nullopt;
  const double across = (io.MousePos.x - plot.x0) / plot.width();
  const double up = (plot.y1 - io.MousePos.y) / plot.height();
  if (hovered && io.MouseWheel != 0) {
    const double factor = std::pow(wheel_zoom, io.MouseWheel);
    if (across >= 0) zoom(view.x, layout.x, across, factor);
    if (up >= 0) zoom(view.y, layout.y, up, factor);
  }
  if (ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left, ui.px(3))) {
    const double dx = io.MouseDelta.x / plot.width(), dy = io.MouseDelta.y / plot.height();
    if (dx != 0) set(view.x, layout.x, -dx, 1 - dx);
    if (dy != 0) set(view.y, layout.y, dy, 1 + dy);
  }
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) view = {};
  if (!hovered || !plot.contains(to_point(io.MousePos))) return std::nullopt;
  return layout.x.value_at(across);
}

}  // namespace

picture::Rect curves_widget(const Ui& ui, const char* id, ImVec2 room,
                            picture::CurvesPicture picture, CurvesView& view) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, room);
  ui.record(id);
  const picture::Rect rect{corner.x, corner.y, corner.x + room.x, corner.y + room.y};
  ImGuiCanvas canvas = ui.canvas();
  picture.x = view.x;
  picture.y = view.y;
  picture.cursor_x = handle_mouse(ui, picture::layout_curves(canvas, rect, picture), view);
  picture.x = view.x;
  picture.y = view.y;
  draw_curves(canvas, rect, picture, ui.palette);
  return rect;
}

}  // namespace deltascope::ui
