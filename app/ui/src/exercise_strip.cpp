// An exercise on top of the walk: its task, who works on it, how far they are.

#include "exercise_strip.hpp"

#include "actions.hpp"
#include "hand_check.hpp"
#include "widgets.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace deltascope::ui {
namespace {

constexpr float name_width = 150, gap = 16;

}  // namespace

void draw_exercise_strip(Desk& desk) {
  const Exercise* exercise = open_exercise(desk);
  if (exercise == nullptr) return;
  Ui& ui = desk.ui;
  const SmallControls small(ui);
  const Score found = score(desk);
  const std::string progress = fmt::format("{} of {} cells", found.right, found.of);
  const char* label = "Name";
  const float spacing = ImGui::GetStyle().ItemSpacing.x;
  const auto text_width = [&](std::string_view text) {
    return ui.canvas().measure(text, picture::Font::small).width;
  };
  const float width = text_width(label) + ui.px(name_width) + text_width(progress) +
                      button_width(ui, "Save answers") + 3 * spacing;
  const ImVec2 start = ImGui::GetCursorPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const float task_width = std::max(room - width - ui.px(gap), ui.px(200));
  const std::string task =
      exercise->task.empty() ? "Find the hidden numbers by hand." : exercise->task;
  ImGui::SetCursorPosY(start.y + ui.px(2));
  ImGui::BeginGroup();
  ImGui::PushTextWrapPos(start.x + task_width);
  {
    const FontScope font(ui.fonts, picture::Font::small);
    ImGui::TextUnformatted(task.c_str());
  }
  ImGui::PopTextWrapPos();
  ImGui::EndGroup();
  ui.record("Task");
  const float below_task = ImGui::GetCursorPosY();
  const bool beside = task_width + width + ui.px(gap) <= room + 1;
  if (beside) ImGui::SetCursorPos(ImVec2(start.x + room - width, start.y));
  ImGui::AlignTextToFramePadding();
  secondary_text(ui, label);
  ImGui::SameLine();
  const std::string& learner = desk.view.lesson.learner;
  if (const auto edit = text_field(ui, "###Learner", learner, ui.px(name_width))) {
    desk.view.lesson.learner = edit->text;
  }
  tooltip(ui, "Yours: it is saved with the answers");
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  secondary_text(ui, progress);
  ui.record("Progress");
  ImGui::SameLine();
  const bool unsaved = has_unsaved_answers(desk);
  if (button(ui, "Save answers", unsaved ? ButtonKind::primary : ButtonKind::plain)) {
    actions::save(desk);
  }
  tooltip(ui, "Saves the exercise with all answers, to be handed in (Ctrl+S)");
  if (beside) ImGui::SetCursorPosY(std::max(ImGui::GetCursorPosY(), below_task));
}

}  // namespace deltascope::ui
