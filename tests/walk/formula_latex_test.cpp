#include "walk/latex_check.hpp"

#include <deltascope/walk/formula.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

using test::fault_of_latex_formula;
using test::fault_of_latex_text;

const Formula minus = operation("−"), plus = operation("+"), times = operation("·");
const Formula x = symbol("x"), y = symbol("y");

/// The LaTeX of a formula, after a look whether LaTeX takes it.
std::string latex(const Formula& formula) {
  std::string text = to_latex(formula);
  EXPECT_EQ(fault_of_latex_formula(text), "") << text;
  return text;
}

Formula of_layer(std::string_view letter, std::string_view index, std::string_view layer) {
  return scripts(symbol(letter), number(index), fenced("[]", number(layer)));
}

Grid numbers(Index rows, Index cols, double first) {
  Grid grid;
  grid.rows = rows;
  grid.cols = cols;
  for (Index i = 0; i < rows * cols; ++i)
    grid.values.push_back(first + static_cast<double>(i));
  return grid;
}

TEST(FormulaLatex, NamesLettersByTheirFace) {
  EXPECT_EQ(latex(x), "x");
  EXPECT_EQ(latex(symbol("δ")), R"(\delta)");
  EXPECT_EQ(latex(symbol("δ", Face::bold)), R"(\boldsymbol{\delta})");
  EXPECT_EQ(latex(symbol("W", Face::bold)), R"(\mathbf{W})");
  EXPECT_EQ(latex(symbol("W", Face::bold_italic)), R"(\boldsymbol{W})");
  EXPECT_EQ(latex(word("max")), R"(\mathrm{max})");
  EXPECT_EQ(latex(word("if so")), R"(\mathrm{if\ so})");
  EXPECT_EQ(latex(symbol("Δp")), R"(\Delta p)");
}

TEST(FormulaLatex, KeepsCommandsApartFromLetters) {
  EXPECT_EQ(latex(row({symbol("η"), x})), R"(\eta x)");
  EXPECT_EQ(latex(row({symbol("η"), number("2")})), R"(\eta2)");
  EXPECT_EQ(latex(row({symbol("∂"), symbol("C")})), R"(\partial C)");
}

TEST(FormulaLatex, WritesOperationsAndRelations) {
  EXPECT_EQ(latex(row({x, relation("="), y, minus, number("1")})), "x = y - 1");
  for (const auto& [sign, command] :
       std::vector<std::pair<const char*, const char*>>{{"∘", R"(\circ)"},
                                                        {"⊙", R"(\odot)"},
                                                        {"•", R"(\bullet)"},
                                                        {"·", R"(\cdot)"},
                                                        {"×", R"(\times)"},
                                                        {"*", R"(\ast)"}}) {
    EXPECT_EQ(latex(row({x, operation(sign), y})), std::string("x ") + command + " y");
  }
  EXPECT_EQ(latex(row({x, relation("≈"), y})), R"(x \approx y)");
  EXPECT_EQ(latex(row({x, relation("←"), y, comma(), x})), R"(x \leftarrow y, x)");
}

TEST(FormulaLatex, KeepsThePrintedDigits) {
  EXPECT_EQ(latex(number("−0.250")), "-0.250");
  EXPECT_EQ(latex(row({number("6.1"), times, scripts(number("10"), {}, number("−5"))})),
            R"(6.1 \cdot 10^{-5})");
}

TEST(FormulaLatex, WritesScripts) {
  EXPECT_EQ(latex(of_layer("δ", "1", "2")), R"(\delta_{1}^{[2]})");
  EXPECT_EQ(latex(scripts(x, {}, fenced("{}", number("3")))), R"(x^{\lbrace3\rbrace})");
  EXPECT_EQ(latex(scripts(of_layer("a", "1", "2"), {}, number("2"))), "{a_{1}^{[2]}}^{2}");
  EXPECT_EQ(latex(scripts(row({x, y}), {}, number("2"))), "{xy}^{2}");
  EXPECT_EQ(latex(transposed(symbol("W", Face::bold))), R"(\mathbf{W}^{\top})");
  EXPECT_EQ(latex(transposed(of_layer("W", "1", "2"))), R"((W_{1}^{[2]})^{\top})");
  EXPECT_EQ(latex(scripts(symbol("σ"), {}, symbol("′"))), R"(\sigma')");
  EXPECT_EQ(latex(scripts(symbol("σ"), {}, word("′"))), R"(\sigma')");
}

TEST(FormulaLatex, WritesFractionsSumsHatsAndRoots) {
  EXPECT_EQ(latex(fraction(number("1"), symbol("N"))), R"(\frac{1}{N})");
  EXPECT_EQ(latex(row({sum_over(row({symbol("i"), relation("="), number("1")}), symbol("N")), x})),
            R"(\sum_{i = 1}^{N}x)");
  EXPECT_EQ(latex(row({sum_over({}, {}), x})), R"(\sum x)");
  EXPECT_EQ(latex(hat(symbol("m"))), R"(\hat{m})");
  EXPECT_EQ(latex(root(row({symbol("v"), plus, number("1")}))), R"(\sqrt{v + 1})");
  EXPECT_EQ(latex(row({x, space(1), y, space(2), x, space(0.2F), y})),
            R"(x\quad y\qquad x\hspace{0.2em}y)");
}

TEST(FormulaLatex, LetsBracketsGrowWhereTheyMust) {
  EXPECT_EQ(latex(fenced("()", row({x, minus, y}))), "(x - y)");
  EXPECT_EQ(latex(fenced("()", fraction(x, y))), R"(\left(\frac{x}{y}\right))");
  EXPECT_EQ(latex(fenced("‖‖", x)), R"(\Vert x\Vert)");
  EXPECT_EQ(latex(fenced("||", x)), R"(\vert x\vert)");
  EXPECT_EQ(latex(fenced("‖‖", fraction(x, y))), R"(\left\Vert\frac{x}{y}\right\Vert)");
  EXPECT_EQ(latex(fenced("{ ", x)), R"(\left\lbrace x\right.)");
}

TEST(FormulaLatex, WritesGridsAsMatrices) {
  EXPECT_EQ(latex(grid(numbers(2, 2, 1))), R"(\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix})");
  Grid named = numbers(1, 2, 0.5);
  named.caption = std::make_shared<const Formula>(symbol("W", Face::bold));
  EXPECT_EQ(latex(grid(named)),
            R"(\underset{\mathbf{W}}{\begin{bmatrix} 0.5 & 1.5 \end{bmatrix}})");
  EXPECT_EQ(latex(grid(numbers(1, 11, 1))),
            R"(\left[\begin{array}{*{11}{r}} 1 & 2 & 3 & 4 & 5 & 6 & 7 & 8 & 9 & 10 & 11 )"
            R"(\end{array}\right])");
}

TEST(FormulaLatex, WritesGridsOfUnusualNumbers) {
  Grid unusual;
  unusual.rows = 1;
  unusual.cols = 4;
  unusual.values = {6.14e-7, std::numeric_limits<double>::quiet_NaN(),
                    std::numeric_limits<double>::infinity(),
                    -std::numeric_limits<double>::infinity()};
  EXPECT_EQ(latex(grid(unusual)), R"(\begin{bmatrix} 6.14 \cdot 10^{-7} & \mathrm{NaN} & \infty & )"
                                  R"(-\infty \end{bmatrix})");
}

TEST(FormulaLatex, EscapesWhatLatexTakesForItself) {
  EXPECT_EQ(latex(symbol("%#&_${}")), R"(\%\#\&\_\$\lbrace\rbrace)");
  EXPECT_EQ(latex(symbol("\\^~")), R"(\backslash\wedge\sim)");
  EXPECT_EQ(latex(symbol("漢")), "?");
}

TEST(LatexCheck, FindsWhatLatexWouldRefuse) {
  for (const char* wrong :
       {"δ",
        "{x",
        "x}",
        R"(\left(x)",
        R"(x\right))",
        R"({\left(x}\right))",
        R"(\left+x\right))",
        R"(\begin{bmatrix} 1)",
        R"(1 \end{bmatrix})",
        R"(\begin{bmatrix} 1 \end{array})",
        R"(\begin{itemize} 1 \end{itemize})",
        R"(\delt)",
        R"(\etax)",
        "x^{1}^{2}",
        "x_{1}_{2}",
        "x'^{2}",
        "x^2",
        R"(\frac{1})",
        R"(\frac{1}x)",
        R"(\hat x)",
        "1 & 2",
        R"(1 \\ 2)",
        "$x$",
        "#",
        R"(\begin{bmatrix} 1 & 2 & 3 & 4 & 5 & 6 & 7 & 8 & 9 & 10 & 11 \end{bmatrix})",
        R"(\begin{array}{*{2}{r}} 1 & 2 & 3 \end{array})",
        "x\n\ny",
        R"(\[x\])"}) {
    EXPECT_NE(fault_of_latex_formula(wrong), "") << wrong;
  }
  for (const char* wrong :
       {R"(a \delta)", "a^{2}", "a_b", "$x", R"(\[x$)", R"(\begin{document})", "a & b", "é",
        R"(\begin{bmatrix}1\end{bmatrix})", R"(\section x)", R"(\left(x\right))"}) {
    EXPECT_NE(fault_of_latex_text(wrong), "") << wrong;
  }
  EXPECT_EQ(fault_of_latex_text(R"(\fitted{\delta} 5\% of $\delta^{[2]}$ and \[x_{1}\])"), "");
}

}  // namespace
}  // namespace deltascope::walk
