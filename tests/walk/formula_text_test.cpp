#include <deltascope/walk/formula.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace deltascope::walk {
namespace {

const Formula minus = operation("−"), plus = operation("+"), times = operation("·");

Formula of_layer(std::string_view letter, std::string_view index, std::string_view layer) {
  return scripts(symbol(letter), number(index), fenced("[]", number(layer)));
}

TEST(FormulaText, JoinsFactorsSideBySideWithAPoint) {
  const Formula a = of_layer("a", "1", "2"), delta = of_layer("δ", "1", "2");
  EXPECT_EQ(to_text(row({a, delta})), "a_1^[2]·δ_1^[2]");
  EXPECT_EQ(to_text(row({a, fenced("()", row({number("1"), minus, a}))})), "a_1^[2]·(1 - a_1^[2])");
  EXPECT_EQ(to_text(row({number("2"), row({symbol("x"), row({symbol("y")})})})), "2·x·y");
  EXPECT_EQ(to_text(row({symbol("η"), fraction(symbol("x"), symbol("y")), symbol("z")})),
            "η·x/y·z");
}

TEST(FormulaText, PrintsNumbersAsTheyAreWithAnAsciiMinus) {
  EXPECT_EQ(to_text(number("−0.250")), "-0.250");
  const Formula small = row({number("6.1"), times, scripts(number("10"), {}, number("−5"))});
  EXPECT_EQ(to_text(small), "6.1·10^-5");
  EXPECT_EQ(to_text(row({number("2"), times, small})), "2·6.1·10^-5");
  EXPECT_EQ(to_text(fraction(number("1"), small)), "1/(6.1·10^-5)");
  EXPECT_EQ(to_text(scripts(small, {}, number("2"))), "(6.1·10^-5)^2");
}

TEST(FormulaText, PutsNegativeNumbersInBracketsBehindOperations) {
  const Formula negative = number("−0.2");
  EXPECT_EQ(to_text(row({number("0.5"), times, negative})), "0.5·(-0.2)");
  EXPECT_EQ(to_text(row({number("0.5"), negative})), "0.5·(-0.2)");
  EXPECT_EQ(to_text(row({number("0.5"), minus, negative})), "0.5 - (-0.2)");
  EXPECT_EQ(to_text(row({number("0.5"), times, fenced("()", negative)})), "0.5·(-0.2)");
  EXPECT_EQ(to_text(row({symbol("z"), relation("="), negative})), "z = -0.2");
  EXPECT_EQ(to_text(scripts(negative, {}, number("2"))), "(-0.2)^2");
}

TEST(FormulaText, SetsAMinusInFrontApartFromADifference) {
  EXPECT_EQ(to_text(row({minus, symbol("x")})), "-x");
  EXPECT_EQ(to_text(row({symbol("y"), relation("="), minus, symbol("x"), plus, number("1")})),
            "y = -x + 1");
  EXPECT_EQ(to_text(fenced("()", row({minus, symbol("x")}))), "(-x)");
}

TEST(FormulaText, PutsBracketsWhereAFractionNeedsThem) {
  const Formula sum = row({number("1"), plus, symbol("x")});
  const Formula product = row({number("2"), symbol("x")});
  EXPECT_EQ(to_text(fraction(number("1"), number("2"))), "1/2");
  EXPECT_EQ(to_text(fraction(sum, number("2"))), "(1 + x)/2");
  EXPECT_EQ(to_text(fraction(product, number("2"))), "2·x/2");
  EXPECT_EQ(to_text(fraction(number("1"), sum)), "1/(1 + x)");
  EXPECT_EQ(to_text(fraction(number("1"), product)), "1/(2·x)");
  EXPECT_EQ(to_text(fraction(number("1"), fraction(number("1"), number("2")))), "1/(1/2)");
  EXPECT_EQ(to_text(fraction(fraction(number("1"), number("2")), number("3"))), "1/2/3");
  EXPECT_EQ(to_text(fraction(number("1"), number("−2"))), "1/(-2)");
  EXPECT_EQ(to_text(fraction(row({row({sum})}), number("2"))), "(1 + x)/2");
  EXPECT_EQ(to_text(row({fraction(number("1"), number("2")), fenced("()", sum)})), "1/2·(1 + x)");
}

TEST(FormulaText, WritesPowersAndRoots) {
  EXPECT_EQ(to_text(scripts(symbol("x"), {}, number("2"))), "x^2");
  EXPECT_EQ(to_text(scripts(of_layer("a", "1", "2"), {}, number("2"))), "(a_1^[2])^2");
  EXPECT_EQ(to_text(scripts(fenced("()", row({symbol("a"), minus, symbol("y")})), {}, number("2"))),
            "(a - y)^2");
  EXPECT_EQ(to_text(scripts(fraction(number("1"), number("2")), {}, number("2"))), "(1/2)^2");
  EXPECT_EQ(to_text(scripts(symbol("e"), {}, row({minus, number("0.5")}))), "e^(-0.5)");
  EXPECT_EQ(to_text(scripts(symbol("e"), {}, row({symbol("k"), symbol("x")}))), "e^(k·x)");
  EXPECT_EQ(to_text(scripts(symbol("β"), {}, symbol("t"))), "β^t");
  EXPECT_EQ(to_text(root(row({symbol("v"), plus, number("1")}))), "sqrt(v + 1)");
  EXPECT_EQ(to_text(row({number("2"), root(symbol("v"))})), "2·sqrt(v)");
}

TEST(FormulaText, AppliesFunctionsWithoutAPoint) {
  EXPECT_EQ(to_text(row({word("ln"), fenced("()", number("0.5"))})), "ln(0.5)");
  EXPECT_EQ(to_text(row({number("2"), word("max"),
                         fenced("()", row({number("0"), comma(), symbol("z")}))})),
            "2·max(0, z)");
  const Formula z = fenced("()", symbol("z"));
  EXPECT_EQ(to_text(row({symbol("σ"), z})), "σ(z)");
  EXPECT_EQ(to_text(row({scripts(symbol("g"), {}, symbol("′")), z})), "g′(z)");
  EXPECT_EQ(to_text(fraction(number("1"), row({word("ln"), z}))), "1/ln(z)");
  EXPECT_EQ(to_text(row({word("ln"), symbol("y")})), "ln y");
}

TEST(FormulaText, WritesSums) {
  const Formula term = row({of_layer("w", "1", "2"), of_layer("a", "1", "1")});
  EXPECT_EQ(to_text(row({sum_over(symbol("k"), {}), term})), "Σ_k w_1^[2]·a_1^[1]");
  EXPECT_EQ(to_text(row({fraction(number("1"), symbol("N")),
                         sum_over(row({symbol("i"), relation("="), number("1")}), symbol("N")),
                         fenced("()", term)})),
            "1/N·Σ_(i = 1)^N (w_1^[2]·a_1^[1])");
}

TEST(FormulaText, WritesSymbolsOnOneLine) {
  EXPECT_EQ(
      to_text(scripts(symbol("w"), row({number("1"), number("2")}), fenced("[]", number("3")))),
      "w_12^[3]");
  EXPECT_EQ(to_text(scripts(symbol("w"), row({number("1"), comma(), number("12")}),
                            fenced("[]", number("3")))),
            "w_(1, 12)^[3]");
  EXPECT_EQ(to_text(transposed(symbol("W", Face::bold))), "W^T");
  EXPECT_EQ(to_text(hat(scripts(symbol("m"), number("1"), {}))), "m\u0302_1");
  EXPECT_EQ(to_text(row({symbol("x"), operation("∘"), symbol("y")})), "x ∘ y");
  EXPECT_EQ(to_text(fenced("‖‖", symbol("r"))), "‖r‖");
  EXPECT_EQ(to_text(row({fenced("{ ", symbol("z")), space(1), word("if")})), "{z  if");
  EXPECT_EQ(to_text(row({symbol("a"), space(0.2F), symbol("b")})), "a·b");
}

TEST(FormulaText, KeepsDifferentialsWithWhatTheyAreOf) {
  const Formula d = symbol("d"), del = symbol("∂");
  EXPECT_EQ(to_text(row({symbol("η"), row({d, of_layer("z", "1", "2")})})), "η·dz_1^[2]");
  EXPECT_EQ(to_text(fraction(row({del, symbol("C")}), row({del, of_layer("z", "1", "2")}))),
            "∂C/∂z_1^[2]");
  const Formula W = scripts(symbol("W"), {}, fenced("()", number("2")));
  EXPECT_EQ(to_text(row({scripts(symbol("∇"), W, {}), symbol("J")})), "∇_(W^(2)) J");
}

TEST(FormulaText, WritesWhatStandsBesideALayersNumber) {
  const Formula layer = fenced("[]", number("2"));
  EXPECT_EQ(to_text(scripts(symbol("a"), {}, row({layer, Formula()}))), "a^[2]");
  EXPECT_EQ(to_text(scripts(symbol("a"), {}, row({layer, fenced("{}", symbol("i"))}))), "a^[2]{i}");
  EXPECT_EQ(to_text(scripts(symbol("W"), {}, row({layer, space(0.2F), word("new")}))), "W^[2]new");
}

TEST(FormulaText, WritesGridsRowByRow) {
  Grid numbers;
  numbers.rows = 2;
  numbers.cols = 2;
  numbers.values = {1, 2, 3, -0.1};
  EXPECT_EQ(to_text(grid(numbers)), "[[1, 2], [3, -0.1]]");
  EXPECT_EQ(to_text(row({grid(numbers), grid(numbers)})),
            "[[1, 2], [3, -0.1]]·[[1, 2], [3, -0.1]]");
  EXPECT_EQ(to_text(Formula()), "");
}

}  // namespace
}  // namespace deltascope::walk
