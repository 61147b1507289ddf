#include "actions.hpp"
#include "hand_check.hpp"
#include "panels.hpp"
#include "timeline.hpp"
#include "trial_controls.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace deltascope::ui {
namespace {

constexpr float zoom_width = 64;

// So narrow that everything moves together, to stay in one row.
bool is_tight(const Ui& ui) {
  constexpr float roomy_width = 1400;
  return ImGui::GetWindowWidth() < ui.px(roomy_width);
}

struct ReadOut {
  const char* name;
  std::string value;
  float width;  // units
  std::string about;
  int rank = 0;  // the highest goes first where room is short
  bool marked = false;
};
constexpr int least_needed = 3;

// A number under its name, in a box of fixed width: nothing moves while the numbers run.
void read_out(const Ui& ui, const ReadOut& row) {
  const float width = ui.px(row.width);
  same_line_if_fits(width);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight();
  ImGui::Dummy(ImVec2(width, height));
  ImGuiCanvas canvas = ui.canvas();
  canvas.push_clip({at.x, at.y - ui.px(4), at.x + width, at.y + height + ui.px(4)});
  canvas.text({at.x, at.y - ui.px(2)}, row.name, picture::Font::small,
              row.marked ? ui.palette.accent : ui.palette.secondary, picture::AlignX::left,
              picture::AlignY::top);
  canvas.text({at.x, at.y + height + ui.px(3)}, row.value, picture::Font::mono,
              row.marked ? ui.palette.accent : ui.palette.text, picture::AlignX::left,
              picture::AlignY::bottom);
  canvas.pop_clip();
  ui.record(std::string("read-out ") + row.name);
  tooltip(ui, row.about);
}

// "0.1301", "2.75e306": never wider than its box.
std::string cost_text(double cost) {
  std::string text = picture::format_number(cost, 4);
  return text.find('e') == std::string::npos ? text : picture::format_number(cost, 3);
}

// 1234567 as "1 234 567" while it fits, then "12.3 M".
std::string counted(std::uint64_t count) {
  if (count >= 100'000'000) return fmt::format("{:.1f} M", static_cast<double>(count) / 1e6);
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, " ");
  return digits;
}

std::string rate_text(double steps_per_second) {
  if (steps_per_second <= 0) return "–";
  if (steps_per_second >= 1e6) return fmt::format("{:.2f} M", steps_per_second / 1e6);
  if (steps_per_second >= 1e4) return fmt::format("{:.0f} k", steps_per_second / 1e3);
  return fmt::format("{:.0f}", steps_per_second);
}

void run_buttons(Desk& desk) {
  const Ui& ui = desk.ui;
  const bool playing = desk.snapshot().run == RunState::playing;
  const bool can_run = desk.snapshot().run != RunState::diverged && !steps_locked(desk);
  const float width = std::max(button_width(ui, "▶  Train"), button_width(ui, "❚❚  Pause"));
  if (button(ui, playing ? "❚❚  Pause###Train" : "▶  Train###Train", ButtonKind::primary, can_run,
             width)) {
    actions::train_or_pause(desk);
  }
  tooltip(ui, "Train or pause (Space); train to a given step (G)");
  struct Row {
    const char* label;
    const char* about;
    void (*act)(Desk&);
    bool enabled;
  };
  const std::array rows{
      Row{"◀###Step back", "One step back (Shift+S)", actions::step_back,
          desk.snapshot().step > desk.snapshot().first_step},
      Row{"Step", "One parameter update (S)", actions::step, can_run},
      Row{"Reset", "Back to the same initial weights (R)", actions::reset,
          !is_locked(desk, Reset{})},
      Row{"New seed", "Other initial weights and another batch order (N)", actions::new_seed,
          !is_locked(desk, NewSeed{})},
  };
  for (const Row& row : rows) {
    same_line_if_fits(button_width(ui, row.label));
    if (button(ui, row.label, ButtonKind::plain, row.enabled)) row.act(desk);
    tooltip(ui, row.about);
  }
  struct Switch {
    const char* label;
    const char* about;
    void (*act)(Desk&);
    bool on;
  };
  const std::array switches{
      Switch{"Walk", "One step of backpropagation, taken apart (W)", actions::toggle_walk,
             ui.preferences.walking},
      Switch{"Check", "Is the gradient right, and the update made of it? (C)",
             actions::toggle_checks, ui.preferences.checking && !ui.preferences.walking},
      Switch{"Timeline", "Earlier steps, and what was done at them (J)", actions::toggle_timeline,
             ui.preferences.timeline},
  };
  for (const Switch& row : switches) {
    // No line of its own where it is very narrow: there is its key.
    if (!same_line_if_fits(button_width(ui, row.label))) return;
    if (button(ui, row.label, row.on ? ButtonKind::chosen : ButtonKind::plain)) row.act(desk);
    tooltip(ui, row.about);
  }
}

void speed(Desk& desk) {
  const float width = desk.ui.px(is_tight(desk.ui) ? 100 : 132);
  same_line_if_fits(width + desk.ui.px(10));
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + desk.ui.px(10));
  const auto moved =
      position_slider(desk.ui, "Speed", actions::speed_position(desk.ui.preferences),
                      actions::speed_count(), actions::speed_text(desk.ui.preferences), width);
  if (moved) actions::set_speed(desk, *moved);
  tooltip(desk.ui, "Steps per second (+ and −); the last stop is as fast as this computer can");
  ImGui::SameLine(0, 0);
  ImGui::Dummy(ImVec2(desk.ui.px(10), 0));  // the numbers stand apart
}

// The length of the buttons at the right end in one row.
float right_buttons_width(const Ui& ui) {
  const float spacing = ImGui::GetStyle().ItemSpacing.x;
  return 4 * (ImGui::GetFrameHeight() + spacing) + ui.px(zoom_width) + 3 * spacing +
         button_width(ui, "Presets") + button_width(ui, "Open") + button_width(ui, "Save");
}

// Leaves out what is missed least, so that the bar is one row, or the read-outs are at least.
std::vector<ReadOut> those_that_fit(const Ui& ui, const std::vector<ReadOut>& all) {
  const float spacing = ImGui::GetStyle().ItemSpacing.x;
  const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
  const float room = right - ImGui::GetItemRectMax().x + 0.5F;
  std::vector<ReadOut> rows;
  for (const float others : {right_buttons_width(ui) + spacing, 0.0F}) {
    for (int rank = least_needed; rank >= 0; --rank) {
      rows.clear();
      float width = others;
      for (const ReadOut& row : all) {
        if (row.rank > rank) continue;
        rows.push_back(row);
        width += spacing + ui.px(row.width);
      }
      if (width <= room) return rows;
    }
  }
  return rows;
}

// So that nobody takes a picture that is kept still for a run that has stopped.
void still_chip(Desk& desk) {
  if (!desk.frame.frozen) return;
  const char* label = "Still picture###Still";
  same_line_if_fits(button_width(desk.ui, label));
  if (button(desk.ui, label, ButtonKind::chosen)) actions::toggle_frozen(desk);
  tooltip(desk.ui, "Training goes on behind it; press to see it again (K)");
}

void read_outs(Desk& desk) {
  const Snapshot& snapshot = desk.snapshot();
  const Ui& ui = desk.ui;
  const bool has_points = snapshot.evaluation.total > 0;
  // Of weights that have run away, the share of points that come out right says nothing.
  const bool has_accuracy = has_points && !snapshot.divergence;
  const bool passes = desk.settings().sampling->has_passes || snapshot.batch_is_all;
  const std::uint64_t draws =
      snapshot.epoch * static_cast<std::uint64_t>(desk.data().size()) + snapshot.epoch_draws;
  const bool trials = desk.settings().optimizer->least_squares;
  const std::vector<ReadOut> all{
      snapshot.in_past
          ? ReadOut{"Looking back", counted(snapshot.step), 78, about_the_past(snapshot), 0, true}
          : ReadOut{"Step", counted(snapshot.step), 78,
                    trials ? "Trials so far: one step is one trial" : "Finished parameter updates"},
      is_stalled(snapshot)
          ? ReadOut{"No lower cost", "(rounding)", 88,
                    fmt::format("{} {} ✓ {} ✗", stalled_text, snapshot.accepted_trials,
                                snapshot.rejected_trials),
                    1}
      : trials
          ? ReadOut{"Trials",
                    fmt::format("{} ✓ {} ✗", snapshot.accepted_trials, snapshot.rejected_trials),
                    88, "Accepted and rejected; a rejected trial leaves the parameters", 1}
      : passes ? ReadOut{"Epoch", counted(snapshot.epoch), 78, "Finished passes over the points", 1}
               : ReadOut{"Draws", counted(draws), 78,
                         "Points drawn; with replacement there are no passes over all of them", 1},
      {"Cost", has_points ? cost_text(snapshot.evaluation.cost()) : "–", 78,
       "Mean loss over all points, λ/2 ‖W‖² included"},
      {"Accuracy",
       has_accuracy ? fmt::format("{:.1f} %", 100 * snapshot.evaluation.accuracy()) : "–", 66,
       fmt::format("{} of {} points. One without a decision, such as two equal outputs, counts "
                   "as wrong",
                   snapshot.evaluation.correct, snapshot.evaluation.total)},
      {"Steps/s", rate_text(snapshot.steps_per_second), 58, "Measured", 2},
      {"Gradients", counted(snapshot.gradient_evaluations), 78,
       "Backward passes of single points so far: what methods can be compared by", least_needed},
  };
  for (const ReadOut& row : those_that_fit(ui, all))
    read_out(ui, row);
}

void right_buttons(Desk& desk) {
  const Ui& ui = desk.ui;
  const Snapshot& snapshot = desk.snapshot();
  const float square = ImGui::GetFrameHeight();
  const std::string zoom = fmt::format("{:.0f} %###Zoom", 100 * ui.preferences.zoom);
  const float width = right_buttons_width(ui);
  // Together at the right end where they fit, else wherever each fits.
  const bool fits =
      width <= ImGui::GetWindowContentRegionMax().x - ImGui::GetStyle().WindowPadding.x;
  same_line_if_fits(width);
  if (fits) align_right(width);
  if (icon_button(ui, "↶###Undo", snapshot.can_undo)) actions::undo(desk);
  tooltip(ui, "Undo: " + snapshot.undo_label + " (Ctrl+Z)");
  same_line_if_fits(square);
  if (icon_button(ui, "↷###Redo", snapshot.can_redo)) actions::redo(desk);
  tooltip(ui, "Redo: " + snapshot.redo_label + " (Ctrl+Y)");
  same_line_if_fits(button_width(ui, "Presets"));
  if (button(ui, "Presets")) actions::show_presets(desk);
  tooltip(ui, "Sessions that come with the program, and what each one shows (P)");
  same_line_if_fits(button_width(ui, "Open"));
  if (button(ui, "Open")) actions::open(desk);
  tooltip(ui, "Open a session (Ctrl+O)");
  same_line_if_fits(button_width(ui, "Save"));
  if (button(ui, "Save")) actions::save(desk);
  tooltip(ui, "Save the session (Ctrl+S)");
  same_line_if_fits(ui.px(zoom_width));
  if (button(ui, zoom.c_str(), ButtonKind::plain, true, ui.px(zoom_width))) {
    // Round and round: 100, 125, 150, 175, 200 %.
    const float next = ui.preferences.zoom + 0.25F;
    actions::set_zoom(desk, next > 2.01F ? 1.0F : next);
  }
  tooltip(ui, "Size of everything (Ctrl++, Ctrl+−, Ctrl+0)");
  same_line_if_fits(square);
  if (icon_button(ui, ui.preferences.dark ? "☀###Theme" : "☾###Theme")) {
    actions::toggle_theme(desk);
  }
  tooltip(ui, ui.preferences.dark ? "Light (T)" : "Dark (T)");
  same_line_if_fits(square);
  if (icon_button(ui, "?###Help")) actions::toggle_help(desk);
  tooltip(ui, "Keys and mouse (?)");
}

}  // namespace

void draw_transport(Desk& desk) {
  const ImGuiStyle& style = ImGui::GetStyle();
  const bool tight = is_tight(desk.ui);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing,
                      ImVec2(desk.ui.px(tight ? 5 : 8), style.ItemSpacing.y));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      ImVec2(desk.ui.px(tight ? 7 : 10), style.FramePadding.y));
  run_buttons(desk);
  speed(desk);
  still_chip(desk);
  read_outs(desk);
  right_buttons(desk);
  ImGui::PopStyleVar(2);
}

}  // namespace deltascope::ui
