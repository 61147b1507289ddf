// How often does this setting succeed? Runs from many seeds, and what they say together.

#include "actions.hpp"
#include "panels.hpp"
#include "sweep_parts.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/sweep_picture.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace deltascope::ui {
namespace {

constexpr float controls_width = 262, least_picture_width = 300, gap = 24;
constexpr float picture_height_below = 260, table_height_below = 220;  // where all is in one column
// A run on screen that is at least as long says how long a run is meant to be.
constexpr std::uint64_t least_suggested_steps = 1000;

std::optional<double> plan_field(Desk& desk, const char* text, const char* label, double value,
                                 const NumberRange& range, const char* about) {
  Ui& ui = desk.ui;
  const float field = ui.px(118);
  secondary_text(ui, text);
  tooltip(ui, about);
  ImGui::SameLine();
  align_right(field);
  return number_field(ui, label, value, range, field);
}

void plan(Desk& desk) {
  SweepPlan& next = desk.view.sweep.plan;
  const double most_steps = static_cast<double>(max_sweep_steps);
  const double last_seed =
      std::min(9e15, static_cast<double>(desk.settings().stream->largest_seed));
  const auto whole = [](double low, double high) {
    return NumberRange{.low = low, .high = high, .whole = true};
  };
  if (const auto typed = plan_field(desk, "Seeds", "###Sweep seeds",
                                    static_cast<double>(next.seeds), whole(1, max_sweep_seeds),
                                    "How many runs, each with other initial weights and another "
                                    "order of batches")) {
    next.seeds = static_cast<std::uint64_t>(*typed);
  }
  if (const auto typed =
          plan_field(desk, "from seed", "###Sweep first seed", static_cast<double>(next.first_seed),
                     whole(0, last_seed), "The first run's; the next run has the next seed")) {
    next.first_seed = static_cast<std::uint64_t>(*typed);
  }
  if (const auto typed =
          plan_field(desk, "Steps each", "###Sweep steps", static_cast<double>(next.steps),
                     whole(1, most_steps), "Parameter updates of each run")) {
    next.steps = static_cast<std::uint64_t>(*typed);
  }
  if (const auto typed = plan_field(desk, "Cost to come to", "###Sweep threshold", next.threshold,
                                    {.low = 1e-300, .high = 1e300},
                                    "Over all points: the steps up to here are counted")) {
    next.threshold = *typed;
  }
}

void start_or_cancel(Desk& desk) {
  const Ui& ui = desk.ui;
  const SweepSnapshot& sweep = desk.frame.sweep;
  if (sweep.running) {
    if (button(ui, "Cancel###Cancel sweep")) actions::cancel_sweep(desk);
    tooltip(ui, "Keeps the runs that are finished");
    ImGui::SameLine();
    progress_bar(ui, "sweep progress", sweep.progress);
    return;
  }
  const bool possible = desk.data().size() > 0;
  const bool wanted = possible && !is_sweep_of_now(desk);
  if (button(ui, "Start###Start sweep", wanted ? ButtonKind::primary : ButtonKind::plain,
             possible)) {
    actions::run_sweep(desk);
  }
  tooltip(ui, "With the settings and points on screen; the run on screen stays as it is");
}

std::string step_text(double step) {
  return picture::format_count(std::round(step));
}

std::string arrival_text(const SweepSnapshot& sweep) {
  const SweepSummary& summary = sweep.summary;
  const double median = summary.steps_to_threshold[2];
  const std::string cost = picture::format_number(sweep.result->request.plan.threshold, 3);
  const std::string came =
      fmt::format("{} of {} come to cost {}", summary.arrived.count, summary.arrived.total, cost);
  if (!std::isfinite(median)) return came + ".";
  return fmt::format("{}, half of all within {} steps.", came, step_text(median));
}

void verdict(Desk& desk) {
  const Ui& ui = desk.ui;
  const SweepSnapshot& sweep = desk.frame.sweep;
  const SweepSummary& summary = sweep.summary;
  const Proportion& separated = summary.separated;
  {
    const FontScope font(ui.fonts, picture::Font::heading);
    wrapped_text(ui,
                 fmt::format("{} of {} {} all points", separated.count, separated.total,
                             separated.total == 1 ? "seed separates" : "seeds separate"),
                 false);
  }
  ui.record("sweep verdict");
  wrapped_text(ui, fmt::format("{:.0f} % (95 %: {:.0f} … {:.0f} %). {}", 100 * separated.fraction(),
                               100 * separated.low, 100 * separated.high, arrival_text(sweep)));
  if (summary.diverged.count > 0) {
    wrapped_text(ui, fmt::format("{} diverged.", summary.diverged.count), false);
  }
  const SweepPlan& plan = sweep.result->request.plan;
  if (!sweep.running && separated.total < plan.seeds) {
    wrapped_text(ui, fmt::format("Cancelled after {} of {} runs.", separated.total, plan.seeds),
                 false);
  }
  if (!is_sweep_of_now(desk)) {
    wrapped_text(ui, "Of other settings or points: something has been changed since.", false);
    ui.record("sweep is stale");
  }
}

// Where the window is small, the cost plot and its own are out of sight.
void axis_toggle(Desk& desk, const char* label, bool& on, const char* about) {
  if (button(desk.ui, label, on ? ButtonKind::chosen : ButtonKind::plain)) {
    on = !on;
    desk.view.loss = {};
  }
  tooltip(desk.ui, about);
}

void controls(Desk& desk) {
  const SmallControls small(desk.ui);
  plan(desk);
  start_or_cancel(desk);
  if (has_runs(desk)) {
    verdict(desk);
    Preferences& preferences = desk.ui.preferences;
    axis_toggle(desk, "log x###Sweep log x", preferences.loss_log_x,
                "Logarithmic step axis, here and in the cost plot (L)");
    ImGui::SameLine();
    axis_toggle(desk, "log y###Sweep log y", preferences.loss_log_y,
                "Logarithmic cost axis, here and in the cost plot");
  } else if (!desk.frame.sweep.running) {
    wrapped_text(desk.ui,
                 "How often does this setting succeed? One run shows what one seed comes to; many "
                 "show what luck has to do with it.");
  }
}

// The run under the mouse, else the one whose seed is on screen.
std::optional<std::size_t> shown_run(const Desk& desk) {
  const auto& runs = desk.frame.sweep.result->runs;
  const auto& hovered = desk.view.sweep.hovered;
  if (hovered && *hovered < runs.size()) return hovered;
  const auto present = std::ranges::find(runs, desk.settings().initial.seed, &SweepRun::seed);
  if (present == runs.end()) return std::nullopt;
  return static_cast<std::size_t>(present - runs.begin());
}

void curves(Desk& desk, ImVec2 room) {
  const Ui& ui = desk.ui;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton("sweep curves", room);
  ui.record("sweep curves");
  const SweepSnapshot& sweep = desk.frame.sweep;
  picture::SweepPicture picture{.result = sweep.result.get(), .summary = &sweep.summary};
  picture.cost_name = desk.notation().cost;
  picture.log_steps = ui.preferences.loss_log_x;
  picture.log_cost = ui.preferences.loss_log_y;
  picture.run = shown_run(desk);
  if (ImGui::IsItemHovered()) picture.mouse = to_point(ImGui::GetIO().MousePos);
  ImGuiCanvas canvas = ui.canvas();
  picture::draw_sweep(canvas, {at.x, at.y, at.x + room.x, at.y + room.y}, picture, ui.palette);
}

}  // namespace

void draw_sweep_panel(Desk& desk) {
  const Ui& ui = desk.ui;
  lower_panel_title(desk, {"sweep", "Many seeds",
                           "The setting on screen, from many initial weights and with as many "
                           "orders of batches. The axes follow those of the cost plot.",
                           "Close sweep", "Back to training (Shift+N)", actions::toggle_sweep});
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float left = ui.px(controls_width), space = ui.px(gap);
  const float table = has_runs(desk) ? sweep_table_width(desk) : 0;
  const float width = room.x - left - table - 2 * space;
  if (has_runs(desk) && width >= ui.px(least_picture_width)) {
    ImGui::BeginChild("sweep controls", ImVec2(left, room.y));
    controls(desk);
    ImGui::EndChild();
    ImGui::SameLine(0, space);
    curves(desk, ImVec2(width, room.y));
    ImGui::SameLine(0, space);
    ImGui::BeginChild("sweep table", ImVec2(0, room.y));
    draw_sweep_table(desk, room.y);
    ImGui::EndChild();
    return;
  }
  ImGui::BeginChild("sweep controls", ImVec2(has_runs(desk) ? 0 : left, room.y));
  controls(desk);
  if (has_runs(desk)) {
    curves(desk, ImVec2(ImGui::GetContentRegionAvail().x, ui.px(picture_height_below)));
    draw_sweep_table(desk, ui.px(table_height_below));
  }
  ImGui::EndChild();
}

namespace actions {

void toggle_sweep(Desk& desk) {
  SweepView& view = desk.view.sweep;
  Preferences& preferences = desk.ui.preferences;
  const bool open = preferences.walking || preferences.checking || !view.open;
  preferences.walking = preferences.checking = false;
  leave_lower_panel(desk);
  view.open = open;
  if (!open || std::exchange(view.planned, true)) return;
  const std::uint64_t steps = desk.snapshot().last_step;
  view.plan.steps = steps >= least_suggested_steps ? steps : SweepPlan().steps;
}

void run_sweep(Desk& desk) {
  desk.ui.outbox.control(RunSweep{desk.view.sweep.plan});
}

void cancel_sweep(Desk& desk) {
  desk.ui.outbox.control(CancelSweep{});
}

}  // namespace actions
}  // namespace deltascope::ui
