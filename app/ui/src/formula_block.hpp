#pragma once

#include "view.hpp"

#include <deltascope/picture/formula_picture.hpp>

#include <limits>
#include <string_view>
#include <vector>

namespace deltascope::ui {

/// How large formulas are: for the desk, or for the back of a lecture room in a panel of this
/// height, where numbers are at least 24 px.
picture::FormulaStyle formula_style(const Ui& ui, bool for_lecture, float height_px);

/// A formula in one or more lines, measured before it is placed.
struct FormulaBlock {
  std::vector<picture::FormulaLayout> lines;
  float width_px = 0, height_px = 0;
  float line_gap_px = 0;
};
FormulaBlock lay_out(const Ui& ui, const walk::Formula& formula, const picture::FormulaStyle& style,
                     float width_px);

/// What somebody did to the number under the mouse.
struct FormulaAnswer {
  std::optional<picture::GridEntry> clicked;
};

/// The matrices of a stage: the last one is its result.
inline constexpr std::string_view results_block = "walk numbers";

/// Draws the block as an item called `name`. The mouse over a symbol or a number lights it up
/// everywhere and reads its digits; the right button offers to copy a matrix. What comes after
/// `moment` is not shown yet.
FormulaAnswer formula_block(Desk& desk, std::string_view name, const FormulaBlock& block,
                            int moment = std::numeric_limits<int>::max());

/// The menu that copies a matrix, while it is open: once after all blocks of a window.
void draw_copy_menu(Desk& desk);

}  // namespace deltascope::ui
