#include "formula_block.hpp"

#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/walk/export.hpp>
#include <deltascope/walk/notation.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace deltascope::ui {
namespace {

constexpr const char* copy_menu = "###copy matrix";

std::string sentence(const Desk& desk, const picture::GridEntry& entry) {
  const walk::Quantity quantity = entry.grid->entry(entry.row, entry.col);
  return fmt::format("{} = {:+.17g}", walk::label_of(quantity, desk.notation()),
                     entry.grid->value(entry.row, entry.col));
}

}  // namespace

void draw_copy_menu(Desk& desk) {
  if (!ImGui::BeginPopup(copy_menu)) return;
  const Ui& ui = desk.ui;
  secondary_text(ui, "Copy this matrix as");
  for (const walk::MatrixFormat& row : walk::matrix_formats()) {
    const std::string label(row.label);
    if (ImGui::Selectable(label.c_str()) && desk.view.walk.copied) {
      ImGui::SetClipboardText(row.write(*desk.view.walk.copied).c_str());
      desk.ui.toast("Copied as " + label, false);
    }
    ui.record("Copy as " + label);
  }
  ImGui::EndPopup();
}

picture::FormulaStyle formula_style(const Ui& ui, bool for_lecture) {
  const float s = ui.scale();
  picture::FormulaStyle style;
  style.em_px = (for_lecture ? 38 : 22) * s;
  style.number_em_px = (for_lecture ? 26 : 14) * s;
  style.cell_height_px = (for_lecture ? 40 : 24) * s;
  return style;
}

FormulaBlock lay_out(const Ui& ui, const walk::Formula& formula, const picture::FormulaStyle& style,
                     float width_px) {
  FormulaBlock block;
  ImGuiCanvas canvas = ui.canvas();
  block.lines = picture::layout_lines(canvas.math_fonts(), formula, style, width_px);
  block.line_gap_px = style.em_px * 0.3F;
  for (const picture::FormulaLayout& line : block.lines) {
    block.width_px = std::max(block.width_px, line.width_px);
    block.height_px += line.height_px() + (&line == block.lines.data() ? 0 : block.line_gap_px);
  }
  return block;
}

FormulaAnswer formula_block(Desk& desk, const char* name, const FormulaBlock& block, int moment) {
  FormulaAnswer answer;
  const Ui& ui = desk.ui;
  if (block.lines.empty() || block.width_px <= 0) return answer;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const bool pressed =
      ImGui::InvisibleButton(name, ImVec2(block.width_px, std::max(block.height_px, 1.0F)));
  ui.record(name);
  const bool hovered = ImGui::IsItemHovered();
  const picture::Point mouse = to_point(ImGui::GetIO().MousePos);
  ImGuiCanvas canvas = ui.canvas();
  picture::FormulaLook look;
  look.focus = desk.view.focus;
  look.moment = moment;
  look.covered = [&](const walk::Quantity& quantity) { return is_covered(desk, quantity); };
  float y = corner.y;
  for (const picture::FormulaLayout& line : block.lines) {
    const picture::Point origin{corner.x, std::floor(y + line.ascent_px + 0.5F)};
    draw_formula(canvas, origin, line, look, ui.palette);
    y += line.height_px() + block.line_gap_px;
    if (!hovered) continue;
    if (const auto quantity = picture::quantity_at(line, origin, mouse)) {
      point_at(desk, *quantity);
    }
    const auto entry = picture::grid_entry_at(line, origin, mouse);
    if (!entry) continue;
    const walk::Quantity quantity = entry->grid->entry(entry->row, entry->col);
    point_at(desk, quantity);
    if (!is_covered(desk, quantity)) ImGui::SetTooltip("%s", sentence(desk, *entry).c_str());
    if (pressed) answer.clicked = entry;
    // On release: Dear ImGui closes popups when the right button goes down.
    if (ImGui::IsMouseReleased(ImGuiMouseButton_Right)) {
      desk.view.walk.copied = entry->grid;
      ImGui::OpenPopup(copy_menu);
    }
  }
  return answer;
}

}  // namespace deltascope::ui
