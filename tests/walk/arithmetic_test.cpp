#include "arithmetic.hpp"

#include "decimal.hpp"
#include "support/pocket_calculator.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace deltascope::walk {
namespace {

Arithmetic x(double value) {
  return measured(value, {Kind::W});
}

std::string equation(const Arithmetic& arithmetic, double result, double shows = 0.0) {
  const Reproduced printed = reproduce(arithmetic, result, {}, shows);
  return to_text(row({printed.left, relation(printed.exact_enough ? "=" : "≠"), printed.result}));
}

std::string equation(const Arithmetic& arithmetic) {
  return equation(arithmetic, evaluate(arithmetic));
}

std::string printed(double value, int digits) {
  return to_text(written(value, digits));
}

TEST(Decimal, KeepsTheZerosOfWhatWasRoundedAndOfNothingElse) {
  EXPECT_EQ(printed(0.25, 4), "0.25");
  EXPECT_EQ(printed(0.2500001, 4), "0.2500");
  EXPECT_EQ(printed(-3.0, 4), "-3");
  EXPECT_EQ(printed(0.0, 4), "0");
  EXPECT_EQ(printed(9.99996, 4), "10.00");
}

TEST(Decimal, WritesAPowerOfTenWhereItIsShorterOrMoreHonest) {
  EXPECT_EQ(printed(0.00012345, 4), "0.0001234");
  EXPECT_EQ(printed(6.1e-5, 4), "6.1·10^-5");
  EXPECT_EQ(printed(123456.0, 4), "1.235·10^5");
  EXPECT_EQ(printed(120000.0, 4), "120000");
  EXPECT_EQ(printed(-2e30, 4), "-2·10^30");
}

TEST(Decimal, WritesTheLeastNumberThereIs) {
  EXPECT_EQ(printed(std::numeric_limits<double>::denorm_min(), 4), "5·10^-324");
  EXPECT_EQ(printed(std::numeric_limits<double>::max(), 4), "1.798·10^308");
}

TEST(Decimal, SaysWhatIsNoNumber) {
  EXPECT_EQ(printed(std::nan(""), 4), "NaN");
  EXPECT_EQ(to_text(written_to_place(-std::numeric_limits<double>::infinity(), -3)), "-∞");
}

TEST(Decimal, EndsAtAPlace) {
  EXPECT_EQ(to_text(written_to_place(0.0004, -3)), "0.000");
  EXPECT_EQ(to_text(written_to_place(0.0006, -3)), "0.001");
  EXPECT_EQ(to_text(written_to_place(1.23456, -3)), "1.235");
  EXPECT_EQ(to_text(written_to_place(3e-20, -15)), "0·10^-15");
}

TEST(Arithmetic, PutsNegativeOperandsInBrackets) {
  EXPECT_EQ(equation(x(0.5) * x(-0.2)), "0.5·(-0.2) = -0.1");
  EXPECT_EQ(equation(x(-0.5) * x(0.2)), "-0.5·0.2 = -0.1");
  EXPECT_EQ(equation(x(1.0) + x(-0.2)), "1 + (-0.2) = 0.8");
  EXPECT_EQ(equation(x(1.0) - x(-0.2)), "1 - (-0.2) = 1.2");
  EXPECT_EQ(equation(-x(-3.0)), "-(-3) = 3");
}

TEST(Arithmetic, PutsNegativeOperandsInBracketsOnScreenToo) {
  const Reproduced printed = reproduce(x(0.5) * x(-0.2), -0.1, {});
  ASSERT_EQ(printed.left.parts.size(), 3U);
  EXPECT_EQ(printed.left.parts[2].form, Form::fenced);
}

TEST(Arithmetic, BracketsSumsAndPowers) {
  EXPECT_EQ(equation((x(1.0) - x(0.25)) * x(4.0)), "(1 - 0.25)·4 = 3");
  EXPECT_EQ(equation(x(1.0) - (x(2.0) + x(3.0))), "1 - (2 + 3) = -4");
  EXPECT_EQ(equation(power(x(-2.0), 2.0)), "(-2)^2 = 4");
  EXPECT_EQ(equation((x(1.0) + x(2.0)) / (x(0.5) * x(3.0))), "(1 + 2)/(0.5·3) = 2");
}

TEST(Arithmetic, WritesFunctionsThatACalculatorHas) {
  EXPECT_EQ(equation(exactly(1.0) / (exactly(1.0) + exp(-x(2.0)))), "1/(1 + e^(-2)) = 0.8808");
  EXPECT_EQ(equation(ln(x(2.0))), "ln(2) = 0.6931");
  EXPECT_EQ(equation(tanh(x(-0.5))), "tanh(-0.5) = -0.4621");
  EXPECT_EQ(equation(sqrt(x(2.0))), "sqrt(2) = 1.414");
  EXPECT_EQ(equation(max(exactly(0.0), x(-1.5))), "max(0, -1.5) = 0");
}

TEST(Arithmetic, NeverRoundsACountOrARate) {
  EXPECT_EQ(equation(x(1.0) / exactly(123457.0)), "1/123457 = 8.100·10^-6");
  EXPECT_EQ(equation(exactly(0.123456) * x(1.0)), "0.123456·1 = 0.1235");
}

TEST(Arithmetic, GivesOperandsTheDigitsThatTheResultNeeds) {
  // To four digits the difference would be 0.0001.
  EXPECT_EQ(equation(x(0.12345678) - x(0.12341234)), "0.12345678 - 0.12341234 = 4.444·10^-5");
}

TEST(Arithmetic, EndsWhereACalculatorStopsBeingRight) {
  const Arithmetic difference = x(1e5 + 1.0 / 3) - x(1e5 + 1.0 / 3 - 1e-9);
  const Reproduced printed = reproduce(difference, evaluate(difference), {});
  EXPECT_TRUE(printed.exact_enough);
  EXPECT_LT(printed.digits, 4);
}

TEST(Arithmetic, ShowsADifferenceThatWouldBeRoundedAway) {
  const double after = 0.5 - 1.234e-6;
  EXPECT_EQ(equation(x(0.5) - x(0.01) * x(1.234e-4), after, 1.234e-6),
            "0.5 - 0.01·0.0001234 = 0.4999988");
}

TEST(Arithmetic, SaysWhereItDoesNotComeOut) {
  EXPECT_EQ(equation(x(1.0) + x(1.0), 3.0), "1 + 1 ≠ 3");
}

TEST(Arithmetic, ShowsTheTermsOfASumInTurn) {
  const Reproduced printed =
      reproduce(sum_in_turn({x(1.0), x(2.0), x(3.0)}) / exactly(2.0), 3.0, {});
  EXPECT_EQ(last_moment(printed.left), 3);
}

// From 1e-30 to 1e30, positive and negative, and sums that nearly cancel.
TEST(Arithmetic, ComesOutForAnyNumbers) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> mantissa(-1.0, 1.0);
  std::uniform_int_distribution<int> exponent(-30, 30);
  const auto draw = [&] { return x(mantissa(random) * std::pow(10.0, exponent(random))); };
  for (int i = 0; i < 20'000; ++i) {
    Arithmetic arithmetic = draw() * draw() + draw() / draw();
    if (i % 2 == 0) {
      arithmetic = arithmetic - x(evaluate(arithmetic) * (1.0 + 1e-7 * mantissa(random)));
    }
    const std::string text = equation(arithmetic);
    EXPECT_TRUE(testing::check_equation(text).agrees) << text;
  }
}

TEST(Arithmetic, ComesOutBelowTheLeastNormalNumber) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> mantissa(-1.0, 1.0);
  std::uniform_int_distribution<int> exponent(-170, -150);
  for (int i = 0; i < 2'000; ++i) {
    const auto draw = [&] { return x(mantissa(random) * std::pow(10.0, exponent(random))); };
    const std::string text = equation(draw() * draw());
    EXPECT_TRUE(testing::check_equation(text).agrees) << text;
  }
}

}  // namespace
}  // namespace deltascope::walk
