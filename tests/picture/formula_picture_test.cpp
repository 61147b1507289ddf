#include <deltascope/picture/formula_picture.hpp>

#include <gtest/gtest.h>
#include <support/formulas.hpp>
#include <support/recording_canvas.hpp>

#include <algorithm>
#include <set>

namespace deltascope::picture {
namespace {

using namespace test;

constexpr Point origin{40, 100};

bool everything(const Quantity&) {
  return true;
}
auto all_but(const Quantity& shown) {
  return [shown](const Quantity& quantity) { return quantity != shown; };
}

class FormulaPictureTest : public testing::TestWithParam<const Palette*> {
 protected:
  const Palette& palette() const { return *GetParam(); }
  FormulaLayout laid_out(const Formula& formula) {
    return layout_formula(canvas_.math_fonts(), formula, {});
  }
  void draw(const FormulaLayout& layout, const FormulaLook& look = {}) {
    draw_formula(canvas_, origin, layout, look, palette());
  }
  void draw(const Formula& formula, const FormulaLook& look = {}) { draw(laid_out(formula), look); }
  std::u32string drawn() const {
    std::u32string text;
    for (const RecordingCanvas::Glyph& glyph : canvas_.glyphs)
      text += glyph.character;
    return text;
  }
  const RecordingCanvas::Glyph& glyph(char32_t character) const {
    const auto found = std::find_if(canvas_.glyphs.begin(), canvas_.glyphs.end(),
                                    [&](const auto& g) { return g.character == character; });
    if (found != canvas_.glyphs.end()) return *found;
    ADD_FAILURE() << "no U+" << std::hex << +character;
    static const RecordingCanvas::Glyph none{};
    return none;
  }

  RecordingCanvas canvas_;
};
INSTANTIATE_TEST_SUITE_P(Themes, FormulaPictureTest,
                         testing::Values(&dark_palette(), &light_palette()),
                         [](const auto& theme) { return theme.param->dark ? "Dark" : "Light"; });

Formula in_moments() {
  return row({symbol("a"), from_moment(1, row({operation("+"), symbol("b")})),
              from_moment(2, row({operation("+"), fraction(symbol("c"), symbol("d"))}))});
}

TEST_P(FormulaPictureTest, LettersHaveTheColoursOfWhatTheyStandFor) {
  draw(row({symbol("x"), marked(symbol("W"), W_3), marked(symbol("δ"), delta_2)}));
  EXPECT_EQ(glyph(U'x').color, palette().text);
  EXPECT_EQ(glyph(U'W').color, palette().weight);
  EXPECT_EQ(glyph(U'δ').color, palette().delta);
}

TEST_P(FormulaPictureTest, EveryGlyphStandsWhereItWasLaidOut) {
  const FormulaLayout layout = laid_out(delta_rule());
  draw(layout);
  ASSERT_EQ(canvas_.glyphs.size(), layout.glyphs.size());
  for (std::size_t i = 0; i < layout.glyphs.size(); ++i) {
    EXPECT_EQ(canvas_.glyphs[i].baseline,
              (Point{origin.x + layout.glyphs[i].x, origin.y + layout.glyphs[i].y}));
  }
}

TEST_P(FormulaPictureTest, WhatComesLaterIsNotDrawn) {
  const FormulaLayout layout = laid_out(in_moments());
  draw(layout, {.moment = 1});
  EXPECT_EQ(drawn(), U"a+b");
  EXPECT_TRUE(canvas_.rects.empty()) << "the bar of the fraction";
}

TEST_P(FormulaPictureTest, BlankCoversNumbersButNotSymbols) {
  draw(row({symbol("x"), relation("="), number("0.25", delta_2.at(0, 0)), operation("·"),
            number("−3", delta_3.at(0, 0))}),
       {.covered = everything});
  EXPECT_EQ(drawn(), U"x=⋅??");
  EXPECT_EQ(canvas_.rects.size(), 2U);
}

TEST_P(FormulaPictureTest, BlankLeavesConstantsAndIndices) {
  draw(row({number("1"), operation("−"),
            marked(scripts(symbol("a"), number("2"), {}), Quantity{Kind::a, 0, 1})}),
       {.covered = everything});
  EXPECT_EQ(drawn(), U"1−a2");
}

TEST_P(FormulaPictureTest, UncoveredNumbersAreSeen) {
  draw(row({number("25", delta_2.at(0, 0)), operation("·"), number("3", delta_3.at(0, 0))}),
       {.covered = all_but(delta_2.at(0, 0))});
  EXPECT_EQ(drawn(), U"25⋅?");
}

TEST_P(FormulaPictureTest, BlankCoversCells) {
  draw(grid(grid_of(3, 1, delta_2, {1, 2, 3})), {.covered = all_but(delta_2.at(1, 0))});
  const std::u32string text = drawn();
  EXPECT_EQ(std::count(text.begin(), text.end(), U'?'), 2);
  EXPECT_NE(text.find(U'2'), std::u32string::npos);
}

TEST_P(FormulaPictureTest, CoversWhatTheFormulaComesToAndNotWhatItIsMadeOf) {
  const Grid matrix = grid_of(2, 1, delta_2, {1, 2});
  draw(row({grid(matrix), relation("="), grid(matrix)}),
       {.covered = everything, .covers_results_only = true});
  EXPECT_EQ(drawn().substr(0, 4), U"12??");
  canvas_.glyphs.clear();
  draw(row({number("3", delta_2.at(0, 0)), relation("="), number("4", delta_2.at(0, 0))}),
       {.covered = everything, .covers_results_only = true});
  EXPECT_EQ(drawn(), U"3=?");
  canvas_.glyphs.clear();
  draw(number("4", delta_2.at(0, 0)),
       {.covered = everything, .covers_results_only = true, .has_last_number = false});
  EXPECT_EQ(drawn(), U"4");
}

TEST_P(FormulaPictureTest, BlankCoversAHeatMap) {
  draw(grid(wavy_grid(30, 2, W_3)), {.covered = everything});
  EXPECT_NE(drawn().find(U'?'), std::u32string::npos);
  EXPECT_TRUE(canvas_.images.empty());
}

TEST_P(FormulaPictureTest, FocusLightsItsLettersAndDimsTheRest) {
  draw(delta_rule(), {.focus = {delta_3}});
  ASSERT_EQ(canvas_.rects.size(), 1U) << "one pill";
  for (const RecordingCanvas::Glyph& g : canvas_.glyphs) {
    const bool inside = canvas_.rects[0].rect.contains(g.baseline);
    EXPECT_EQ(g.color.a == 255, inside) << "U+" << std::hex << +g.character;
  }
}

TEST_P(FormulaPictureTest, FocusOnSomethingElseDimsNothing) {
  draw(delta_rule(), {.focus = {Quantity{Kind::b, 0}}});
  EXPECT_TRUE(canvas_.rects.empty());
  EXPECT_EQ(glyph(U'=').color.a, 255);
}

TEST_P(FormulaPictureTest, FocusOnAnEntryOutlinesItsCell) {
  const FormulaLayout layout = laid_out(grid(wavy_grid(3, 2, W_3)));
  draw(layout, {.focus = {W_3.at(1, 1)}});
  ASSERT_EQ(canvas_.frames.size(), 1U);
  EXPECT_FLOAT_EQ(canvas_.frames[0].points[0].x, origin.x + layout.cells[3].rect.x0);
  EXPECT_FLOAT_EQ(canvas_.frames[0].points[0].y, origin.y + layout.cells[3].rect.y0);
}

TEST_P(FormulaPictureTest, FocusOnTheWholeOutlinesTheMatrix) {
  const FormulaLayout layout =
      laid_out(row({grid(wavy_grid(1, 1, delta_2)), relation("="), grid(wavy_grid(3, 2, W_3))}));
  draw(layout, {.focus = {W_3}});
  ASSERT_EQ(canvas_.frames.size(), 1U);
  EXPECT_FLOAT_EQ(canvas_.frames[0].points[1].x, origin.x + layout.matrices[1].rect.x1);
}

TEST_P(FormulaPictureTest, FocusOnAnEntryFindsItInTheSecondMatrix) {
  const FormulaLayout layout =
      laid_out(row({grid(wavy_grid(2, 2, delta_2)), grid(wavy_grid(3, 2, W_3))}));
  draw(layout, {.focus = {W_3.at(2, 0)}});
  ASSERT_EQ(canvas_.frames.size(), 1U);
  EXPECT_FLOAT_EQ(canvas_.frames[0].points[0].x, origin.x + layout.cells[8].rect.x0);
  EXPECT_FLOAT_EQ(canvas_.frames[0].points[0].y, origin.y + layout.cells[8].rect.y0);
}

TEST_P(FormulaPictureTest, FocusInAHeatMapOutlinesItsPlace) {
  const FormulaLayout layout = laid_out(grid(wavy_grid(20, 20, W_3)));
  draw(layout, {.focus = {W_3.at(0, 19)}});
  ASSERT_EQ(canvas_.frames.size(), 1U);
  EXPECT_NEAR(canvas_.frames[0].points[1].x, origin.x + layout.matrices[0].rect.x1, 1e-3);
}

TEST_P(FormulaPictureTest, NumbersReadInDimmedCellsToo) {
  const FormulaLayout layout = laid_out(grid(wavy_grid(5, 5, W_3)));
  draw(layout, {.focus = {W_3.at(0, 0)}});
  const std::size_t brackets = layout.bars.size();
  ASSERT_EQ(canvas_.rects.size(), layout.cells.size() + brackets);
  for (const RecordingCanvas::Glyph& g : canvas_.glyphs) {
    const auto cell = std::find_if(canvas_.rects.begin(), canvas_.rects.end(),
                                   [&](const auto& r) { return r.rect.contains(g.baseline); });
    if (cell != canvas_.rects.end()) {
      EXPECT_GE(contrast(g.color, cell->color), 3) << "U+" << std::hex << +g.character;
    }
  }
}

TEST_P(FormulaPictureTest, HeatMapHasTheColoursOfItsValues) {
  std::vector<double> values(20 * 13, 0.0);
  values[0] = 2;
  values.back() = -2;
  draw(grid(grid_of(20, 13, W_3, values)));
  ASSERT_EQ(canvas_.images.size(), 1U);
  EXPECT_EQ(canvas_.images[0].pixels.front(), palette().positive);
  EXPECT_EQ(canvas_.images[0].pixels.back(), palette().negative);
}

TEST_P(FormulaPictureTest, HeatMapsOfOneMatrixInTwoPlacesAreOneImageAndOtherValuesAnother) {
  draw(row(
      {grid(wavy_grid(20, 2, W_3)), grid(wavy_grid(20, 2, W_3)), grid(wavy_grid(20, 2, delta_2))}));
  Grid other = wavy_grid(20, 2, W_3);
  other.values[3] += 1;
  draw(grid(other));
  ASSERT_EQ(canvas_.images.size(), 4U);
  EXPECT_EQ(canvas_.images[0].key, canvas_.images[1].key);
  EXPECT_NE(canvas_.images[0].key, canvas_.images[2].key);
  EXPECT_EQ(canvas_.images[0].key, canvas_.images[3].key);
  EXPECT_NE(canvas_.images[0].revision, canvas_.images[3].revision);
}

TEST_P(FormulaPictureTest, BarsLieOnWholePixels) {
  draw(layout_formula(canvas_.math_fonts(), fraction(symbol("x"), symbol("y")),
                      FormulaStyle{}.scaled(1.13F)));
  ASSERT_EQ(canvas_.rects.size(), 1U);
  const Rect bar = canvas_.rects[0].rect;
  EXPECT_EQ(bar.y0, std::round(bar.y0));
  EXPECT_GE(bar.height(), 1);
}

TEST(FormulaHits, FindLetters) {
  const MathFonts fonts;
  const FormulaLayout layout = layout_formula(fonts, delta_rule(), {});
  for (const FormulaLayout::Glyph& glyph : layout.glyphs) {
    const Point at{origin.x + glyph.ink.center().x, origin.y + glyph.ink.center().y};
    EXPECT_EQ(quantity_at(layout, origin, at), glyph.of) << "U+" << std::hex << +glyph.character;
  }
  EXPECT_FALSE(quantity_at(layout, origin, {origin.x - 50, origin.y}));
}

TEST(FormulaHits, FindCells) {
  const MathFonts fonts;
  const FormulaLayout layout = layout_formula(fonts, delta_numbers(), {});
  for (const FormulaLayout::Cell& cell : layout.cells) {
    const Point at{origin.x + cell.rect.center().x, origin.y + cell.rect.center().y};
    EXPECT_EQ(quantity_at(layout, origin, at), cell.of);
  }
}

TEST(FormulaHits, FindEntriesOfAHeatMap) {
  const MathFonts fonts;
  const FormulaLayout layout = layout_formula(fonts, grid(wavy_grid(30, 20, W_3)), {});
  const Rect map = layout.matrices.at(0).rect;
  const auto at = [&](float right, float down) {
    return grid_entry_at(
        layout, origin,
        {origin.x + map.x0 + right * map.width(), origin.y + map.y0 + down * map.height()});
  };
  ASSERT_TRUE(at(0.999F, 0.001F));
  EXPECT_EQ(at(0.999F, 0.001F)->row, 0);
  EXPECT_EQ(at(0.999F, 0.001F)->col, 19);
  EXPECT_EQ(at(0.001F, 0.5F)->row, 15);
  EXPECT_FALSE(at(1.01F, 0.5F));
}

}  // namespace
}  // namespace deltascope::picture
