// The classic mistakes, to be made on purpose.

#include "check_parts.hpp"
#include "checks.hpp"
#include "hand_check.hpp"
#include "widgets.hpp"

#include <deltascope/mistake.hpp>

namespace deltascope::ui {
namespace {

// "computed  dW = Σ δ aᵀ"
void formula_row(const Ui& ui, const char* about, std::string_view formula) {
  const float name = ui.px(62);
  const float left = ImGui::GetCursorPosX();
  wrapped_script(ui, about, name);
  ImGui::SameLine(left + name);
  wrapped_script(ui, formula, ImGui::GetContentRegionAvail().x);
}

}  // namespace

void explain_mistake(const Desk& desk) {
  const Ui& ui = desk.ui;
  const Mistake* mistake = mistake_in(desk.settings().model);
  if (mistake == nullptr) return;
  const ImVec2 low = ImGui::GetCursorScreenPos();
  const float right = low.x + ImGui::GetContentRegionAvail().x;
  if (const std::string why = silent_reason(desk, *mistake); !why.empty()) {
    wrapped_text(ui, why, false);
  }
  wrapped_text(ui, mistake->about);
  ui.record("mistake explained", low, ImVec2(right, ImGui::GetCursorScreenPos().y));
}

void draw_mistake_choice(Desk& desk) {
  Ui& ui = desk.ui;
  const Mistake* present = mistake_in(desk.settings().model);
  std::vector<std::string_view> names{"none"};
  int chosen = 0;
  for (const Mistake& mistake : mistakes()) {
    if (&mistake == present) chosen = static_cast<int>(names.size());
    names.push_back(mistake.label);
  }
  heading(ui, "Break it on purpose");
  tooltip(ui, "A classic mistake, really computed. Which of the two checks finds it?");
  ImGui::BeginDisabled(has_lock(desk, "mistake"));
  if (const std::optional<int> row = combo(ui, "###Mistake", names, chosen)) {
    const auto number = static_cast<std::size_t>(*row);
    ui.outbox.command(SetMistake{number == 0 ? nullptr : &mistakes()[number - 1]});
  }
  ImGui::EndDisabled();
  if (present == nullptr) return;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(6), ui.px(4)));
  formula_row(ui, "computed", present->wrong);
  formula_row(ui, "right", present->right);
  ImGui::PopStyleVar();
}

}  // namespace deltascope::ui
