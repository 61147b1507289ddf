#pragma once
// Parts of the walk's panel.

#include "formula_block.hpp"
#include "view.hpp"

#include <string>

namespace deltascope::ui {

/// Whether the walk has the whole window.
inline bool is_alone(const Desk& desk) {
  return desk.view.alone == "walk";
}

/// What is walked, how it is shown, Back and Next: those two keep their places at the right end, so
/// that the mouse stays on them.
void draw_walk_title(Desk& desk);

/// A worked example, measured before it is placed.
struct WorkedBox {
  std::string title;
  FormulaBlock rule, numbers;
  picture::Size title_size, size;
  float padding = 0, gap = 0;
};

/// The example of the chosen result, no wider than `room_px`.
WorkedBox lay_out_worked(const Desk& desk, const picture::FormulaStyle& style, float room_px);
void draw_worked(Desk& desk, const WorkedBox& box);

}  // namespace deltascope::ui
