// The classic mistakes, to be made on purpose.

#include "checks.hpp"
#include "settings_sections.hpp"
#include "widgets.hpp"

#include <deltascope/mistake.hpp>

namespace deltascope::ui {
namespace {

bool choice_row(const Ui& ui, std::string_view label, bool chosen) {
  const std::string id = "Mistake: " + std::string(label);
  const float height = ui.px(24), radius = ui.px(5);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const bool pressed = ImGui::InvisibleButton(id.c_str(), ImVec2(width, height));
  ui.record(id);
  ImGuiCanvas canvas = ui.canvas();
  if (ImGui::IsItemHovered()) {
    canvas.fill_rect({at.x - ui.px(4), at.y, at.x + width, at.y + height},
                     picture::faded(ui.palette.frame, 0.6), ui.px(5));
  }
  const picture::Point center{at.x + ui.px(3) + radius, at.y + height / 2};
  if (chosen) {
    canvas.fill_circle(center, radius, ui.palette.accent);
  } else {
    canvas.stroke_circle(center, radius, {ui.palette.secondary, 1.3F * ui.scale()});
  }
  canvas.text({center.x + radius + ui.px(9), center.y}, label, picture::Font::small,
              ui.palette.text, picture::AlignX::left, picture::AlignY::middle);
  return pressed && !chosen;
}

// "computed  dW = Σ δ aᵀ"
void formula_row(const Ui& ui, const char* about, std::string_view formula) {
  const float name = ui.px(62);
  const float left = ImGui::GetCursorPosX();
  wrapped_script(ui, about, name);
  ImGui::SameLine(left + name);
  wrapped_script(ui, formula, ImGui::GetContentRegionAvail().x);
}

void explain(const Desk& desk, const Mistake& mistake) {
  const Ui& ui = desk.ui;
  formula_row(ui, "computed", mistake.wrong);
  formula_row(ui, "right", mistake.right);
  wrapped_text(ui, mistake.about);
  wrapped_text(ui, mistake.caught_by == CaughtBy::gradient_check
                       ? "The gradient check finds it; the update is what it should be of that "
                         "gradient."
                       : "The update check finds it; the gradient is right.");
  if (const std::string why = hidden_reason(desk, mistake); !why.empty()) {
    wrapped_text(ui, "Not visible here: " + why, false);
  }
}

}  // namespace

void draw_mistake_section(Desk& desk) {
  Ui& ui = desk.ui;
  const Mistake* present = mistake_in(desk.settings().model);
  wrapped_text(ui, "A classic mistake, really computed. Which of the two checks finds it?");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  if (choice_row(ui, "none", present == nullptr)) ui.outbox.command(SetMistake{nullptr});
  for (const Mistake& mistake : mistakes()) {
    const bool chosen = &mistake == present;
    if (choice_row(ui, mistake.label, chosen)) ui.outbox.command(SetMistake{&mistake});
    if (!chosen) continue;
    const float indent = ui.px(22);
    ImGui::Indent(indent);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(6), ui.px(5)));
    explain(desk, mistake);
    ImGui::PopStyleVar();
    ImGui::Unindent(indent);
    ImGui::Dummy(ImVec2(0, ui.px(6)));
  }
  ImGui::PopStyleVar();
}

}  // namespace deltascope::ui
