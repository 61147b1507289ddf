#include "actions.hpp"
#include "dialogs.hpp"
#include "widgets.hpp"

#include <utility>

namespace deltascope::ui {
namespace {

void accept(Desk& desk) {
  const auto step = step_in(desk.view.run_to_step);
  if (step && *step > 0) {
    desk.ui.outbox.control(RunTo{*step});
    desk.view.dialog = Dialog::none;
  } else {
    desk.ui.toast("A step is a whole number from 1, such as 10000 or 1e6.", true);
  }
}

}  // namespace

void actions::ask_run_to(Desk& desk) {
  desk.view.dialog = Dialog::run_to;
  desk.view.run_to_step.clear();
  desk.view.focus_run_to = true;
}

void draw_run_to(Desk& desk) {
  View& view = desk.view;
  heading(desk.ui, "Train to a step");
  wrapped_text(desk.ui, "Pauses there, exactly. The speed is the chosen one.");
  if (std::exchange(view.focus_run_to, false)) ImGui::SetKeyboardFocusHere();
  bool entered = false;
  if (const auto typed = text_field(desk.ui, "###Run to", view.run_to_step, desk.ui.px(300))) {
    view.run_to_step = typed->text;
    entered = typed->entered;
  }
  if (button(desk.ui, "Train###Accept run to", ButtonKind::primary) || entered) accept(desk);
  ImGui::SameLine();
  if (button(desk.ui, "Cancel###Cancel run to")) actions::escape(desk);
}

}  // namespace deltascope::ui
