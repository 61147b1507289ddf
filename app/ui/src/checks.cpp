#include "checks.hpp"

#include "actions.hpp"
#include "hand_check.hpp"
#include "panels.hpp"

#include <deltascope/picture/axis.hpp>

#include <algorithm>
#include <utility>

namespace deltascope::ui {
namespace {

// Central differences take two forward passes for each parameter, each about as many products as
// there are parameters for each sample.
constexpr double cheap_products = 2e7;
// What is over sooner need not be announced.
constexpr double shown_after_seconds = 0.15;

CheckedMoment present_moment(const Desk& desk) {
  return {desk.snapshot().step, desk.snapshot().revision};
}

void keep_rows_up_to_date(ChecksView& view) {
  const CheckRowsKey key{view.found->number, view.shown, view.in_order};
  if (view.rows_of == key) return;
  view.rows = check_rows(*view.found, view.shown, view.in_order);
  view.rows_of = key;
}

void ask(Desk& desk) {
  desk.view.checks.asked = present_moment(desk);
  desk.ui.outbox.control(RunCheck{});
}

}  // namespace

void follow_checks(Desk& desk) {
  ChecksView& view = desk.view.checks;
  const CheckSnapshot& check = desk.frame.check;
  if (hides_numbers(desk)) {
    view.seen = check.number;  // not even later: it lists what was to be worked out
    view.found = nullptr;
    view.running_since_seconds.reset();
    return;
  }
  if (std::exchange(view.seen, check.number) != check.number) {
    const bool complete =
        !check.running && check.settings != nullptr && !check.gradient.ended_early;
    if (complete) view.found = std::make_shared<const CheckSnapshot>(check);
    if (!check.running) {
      view.running_since_seconds.reset();
    } else if (!view.running_since_seconds) {
      view.running_since_seconds = desk.ui.now_seconds;
    }
  }
  if (view.found != nullptr && !view.chosen_by_hand) {
    const bool only_update_fails =
        passed(*view.found, CheckKind::gradient) && !passed(*view.found, CheckKind::update);
    view.shown = only_update_fails ? CheckKind::update : CheckKind::gradient;
  }
  if (view.found != nullptr) keep_rows_up_to_date(view);
  const bool is_open = desk.ui.preferences.checking && !desk.ui.preferences.walking;
  const bool is_still = desk.snapshot().run == RunState::paused && !desk.frame.frozen;
  if (is_open && is_still && desk.snapshot().has_trace && !is_of_now(desk) &&
      is_checked_by_itself(desk) && view.asked != present_moment(desk)) {
    ask(desk);
  }
}

bool is_of_now(const Desk& desk) {
  const auto& found = desk.view.checks.found;
  return found != nullptr && found->settings == desk.snapshot().settings &&
         CheckedMoment{found->step, found->revision} == present_moment(desk);
}

bool is_checked_by_itself(const Desk& desk) {
  const Snapshot& snapshot = desk.snapshot();
  const auto parameters = static_cast<double>(snapshot.parameters.size());
  return parameters * parameters * static_cast<double>(snapshot.trace.batch_size) < cheap_products;
}

bool is_check_running(const Desk& desk) {
  const auto& since = desk.view.checks.running_since_seconds;
  return since && desk.ui.now_seconds - *since >= shown_after_seconds;
}

std::string silent_reason(const Desk& desk, const Mistake& mistake) {
  const Settings& settings = desk.settings();
  const Index all = desk.data().size();
  const Index batch_size = settings.batch_size == 0 ? all : std::min(settings.batch_size, all);
  const std::string hidden = mistake.why_hidden(settings.model, batch_size);
  return hidden.empty() ? why_not_trained(mistake, settings) : "Not visible here: " + hidden;
}

const char* mark_of(bool passed) {
  return passed ? "✓" : "✗";
}

std::string error_text(double error) {
  return picture::format_number(error, 2);
}

namespace actions {

void toggle_checks(Desk& desk) {
  Preferences& preferences = desk.ui.preferences;
  preferences.checking = preferences.walking || !preferences.checking;
  preferences.walking = false;
  leave_lower_panel(desk);
}

void run_check(Desk& desk) {
  if (desk.ui.preferences.walking || !desk.ui.preferences.checking) toggle_checks(desk);
  if (desk.snapshot().has_trace) {
    ask(desk);
  } else {
    desk.ui.toast("There is no step to check: place points first.", true);
  }
}

void cancel_check(Desk& desk) {
  desk.ui.outbox.control(CancelCheck{});
}

}  // namespace actions
}  // namespace deltascope::ui
