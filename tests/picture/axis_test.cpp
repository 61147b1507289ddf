#include <deltascope/picture/axis.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace deltascope::picture {
namespace {

using testing::ElementsAre;

std::vector<std::string> labels(const Axis& axis, int target) {
  std::vector<std::string> result;
  for (const Tick& tick : ticks(axis, target)) {
    if (tick.major()) result.push_back(tick.label);
  }
  return result;
}

TEST(Axis, LinearTicksAreRoundNumbersIncludingTheBorders) {
  EXPECT_THAT(labels({0, 1}, 5), ElementsAre("0", "0.2", "0.4", "0.6", "0.8", "1.0"));
  EXPECT_THAT(labels({-2, 2}, 4), ElementsAre("−2", "−1", "0", "1", "2"));
  EXPECT_THAT(labels({0.13, 0.38}, 3), ElementsAre("0.2", "0.3"));
  EXPECT_THAT(labels({0, 100000}, 5), ElementsAre("0", "20 k", "40 k", "60 k", "80 k", "100 k"));
  EXPECT_THAT(labels({0, 1e6}, 2), ElementsAre("0", "0.5 M", "1 M"));
  EXPECT_THAT(labels({999'999'700, 999'999'900}, 2),
              ElementsAre("999.9997 M", "999.9998 M", "999.9999 M"));
  EXPECT_THAT(labels({0, 2e7}, 2), ElementsAre("0", "10 M", "20 M"));
  EXPECT_THAT(labels({0, 2e287}, 2), ElementsAre("0", "1e287", "2e287"));
}

TEST(Axis, MinorTicksDivideTheStepAndHaveNoLabel) {
  const auto all = ticks({0, 1}, 2);  // major: 0, 0.5, 1
  ASSERT_EQ(all.size(), 11U);
  EXPECT_TRUE(all[5].major());
  EXPECT_DOUBLE_EQ(all[5].value, 0.5);
  EXPECT_FALSE(all[4].major());
  EXPECT_NEAR(all[4].value, 0.4, 1e-15);
}

TEST(Axis, LogTicksAreDecades) {
  EXPECT_THAT(labels({1, 1e5, true}, 6), ElementsAre("10⁰", "10¹", "10²", "10³", "10⁴", "10⁵"));
  EXPECT_THAT(labels({1e-4, 1, true}, 6), ElementsAre("10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"));
  EXPECT_THAT(labels({1e-3, 1e3, true}, 7),
              ElementsAre("0.001", "0.01", "0.1", "1", "10", "100", "1000"));
  // The borders themselves have no label.
  EXPECT_THAT(labels({2e-4, 8e3, true}, 8),
              ElementsAre("0.001", "0.01", "0.1", "1", "10", "100", "1000"));
  EXPECT_THAT(labels({2e-5, 8e-4, true}, 7),
              ElementsAre("2·10⁻⁵", "5·10⁻⁵", "10⁻⁴", "2·10⁻⁴", "5·10⁻⁴"));
}

TEST(Axis, LogTicksSkipDecadesWhereTheyAreMany) {
  EXPECT_THAT(labels({1e-12, 1, true}, 4), ElementsAre("10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "10⁰"));
}

TEST(Axis, ShortLogAxesLabelTwoAndFive) {
  EXPECT_THAT(labels({0.1, 1, true}, 4), ElementsAre("0.1", "0.2", "0.5", "1"));
  EXPECT_THAT(labels({0.031, 0.038, true}, 4), testing::Contains("0.034"));
}

TEST(Axis, AxesThatAreNoneHaveNoTicks) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(ticks({1, 1}, 5).empty());
  EXPECT_TRUE(ticks({2, 1}, 5).empty());
  EXPECT_TRUE(ticks({nan, 1}, 5).empty());
  EXPECT_TRUE(ticks({0, std::numeric_limits<double>::infinity()}, 5).empty());
  EXPECT_TRUE(ticks({0, 1, true}, 5).empty());
  EXPECT_TRUE(ticks({1e16, 1e16 + 4}, 5).empty());  // neighbouring doubles
}

TEST(Axis, TicksStayFewOnAnyScale) {
  for (double size = 1e-300; size < 1e300; size *= 7.3) {
    EXPECT_LE(ticks({0, size}, 5).size(), 50U) << size;
    EXPECT_GE(labels({0, size}, 5).size(), 3U) << size;
    EXPECT_LE(ticks({size, 1e3 * size, true}, 5).size(), 50U) << size;
  }
}

TEST(Axis, FractionAndValueAreInverse) {
  for (const Axis& axis : {Axis{-3, 5, false}, Axis{1e-5, 1e4, true}}) {
    for (const double f : {0.0, 0.25, 0.5, 1.0, 1.25}) {
      EXPECT_NEAR(axis.fraction(axis.value_at(f)), f, 1e-12);
    }
  }
  EXPECT_DOUBLE_EQ((Axis{1, 100, true}).fraction(10), 0.5);
}

TEST(Axis, WhatHasNoLogarithmLiesBelowALogAxis) {
  const Axis axis{1e-3, 1, true};
  EXPECT_LT(axis.fraction(0), 0);
  EXPECT_LT(axis.fraction(-1), 0);
  EXPECT_TRUE(std::isnan(axis.fraction(std::numeric_limits<double>::quiet_NaN())));
}

TEST(FormatNumber, IsShortAndRounds) {
  EXPECT_EQ(format_number(0.0025, 2), "0.0025");
  EXPECT_EQ(format_number(3.14e-7, 2), "3.1e-7");
  EXPECT_EQ(format_number(0.9996, 3), "1");
  EXPECT_EQ(format_number(1234.5, 3), "1234");
  EXPECT_EQ(format_number(1.5e7, 3), "1.5e7");
  EXPECT_EQ(format_number(-0.5, 3), "-0.5");
  EXPECT_EQ(format_number(0, 3), "0");
  EXPECT_EQ(format_number(std::nan(""), 3), "NaN");
}

TEST(FormatCount, IsInGroupsOfThree) {
  EXPECT_EQ(format_count(0), "0");
  EXPECT_EQ(format_count(999), "999");
  EXPECT_EQ(format_count(1000), "1,000");
  EXPECT_EQ(format_count(1'000'000), "1,000,000");
}

TEST(FormatFraction, NamesPartsOfOne) {
  EXPECT_EQ(format_fraction(0.5), "½");
  EXPECT_EQ(format_fraction(0.25), "¼");
  EXPECT_EQ(format_fraction(1.0 / 12), "1/12");
  EXPECT_EQ(format_fraction(1.0 / 99), "1/99");
  EXPECT_EQ(format_fraction(0.01), "0.01");
  EXPECT_EQ(format_fraction(0.0834), "0.0834");
  EXPECT_EQ(format_fraction(5), "5");
  EXPECT_EQ(format_fraction(0), "0");
  EXPECT_EQ(format_fraction(-0.5), "-0.5");
}

TEST(FormatSigned, HasASignAndAboutFiveCharacters) {
  EXPECT_EQ(format_signed(0.341), "+0.34");
  EXPECT_EQ(format_signed(-0.06), "-0.06");
  EXPECT_EQ(format_signed(-12.46), "-12.5");
  EXPECT_EQ(format_signed(9.999), "+10.0");
  EXPECT_EQ(format_signed(1234), "+1234");
  EXPECT_EQ(format_signed(3.2e-5), "+3e-5");
  EXPECT_EQ(format_signed(-7e123), "-7e123");
  EXPECT_EQ(format_signed(0), "0");
  EXPECT_EQ(format_signed(std::nan("")), "NaN");
}

TEST(Ticks, ALogAxisHasTwoLabelsWhateverItsRange) {
  for (const double lo : {1e-12, 3.3e-5, 0.0126, 0.15, 0.9, 1.1, 4.4, 70.0}) {
    for (const double ratio : {1.05, 1.15, 1.3, 1.9, 2.7, 4.0, 8.0, 60.0, 6.3e3, 2e5, 1e11}) {
      for (const int target : {2, 3, 5, 8}) {
        const auto marks = ticks({lo, lo * ratio, true}, target);
        const auto labels =
            std::count_if(marks.begin(), marks.end(), [](const Tick& t) { return t.major(); });
        EXPECT_GE(labels, 2) << lo << " × " << ratio << ", target " << target;
      }
    }
  }
}

TEST(FormatSignificant, KeepsItsDigits) {
  EXPECT_EQ(format_significant(-0.0104, 3), "-0.0104");
  EXPECT_EQ(format_significant(0.3, 3), "+0.300");
  EXPECT_EQ(format_significant(0.00104, 3), "+0.00104");
  EXPECT_EQ(format_significant(-1.2e-5, 3), "-1.20e-5");
  EXPECT_EQ(format_significant(0.9996, 3), "+1.00");
  EXPECT_EQ(format_significant(123.4, 3), "+123");
  EXPECT_EQ(format_significant(1.5e7, 3), "+1.50e7");
  EXPECT_EQ(format_significant(0, 3), "0");
  EXPECT_EQ(format_significant(std::nan(""), 3), "NaN");
  EXPECT_EQ(format_significant(-INFINITY, 3), "-∞");
}

}  // namespace
}  // namespace deltascope::picture
