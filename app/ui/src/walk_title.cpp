// The title row of the walk: what is walked, how it is shown, and where to go.

#include "actions.hpp"
#include "hand_check.hpp"
#include "panels.hpp"
#include "walk.hpp"
#include "walk_parts.hpp"
#include "widgets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace deltascope::ui {
namespace {

// Which point is walked, and of which batch.
std::string caption(const Desk& desk) {
  const WalkPage& page = *desk.page;
  const StepTrace& trace = *page.step.trace;
  const auto batch = static_cast<long>(trace.batch_size);
  const std::string of_step = fmt::format("step {}", page.step.number + 1);
  if (page.options.whole_batch) {
    return fmt::format("{} · {} {}", of_step, batch, batch == 1 ? "point" : "points");
  }
  const auto sample = trace.samples[static_cast<std::size_t>(page.options.column)];
  std::string text = fmt::format("{} · point {}", of_step, sample + 1);
  if (batch > 1) text += fmt::format(", one of the {} in this batch", batch);
  return text;
}

struct Switch {
  const char* label;
  const char* about;
  bool Preferences::*on;
  void (*toggled)(Desk&);
  bool with_hand_check = true;  ///< else it is off while answers are asked for
};
void nothing_more(Desk&) {}
void to_stage_begin(Desk& desk) {
  const walk::Cursor& here = desk.view.walk.cursor;
  desk.view.walk.cursor = {here.phase, here.stage};
}
constexpr std::array switches{
    Switch{"Neuron by neuron", "One term of one neuron at a time; else a layer at a time (D)",
           &Preferences::neuron_by_neuron, to_stage_begin, false},
    Switch{"Whole batch", "All samples of the batch as columns; else one sample",
           &Preferences::walks_whole_batch, to_stage_begin},
    Switch{"1/N inside δ",
           "Divides every δ by N; dW is then a sum. Else dW is divided once, at the end. Both "
           "give the same dW",
           &Preferences::mean_inside_delta, nothing_more, false},
    Switch{"Predict first", "Asks what comes out before the numbers of a phase are shown (Q)",
           &Preferences::predict_first, nothing_more},
};

struct Row {
  const char* label;
  const char* about;
  void (*act)(Desk&);
  bool enabled = true;
  ButtonKind kind = ButtonKind::plain;
  float width_px = 0;  ///< 0: as the label needs
};

float width_of(const Ui& ui, const Row& row) {
  return row.width_px > 0 ? row.width_px : button_width(ui, row.label);
}

void press_row(Desk& desk, const Row& row) {
  if (button(desk.ui, row.label, row.kind, row.enabled, row.width_px)) row.act(desk);
  tooltip(desk.ui, row.about);
}

}  // namespace

void draw_walk_title(Desk& desk) {
  Ui& ui = desk.ui;
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  panel_heading(desk, "walk", "Backpropagation, step by step");
  const SmallControls small(ui);
  const float spacing = ImGui::GetStyle().ItemSpacing.x;
  const bool here = desk.page != nullptr;
  const bool last =
      here && !walk::next(desk.page->step, desk.page->options, desk.page->pace, desk.page->cursor);
  const Row back{"◀ Back###Back", "One stage back (←)", actions::back,
                 here && desk.view.walk.cursor != walk::Cursor()};
  const char* take = "Take this step ▶###Next";
  const Row next{last ? take : "Next ▶###Next",
                 "One stage further (→); at the end the step is taken",
                 actions::next,
                 here,
                 ButtonKind::primary,
                 button_width(ui, take)};
  const bool blank = desk.view.walk.blank, checks = hand_checks(desk);
  const bool exercise = open_exercise(desk) != nullptr;
  const std::array rows{
      Row{blank && !checks ? "Show results###Cover" : "Cover results###Cover",
          "Covers what is to be found out; a click on a number shows it (B)", actions::toggle_blank,
          here && !checks, blank && !checks ? ButtonKind::chosen : ButtonKind::plain},
      Row{"Hand check", "Covers the results and marks what you work out by hand (A)",
          actions::toggle_hand_check, here && !exercise,
          checks ? ButtonKind::chosen : ButtonKind::plain},
      Row{"Export", "All phases with their numbers, as Markdown, LaTeX or CSV (E)",
          actions::export_step, here},
      Row{is_alone(desk) ? "Smaller###Alone" : "Fill###Alone",
          "This panel fills the window, or goes back (X)",
          [](Desk& d) { actions::show_alone(d, "walk"); }},
      Row{"Close###Close walk", "Back to training (W)", actions::toggle_walk}};
  const float title_width = ImGui::GetItemRectSize().x;
  const float ends = width_of(ui, back) + spacing + width_of(ui, next);
  float others = 0;
  for (const Switch& row : switches)
    others += button_width(ui, row.label) + spacing;
  for (const Row& row : rows)
    others += width_of(ui, row) + spacing;
  const std::string text = here ? caption(desk) : "";
  const float text_width = ui.canvas().measure(text, picture::Font::small).width + ui.px(24);
  const bool one_line = title_width + ui.px(12) + others + ends <= room;
  const float left = room - ends - (one_line ? others : 0);
  if (here && title_width + text_width <= left) {
    ImGui::SetCursorPos(ImVec2(start.x + title_width + ui.px(12), start.y + ui.px(4)));
    secondary_text(ui, text);
  }
  ImGui::SetCursorPos(ImVec2(start.x + std::max(room - ends, title_width + spacing), start.y));
  press_row(desk, back);
  ImGui::SameLine();
  press_row(desk, next);
  if (one_line) ImGui::SetCursorPos(ImVec2(start.x + left, start.y));
  for (const Switch& row : switches) {
    bool& on = ui.preferences.*row.on;
    const bool fits = row.with_hand_check || !checks;
    if (&row != switches.data()) same_line_if_fits(button_width(ui, row.label));
    if (button(ui, row.label, on && fits ? ButtonKind::chosen : ButtonKind::plain, fits)) {
      on = !on;
      row.toggled(desk);
    }
    tooltip(ui, row.about);
  }
  for (const Row& row : rows) {
    same_line_if_fits(width_of(ui, row));
    press_row(desk, row);
  }
}

}  // namespace deltascope::ui
