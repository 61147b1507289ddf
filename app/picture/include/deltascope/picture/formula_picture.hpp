#pragma once

#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/math_fonts.hpp>
#include <deltascope/picture/palette.hpp>
#include <deltascope/walk/formula.hpp>

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace deltascope::picture {

/// How a formula is set, in pixels of the canvas: as given here at 100 %.
struct FormulaStyle {
  float em_px = 22;
  float cell_height_px = 24;  ///< of a matrix of numbers
  float number_em_px = 14;    ///< of the numbers in its cells
  float least_cell_width_px = 0;
  /// Matrices with more rows or columns than this collapse into a heat map; numbers on hover.
  Index most_rows = 12, most_cols = 12;

  FormulaStyle scaled(float by) const;
};

/// A laid-out formula: boxes relative to the left end of its baseline, y downwards. The same
/// numbers on every canvas, for they come from the faces' own metrics.
struct FormulaLayout {
  struct Glyph {
    MathFace face;
    char32_t character;
    float x, y;  ///< baseline
    float em_px;
    Rect ink;
    std::optional<walk::Quantity> of;
    int moment = 0;
    static constexpr int no_number = -1;
    int number = no_number;  ///< of `numbers`
    bool muted = false;      ///< the dimensions of a matrix
  };
  struct Number {  ///< the printed value of a quantity, of several glyphs
    Rect rect;
    float em_px;
    walk::Quantity of;
    int moment = 0;
  };
  struct Bar {  ///< of fractions, roots, fences that are drawn
    Rect rect;
    std::optional<walk::Quantity> of;
    int moment = 0;
  };
  struct Cell {
    Rect rect;
    double share;      ///< of the largest absolute value in its matrix, −1 … 1: its colour
    std::string text;  ///< in MathFace::digits
    Point text_start;  ///< baseline
    float em_px;
    walk::Quantity of;
    int moment = 0;
  };
  struct Matrix {  ///< cells (or the heat map that stands for them) in their brackets
    Rect rect;     ///< of the cells
    std::shared_ptr<const walk::Grid> grid;
    bool collapsed = false;
    std::size_t first_cell = 0;  ///< of `cells`, row by row; none if collapsed
    int moment = 0;
  };
  std::vector<Glyph> glyphs;
  std::vector<Number> numbers;
  std::vector<Bar> bars;
  std::vector<Cell> cells;
  std::vector<Matrix> matrices;
  float width_px = 0, ascent_px = 0, descent_px = 0;
  float overhang_px = 0;  ///< how far its last letter leans over; part of the width
  float height_px() const { return ascent_px + descent_px; }
};

FormulaLayout layout_formula(const MathFonts& fonts, const walk::Formula& formula,
                             const FormulaStyle& style);
/// Breaks a row that is wider than `width_px` before relations and binary operators outside
/// brackets; each line is a layout of its own, later ones indented.
std::vector<FormulaLayout> layout_lines(const MathFonts& fonts, const walk::Formula& formula,
                                        const FormulaStyle& style, float width_px);

/// What of a layout is seen, and how.
struct FormulaLook {
  std::vector<walk::Quantity> focus = {};        ///< what is `same` with one of them lights up
  int moment = std::numeric_limits<int>::max();  ///< what comes later is not shown yet
  /// Whose values are covered; empty: nobody's.
  std::function<bool(const walk::Quantity&)> covered = {};
  /// Only what the formula comes to is: its last matrix and its last number, if they stand in this
  /// layout, which may be one line of several.
  bool covers_results_only = false;
  bool has_last_matrix = true, has_last_number = true;
};

/// `origin` is the left end of the baseline.
void draw_formula(Canvas& canvas, Point origin, const FormulaLayout& layout,
                  const FormulaLook& look, const Palette& palette);

/// What lies under a pixel.
std::optional<walk::Quantity> quantity_at(const FormulaLayout& layout, Point origin, Point at);
/// The entry of a matrix under a pixel, also where it is collapsed.
struct GridEntry {
  std::shared_ptr<const walk::Grid> grid;
  Index row = 0, col = 0;  ///< as drawn
};
std::optional<GridEntry> grid_entry_at(const FormulaLayout& layout, Point origin, Point at);

/// The colour of a quantity, wherever it stands: at least 4.5:1 on panel and frame.
Color quantity_color(const Palette& palette, walk::Kind kind);

}  // namespace deltascope::picture
