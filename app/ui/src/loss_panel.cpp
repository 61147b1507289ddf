#include "curves_mouse.hpp"
#include "panels.hpp"
#include "widgets.hpp"

#include <algorithm>
#include <array>

namespace deltascope::ui {
namespace {

void title_row(Desk& desk) {
  Ui& ui = desk.ui;
  heading(ui, "Cost");
  struct Toggle {
    const char* label;
    bool* on;
    const char* about;
  };
  const std::array toggles{
      Toggle{"log x###Log x", &ui.preferences.loss_log_x, "Logarithmic step axis (L)"},
      Toggle{"log y###Log y", &ui.preferences.loss_log_y, "Logarithmic cost axis"},
  };
  const SmallControls small(ui);
  float width = ImGui::GetStyle().ItemSpacing.x * static_cast<float>(toggles.size() - 1);
  for (const Toggle& toggle : toggles)
    width += button_width(ui, toggle.label);
  if (!same_line_if_fits(width)) return;
  align_right(width);
  for (const Toggle& toggle : toggles) {
    if (button(ui, toggle.label, *toggle.on ? ButtonKind::chosen : ButtonKind::plain)) {
      *toggle.on = !*toggle.on;
      desk.view.loss = {};
    }
    tooltip(ui, toggle.about);
    if (&toggle != &toggles.back()) ImGui::SameLine();
  }
}

}  // namespace

void draw_loss_panel(Desk& desk) {
  Ui& ui = desk.ui;
  title_row(desk);
  const History& history = desk.frame.history;
  const std::array curves{
      picture::Curve{"batch", &history.batch_cost, ui.palette.accent, true},
      picture::Curve{"all points", &history.cost, ui.palette.text},
  };
  picture::CurvesPicture picture;
  // One curve says it all while every batch is the whole data set.
  picture.curves = desk.snapshot().batch_is_all ? std::span(curves).last(1) : std::span(curves);
  picture.x_label = "step";
  picture.log_x = ui.preferences.loss_log_x;
  picture.log_y = ui.preferences.loss_log_y;
  picture.x = desk.view.loss.x;
  picture.y = desk.view.loss.y;

  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImVec2 room = ImGui::GetContentRegionAvail();
  room.x = std::max(room.x, ui.px(140));
  room.y = std::max(room.y, ui.px(100));
  ImGui::InvisibleButton("loss", room);
  ui.record("loss");
  const picture::Rect rect{corner.x, corner.y, corner.x + room.x, corner.y + room.y};
  ImGuiCanvas canvas = ui.canvas();
  picture.cursor_x =
      handle_curves_mouse(ui, picture::layout_curves(canvas, rect, picture), desk.view.loss);
  picture.x = desk.view.loss.x;
  picture.y = desk.view.loss.y;
  draw_curves(canvas, rect, picture, ui.palette);
}

}  // namespace deltascope::ui
