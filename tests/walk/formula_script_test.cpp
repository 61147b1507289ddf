#include <deltascope/walk/formula.hpp>

#include <gtest/gtest.h>

namespace deltascope::walk {
namespace {

Formula layer(std::string_view number_text) {
  return fenced("[]", number(number_text));
}

TEST(FormulaAsScript, WritesBracketsAndSingleCharactersBare) {
  EXPECT_EQ(to_script(scripts(symbol("δ"), {}, layer("2"))), "δ^[2]");
  EXPECT_EQ(to_script(scripts(symbol("δ"), symbol("j"), layer("2"))), "δ^[2]_j");
  EXPECT_EQ(to_script(scripts(symbol("W"), {}, symbol("*"))), "W^*");
}

TEST(FormulaAsScript, PutsEverythingElseIntoBraces) {
  EXPECT_EQ(to_script(scripts(symbol("w"), row({number("1"), number("3")}), layer("2"))),
            "w^[2]_{13}");
  EXPECT_EQ(to_script(scripts(symbol("δ"), {}, fenced("()", number("2")))), "δ^{(2)}");
  const Formula transposed_layer = row({fenced("[]", number("2")), word("T")});
  EXPECT_EQ(to_script(scripts(symbol("W"), {}, transposed_layer)), "W^{[2]T}");
}

TEST(FormulaAsScript, LeavesAPrimeOnTheLine) {
  EXPECT_EQ(to_script(scripts(symbol("σ"), {}, word("′"))), "σ′");
}

TEST(FormulaAsScript, FlattensScriptsOfScripts) {
  const Formula weights = scripts(symbol("W"), {}, fenced("()", number("1")));
  EXPECT_EQ(to_script(row({scripts(symbol("∇"), weights, {}), symbol("J")})), "∇_{W(1)}J");
}

TEST(FormulaAsScript, SetsOperatorsApart) {
  EXPECT_EQ(to_script(row({symbol("a"), operation("−"), symbol("y")})), "a − y");
  EXPECT_EQ(to_script(fraction(symbol("∂C"), symbol("∂z"))), "∂C/∂z");
}

TEST(Formula, KnowsItsLastMoment) {
  EXPECT_EQ(last_moment(row({})), 0);
  EXPECT_EQ(last_moment(row({from_moment(2, row({from_moment(5, symbol("a"))})), symbol("b")})), 5);
}

TEST(Formula, IsMarkedAsAWhole) {
  const Quantity delta{Kind::delta, 1};
  EXPECT_EQ(marked(symbol("δ"), delta).of, delta);
  EXPECT_EQ(number("3", delta).of, delta);
}

}  // namespace
}  // namespace deltascope::walk
