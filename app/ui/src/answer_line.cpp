#include "answer_line.hpp"

#include "actions.hpp"
#include "hand_check.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/script_text.hpp>
#include <deltascope/walk/notation.hpp>

#include <fmt/format.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace deltascope::ui {
namespace {

constexpr float field_width = 120, gap = 16;
constexpr int shown_digits = 6, least_digits = 2, most_digits = 6;

// With its point where several are on screen.
std::string name_of(const Desk& desk, const Cell& cell) {
  std::string name = walk::label_of(quantity_of(desk, cell), desk.notation());
  if (cell.kind->of_sample && desk.page->options.whole_batch)
    name += fmt::format(" of point {}", cell.sample + 1);
  return name;
}

// Script text as an item of the line.
void script_item(const Ui& ui, std::string_view text, picture::Color color) {
  ImGuiCanvas canvas = ui.canvas();
  const float width = picture::measure_script(canvas, text, picture::Font::body).width;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight();
  picture::draw_script(canvas, {at.x, at.y + height / 2}, text, picture::Font::body, color,
                       picture::AlignX::left, picture::AlignY::middle);
  ImGui::Dummy(ImVec2(width, height));
}

bool begins_number(ImWchar character) {
  return (character >= '0' && character <= '9') || character == '-' || character == '+' ||
         character == '.' || character == ',' || character == 0x2212;
}

// The field takes what was typed while it was not there yet.
void hand_over(AnswerField& field) {
  ImVector<ImWchar>& typed = ImGui::GetIO().InputQueueCharacters;
  if (field.active) {
    for (std::size_t i = 0; i < field.begins.size(); ++i)
      typed.insert(typed.begin() + static_cast<std::ptrdiff_t>(i),
                   static_cast<unsigned char>(field.begins[i]));
    field.begins.clear();
    return;
  }
  const bool elsewhere = ImGui::GetIO().WantTextInput && !field.focus && field.begins.empty();
  const bool starts = !field.begins.empty() || (!typed.empty() && begins_number(typed.front()));
  if (elsewhere || !starts) return;
  for (const ImWchar character : typed) {
    if (character == 0x2212) field.begins += '-';
    if (character < 0x80) field.begins += static_cast<char>(character);
  }
  typed.resize(0);
  field.focus = true;
}

void draw_field(Desk& desk, const Cell& cell) {
  const Ui& ui = desk.ui;
  AnswerField& field = desk.view.lesson.field;
  field.present = true;
  if (field.of != cell) {
    field.of = cell;
    field.text.clear();
    field.active = false;
  }
  if (desk.view.dialog == Dialog::none) hand_over(field);
  // Another cell is another field: nothing of what was typed for the one before goes on.
  ImGui::PushID(fmt::format("{} {}", cell_name(cell), cell.sample).c_str());
  if (std::exchange(field.focus, false)) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(ui.px(field_width));
  const bool entered =
      ImGui::InputText("###Answer", &field.text, ImGuiInputTextFlags_EnterReturnsTrue);
  field.active = ImGui::IsItemActive();
  ui.record("###Answer");
  tooltip(ui, "Type the number and press Enter; ↓ and ↑ choose another cell, Esc leaves the field");
  ImGui::PopID();
  if (entered) answer(desk, std::exchange(field.text, {}));
}

// What became of the last answer.
void draw_outcome(Desk& desk, float right_px) {
  const Ui& ui = desk.ui;
  const LessonView& lesson = desk.view.lesson;
  if (!lesson.told || !counts(desk, lesson.answered[*lesson.told])) return;
  const auto& [attempt, marked] = lesson.answered[*lesson.told];
  std::string head = sign_of(*marked);
  const bool given_up = attempt.text.empty();
  if (!given_up) head += fmt::format(" {}", marked->mark->label);
  head += fmt::format(" · {}", name_of(desk, attempt.cell));
  std::string rest;
  if (is_settled(desk, attempt.cell)) {
    rest = fmt::format("= {}", picture::format_significant(marked->expected, shown_digits));
  } else {
    rest = fmt::format("≠ {}. {}", attempt.text, marked->mark->advice);
  }
  ImGuiCanvas canvas = ui.canvas();
  const float width = picture::measure_script(canvas, head, picture::Font::body).width;
  const float needed = width + ui.px(8) + canvas.measure(rest, picture::Font::small).width;
  const ImVec2 last = ImGui::GetItemRectMax();
  const float left = ImGui::GetWindowPos().x + ImGui::GetCursorStartPos().x;
  if (last.x + ui.px(gap) + needed <= right_px) ImGui::SameLine(0, ui.px(gap));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = std::max(right_px, left + ui.px(200)) - at.x - width - ui.px(8);
  script_item(ui, head, color_of(*marked, ui.palette));
  ui.record("Mark");
  ImGui::SameLine(0, ui.px(8));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.px(3));
  wrapped_script(ui, rest, room);
}

void next_cell_button(Desk& desk) {
  if (!desk.checked->veil) return;
  same_line_if_fits(button_width(desk.ui, "Next open cell"));
  if (button(desk.ui, "Next open cell", ButtonKind::primary)) go_to_open_cell(desk);
  tooltip(desk.ui, "To the next number that is still hidden, in whatever phase (O)");
}

// Digits and score; their width.
struct RightPart {
  std::string digits, score;
  float width = 0;
};
RightPart right_part(const Desk& desk) {
  const Score found = score(desk);
  RightPart part;
  part.digits = fmt::format("{} digits###Digits", rules(desk).digits);
  part.width = button_width(desk.ui, part.digits.c_str());
  if (open_exercise(desk) == nullptr && found.of > 0) {
    part.score = fmt::format("{} of {} right", found.right, found.of);
    part.width += desk.ui.canvas().measure(part.score, picture::Font::small).width + desk.ui.px(8);
  }
  return part;
}

void draw_right_part(Desk& desk, const RightPart& part) {
  const Ui& ui = desk.ui;
  ImGui::AlignTextToFramePadding();
  if (!part.score.empty()) {
    secondary_text(ui, part.score);
    ui.record("Score");
    ImGui::SameLine(0, ui.px(8));
  }
  const bool own = open_exercise(desk) == nullptr;
  if (button(ui, part.digits.c_str(), ButtonKind::plain, own)) {
    int& digits = desk.view.lesson.practice.digits;
    digits = digits < most_digits ? digits + 1 : least_digits;
  }
  tooltip(ui, "Significant digits that an answer needs, 2 to 6");
}

void help_buttons(Desk& desk, const Cell& cell) {
  const Ui& ui = desk.ui;
  const Exercise* exercise = open_exercise(desk);
  if (exercise != nullptr && !exercise->explanations) return;
  same_line_if_fits(button_width(ui, "Show"));
  const std::string why_not = why_not_shown(desk, cell);
  if (button(ui, "Show###Show number", ButtonKind::plain, why_not.empty())) {
    show_number_of(desk, cell);
  }
  tooltip(ui, exercise != nullptr ? "Gives this number up: it is shown, and counts as not found (V)"
                                  : "Gives this number up and shows it (V)");
  same_line_if_fits(button_width(ui, "Explain"));
  const std::string unexplained = why_not_explained(desk, cell);
  const bool open = desk.view.lesson.explained == cell;
  if (button(ui, "Explain", open ? ButtonKind::chosen : ButtonKind::plain, unexplained.empty())) {
    toggle_explained(desk, cell);
  }
  if (unexplained.empty()) {
    tooltip(ui, "How this number is worked out, term by term (I)");
  } else {
    tooltip_when_disabled(ui, unexplained);
  }
}

}  // namespace

void draw_answer_line(Desk& desk) {
  const Ui& ui = desk.ui;
  const SmallControls small(ui);
  const std::optional<Cell> cell = chosen_cell(desk);
  const RightPart right = right_part(desk);
  const float end = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x;
  const ImVec2 start = ImGui::GetCursorPos();
  const float end_px = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorPosX(std::max(start.x, end - right.width));
  draw_right_part(desk, right);
  ImGui::SetCursorPos(start);
  if (!cell) {
    ImGui::AlignTextToFramePadding();
    secondary_text(ui, "No number is asked for at this stage.");
    next_cell_button(desk);
    return;
  }
  const bool settled = is_settled(desk, *cell);
  script_item(ui, name_of(desk, *cell) + (settled ? "" : " ="), ui.palette.text);
  ImGui::SameLine(0, ui.px(8));
  if (settled) {
    ImGui::AlignTextToFramePadding();
    const lesson::Marked* marked = mark_of(desk, *cell);
    const bool given_up = marked != nullptr && !marked->given;
    secondary_text(ui, given_up ? "is shown." : "is found.");
    next_cell_button(desk);
  } else {
    draw_field(desk, *cell);
  }
  help_buttons(desk, *cell);
  draw_outcome(desk, end_px - right.width - ui.px(gap));
}

void draw_cell_marks(const Desk& desk, picture::Canvas& canvas, picture::Point origin,
                     const picture::FormulaLayout& line, bool has_result) {
  if (!has_result || desk.checked == nullptr || line.matrices.empty()) return;
  const picture::FormulaLayout::Matrix& result = line.matrices.back();
  if (result.collapsed || !asks_results(desk.page->stage())) return;
  const picture::Palette& palette = desk.ui.palette;
  const float s = canvas.scale();
  const std::optional<Cell> chosen = chosen_cell(desk);
  const auto count = static_cast<std::size_t>(result.grid->rows * result.grid->cols);
  for (std::size_t i = result.first_cell; i < result.first_cell + count; ++i) {
    const std::optional<Cell> cell = cell_of(desk, line.cells[i].of);
    if (!cell) continue;
    const picture::Rect& inner = line.cells[i].rect;
    const picture::Rect rect{origin.x + inner.x0, origin.y + inner.y0, origin.x + inner.x1,
                             origin.y + inner.y1};
    if (cell == chosen) canvas.stroke_rect(rect.shrunk(s), {palette.accent, 2 * s}, 4 * s);
    const lesson::Marked* marked = mark_of(desk, *cell);
    if (marked == nullptr) continue;
    // On a plate of its own: the cell's colour may be any.
    const picture::Point corner{rect.x1, rect.y0};
    canvas.fill_circle(corner, 7 * s, palette.panel);
    canvas.text(corner, sign_of(*marked), picture::Font::small, color_of(*marked, palette),
                picture::AlignX::center, picture::AlignY::middle);
  }
}

}  // namespace deltascope::ui
