#include "actions.hpp"
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

}  // namespace

void draw_banner(Desk& desk) {
  const Ui& ui = desk.ui;
  const Divergence& divergence = *desk.snapshot().divergence;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ui.canvas().fill_rect(
      {corner.x, corner.y, corner.x + ui.px(4), corner.y + ImGui::GetFrameHeight()},
      ui.palette.warning, ui.px(2));
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ui.px(14));
  ImGui::AlignTextToFramePadding();
  ImGui::PushTextWrapPos(0);
  const std::string text =
      fmt::format("Stopped at step {}: {}", divergence.step, divergence.reason);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();

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

}  // namespace deltascope::ui
