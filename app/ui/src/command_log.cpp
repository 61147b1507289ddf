// The commands of a run and the steps at which they acted.

#include "actions.hpp"
#include "timeline.hpp"
#include "widgets.hpp"

#include <fmt/format.h>

#include <utility>

namespace deltascope::ui {
namespace {

// A line of a run that was given up leads nowhere now; one that acts later is known, but not yet.
picture::Color color_of(const Ui& ui, const LogLine& line, std::uint64_t present) {
  if (line.given_up) return picture::mixed(ui.palette.secondary, ui.palette.panel, 0.45);
  return line.step > present ? ui.palette.secondary : ui.palette.text;
}

void log_line(Desk& desk, std::size_t number, float step_width, float height) {
  const Ui& ui = desk.ui;
  const LogLine& line = (*desk.snapshot().log)[number];
  const std::string id = fmt::format("log line {}", number + 1);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const bool clicked = ImGui::InvisibleButton(id.c_str(), ImVec2(width, height));
  ui.record(id, !line.given_up);
  const bool hovered = ImGui::IsItemHovered();
  const picture::Rect row{at.x, at.y, at.x + width, at.y + height};
  ImGuiCanvas canvas = ui.canvas();
  if (hovered && !line.given_up) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    canvas.fill_rect(row, picture::faded(ui.palette.frame, 0.6), ui.px(4));
  }
  const std::string step = fmt::format("step {}", line.step);
  const float text_x = row.x0 + step_width, room = row.x1 - text_x;
  const bool cut = canvas.measure(line.text, picture::Font::small).width > room;
  std::string about = cut ? line.text : "";
  if (line.given_up) {
    about = line.text + "\nOf a run that was given up for another from an earlier step.";
  }
  tooltip(ui, about);
  const picture::Color color = color_of(ui, line, desk.snapshot().step);
  const float middle = row.center().y;
  canvas.push_clip(row);
  canvas.text({row.x0 + ui.px(4), middle}, step, picture::Font::small,
              line.given_up ? color : ui.palette.secondary, picture::AlignX::left,
              picture::AlignY::middle);
  canvas.text({text_x, middle}, line.text, picture::Font::small, color, picture::AlignX::left,
              picture::AlignY::middle);
  canvas.pop_clip();
  if (clicked && !line.given_up) actions::go_to(desk, line.step);
}

}  // namespace

void command_log(Desk& desk, float width_px, float height_px) {
  const Ui& ui = desk.ui;
  const std::vector<LogLine>& lines = *desk.snapshot().log;
  ImGui::BeginChild("log", ImVec2(width_px, height_px));
  ui.record("log", ImGui::GetWindowPos(),
            ImVec2(ImGui::GetWindowPos().x + width_px, ImGui::GetWindowPos().y + height_px));
  if (lines.empty()) {
    wrapped_text(ui, "What you do is listed here, with the step at which it acts.");
  } else {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    ImGuiCanvas canvas = ui.canvas();
    float step_width = 0;
    for (const std::size_t i : {std::size_t{0}, lines.size() - 1}) {
      const std::string step = fmt::format("step {}", lines[i].step);
      step_width = std::max(step_width, canvas.measure(step, picture::Font::small).width);
    }
    const float height = ui.px(19);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines.size()), height);
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
        log_line(desk, static_cast<std::size_t>(i), step_width + ui.px(16), height);
    }
    ImGui::PopStyleVar();
  }
  if (std::exchange(desk.view.shown_log, desk.snapshot().log) != desk.snapshot().log) {
    ImGui::SetScrollHereY(1);
    desk.view.layout_changed = true;
  }
  ImGui::EndChild();
}

}  // namespace deltascope::ui
