// The worked example of a walk: one result with its numbers plugged in.

#include "hand_check.hpp"
#include "walk.hpp"
#include "walk_parts.hpp"
#include "widgets.hpp"

#include <algorithm>
#include <limits>

namespace deltascope::ui {
namespace {

constexpr float most_width_em = 34;

}  // namespace

WorkedBox lay_out_worked(const Desk& desk, const picture::FormulaStyle& style, float room_px) {
  const Ui& ui = desk.ui;
  const WalkPage& page = *desk.page;
  const walk::Stage& stage = page.stage();
  walk::Worked example = walk::worked(page.step, page.phase.id, page.cursor.stage,
                                      desk.view.walk.row, desk.view.walk.col, page.options);
  if (desk.checked != nullptr && desk.checked->veil) {
    example.numbers = without_hidden(std::move(example.numbers), *desk.checked->veil);
  }
  WorkedBox box;
  box.padding = ui.px(12);
  box.gap = ui.px(6);
  const float width = std::min(room_px, most_width_em * style.em_px) - 2 * box.padding;
  box.rule = lay_out(ui, example.rule, style, width);
  box.numbers = lay_out(ui, example.numbers, style, width);
  box.title = stage.rows * stage.cols > 1 ? "Worked example; click another number for its own"
                                          : "Worked example";
  box.title_size = ui.canvas().measure(box.title, picture::Font::small);
  box.size.width =
      std::max({box.rule.width_px, box.numbers.width_px, box.title_size.width}) + 2 * box.padding;
  box.size.height = box.title_size.height + box.rule.height_px + box.numbers.height_px +
                    2 * box.gap + 2 * box.padding;
  return box;
}

void draw_worked(Desk& desk, const WorkedBox& box) {
  const Ui& ui = desk.ui;
  const ImVec2 at = ImGui::GetCursorPos();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ui.canvas().fill_rect({corner.x, corner.y, corner.x + box.size.width, corner.y + box.size.height},
                        ui.palette.frame, ui.px(6));
  const float x = at.x + box.padding;
  float y = at.y + box.padding;
  ImGui::SetCursorPos(ImVec2(x, y));
  secondary_text(ui, box.title);
  y += box.title_size.height + box.gap;
  ImGui::SetCursorPos(ImVec2(x, y));
  formula_block(desk, "walk worked rule", box.rule);
  y += box.rule.height_px + box.gap;
  ImGui::SetCursorPos(ImVec2(x, y));
  const int moment = desk.page->cursor.moment;
  formula_block(desk, "walk worked", box.numbers,
                moment > 0 ? moment : std::numeric_limits<int>::max());
  ImGui::SetCursorPos(at);
  ImGui::Dummy(ImVec2(box.size.width, box.size.height));
  ui.record("walk worked example");
}

}  // namespace deltascope::ui
