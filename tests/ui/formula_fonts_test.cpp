#include "fonts.hpp"

#include <deltascope/picture/formula_picture.hpp>

#include <gtest/gtest.h>
#include <support/formulas.hpp>
#include <support/walk_formulas.hpp>

#include <algorithm>
#include <iterator>

namespace deltascope::ui {
namespace {

class FormulaFontsTest : public ::testing::TestWithParam<float> {
 protected:
  FormulaFontsTest() {
    ImGui::CreateContext();
    const Problems problems = fonts_.build(GetParam());
    EXPECT_TRUE(problems.empty());
    shim::bake(*ImGui::GetIO().Fonts);
  }
  ~FormulaFontsTest() override { ImGui::DestroyContext(); }

  Fonts fonts_;
};
INSTANTIATE_TEST_SUITE_P(Zooms, FormulaFontsTest, ::testing::Values(1.0F, 1.25F, 2.0F),
                         [](const auto& zoom) {
                           return std::to_string(static_cast<int>(zoom.param * 100));
                         });

TEST_P(FormulaFontsTest, HaveEveryGlyphOfAFormula) {
  std::vector<test::NamedFormula> formulas = test::formulas();
  std::ranges::move(test::walk_formulas(), std::back_inserter(formulas));
  for (const test::NamedFormula& named : formulas) {
    const auto layout = picture::layout_formula(fonts_.math(), named.formula,
                                                picture::FormulaStyle{}.scaled(GetParam()));
    for (const auto& glyph : layout.glyphs) {
      const Fonts::Drawn drawn = fonts_.drawn(glyph.face, glyph.character, glyph.em_px);
      ASSERT_NE(drawn.font, nullptr);
      EXPECT_TRUE(shim::has_glyph(*drawn.font, glyph.character))
          << named.name << ", U+" << std::hex << +glyph.character;
    }
  }
}

TEST_P(FormulaFontsTest, DrawTheSizesOfALineAsTheyWereBaked) {
  ASSERT_TRUE(fonts_.math().has_katex()) << "install fonts-katex";
  const picture::FormulaStyle style;
  const float em_px = style.em_px, rule_em_px = 0.85F * em_px;
  for (const float em :
       {em_px, 0.7F * em_px, 0.55F * em_px, rule_em_px, 0.7F * rule_em_px, 0.55F * rule_em_px}) {
    const Fonts::Drawn drawn = fonts_.drawn(picture::MathFace::italic, U'w', em * GetParam());
    EXPECT_EQ(drawn.size_px, drawn.font->FontSize) << em;
  }
  const Fonts::Drawn digit =
      fonts_.drawn(picture::MathFace::digits, U'0', style.number_em_px * GetParam());
  EXPECT_EQ(digit.size_px, digit.font->FontSize);
}

TEST_P(FormulaFontsTest, NeverEnlargeWhatALargerSizeHas) {
  const Fonts::Drawn drawn = fonts_.drawn(picture::MathFace::upright, U'x', 30 * GetParam());
  EXPECT_LT(drawn.size_px, drawn.font->FontSize);
}

TEST_P(FormulaFontsTest, LeaveAnAtlasThatEveryGraphicsCardTakes) {
  EXPECT_LE(ImGui::GetIO().Fonts->TexWidth, 4096);
  EXPECT_LE(ImGui::GetIO().Fonts->TexHeight, 4096);
}

}  // namespace
}  // namespace deltascope::ui
