// Is the gradient right, and the update that is made of it? Two verdicts, and what they stand on.

#include "actions.hpp"
#include "check_parts.hpp"
#include "checks.hpp"
#include "hand_check.hpp"
#include "panels.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace deltascope::ui {
namespace {

constexpr float verdicts_width = 296, least_bars_width = 290, most_bars_width = 900;
constexpr float least_left_width = 300, gap = 24;
constexpr float table_height_below = 260;  // where all is in one column

// ✓ or ✗ in a disc, drawn: no face has them this large.
void draw_mark(ImGuiCanvas& canvas, const Ui& ui, picture::Point center, float radius,
               bool passed) {
  canvas.fill_circle(center, radius, passed ? ui.palette.accent : ui.palette.warning);
  const float r = radius * 0.45F;
  const picture::Stroke stroke{
      picture::readable_on(passed ? ui.palette.accent : ui.palette.warning), radius * 0.2F};
  const auto [x, y] = center;
  if (passed) {
    const picture::Point tick[] = {
        {x - r, y}, {x - r * 0.25F, y + r * 0.8F}, {x + r, y - r * 0.8F}};
    canvas.polyline(tick, stroke);
  } else {
    canvas.line({x - r * 0.8F, y - r * 0.8F}, {x + r * 0.8F, y + r * 0.8F}, stroke);
    canvas.line({x + r * 0.8F, y - r * 0.8F}, {x - r * 0.8F, y + r * 0.8F}, stroke);
  }
}

void verdict(Desk& desk, CheckKind kind, const char* title) {
  const Ui& ui = desk.ui;
  ChecksView& view = desk.view.checks;
  const CheckSnapshot& check = *view.found;
  const float k = checks_are_alone(desk) ? 1.35F : 1.0F;
  const float height = ui.px(43 * k), radius = ui.px(14 * k);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  if (ImGui::InvisibleButton(title, ImVec2(width, height))) {
    view.shown = kind;
    view.chosen_by_hand = true;
  }
  ui.record(title);
  const bool chosen = view.shown == kind;
  ImGuiCanvas canvas = ui.canvas();
  if (chosen || ImGui::IsItemHovered()) {
    canvas.fill_rect({at.x, at.y, at.x + width, at.y + height},
                     picture::faded(ui.palette.frame, chosen ? 1 : 0.5), ui.px(6));
  }
  if (chosen) {
    canvas.fill_rect({at.x, at.y, at.x + ui.px(3), at.y + height}, ui.palette.accent, ui.px(1));
  }
  draw_mark(canvas, ui, {at.x + ui.px(14) + radius, at.y + height / 2}, radius,
            passed(check, kind));
  const float x = at.x + ui.px(24) + 2 * radius;
  canvas.text({x, at.y + height * 0.31F}, title, picture::Font::heading, ui.palette.text,
              picture::AlignX::left, picture::AlignY::middle);
  canvas.text({x, at.y + height * 0.7F},
              fmt::format("worst relative error {} (tolerance {})",
                          error_text(worst_error(check, kind)), error_text(tolerance(check, kind))),
              check_font(desk), ui.palette.secondary, picture::AlignX::left,
              picture::AlignY::middle);
  tooltip(ui, kind == CheckKind::gradient
                  ? "Each dW and db of backpropagation against the central difference of the "
                    "batch's cost, (Cost(p + h) − Cost(p − h)) / 2h. The cost is always the right "
                    "one."
                  : "What the step does to each W and b, against what the update rule makes of the "
                    "gradient of the old weights, right or wrong.");
}

std::string counted(Index count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

void what_was_checked(Desk& desk) {
  const Ui& ui = desk.ui;
  const CheckSnapshot& check = *desk.view.checks.found;
  const std::string points = counted(check.batch_size, "point", "points");
  wrapped_text(ui, fmt::format("Step {} · {} · {}", check.step,
                               check.batch_is_all ? "all " + points : "batch of " + points,
                               counted(static_cast<Index>(check.gradient.entries.size()),
                                       "parameter", "parameters")));
  if (check.gradient.kinks > 0) {
    wrapped_text(ui, counted(check.gradient.kinks, "derivative", "derivatives") +
                         " at a kink: not compared.");
  }
  if (is_of_now(desk)) return;
  ImGui::PushStyleColor(ImGuiCol_Text, to_imgui(ui.palette.text));
  wrapped_text(ui,
               check.step == desk.snapshot().step
                   ? "Something has been changed since."
                   : fmt::format("Of step {}; the weights have changed since.", check.step),
               false);
  ImGui::PopStyleColor();
}

void check_button(Desk& desk) {
  const Ui& ui = desk.ui;
  if (is_check_running(desk)) {
    if (button(ui, "Cancel###Cancel check")) actions::cancel_check(desk);
    ImGui::SameLine();
    progress_bar(ui, "check progress", desk.frame.check.progress);
    return;
  }
  const bool possible = desk.snapshot().has_trace && !hides_numbers(desk);
  const bool wanted = possible && !is_of_now(desk);
  if (button(ui, "Check now", wanted ? ButtonKind::primary : ButtonKind::plain, possible)) {
    actions::run_check(desk);
  }
  tooltip(ui, is_checked_by_itself(desk)
                  ? "The step on screen; while paused it is checked by itself whenever it changes"
                  : "The step on screen. So many parameters and points take a while: they are not "
                    "checked by themselves");
}

void verdicts(Desk& desk) {
  if (desk.view.checks.found != nullptr) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, desk.ui.px(4)));
    verdict(desk, CheckKind::gradient, "Gradient check");
    verdict(desk, CheckKind::update, "Update check");
    ImGui::PopStyleVar();
    what_was_checked(desk);
  } else if (hides_numbers(desk)) {
    wrapped_text(desk.ui,
                 "The checks list numbers that this exercise hides. They open once all hidden "
                 "numbers of this step are found; W goes back to them.");
  } else if (!desk.snapshot().has_trace) {
    wrapped_text(desk.ui, desk.data().size() > 0
                              ? "The run has stopped: there is no step to check."
                              : "There is no step to check: place points in the plane.");
  } else {
    wrapped_text(desk.ui,
                 "The gradient check compares backpropagation with differences of the cost, the "
                 "update check what a step does to the weights with what the update rule says.");
  }
  const SmallControls small(desk.ui);
  check_button(desk);
  draw_mistake_choice(desk);
}

}  // namespace

void draw_check_panel(Desk& desk) {
  const Ui& ui = desk.ui;
  lower_panel_title(
      desk, {"checks", "Checks",
             "Two questions that training itself never answers: it often learns with a wrong "
             "gradient too.",
             "Close checks", "Back to training (C)", actions::toggle_checks});
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const bool found = desk.view.checks.found != nullptr;
  const float table = found ? check_table_width(desk) : 0, space = ui.px(gap);
  const float k = checks_are_alone(desk) ? 1.35F : 1.0F;
  const float left = ui.px(verdicts_width * k);
  const float bars = std::min(room.x - left - table - 2 * space, ui.px(most_bars_width * k));
  if (found && bars >= ui.px(least_bars_width)) {
    ImGui::BeginChild("verdicts", ImVec2(left, room.y));
    verdicts(desk);
    ImGui::EndChild();
    ImGui::SameLine(0, space);
    ImGui::BeginChild("bars", ImVec2(bars, room.y));
    draw_check_bars(desk);
    ImGui::Spacing();
    explain_mistake(desk);
    ImGui::EndChild();
    ImGui::SameLine(0, space);
    ImGui::BeginChild("table", ImVec2(0, room.y));
    draw_check_table(desk, room.y);
    ImGui::EndChild();
  } else if (found && room.x >= ui.px(least_left_width) + space + table) {
    ImGui::BeginChild("verdicts", ImVec2(room.x - space - table, room.y));
    verdicts(desk);
    explain_mistake(desk);
    draw_check_bars(desk);
    ImGui::EndChild();
    ImGui::SameLine(0, space);
    ImGui::BeginChild("table", ImVec2(0, room.y));
    draw_check_table(desk, room.y);
    ImGui::EndChild();
  } else {
    ImGui::BeginChild("verdicts", ImVec2(0, room.y));
    verdicts(desk);
    explain_mistake(desk);
    if (found) {
      draw_check_bars(desk);
      draw_check_table(desk, ui.px(table_height_below));
    }
    ImGui::EndChild();
  }
}

}  // namespace deltascope::ui
