#include <deltascope/picture/formula_picture.hpp>

#include <gtest/gtest.h>
#include <support/formulas.hpp>

#include <algorithm>
#include <limits>

namespace deltascope::picture {
namespace {

using namespace test;

class FormulaGridTest : public testing::Test {
 protected:
  FormulaLayout laid_out(const Grid& of) const { return layout_formula(fonts_, grid(of), style_); }
  static std::vector<std::string> texts(const FormulaLayout& layout) {
    std::vector<std::string> result;
    for (const FormulaLayout::Cell& cell : layout.cells)
      result.push_back(cell.text);
    return result;
  }
  /// What stands in grey under the matrix.
  static std::u32string dimensions(const FormulaLayout& layout) {
    std::u32string result;
    for (const FormulaLayout::Glyph& glyph : layout.glyphs) {
      if (glyph.muted) result += glyph.character;
    }
    return result;
  }

  MathFonts fonts_;
  FormulaStyle style_;
};

using Texts = std::vector<std::string>;

TEST_F(FormulaGridTest, SaysItsDimensions) {
  EXPECT_EQ(dimensions(laid_out(wavy_grid(3, 2, W_3))), U"3×2");
}

TEST_F(FormulaGridTest, SaysThatItIsTurned) {
  Grid turned = wavy_grid(2, 3, W_3);
  turned.turned = true;
  EXPECT_EQ(dimensions(laid_out(turned)), U"2×3,turned");
  EXPECT_EQ(laid_out(turned).cells[1].of, W_3.at(1, 0));
}

TEST_F(FormulaGridTest, CellsStandInRowsAndColumns) {
  const FormulaLayout layout = laid_out(wavy_grid(3, 2, W_3));
  ASSERT_EQ(layout.cells.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) {
    const FormulaLayout::Cell& cell = layout.cells[i];
    EXPECT_EQ(cell.of, W_3.at(static_cast<Index>(i / 2), static_cast<Index>(i % 2)));
    EXPECT_FLOAT_EQ(cell.rect.x0, layout.cells[i % 2].rect.x0);
    EXPECT_FLOAT_EQ(cell.rect.y0, layout.cells[i / 2 * 2].rect.y0);
    EXPECT_FLOAT_EQ(cell.rect.height(), style_.cell_height_px);
  }
}

TEST_F(FormulaGridTest, IsCentredOnTheAxis) {
  const FormulaLayout layout = laid_out(wavy_grid(4, 2, W_3));
  EXPECT_NEAR(layout.matrices.at(0).rect.center().y, -0.25F * style_.em_px, 1e-3);
}

TEST_F(FormulaGridTest, PointsStandUnderPoints) {
  const FormulaLayout layout = laid_out(grid_of(3, 1, W_3, {0.125, -10.5, 3}));
  EXPECT_EQ(texts(layout), (Texts{"0.12", "−10.50", "3.00"}));
  const float digit = fonts_.metrics(MathFace::digits, U'0').advance * layout.cells[0].em_px;
  const auto end = [digit](const FormulaLayout::Cell& cell, float letters) {
    return cell.text_start.x + letters * digit;
  };
  EXPECT_NEAR(end(layout.cells[0], 4), end(layout.cells[1], 6), 1e-3);
  EXPECT_NEAR(end(layout.cells[0], 4), end(layout.cells[2], 4), 1e-3);
}

TEST_F(FormulaGridTest, KeepsFourDigitsAndDropsZerosThatNoneNeeds) {
  EXPECT_EQ(texts(laid_out(grid_of(1, 2, W_3, {1, 0}))), (Texts{"1", "0"}));
  EXPECT_EQ(texts(laid_out(grid_of(1, 2, W_3, {0.5, -0.25}))), (Texts{"0.50", "−0.25"}));
  EXPECT_EQ(texts(laid_out(grid_of(1, 2, W_3, {1.0 / 3, -2.0 / 3}))), (Texts{"0.3333", "−0.6667"}));
  EXPECT_EQ(texts(laid_out(grid_of(1, 2, W_3, {123.456, 1}))), (Texts{"123.5", "1.0"}));
}

TEST_F(FormulaGridTest, NothingIsNotNegative) {
  EXPECT_EQ(texts(laid_out(grid_of(1, 2, W_3, {-0.0, -1e-9}))).at(0), "0");
  EXPECT_EQ(texts(laid_out(grid_of(1, 2, W_3, {-1e-9, 1.5}))), (Texts{"0.0", "1.5"}));
}

TEST_F(FormulaGridTest, TakesOutTheCommonPowerOfTen) {
  const FormulaLayout layout = laid_out(grid_of(1, 2, W_3, {4e-6, -1.25e-6}));
  EXPECT_EQ(texts(layout), (Texts{"4.00", "−1.25"}));
  std::u32string power;
  for (const FormulaLayout::Glyph& glyph : layout.glyphs) {
    if (!glyph.muted) power += glyph.character;
  }
  EXPECT_EQ(power, U"⋅10−6");
}

TEST_F(FormulaGridTest, WritesWhatIsNoNumber) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(texts(laid_out(grid_of(1, 4, W_3, {NAN, infinity, -infinity, 2}))),
            (Texts{"NaN", "∞", "−∞", "2"}));
}

TEST_F(FormulaGridTest, ColoursAreSharesOfTheLargest) {
  const FormulaLayout layout = laid_out(grid_of(1, 3, W_3, {-4, 2, 0}));
  EXPECT_DOUBLE_EQ(layout.cells[0].share, -1);
  EXPECT_DOUBLE_EQ(layout.cells[1].share, 0.5);
  EXPECT_DOUBLE_EQ(layout.cells[2].share, 0);
  EXPECT_DOUBLE_EQ(laid_out(grid_of(1, 1, W_3, {0})).cells[0].share, 0);
}

TEST_F(FormulaGridTest, CollapsesAboveTheMostThatIsReadable) {
  EXPECT_FALSE(laid_out(wavy_grid(12, 12, W_3)).matrices.at(0).collapsed);
  for (const auto& [rows, cols] : {std::pair{13, 2}, std::pair{2, 13}, std::pair{300, 1000}}) {
    const FormulaLayout layout = laid_out(wavy_grid(rows, cols, W_3));
    EXPECT_TRUE(layout.matrices.at(0).collapsed) << rows << " × " << cols;
    EXPECT_TRUE(layout.cells.empty()) << rows << " × " << cols;
    EXPECT_LT(layout.width_px, 12 * 2 * style_.cell_height_px) << rows << " × " << cols;
    EXPECT_LT(layout.height_px(), 12 * style_.cell_height_px) << rows << " × " << cols;
  }
}

TEST_F(FormulaGridTest, MayBeEmpty) {
  for (const auto& [rows, cols] : {std::pair{2, 0}, std::pair{0, 2}, std::pair{0, 0}}) {
    const FormulaLayout layout = laid_out(grid_of(rows, cols, W_3, {}));
    EXPECT_TRUE(layout.cells.empty());
    EXPECT_GT(layout.width_px, 0);
    for (float x = 0; x < layout.width_px; x += 1)
      EXPECT_FALSE(grid_entry_at(layout, {}, {x, -5}));
  }
}

TEST_F(FormulaGridTest, CaptionHangsBelowInTheMiddle) {
  const FormulaLayout layout = laid_out(captioned(wavy_grid(2, 1, W_3), symbol("M")));
  const auto caption =
      std::find_if(layout.glyphs.begin(), layout.glyphs.end(),
                   [](const FormulaLayout::Glyph& glyph) { return glyph.character == U'M'; });
  ASSERT_NE(caption, layout.glyphs.end());
  const Rect cells = layout.matrices.at(0).rect;
  EXPECT_GT(caption->ink.y0, cells.y1);
  EXPECT_NEAR(caption->ink.center().x, cells.center().x, 0.1F * style_.em_px);
}

TEST_F(FormulaGridTest, WideCaptionMakesRoom) {
  const FormulaLayout layout =
      laid_out(captioned(wavy_grid(1, 1, W_3), word("a caption wider than one cell")));
  for (const FormulaLayout::Glyph& glyph : layout.glyphs) {
    EXPECT_GE(glyph.ink.x0, 0);
    EXPECT_LE(glyph.ink.x1, layout.width_px);
  }
}

}  // namespace
}  // namespace deltascope::picture
