#include "formula_block.hpp"

#include "answer_line.hpp"
#include "hand_check.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/walk/export.hpp>
#include <deltascope/walk/notation.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace deltascope::ui {
namespace {

constexpr const char* copy_menu = "###copy matrix";

// More digits than a cell has, under the mouse.
void show_number(const Desk& desk, const picture::GridEntry& entry) {
  const walk::Quantity quantity = entry.grid->entry(entry.row, entry.col);
  // A matrix on the way to a quantity holds other numbers than the quantity it lights up.
  const std::string name = entry.grid->other_numbers
                               ? fmt::format("row {}, column {}:", entry.row + 1, entry.col + 1)
                               : fmt::format("{} =", walk::label_of(quantity, desk.notation()));
  const std::string text =
      fmt::format("{} {:+.10g}", name, entry.grid->value(entry.row, entry.col));
  ImGui::BeginTooltip();
  wrapped_script(desk.ui, text, desk.ui.px(400));
  ImGui::EndTooltip();
}

// A copy would tell what is covered.
bool may_copy(const Desk& desk, const walk::Grid& grid) {
  for (Index r = 0; r < grid.rows; ++r) {
    for (Index c = 0; c < grid.cols; ++c) {
      if (!is_covered(desk, grid.entry(r, c))) continue;
      desk.ui.toast("Some of these numbers are covered", true);
      return false;
    }
  }
  return true;
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

picture::FormulaStyle formula_style(const Ui& ui, bool for_lecture, float height_px) {
  picture::FormulaStyle style;
  if (!for_lecture) return style.scaled(ui.scale());
  // As large as leaves room for a rule, matrices and an example.
  constexpr float lines = 18;
  const float em = std::clamp(height_px / (lines * ui.scale()), style.em_px, 38.0F);
  style = style.scaled(ui.scale() * em / style.em_px);
  constexpr float least_number_px = 24;
  style.number_em_px = std::max(style.number_em_px * 1.08F, least_number_px);
  style.cell_height_px = std::max(style.cell_height_px, 1.5F * style.number_em_px);
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

FormulaAnswer formula_block(Desk& desk, std::string_view name, const FormulaBlock& block,
                            int moment) {
  FormulaAnswer answer;
  const Ui& ui = desk.ui;
  if (block.lines.empty() || block.width_px <= 0) return answer;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const bool pressed =
      ImGui::InvisibleButton(name.data(), ImVec2(block.width_px, std::max(block.height_px, 1.0F)));
  ui.record(name);
  const bool hovered = ImGui::IsItemHovered();
  const picture::Point mouse = to_point(ImGui::GetIO().MousePos);
  ImGuiCanvas canvas = ui.canvas();
  picture::FormulaLook look;
  look.focus = lit_quantities(desk);
  look.moment = moment;
  look.covered = [&](const walk::Quantity& quantity) { return is_covered(desk, quantity); };
  // What an exercise hides is hidden where it goes on being used as well.
  look.covers_results_only = desk.checked == nullptr || !desk.checked->veil;
  const auto last_with = [&](auto items) {
    const auto found = std::find_if(block.lines.rbegin(), block.lines.rend(),
                                    [&](const auto& line) { return !(line.*items).empty(); });
    return found == block.lines.rend() ? nullptr : &*found;
  };
  const picture::FormulaLayout* const last_matrix = last_with(&picture::FormulaLayout::matrices);
  const picture::FormulaLayout* const last_number = last_with(&picture::FormulaLayout::numbers);
  float y = corner.y;
  for (const picture::FormulaLayout& line : block.lines) {
    const picture::Point origin{corner.x, std::floor(y + line.ascent_px + 0.5F)};
    look.has_last_matrix = &line == last_matrix;
    look.has_last_number = &line == last_number;
    draw_formula(canvas, origin, line, look, ui.palette);
    draw_cell_marks(desk, canvas, origin, line, look.has_last_matrix && name == results_block);
    y += line.height_px() + block.line_gap_px;
    if (!hovered) continue;
    if (const auto quantity = picture::quantity_at(line, origin, mouse)) {
      point_at(desk, *quantity);
    }
    const auto entry = picture::grid_entry_at(line, origin, mouse);
    if (!entry) continue;
    const walk::Quantity quantity = entry->grid->entry(entry->row, entry->col);
    point_at(desk, quantity);
    if (!is_covered(desk, quantity)) show_number(desk, *entry);
    if (pressed) answer.clicked = entry;
    // On release: Dear ImGui closes popups when the right button goes down.
    if (ImGui::IsMouseReleased(ImGuiMouseButton_Right) && may_copy(desk, *entry->grid)) {
      desk.view.walk.copied = entry->grid;
      ImGui::OpenPopup(copy_menu);
    }
  }
  return answer;
}

}  // namespace deltascope::ui
