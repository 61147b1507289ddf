#include "actions.hpp"
#include "timeline.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace deltascope::ui {
namespace {

constexpr float memory_width = 106, log_gap = 18;
constexpr float log_part = 0.22F, least_log = 190, most_log = 420, least_slider = 400;
constexpr double mebibyte = 1024.0 * 1024.0;

std::string counted(std::uint64_t count) {
  return picture::format_count(static_cast<double>(count));
}

void step_buttons(Desk& desk) {
  const Ui& ui = desk.ui;
  const Snapshot& snapshot = desk.snapshot();
  const bool before = snapshot.step > snapshot.first_step;
  const bool after = snapshot.in_past;
  struct Row {
    const char* label;
    const char* about;
    void (*act)(Desk&);
    bool enabled;
  };
  const std::array rows{
      Row{"❚◀◀###First step", "The earliest step that is kept (Home)", actions::go_to_first,
          before},
      Row{"❚◀###One back", "One step back (Shift+S)", actions::step_back, before},
      Row{"▶❚###One forward", "One step on, along what is known (S)", actions::step, after},
      Row{"▶▶❚###Newest step", "Back to now: the newest step (End)", actions::go_to_newest, after},
  };
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      ImVec2(ui.px(7), ImGui::GetStyle().FramePadding.y));
  for (const Row& row : rows) {
    if (&row != rows.data()) ImGui::SameLine(0, ui.px(4));
    if (button(ui, row.label, ButtonKind::plain, row.enabled)) row.act(desk);
    tooltip(ui, row.about);
  }
  ImGui::PopStyleVar();
}

// Continues the row where `width_px` more end left of `right_x`.
bool same_row_if_fits(float width_px, float right_x, float gap_px) {
  if (ImGui::GetItemRectMax().x + gap_px + width_px > right_x + 0.5F) return false;
  ImGui::SameLine(0, gap_px);
  return true;
}

void step_field(Desk& desk, float right_x) {
  Ui& ui = desk.ui;
  const Snapshot& snapshot = desk.snapshot();
  const float gap = ui.px(6);
  const std::string last = std::to_string(snapshot.last_step);
  const std::string of = "of " + counted(snapshot.last_step);
  const float field =
      std::max(ui.px(64), ui.canvas().measure(last, picture::Font::mono).width + ui.px(28));
  const float words = ImGui::CalcTextSize("Step").x + ImGui::CalcTextSize(of.c_str()).x;
  same_row_if_fits(words + field + 2 * gap, right_x, ui.px(16));
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted("Step");
  ImGui::SameLine(0, gap);
  {
    const FontScope font(ui.fonts, picture::Font::mono);
    const auto typed = text_field(ui, "###Shown step", std::to_string(snapshot.step), field);
    if (typed && typed->changed) actions::go_to_typed(desk, typed->text);
  }
  tooltip(ui, "Type the number of a step to see it");
  ImGui::SameLine(0, gap);
  ImGui::TextUnformatted(of.c_str());
}

// What holds in the past, in two short lines where there is room, and the two ways out.
void past_row(Desk& desk, float right_x) {
  const Ui& ui = desk.ui;
  const char* back = "Back to now";
  const char* go_on = "Continue from here";
  const float spacing = ImGui::GetStyle().ItemSpacing.x, gap = ui.px(20);
  const float buttons = button_width(ui, back) + spacing + button_width(ui, go_on);
  ImGuiCanvas canvas = ui.canvas();
  const std::array<const char*, 2> lines{"Looking back: Step and Train repeat what",
                                         "is known; a change goes on from here."};
  const float width = canvas.measure(lines[0], picture::Font::small).width;
  if (ImGui::GetItemRectMax().x + gap + width + gap + buttons <= right_x) {
    ImGui::SameLine(0, gap);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ImGui::GetFrameHeight();
    ImGui::Dummy(ImVec2(width, height));
    ui.record("in the past");
    tooltip(ui, about_the_past(desk.snapshot()));
    canvas.text({at.x, at.y - ui.px(1)}, lines[0], picture::Font::small, ui.palette.text,
                picture::AlignX::left, picture::AlignY::top);
    canvas.text({at.x, at.y + height + ui.px(1)}, lines[1], picture::Font::small, ui.palette.text,
                picture::AlignX::left, picture::AlignY::bottom);
  }
  if (same_row_if_fits(buttons, right_x, spacing)) {
    ImGui::SetCursorScreenPos(ImVec2(right_x - buttons, ImGui::GetCursorScreenPos().y));
  } else {
    same_row_if_fits(button_width(ui, back), right_x, spacing);
  }
  if (button(ui, back, ButtonKind::primary)) actions::go_to_newest(desk);
  tooltip(ui, "The newest step; nothing is given up (End)");
  same_row_if_fits(button_width(ui, go_on), right_x, spacing);
  if (button(ui, go_on)) actions::continue_from_here(desk);
  tooltip(ui, "Gives up the later steps; Undo brings them back");
}

void memory(Desk& desk, float width_px) {
  const Ui& ui = desk.ui;
  const Snapshot& snapshot = desk.snapshot();
  const std::string text =
      fmt::format("{:.1f} of {:.0f} MiB", static_cast<double>(snapshot.history_bytes) / mebibyte,
                  static_cast<double>(snapshot.history_limit_bytes) / mebibyte);
  const float height = timeline_slider_height(ui);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy(ImVec2(width_px, height));
  ui.record("history memory");
  ui.canvas().text({at.x + width_px, at.y + ui.px(21)}, text, picture::Font::small,
                   ui.palette.secondary, picture::AlignX::right, picture::AlignY::middle);
  const std::string kept =
      snapshot.first_step == 0
          ? "Every step from the beginning can be shown again."
          : fmt::format("Steps from {} on can be shown again; earlier ones had to make room.",
                        counted(snapshot.first_step));
  tooltip(ui, kept +
                  " Some moments are kept, and the steps between them computed again: the same "
                  "numbers. This is the memory they take.");
}

}  // namespace

std::string about_the_past(const Snapshot& snapshot) {
  return fmt::format(
      "Looking back at step {} of {}. Step and Train go along what is known, to the same numbers, "
      "and on from the newest step. A change of points, settings or weights goes on from here and "
      "gives up the later steps; Undo brings them back.",
      counted(snapshot.step), counted(snapshot.last_step));
}

void draw_timeline(Desk& desk) {
  const Ui& ui = desk.ui;
  const float room = ImGui::GetContentRegionAvail().x, gap = ui.px(log_gap);
  const float wanted = std::clamp(log_part * room, ui.px(least_log), ui.px(most_log));
  const bool has_log = room - wanted - gap >= ui.px(least_slider);
  const float width = has_log ? room - wanted - gap : room;
  const float right_x = ImGui::GetCursorScreenPos().x + width;
  const ImVec2 top = ImGui::GetCursorPos();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(4)));
  step_buttons(desk);
  step_field(desk, right_x);
  if (desk.snapshot().in_past) past_row(desk, right_x);
  timeline_slider(desk, width - ui.px(memory_width));
  ImGui::SameLine(0, 0);
  ImGui::PopStyleVar();
  memory(desk, ui.px(memory_width));
  if (!has_log) return;
  const ImVec2 end = ImGui::GetCursorPos();
  ImGui::SetCursorPos(ImVec2(top.x + width + gap, top.y));
  command_log(desk, wanted, end.y - ImGui::GetStyle().ItemSpacing.y - top.y);
}

}  // namespace deltascope::ui
