#include <deltascope/picture/formula_picture.hpp>
#include <deltascope/picture/palette.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace deltascope::picture {
namespace {

using Vector = std::array<double, 3>;
using Matrix3 = std::array<Vector, 3>;

// Vision without one kind of cone, on linear RGB. Source: Machado, Oliveira, Fernandes, "A
// physiologically-based model for simulation of color vision deficiency" (2009), severity 1.
constexpr std::array<Matrix3, 4> visions{{
    {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {{{0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}}},
    {{{0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}}},
    {{{1.255528, -0.076749, -0.178779},
      {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.303900}}},
}};

Vector times(const Matrix3& m, const Vector& v) {
  Vector result{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j)
      result[i] += m[i][j] * v[j];
    result[i] = std::clamp(result[i], 0.0, 1.0);
  }
  return result;
}

Vector lab(Color color, const Matrix3& vision) {
  const auto linear = [](std::uint8_t component) {
    const double c = component / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  const Vector rgb = times(vision, {linear(color.r), linear(color.g), linear(color.b)});
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  const double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
  const double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
  const double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// ΔE76, the least over normal and deficient vision.
double difference(Color a, Color b, std::span<const Matrix3> by = visions) {
  double least = INFINITY;
  for (const Matrix3& vision : by) {
    const Vector p = lab(a, vision);
    const Vector q = lab(b, vision);
    least = std::min(least, std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
  }
  return least;
}

class PaletteTest : public testing::TestWithParam<const Palette*> {};
INSTANTIATE_TEST_SUITE_P(Themes, PaletteTest, testing::Values(&dark_palette(), &light_palette()),
                         [](const auto& theme) { return theme.param->dark ? "Dark" : "Light"; });

TEST(Contrast, OfBlackAndWhiteIsTwentyOne) {
  EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 1e-9);
  EXPECT_NEAR(contrast({119, 119, 119}, {255, 255, 255}), 4.48, 0.01);
}

TEST_P(PaletteTest, TextReadsOnEveryBackground) {
  const Palette& p = *GetParam();
  for (const Color ground : {p.background, p.panel, p.frame, p.plot_background}) {
    EXPECT_GE(contrast(p.text, ground), 4.5);
    EXPECT_GE(contrast(p.secondary, ground), 4.5);
    EXPECT_GE(contrast(p.delta, ground), 4.5);
    EXPECT_GE(contrast(p.walk, ground), 4.5);
  }
  EXPECT_GE(contrast(p.on_accent, p.accent), 4.5);
}

TEST_P(PaletteTest, GraphicsStandOutFromThePanel) {
  const Palette& p = *GetParam();
  EXPECT_GE(contrast(p.warning, p.panel), 3);
  EXPECT_GE(contrast(p.boundary, p.zero), 7);
  for (const Color c : p.classes)
    EXPECT_GE(contrast(c, p.panel), 3);
}

TEST_P(PaletteTest, SignsStayApartForEveryVision) {
  const Palette& p = *GetParam();
  EXPECT_GE(difference(p.positive, p.negative), 87);
}

TEST_P(PaletteTest, TheWalkIsNeitherASignNorDeltaForAnyVision) {
  const Palette& p = *GetParam();
  // Twice what classes need, as all four stand side by side; thickness doubles the colour.
  for (const Color other : {p.positive, p.negative, p.delta})
    EXPECT_GE(difference(p.walk, other), 30);
  for (const Color other : {p.text, p.secondary, p.boundary})
    EXPECT_GE(difference(p.walk, other), 25);
}

TEST_P(PaletteTest, ClassesStayApartForEveryVision) {
  const Palette& p = *GetParam();
  EXPECT_EQ(p.classes[0], p.positive);
  EXPECT_EQ(p.classes[1], p.negative);
  for (std::size_t i = 0; i < p.classes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      // Ten is told apart at a glance, and shapes double the colours.
      EXPECT_GE(difference(p.classes[i], p.classes[j]), 15) << i << " and " << j;
    }
  }
}

TEST_P(PaletteTest, RunsStayApartForEveryVisionAlsoFromTheRunOnScreen) {
  const Palette& p = *GetParam();
  for (std::size_t i = 0; i < p.runs.size(); ++i) {
    EXPECT_GE(contrast(p.runs[i], p.panel), 3) << i;
    EXPECT_GE(contrast(p.runs[i], p.plot_background), 3) << i;
    EXPECT_GE(difference(p.runs[i], p.text), 20) << i;
    EXPECT_GE(difference(p.runs[i], p.positive), 20) << i;
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_GE(difference(p.runs[i], p.runs[j]), 20) << i << " and " << j;
  }
}

TEST_P(PaletteTest, QuantitiesReadInFormulas) {
  const Palette& p = *GetParam();
  for (int kind = 0; kind <= static_cast<int>(walk::Kind::step); ++kind) {
    const Color color = quantity_color(p, static_cast<walk::Kind>(kind));
    EXPECT_GE(contrast(color, p.panel), 4.5) << kind;
    EXPECT_GE(contrast(color, p.frame), 4.5) << kind;
  }
}

TEST_P(PaletteTest, QuantitiesStayApartForEveryVision) {
  const Palette& p = *GetParam();
  const std::array colors{p.text, p.delta,    p.activation, p.weight,
                          p.bias, p.gradient, p.slope,      p.cost};
  for (std::size_t i = 0; i < colors.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      // Seen beside each other, and every letter says the same again.
      EXPECT_GE(difference(colors[i], colors[j]), 10) << i << " and " << j;
    }
    // The colours of signs fill cells; letters beside them have others, to the usual eye.
    for (const Color sign : {p.positive, p.negative})
      EXPECT_GE(difference(colors[i], sign, std::span(visions).first(1)), 20) << i;
  }
}

TEST_P(PaletteTest, DivergingMapHasItsEndsAndItsMiddle) {
  const Palette& p = *GetParam();
  EXPECT_EQ(diverging(p, 0), p.zero);
  EXPECT_EQ(diverging(p, 1), p.positive);
  EXPECT_EQ(diverging(p, -1), p.negative);
  EXPECT_EQ(diverging(p, 7), p.positive);
  EXPECT_EQ(diverging(p, NAN), p.frame);
}

TEST_P(PaletteTest, NumbersReadOnEveryCellColour) {
  for (double t = -1; t <= 1; t += 0.05) {
    const Color cell = diverging(*GetParam(), t);
    EXPECT_GE(contrast(readable_on(cell), cell), 4.5) << t;
  }
}

TEST(Color, FadedMultipliesAlphaAndMixedInterpolates) {
  EXPECT_EQ(faded({1, 2, 3, 200}, 0.5), (Color{1, 2, 3, 100}));
  EXPECT_EQ(mixed({0, 100, 200}, {100, 200, 0}, 0.25), (Color{25, 125, 150}));
  EXPECT_EQ(mixed({0, 0, 0}, {9, 9, 9}, NAN), (Color{0, 0, 0}));
}

}  // namespace
}  // namespace deltascope::picture
