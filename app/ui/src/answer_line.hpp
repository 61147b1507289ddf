#pragma once
// Where numbers worked out by hand are typed and marked.

#include "formula_block.hpp"
#include "view.hpp"

namespace deltascope::ui {

/// The chosen cell, the field for its number, what became of the last answer, and how many are
/// right.
void draw_answer_line(Desk& desk);

/// Signs of the marks on the cells of the stage's result, and a frame around the chosen one;
/// `has_result`: the last matrix of `line` is that.
void draw_cell_marks(const Desk& desk, picture::Canvas& canvas, picture::Point origin,
                     const picture::FormulaLayout& line, bool has_result);

}  // namespace deltascope::ui
