#include "actions.hpp"
#include "checks.hpp"
#include "panels.hpp"
#include "widgets.hpp"

#include <fmt/format.h>

namespace deltascope::ui {
namespace {

void reset_button(Desk& desk) {
  const char* reset = "Reset###Reset after divergence";
  same_line_if_fits(button_width(desk.ui, reset));
  if (button(desk.ui, reset)) actions::reset(desk);
}

void warning_line(const Ui& ui, const std::string& text) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ui.canvas().fill_rect(
      {corner.x, corner.y, corner.x + ui.px(4), corner.y + ImGui::GetFrameHeight()},
      ui.palette.warning, ui.px(2));
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ui.px(14));
  ImGui::AlignTextToFramePadding();
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
}

void draw_divergence(Desk& desk) {
  const Ui& ui = desk.ui;
  const Divergence& divergence = *desk.snapshot().divergence;
  warning_line(ui, fmt::format("Stopped at step {}: {}", divergence.step, divergence.reason));

  // Without a rate to halve there are two ways out.
  if (!desk.settings().optimizer->uses_learning_rate()) {
    const std::string back = fmt::format("Back to step {}###Back", divergence.last_finite_step);
    same_line_if_fits(button_width(ui, back.c_str()));
    if (button(ui, back.c_str())) desk.ui.outbox.command(Recover{1});
    reset_button(desk);
    return;
  }
  // Weights that have run away are seldom worth going back to.
  const char* restart = "Restart with half the rate";
  same_line_if_fits(button_width(ui, restart));
  if (button(ui, restart, ButtonKind::primary)) {
    actions::reset(desk);  // first: another rate alone would go back to the last finite step
    desk.ui.outbox.command(SetLearningRate{desk.settings().rates.learning_rate / 2});
  }
  const std::string back = fmt::format("Back to step {}, half the rate###Back with half the rate",
                                       divergence.last_finite_step);
  same_line_if_fits(button_width(ui, back.c_str()));
  if (button(ui, back.c_str())) desk.ui.outbox.command(Recover{0.5});
  reset_button(desk);
}

// On the line of the item before where there is room.
void further_text(const Ui& ui, const std::string& text) {
  const float indent = ui.px(14);
  const float width = ui.canvas().measure(text, picture::Font::small).width;
  if (!same_line_if_fits(width + indent)) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + indent);
  ImGui::AlignTextToFramePadding();
  wrapped_text(ui, text);
}

void draw_mistake(Desk& desk, const Mistake& mistake) {
  const Ui& ui = desk.ui;
  warning_line(ui, fmt::format("Computed with a deliberate mistake: {}", mistake.label));
  const char* off = "Off###Mistake off";
  const char* check = "Check###Check mistake";
  same_line_if_fits(button_width(ui, off));
  if (button(ui, off, ButtonKind::primary)) ui.outbox.command(SetMistake{nullptr});
  tooltip(ui, "Computes rightly again");
  same_line_if_fits(button_width(ui, check));
  if (button(ui, check, ButtonKind::plain, desk.snapshot().has_trace)) actions::run_check(desk);
  tooltip(ui, "Gradient check and update check of the step on screen (C)");
  if (is_of_now(desk)) {
    const CheckSnapshot& found = *desk.view.checks.found;
    further_text(ui, fmt::format("Gradient check {}   Update check {}",
                                 mark_of(passed(found, CheckKind::gradient)),
                                 mark_of(passed(found, CheckKind::update))));
  }
  if (const std::string why = silent_reason(desk, mistake); !why.empty()) further_text(ui, why);
}

}  // namespace

bool has_banner(const Desk& desk) {
  return desk.snapshot().divergence || mistake_in(desk.settings().model) != nullptr;
}

void draw_banner(Desk& desk) {
  if (desk.snapshot().divergence) draw_divergence(desk);
  if (const Mistake* mistake = mistake_in(desk.settings().model)) draw_mistake(desk, *mistake);
}

}  // namespace deltascope::ui
