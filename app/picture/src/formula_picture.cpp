#include "formula_parts.hpp"
#include "heat_map.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace deltascope::picture {

namespace {

constexpr double dimmed = 0.55;

Rect moved(const Rect& rect, Point by) {
  return {rect.x0 + by.x, rect.y0 + by.y, rect.x1 + by.x, rect.y1 + by.y};
}

Rect united(const Rect& a, const Rect& b) {
  return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

/// Thin bars between pixels would blur or vanish.
Rect on_pixels(const Rect& rect) {
  const float x = std::round(rect.x0), y = std::round(rect.y0);
  return {x, y, x + std::max(1.0F, std::round(rect.width())),
          y + std::max(1.0F, std::round(rect.height()))};
}

bool is_lit(const FormulaLook& look, const std::optional<walk::Quantity>& of) {
  return of && std::any_of(look.focus.begin(), look.focus.end(),
                           [&](const walk::Quantity& focus) { return walk::same(focus, *of); });
}

/// Whether something of the layout is lit: then the rest steps back.
bool lights_something(const FormulaLayout& layout, const FormulaLook& look) {
  const auto lit = [&](const auto& item) { return is_lit(look, item.of); };
  return std::any_of(layout.glyphs.begin(), layout.glyphs.end(), lit) ||
         std::any_of(layout.cells.begin(), layout.cells.end(), lit);
}

std::uint64_t hashed(std::uint64_t hash, std::uint64_t part) {
  return (hash ^ part) * 0x100000001b3ULL;  // FNV-1a
}

/// The same matrix may stand in two places, at two sizes.
ImagePlace image_place(const walk::Grid& grid, const Rect& rect, const Palette& palette) {
  std::uint64_t key = 0xcbf29ce484222325ULL, revision = key;
  for (const Index part : {static_cast<Index>(grid.of.kind), grid.of.layer, grid.of.row,
                           grid.of.col, static_cast<Index>(grid.turned), grid.first_col, grid.rows,
                           grid.cols, std::lround(rect.width()), std::lround(rect.height())}) {
    key = hashed(key, static_cast<std::uint64_t>(part));
  }
  for (const double value : grid.values)
    revision = hashed(revision, std::bit_cast<std::uint64_t>(value));
  return {image_key(ImageKind::matrix, 0, 0) | (key >> 8U), hashed(revision, palette.dark ? 1 : 0)};
}

/// One entry beside the other, with sharp borders.
Pixels matrix_image(const walk::Grid& grid, const Rect& rect, const Palette& palette) {
  double largest = 0;
  for (const double value : grid.values) {
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  }
  Pixels pixels;
  pixels.width = static_cast<int>(std::lround(rect.width()));
  pixels.height = static_cast<int>(std::lround(rect.height()));
  for (Index y = 0; y < pixels.height; ++y) {
    for (Index x = 0; x < pixels.width; ++x) {
      const double value = grid.value(y * grid.rows / pixels.height, x * grid.cols / pixels.width);
      pixels.colors.push_back(diverging(palette, largest > 0 ? value / largest : value));
    }
  }
  return pixels;
}

class Drawing {
 public:
  Drawing(Canvas& canvas, Point origin, const FormulaLayout& layout, const FormulaLook& look,
          const Palette& palette)
      : canvas_(canvas),
        origin_(origin),
        layout_(layout),
        look_(look),
        palette_(palette),
        dims_(lights_something(layout, look)) {}

  void draw() {
    draw_pills();
    for (const FormulaLayout::Matrix& matrix : layout_.matrices) {
      if (matrix.collapsed) draw_heat_map(matrix);
    }
    for (std::size_t i = 0; i < layout_.cells.size(); ++i)
      draw_cell(layout_.cells[i], i);
    for (const FormulaLayout::Bar& bar : layout_.bars) {
      if (!shown(bar.moment)) continue;
      canvas_.fill_rect(on_pixels(moved(bar.rect, origin_)), faded(color(bar.of), dim(bar.of)));
    }
    for (const FormulaLayout::Glyph& glyph : layout_.glyphs)
      draw_glyph(glyph);
    for (std::size_t i = 0; i < layout_.numbers.size(); ++i) {
      const FormulaLayout::Number& number = layout_.numbers[i];
      if (shown(number.moment) && number_covered(i)) {
        draw_cover(number.rect, number.em_px, dim(number.of));
      }
    }
    for (const FormulaLayout::Matrix& matrix : layout_.matrices)
      draw_outlines(matrix);
  }

 private:
  bool shown(int moment) const { return moment <= look_.moment; }

  double dim(const std::optional<walk::Quantity>& of) const {
    return dims_ && !is_lit(look_, of) ? dimmed : 1;
  }

  Color color(const std::optional<walk::Quantity>& of) const {
    return of ? quantity_color(palette_, of->kind) : palette_.text;
  }

  bool covered(const walk::Quantity& of) const { return look_.covered && look_.covered(of); }
  bool number_covered(std::size_t index) const {
    const bool is_last = look_.has_last_number && index + 1 == layout_.numbers.size();
    return (is_last || !look_.covers_results_only) && covered(layout_.numbers[index].of);
  }
  bool may_cover(const FormulaLayout::Matrix& matrix) const {
    return !look_.covers_results_only ||
           (look_.has_last_matrix && &matrix == &layout_.matrices.back());
  }
  bool cell_covered(std::size_t index) const {
    const bool in_last = look_.has_last_matrix && !layout_.matrices.empty() &&
                         !layout_.matrices.back().collapsed &&
                         index >= layout_.matrices.back().first_cell;
    return (in_last || !look_.covers_results_only) && covered(layout_.cells[index].of);
  }

  /// Behind glyphs that follow each other and stand for the same.
  void draw_pills() {
    const auto& glyphs = layout_.glyphs;
    for (std::size_t i = 0; i < glyphs.size();) {
      const auto& first = glyphs[i];
      Rect box = first.ink;
      float em_px = first.em_px;
      std::size_t end = i + 1;
      while (end < glyphs.size() && glyphs[end].of == first.of &&
             glyphs[end].moment == first.moment) {
        box = united(box, glyphs[end].ink);
        em_px = std::max(em_px, glyphs[end].em_px);
        ++end;
      }
      if (is_lit(look_, first.of) && shown(first.moment)) {
        const float room = 0.1F * em_px;
        canvas_.fill_rect(moved(box.shrunk(-room), origin_), faded(color(first.of), 0.22),
                          2 * room);
      }
      i = end;
    }
  }

  void draw_glyph(const FormulaLayout::Glyph& glyph) {
    if (!shown(glyph.moment)) return;
    if (glyph.number >= 0 && number_covered(static_cast<std::size_t>(glyph.number))) return;
    const Color ink = glyph.muted ? palette_.secondary : color(glyph.of);
    canvas_.glyph({origin_.x + glyph.x, origin_.y + glyph.y}, glyph.face, glyph.character,
                  glyph.em_px, faded(ink, dim(glyph.of)));
  }

  void draw_cell(const FormulaLayout::Cell& cell, std::size_t index) {
    if (!shown(cell.moment)) return;
    if (cell_covered(index)) {
      draw_cover(cell.rect, cell.em_px, dim(cell.of));
      return;
    }
    // A dimmed cell is paler, its number still reads.
    const Color fill = mixed(palette_.panel, diverging(palette_, cell.share), dim(cell.of));
    canvas_.fill_rect(moved(cell.rect, origin_), fill, cell.em_px / 5);
    const Color ink = mixed(fill, readable_on(fill), 0.4 + 0.6 * dim(cell.of));
    float x = origin_.x + cell.text_start.x;
    for (const char32_t character : decoded(cell.text)) {
      const MathFonts& fonts = canvas_.math_fonts();
      const MathFace face = fonts.face_for(MathFace::digits, character);
      canvas_.glyph({x, origin_.y + cell.text_start.y}, face, character, cell.em_px, ink);
      x += fonts.metrics(face, character).advance * cell.em_px;
    }
  }

  void draw_cover(const Rect& rect, float em_px, double opacity) {
    const Rect box = moved(rect, origin_);
    canvas_.fill_rect(box, faded(palette_.frame, opacity), em_px / 5);
    canvas_.stroke_rect(box, {.color = faded(palette_.secondary, opacity * 0.6)}, em_px / 5);
    const MathFonts& fonts = canvas_.math_fonts();
    const MathFace face = fonts.face_for(MathFace::upright, U'?');
    const GlyphMetrics m = fonts.metrics(face, U'?');
    const Point at{box.center().x - (m.left + m.right) / 2 * em_px,
                   box.center().y + (m.top + m.bottom) / 2 * em_px};
    canvas_.glyph(at, face, U'?', em_px, faded(palette_.secondary, opacity));
  }

  /// Around what is lit: the whole matrix, or single entries.
  void draw_outlines(const FormulaLayout::Matrix& matrix) {
    if (look_.focus.empty() || !shown(matrix.moment)) return;
    const walk::Grid& grid = *matrix.grid;
    const Stroke stroke{.color = palette_.text, .width_px = 2 * canvas_.scale()};
    std::vector<Rect> lit;
    for (Index r = 0; r < grid.rows; ++r) {
      for (Index c = 0; c < grid.cols; ++c) {
        if (is_lit(look_, grid.entry(r, c))) lit.push_back(entry_rect(matrix, r, c));
      }
    }
    if (!lit.empty() && lit.size() == static_cast<std::size_t>(grid.rows * grid.cols)) {
      lit.assign(1, matrix.rect);
    }
    for (const Rect& rect : lit)
      canvas_.stroke_rect(moved(rect, origin_), stroke, 3 * canvas_.scale());
  }

  Rect entry_rect(const FormulaLayout::Matrix& matrix, Index r, Index c) const {
    if (!matrix.collapsed) {
      return layout_.cells[matrix.first_cell + static_cast<std::size_t>(r * matrix.grid->cols + c)]
          .rect;
    }
    const float width = matrix.rect.width() / static_cast<float>(matrix.grid->cols);
    const float height = matrix.rect.height() / static_cast<float>(matrix.grid->rows);
    const float x = matrix.rect.x0 + width * static_cast<float>(c);
    const float y = matrix.rect.y0 + height * static_cast<float>(r);
    return {x, y, x + width, y + height};
  }

  void draw_heat_map(const FormulaLayout::Matrix& matrix) {
    if (!shown(matrix.moment) || matrix.grid->values.empty()) return;
    if (may_cover(matrix) && covered(matrix.grid->of)) {
      const float em_px = std::min(matrix.rect.height() / 2, 24 * canvas_.scale());
      draw_cover(matrix.rect, em_px, dim(matrix.grid->of));
      return;
    }
    const Rect rect = on_pixels(moved(matrix.rect, origin_));
    const walk::Grid& grid = *matrix.grid;
    picture::draw_heat_map(canvas_, rect, image_place(grid, rect, palette_),
                           [&] { return matrix_image(grid, rect, palette_); });
    const double veil = 1 - dim(grid.of);
    if (veil > 0) canvas_.fill_rect(rect, faded(palette_.panel, veil));
  }

  Canvas& canvas_;
  Point origin_;
  const FormulaLayout& layout_;
  const FormulaLook& look_;
  const Palette& palette_;
  bool dims_;
};

}  // namespace

void draw_formula(Canvas& canvas, Point origin, const FormulaLayout& layout,
                  const FormulaLook& look, const Palette& palette) {
  Drawing(canvas, origin, layout, look, palette).draw();
}

std::optional<GridEntry> grid_entry_at(const FormulaLayout& layout, Point origin, Point at) {
  const Point p{at.x - origin.x, at.y - origin.y};
  for (const FormulaLayout::Matrix& matrix : layout.matrices) {
    if (!matrix.rect.contains(p)) continue;
    const auto part = [](float from, float to, float x, Index count) {
      return std::min(static_cast<Index>((x - from) / (to - from) * static_cast<float>(count)),
                      count - 1);
    };
    return GridEntry{matrix.grid, part(matrix.rect.y0, matrix.rect.y1, p.y, matrix.grid->rows),
                     part(matrix.rect.x0, matrix.rect.x1, p.x, matrix.grid->cols)};
  }
  return std::nullopt;
}

std::optional<walk::Quantity> quantity_at(const FormulaLayout& layout, Point origin, Point at) {
  if (const auto entry = grid_entry_at(layout, origin, at)) {
    return entry->grid->entry(entry->row, entry->col);
  }
  const Point p{at.x - origin.x, at.y - origin.y};
  for (const FormulaLayout::Glyph& glyph : layout.glyphs) {
    // Small glyphs are hard to hit.
    if (glyph.of && glyph.ink.shrunk(-0.1F * glyph.em_px).contains(p)) return glyph.of;
  }
  return std::nullopt;
}

}  // namespace deltascope::picture
