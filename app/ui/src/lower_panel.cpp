#include "actions.hpp"
#include "panels.hpp"
#include "widgets.hpp"

#include <algorithm>
#include <string>

namespace deltascope::ui {

void lower_panel_title(Desk& desk, const LowerPanel& panel) {
  const Ui& ui = desk.ui;
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  panel_heading(desk, panel.id, panel.title, panel.about);
  const SmallControls small(ui);
  const char* fill = desk.view.alone == panel.id ? "Smaller###Alone" : "Fill###Alone";
  const std::string close = std::string("Close###") + panel.close;
  const float width =
      button_width(ui, fill) + ImGui::GetStyle().ItemSpacing.x + button_width(ui, close.c_str());
  ImGui::SetCursorPos(ImVec2(start.x + std::max(room - width, 0.0F), start.y));
  if (button(ui, fill)) actions::show_alone(desk, panel.id);
  tooltip(ui, "This panel fills the window, or goes back (X)");
  ImGui::SameLine();
  if (button(ui, close.c_str())) panel.toggle(desk);
  tooltip(ui, panel.about_close);
}

void leave_lower_panel(Desk& desk) {
  View& view = desk.view;
  view.sweep.open = false;
  if (view.alone == "walk" || view.alone == "checks" || view.alone == "sweep") view.alone = {};
}

}  // namespace deltascope::ui
