#include <deltascope/picture/formula_picture.hpp>

#include <gtest/gtest.h>
#include <support/formula_checks.hpp>
#include <support/formulas.hpp>

#include <algorithm>

namespace deltascope::picture {
namespace {

using namespace test;
using Glyph = FormulaLayout::Glyph;

class FormulaLayoutTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(fonts_.has_katex()) << "install fonts-katex"; }
  FormulaLayout laid_out(const Formula& formula) const {
    return layout_formula(fonts_, formula, style_);
  }
  const Glyph& glyph(const FormulaLayout& layout, char32_t character, std::size_t nth = 0) const {
    for (const Glyph& candidate : layout.glyphs) {
      if (candidate.character == character && nth-- == 0) return candidate;
    }
    ADD_FAILURE() << "no U+" << std::hex << +character;
    static const Glyph none{};
    return none;
  }
  /// From the advance's end of the first glyph to the origin of the second, in em.
  float gap_em(const FormulaLayout& layout, std::size_t left) const {
    const Glyph& a = layout.glyphs[left];
    const GlyphMetrics m = fonts_.metrics(a.face, a.character);
    const float overhang = std::max(0.0F, m.right - m.advance);
    return (layout.glyphs[left + 1].x - a.x) / style_.em_px - m.advance - overhang;
  }

  MathFonts fonts_;
  FormulaStyle style_;
};

constexpr float thick = 5 / 18.0F, medium = 4 / 18.0F, thin = 3 / 18.0F;

TEST_F(FormulaLayoutTest, GapsAreThoseOfTex) {
  const FormulaLayout layout =
      laid_out(row({symbol("a"), relation("="), symbol("b"), operation("+"), symbol("c"), comma(),
                    symbol("x"), symbol("y")}));
  EXPECT_NEAR(gap_em(layout, 0), thick, 1e-4);
  EXPECT_NEAR(gap_em(layout, 1), thick, 1e-4);
  EXPECT_NEAR(gap_em(layout, 2), medium, 1e-4);
  EXPECT_NEAR(gap_em(layout, 3), medium, 1e-4);
  EXPECT_NEAR(gap_em(layout, 4), 0, 1e-4);
  EXPECT_NEAR(gap_em(layout, 5), thin, 1e-4);
  EXPECT_NEAR(gap_em(layout, 6), 0, 1e-4);
}

TEST_F(FormulaLayoutTest, SignOfNumberHasNoGapBehindIt) {
  const FormulaLayout layout =
      laid_out(row({operation("−"), symbol("a"), relation("="), operation("−"), symbol("b")}));
  EXPECT_NEAR(gap_em(layout, 0), 0, 1e-4);
  EXPECT_NEAR(gap_em(layout, 3), 0, 1e-4);
}

TEST_F(FormulaLayoutTest, RowInARowKeepsTheGapsOfOneRow) {
  const FormulaLayout nested =
      laid_out(row({symbol("a"), from_moment(1, row({operation("−"), symbol("b")}))}));
  const FormulaLayout flat = laid_out(row({symbol("a"), operation("−"), symbol("b")}));
  EXPECT_NEAR(nested.width_px, flat.width_px, 1e-4);
  EXPECT_EQ(glyph(nested, U'−').moment, 1);
  EXPECT_EQ(glyph(nested, U'b').moment, 1);
  EXPECT_EQ(glyph(nested, U'a').moment, 0);
}

TEST_F(FormulaLayoutTest, ScriptsHaveNoGapsAroundOperations) {
  const FormulaLayout layout =
      laid_out(scripts(symbol("x"), row({symbol("t"), operation("−"), number("1")}), {}));
  const GlyphMetrics t = fonts_.metrics(MathFace::italic, U't');
  EXPECT_NEAR(glyph(layout, U'−').x - glyph(layout, U't').x,
              std::max(t.advance, t.right) * 0.7F * style_.em_px, 1e-3);
}

TEST_F(FormulaLayoutTest, ScriptsShrinkTwice) {
  const FormulaLayout layout =
      laid_out(scripts(symbol("C"), scripts(symbol("x"), symbol("i"), {}), {}));
  EXPECT_FLOAT_EQ(glyph(layout, U'C').em_px, style_.em_px);
  EXPECT_FLOAT_EQ(glyph(layout, U'x').em_px, 0.7F * style_.em_px);
  EXPECT_FLOAT_EQ(glyph(layout, U'i').em_px, 0.55F * style_.em_px);
}

TEST_F(FormulaLayoutTest, BothScriptsStandAboveEachOther) {
  const FormulaLayout layout = laid_out(scripts(symbol("a"), symbol("k"), layer("1")));
  const Glyph& lower = glyph(layout, U'k');
  const Glyph& upper = glyph(layout, U'[');
  EXPECT_GT(lower.y, 0);
  EXPECT_LT(upper.y, 0);
  EXPECT_NEAR(lower.x, upper.x, 0.1F * style_.em_px);
  EXPECT_LT(upper.ink.y1, lower.ink.y0);
}

TEST_F(FormulaLayoutTest, FractionIsCentredOnItsBarAndTheBarOnTheAxis) {
  const FormulaLayout layout = laid_out(fraction(
      row({symbol("x"), operation("+"), symbol("y"), operation("+"), symbol("z")}), number("2")));
  ASSERT_EQ(layout.bars.size(), 1U);
  const Rect bar = layout.bars[0].rect;
  EXPECT_NEAR(bar.center().y, -0.25F * style_.em_px, 1e-3);
  EXPECT_NEAR(glyph(layout, U'2').ink.center().x, bar.center().x, 0.02F * style_.em_px);
  EXPECT_NEAR(glyph(layout, U'y').ink.center().x, bar.center().x, 0.2F * style_.em_px);
  EXPECT_LT(glyph(layout, U'y').ink.y1, bar.y0);
  EXPECT_GT(glyph(layout, U'2').ink.y0, bar.y1);
}

TEST_F(FormulaLayoutTest, SumIsLargeWithItsLimitsInTheMiddle) {
  const FormulaLayout layout = laid_out(sum_over(symbol("k"), symbol("n")));
  const Glyph& sigma = glyph(layout, U'∑');
  EXPECT_EQ(sigma.face, MathFace::size_2);
  EXPECT_NEAR(sigma.ink.center().y, -0.25F * style_.em_px, 1e-3);
  EXPECT_LT(glyph(layout, U'n').ink.y1, sigma.ink.y0);
  EXPECT_GT(glyph(layout, U'k').ink.y0, sigma.ink.y1);
  EXPECT_NEAR(glyph(layout, U'n').ink.center().x, sigma.ink.center().x, 0.06F * style_.em_px);
}

TEST_F(FormulaLayoutTest, FencesGrowWithWhatTheyEnclose) {
  const auto height_around = [&](const Formula& inside) {
    const FormulaLayout layout = laid_out(fenced("()", inside));
    return glyph(layout, U'(').ink.height() / style_.em_px;
  };
  EXPECT_NEAR(height_around(symbol("x")), 1, 0.05);
  EXPECT_NEAR(height_around(bold("z", "2", z_2)), 1, 0.05);
  EXPECT_NEAR(height_around(fraction(symbol("a"), symbol("b"))), 1.8, 0.05);
  EXPECT_NEAR(height_around(fraction(symbol("x"), symbol("y"))), 2.4, 0.05);
}

TEST_F(FormulaLayoutTest, FenceAroundAMatrixIsAsTallAsItsBrackets) {
  const FormulaLayout layout = laid_out(fenced("()", grid(wavy_grid(9, 1, delta_2))));
  Rect fence = glyph(layout, U'⎛').ink;
  float brackets_top = 0, brackets_bottom = 0;
  fence.y1 = glyph(layout, U'⎝').ink.y1;
  for (const FormulaLayout::Bar& bar : layout.bars) {
    brackets_top = std::min(brackets_top, bar.rect.y0);
    brackets_bottom = std::max(brackets_bottom, bar.rect.y1);
  }
  EXPECT_LE(fence.y0, brackets_top + 1e-3F);
  EXPECT_GE(fence.y1, brackets_bottom - 1e-3F);
}

TEST_F(FormulaLayoutTest, ComposedFenceHasNoSeams) {
  const FormulaLayout layout = laid_out(fenced("{ ", grid(wavy_grid(11, 1, delta_2))));
  std::vector<Rect> pieces;
  for (const Glyph& piece : layout.glyphs) {
    if (piece.character >= 0x239B && piece.character <= 0x23AD) pieces.push_back(piece.ink);
  }
  std::sort(pieces.begin(), pieces.end(), [](const Rect& a, const Rect& b) { return a.y0 < b.y0; });
  ASSERT_GE(pieces.size(), 5U);
  for (std::size_t i = 1; i < pieces.size(); ++i)
    EXPECT_LT(pieces[i].y0, pieces[i - 1].y1) << "piece " << i;
}

TEST_F(FormulaLayoutTest, RootCoversWhatStandsUnderIt) {
  const FormulaLayout layout = laid_out(root(fraction(symbol("x"), symbol("y"))));
  const Rect sign = glyph(layout, U'√').ink;
  const Rect bar = layout.bars.front().rect;
  EXPECT_NEAR(bar.y0, sign.y0, 1e-3);
  EXPECT_LT(bar.y1, glyph(layout, U'x').ink.y0);
  EXPECT_GT(sign.y1, glyph(layout, U'y').ink.y1 - 0.2F * style_.em_px);
  EXPECT_GE(bar.x1, glyph(layout, U'x').ink.x1);
}

TEST_F(FormulaLayoutTest, HatStandsAboveItsLetter) {
  const FormulaLayout layout = laid_out(hat(symbol("m")));
  const Rect accent = glyph(layout, U'ˆ').ink, letter = glyph(layout, U'm').ink;
  EXPECT_LT(accent.y1, letter.y0);
  EXPECT_NEAR(accent.center().x, letter.center().x, 0.1F * style_.em_px);
}

TEST_F(FormulaLayoutTest, PrimeAfterALetterIsRaisedAndSmall) {
  const FormulaLayout layout = laid_out(symbol("σ′"));
  EXPECT_LT(glyph(layout, U'′').y, 0);
  EXPECT_LT(glyph(layout, U'′').em_px, style_.em_px);
}

TEST_F(FormulaLayoutTest, OnlyLettersLean) {
  const FormulaLayout layout = laid_out(symbol("w12"));
  EXPECT_EQ(glyph(layout, U'w').face, MathFace::italic);
  EXPECT_EQ(glyph(layout, U'1').face, MathFace::upright);
}

TEST_F(FormulaLayoutTest, NothingOverlapsOrLiesOutside) {
  for (const NamedFormula& named : formulas())
    test::expect_apart_and_inside(laid_out(named.formula), named.name);
}

TEST_F(FormulaLayoutTest, IsTheSameAtEverySize) {
  for (const NamedFormula& named : formulas()) {
    const FormulaLayout once = laid_out(named.formula);
    const FormulaLayout twice = layout_formula(fonts_, named.formula, style_.scaled(2));
    ASSERT_EQ(once.glyphs.size(), twice.glyphs.size()) << named.name;
    EXPECT_NEAR(twice.width_px, 2 * once.width_px, 1e-2) << named.name;
    for (std::size_t i = 0; i < once.glyphs.size(); ++i)
      EXPECT_NEAR(twice.glyphs[i].x, 2 * once.glyphs[i].x, 1e-2) << named.name << " " << i;
  }
}

TEST(FormulaLayout, WorksWithoutKatex) {
  const MathFonts plain(MathFamily::plain);
  for (const NamedFormula& named : formulas()) {
    const FormulaLayout layout = layout_formula(plain, named.formula, {});
    EXPECT_GT(layout.width_px, 0) << named.name;
    for (const Glyph& g : layout.glyphs)
      EXPECT_TRUE(plain.has(g.face, g.character))
          << named.name << ", U+" << std::hex << +g.character;
  }
}

TEST(FormulaLayout, OfNothingIsNothing) {
  const MathFonts fonts;
  const FormulaLayout layout = layout_formula(fonts, Formula{}, {});
  EXPECT_TRUE(layout.glyphs.empty());
  EXPECT_EQ(layout.width_px, 0);
  EXPECT_EQ(layout_lines(fonts, Formula{}, {}, 100).size(), 1U);
}

TEST_F(FormulaLayoutTest, LongFormulaBreaksBeforeOperationsOutsideBrackets) {
  const Formula worked = formulas()[7].formula;
  const float whole = laid_out(worked).width_px;
  const float width = 0.7F * whole;
  const std::vector<FormulaLayout> lines = layout_lines(fonts_, worked, style_, width);
  ASSERT_GE(lines.size(), 2U);
  std::size_t glyphs = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    glyphs += lines[i].glyphs.size();
    if (i == 0) continue;
    const char32_t first = lines[i].glyphs.front().character;
    EXPECT_TRUE(first == U'=' || first == U'⋅' || first == U'+') << "line " << i;
    EXPECT_GT(lines[i].glyphs.front().x, style_.em_px) << "line " << i;
    EXPECT_LE(lines[i].width_px, width) << "line " << i;
  }
  EXPECT_EQ(glyphs, laid_out(worked).glyphs.size());
}

TEST_F(FormulaLayoutTest, ProductStaysTogetherWhereASumCanBreak) {
  const Formula product = row({symbol("a"), operation("·"), symbol("b")});
  const Formula sum = row({product, operation("+"), product, operation("+"), product});
  for (float part = 0.4F; part < 1; part += 0.1F) {
    const float width = part * laid_out(sum).width_px + 2 * style_.em_px;
    const std::vector<FormulaLayout> lines = layout_lines(fonts_, sum, style_, width);
    for (std::size_t i = 1; i < lines.size(); ++i)
      EXPECT_EQ(lines[i].glyphs.front().character, U'+') << width;
  }
}

TEST_F(FormulaLayoutTest, FractionThatNoLineCanHoldIsWrittenWithASlash) {
  std::vector<Formula> terms{symbol("a")};
  for (int i = 0; i < 12; ++i) {
    terms.push_back(operation("+"));
    terms.push_back(symbol("b"));
  }
  const Formula mean =
      row({symbol("C"), relation("="), fraction(row(std::move(terms)), number("10"))});
  const float width = 0.5F * laid_out(mean).width_px;
  const std::vector<FormulaLayout> lines = layout_lines(fonts_, mean, style_, width);
  ASSERT_GE(lines.size(), 2U);
  std::u32string text;
  for (const FormulaLayout& line : lines) {
    EXPECT_LE(line.width_px, width);
    EXPECT_TRUE(line.bars.empty());
    for (const Glyph& g : line.glyphs)
      text += g.character;
  }
  EXPECT_EQ(text, U"C=(a+b+b+b+b+b+b+b+b+b+b+b+b)/10");
}

TEST_F(FormulaLayoutTest, FormulaBehindAWideSpaceStaysTogether) {
  const Formula sum = row({symbol("y"), operation("+"), symbol("y"), operation("+"), symbol("y")});
  const Formula two =
      row({symbol("x"), relation("="), sum, space(1.5F), symbol("z"), relation("="), symbol("w")});
  const float width = laid_out(two).width_px - style_.em_px / 2;
  const std::vector<FormulaLayout> lines = layout_lines(fonts_, two, style_, width);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].glyphs.front().character, U'z');
}

TEST_F(FormulaLayoutTest, NoLineBreaksBetweenBracketsThatAreSymbols) {
  Formula open = symbol("("), close = symbol(")");
  open.spacing = Class::opening;
  close.spacing = Class::closing;
  const Formula formula =
      row({open, symbol("a"), operation("+"), symbol("b"), close, operation("·"), symbol("c")});
  const std::vector<FormulaLayout> lines = layout_lines(fonts_, formula, style_, 1);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].glyphs.front().character, U'⋅');
}

TEST_F(FormulaLayoutTest, ShortFormulaIsOneLine) {
  const std::vector<FormulaLayout> lines = layout_lines(fonts_, delta_rule(), style_, 1000);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_FLOAT_EQ(lines[0].width_px, laid_out(delta_rule()).width_px);
}

TEST_F(FormulaLayoutTest, GapAfterALineBreakIsDropped) {
  const Formula formula = row({symbol("x"), relation("="), symbol("y")});
  const std::vector<FormulaLayout> lines = layout_lines(fonts_, formula, style_, 1);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NEAR(lines[1].glyphs.front().x, 2 * style_.em_px, 1e-3);
}

}  // namespace
}  // namespace deltascope::picture
