// What counts as a number, and how many digits it is given with.
#include <deltascope/lesson/marking.hpp>

#include <gtest/gtest.h>

#include <ostream>

namespace deltascope::lesson {
namespace {

struct Readable {
  const char* text;
  double value;
  int digits;
  double unit;
  friend void PrintTo(const Readable& row, std::ostream* out) { *out << row.text; }
};

class ReadableAnswer : public ::testing::TestWithParam<Readable> {};

TEST_P(ReadableAnswer, IsANumber) {
  const auto typed = parse_answer(GetParam().text);
  ASSERT_TRUE(typed);
  EXPECT_DOUBLE_EQ(typed->value, GetParam().value);
  EXPECT_EQ(typed->digits, GetParam().digits);
  EXPECT_DOUBLE_EQ(typed->unit, GetParam().unit);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ReadableAnswer,
    ::testing::Values(Readable{"0.047", 0.047, 2, 0.001}, Readable{"  0.0470 ", 0.047, 3, 0.0001},
                      Readable{"−4.7e-2", -0.047, 2, 0.001}, Readable{"-4.7E-2", -0.047, 2, 0.001},
                      Readable{"0,047", 0.047, 2, 0.001}, Readable{"+.5", 0.5, 1, 0.1},
                      Readable{"5.", 5.0, 1, 1.0}, Readable{"5e0", 5.0, 1, 1.0},
                      Readable{"4.7·10^-2", 0.047, 2, 0.001},
                      Readable{"4.7 × 10^−2", 0.047, 2, 0.001},
                      Readable{"4,7*10^-2", 0.047, 2, 0.001}, Readable{"- 0.5", -0.5, 1, 0.1},
                      Readable{"470", 470.0, 2, 10.0}, Readable{"470.", 470.0, 3, 1.0},
                      Readable{"0", 0.0, 0, 1.0}, Readable{"0.00", 0.0, 0, 0.01},
                      Readable{"1,000", 1.0, 4, 0.001}, Readable{"-2/3", -2.0 / 3.0, 17, 0.0},
                      Readable{"1.5 / -4", -0.375, 17, 0.0}, Readable{"–0.5", -0.5, 1, 0.1},
                      Readable{"\t0.5\u00A0", 0.5, 1, 0.1}, Readable{"007", 7.0, 1, 1.0}));

class UnreadableAnswer : public ::testing::TestWithParam<const char*> {};

TEST_P(UnreadableAnswer, IsNone) {
  EXPECT_FALSE(parse_answer(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Texts, UnreadableAnswer,
                         ::testing::Values("", "   ", "nan", "NaN", "inf", "-inf", "infinity",
                                           "0x1p3", "0x10", "1,000.5", "1.000,5", "1.2.3", "1 000",
                                           "0.04 7", "--1", "+-1", "1e", "e5", "1e5.5", ".", ",",
                                           "-", "1/0", "1/", "/2", "1/2/3", "2*3", "1*10^", "1^2",
                                           "10^-2", "0.5%", "=0.5", "0.5 V", "1e999", "1e99999",
                                           "delta", "½", "0.5;", "1e308*10^308"));

TEST(UnreadableAnswer, IsAnythingLongerThanANumber) {
  EXPECT_FALSE(parse_answer(std::string(100'000, '1')));
  EXPECT_TRUE(parse_answer("0." + std::string(90, '3')));
}

}  // namespace
}  // namespace deltascope::lesson
