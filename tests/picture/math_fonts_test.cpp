#include <deltascope/picture/math_fonts.hpp>

#include <gtest/gtest.h>

#include <string_view>

namespace deltascope::picture {
namespace {

/// What formulas write, without the letters.
constexpr std::u32string_view signs = U"0123456789+−=≈←→∘⊙·∗×()[]{}|∥,.′∂∇Σ∑√∞∈ℓˆ…⋯⊤";

class MathFontsTest : public testing::TestWithParam<MathFamily> {};
INSTANTIATE_TEST_SUITE_P(Families, MathFontsTest,
                         testing::Values(MathFamily::katex, MathFamily::plain),
                         [](const auto& family) {
                           return family.param == MathFamily::katex ? "Katex" : "Plain";
                         });

TEST_P(MathFontsTest, SomeFaceDrawsEveryCharacter) {
  const MathFonts fonts(GetParam());
  for (std::size_t i = 0; i < math_face_count; ++i) {
    const auto face = static_cast<MathFace>(i);
    for (const char32_t c : signs) {
      const MathFace found = fonts.face_for(face, c);
      EXPECT_TRUE(fonts.has(found, c)) << "face " << i << ", U+" << std::hex << +c;
      EXPECT_GT(fonts.metrics(found, c).advance, 0) << "face " << i << ", U+" << std::hex << +c;
    }
    for (char32_t c = 0x3B1; c <= 0x3C9; ++c) {
      EXPECT_TRUE(fonts.has(fonts.face_for(face, c), c))
          << "face " << i << ", U+" << std::hex << +c;
    }
  }
}

TEST_P(MathFontsTest, MetricsAreInEm) {
  const MathFonts fonts(GetParam());
  const GlyphMetrics m = fonts.metrics(MathFace::upright, U'x');
  EXPECT_GT(m.top, 0.35F);
  EXPECT_LT(m.top, 0.6F);
  EXPECT_NEAR(m.bottom, 0, 0.05F);
  EXPECT_LT(m.left, m.right);
  EXPECT_LE(m.right, m.advance + 0.05F);
}

TEST_P(MathFontsTest, DigitsOfCellsAreEquallyWide) {
  const MathFonts fonts(GetParam());
  const float width = fonts.metrics(MathFace::digits, U'0').advance;
  for (const char32_t c : std::u32string_view(U"123456789.−"))
    EXPECT_EQ(fonts.metrics(MathFace::digits, c).advance, width) << "U+" << std::hex << +c;
}

TEST(MathFonts, KnowsWhetherKatexIsThere) {
  EXPECT_FALSE(MathFonts(MathFamily::plain).has_katex());
}

TEST(MathFonts, BoldGreekIsSlanted) {
  const MathFonts fonts;
  ASSERT_TRUE(fonts.has_katex()) << "install fonts-katex";
  EXPECT_EQ(fonts.face_for(MathFace::bold, U'W'), MathFace::bold);
  EXPECT_EQ(fonts.face_for(MathFace::bold, U'δ'), MathFace::bold_italic);
  EXPECT_EQ(fonts.face_for(MathFace::italic, U'+'), MathFace::upright);
}

TEST(MathFonts, NeverTakesAWebFont) {
  const MathFonts fonts;
  for (std::size_t i = 0; i < math_face_count; ++i) {
    const std::string_view path = fonts.file(static_cast<MathFace>(i)).path;
    EXPECT_EQ(path.find(".woff"), std::string_view::npos) << path;
  }
}

TEST(MathFonts, WhatNoFaceHasHasNoWidth) {
  const MathFonts fonts;
  const MathFace face = fonts.face_for(MathFace::italic, 0xE777);
  EXPECT_EQ(face, MathFace::text);
  EXPECT_EQ(fonts.metrics(face, 0xE777).advance, 0);
}

}  // namespace
}  // namespace deltascope::picture
