// What keys and buttons do to the step on screen.
#include "actions.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace deltascope::ui::actions {
namespace {

std::string counted(std::uint64_t count) {
  return picture::format_count(static_cast<double>(count));
}

}  // namespace

void go_to(Desk& desk, std::uint64_t step) {
  if (desk.frame.frozen) {
    desk.ui.toast("The picture is kept still; press K to see another step", true);
    return;
  }
  const Snapshot& snapshot = desk.snapshot();
  desk.ui.outbox.control(GoToStep{std::clamp(step, snapshot.first_step, snapshot.last_step)});
}

void go_to_typed(Desk& desk, const std::string& text) {
  Ui& ui = desk.ui;
  const Snapshot& snapshot = desk.snapshot();
  const std::optional<std::uint64_t> step = step_in(text);
  if (!step) {
    ui.toast(fmt::format("Step: “{}” is not a whole number, such as 120 or 1e4", text), true);
  } else if (*step > snapshot.last_step) {
    ui.toast(fmt::format("Step {} has not been reached: the newest is {}. G trains to a given step",
                         counted(*step), counted(snapshot.last_step)),
             true);
  } else if (*step < snapshot.first_step) {
    ui.toast(fmt::format("Step {} is not kept any more: the earliest is {}", counted(*step),
                         counted(snapshot.first_step)),
             true);
  } else {
    go_to(desk, *step);
  }
}

void step_back(Desk& desk) {
  const Snapshot& snapshot = desk.snapshot();
  if (snapshot.step > snapshot.first_step) {
    go_to(desk, snapshot.step - 1);
  } else {
    desk.ui.toast(snapshot.step == 0 ? "This is the beginning: there is no step before it"
                                     : "This is the earliest step that is kept",
                  true);
  }
}

void go_to_first(Desk& desk) {
  go_to(desk, desk.snapshot().first_step);
}

void go_to_newest(Desk& desk) {
  // Of a run that goes on there is nothing newer, and it would pause.
  if (desk.snapshot().in_past) go_to(desk, desk.snapshot().last_step);
}

void continue_from_here(Desk& desk) {
  desk.ui.outbox.command(ContinueFrom{desk.snapshot().step});
}

void toggle_timeline(Desk& desk) {
  desk.ui.preferences.timeline = !desk.ui.preferences.timeline;
}

}  // namespace deltascope::ui::actions
