#pragma once
// What holds of every laid-out formula.

#include <deltascope/picture/formula_picture.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace deltascope::test {

/// No two glyphs or cells lie on each other, and nothing lies outside.
inline void expect_apart_and_inside(const picture::FormulaLayout& layout, const std::string& name) {
  using picture::Rect;
  struct Box {
    Rect rect;
    std::string what;
  };
  std::vector<Box> boxes;
  for (const auto& glyph : layout.glyphs) {
    const float slack = 0.1F * glyph.em_px;
    EXPECT_GE(glyph.ink.x0, -slack) << name << ", U+" << std::hex << +glyph.character;
    EXPECT_LE(glyph.ink.x1, layout.width_px + slack) << name;
    EXPECT_GE(glyph.ink.y0, -layout.ascent_px - 1e-3F) << name;
    EXPECT_LE(glyph.ink.y1, layout.descent_px + 1e-3F) << name;
    const bool is_piece = glyph.character >= 0x239B && glyph.character <= 0x23AD;
    // A leaning letter may reach over its neighbour.
    if (!is_piece) {
      boxes.push_back({glyph.ink.shrunk(0.08F * glyph.em_px),
                       "U+" + std::to_string(static_cast<unsigned>(glyph.character))});
    }
  }
  for (const auto& cell : layout.cells) {
    EXPECT_GE(cell.rect.x0, 0) << name;
    EXPECT_LE(cell.rect.x1, layout.width_px) << name;
    boxes.push_back({cell.rect, "cell " + cell.text});
  }
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Rect &a = boxes[i].rect, &b = boxes[j].rect;
      const bool overlap = a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
      EXPECT_FALSE(overlap) << name << ": " << boxes[i].what << " and " << boxes[j].what;
    }
  }
}

}  // namespace deltascope::test
