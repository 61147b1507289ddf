#include "support/run_program.hpp"
#include "walk/latex_check.hpp"

#include <deltascope/walk/export.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::string written(std::string_view format, const Grid& grid) {
  const auto formats = matrix_formats();
  const auto found = std::ranges::find(formats, format, &MatrixFormat::name);
  EXPECT_NE(found, formats.end()) << format;
  return found == formats.end() ? std::string() : found->write(grid);
}

Grid of_values(Index rows, Index cols, std::vector<double> values) {
  Grid grid;
  grid.rows = rows;
  grid.cols = cols;
  grid.values = std::move(values);
  return grid;
}

/// Numbers whose last bits get lost easily.
Grid difficult() {
  return of_values(4, 3,
                   {0.1, -0.0, 2, 1.0 / 3, 6.02214076e23, -5e-324,
                    std::numeric_limits<double>::max(), std::numeric_limits<double>::min(),
                    0.1 + 0.2, std::nextafter(1.0, 2.0), -123456789.0, 1e-5});
}

void expect_same_bits(const std::vector<double>& got, const Grid& grid) {
  ASSERT_EQ(got.size(), grid.values.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(got[i]), std::bit_cast<std::uint64_t>(grid.values[i]))
        << "number " << i << ": " << got[i] << " for " << grid.values[i];
  }
}

/// The numbers of a text in which each letter of `between` is a blank.
std::vector<double> numbers_of(std::string text, std::string_view between) {
  std::ranges::replace_if(
      text, [&](char c) { return between.find(c) != between.npos; }, ' ');
  std::istringstream words(text);
  std::vector<double> numbers;
  for (std::string word; words >> word;)
    numbers.push_back(std::strtod(word.c_str(), nullptr));
  return numbers;
}

TEST(MatrixText, HasTheGrammarOfEachLanguage) {
  const Grid grid = of_values(2, 2, {1, 2, 3, 0.25});
  EXPECT_EQ(written("numpy", grid), "np.array([[1.0, 2.0], [3.0, 0.25]])");
  EXPECT_EQ(written("matlab", grid), "[1 2; 3 0.25]");
  EXPECT_EQ(written("latex", grid), R"(\begin{bmatrix} 1 & 2 \\ 3 & 0.25 \end{bmatrix})");
}

TEST(MatrixText, WritesWhatIsNoNumberAsEachLanguageDoes) {
  const Grid grid = of_values(1, 3, {nan, infinity, -infinity});
  EXPECT_EQ(written("numpy", grid), "np.array([[np.nan, np.inf, -np.inf]])");
  EXPECT_EQ(written("matlab", grid), "[NaN Inf -Inf]");
  EXPECT_EQ(written("latex", grid),
            R"(\begin{bmatrix} \mathrm{NaN} & \infty & -\infty \end{bmatrix})");
}

TEST(MatrixText, KeepsTheBitsInNumpy) {
  const Grid grid = difficult();
  const std::string program = R"(
import math, struct, sys, types
np = types.SimpleNamespace(array=lambda rows: rows, nan=math.nan, inf=math.inf)
matrix = eval(sys.argv[1])
assert all(isinstance(value, float) for row in matrix for value in row)
print(len(matrix), *(struct.pack('>d', value).hex() for row in matrix for value in row))
)";
  const test::ProgramResult result =
      test::Program("/usr/bin/env", {"python3", "-c", program, written("numpy", grid)}).wait();
  ASSERT_EQ(result.exit_code, 0) << result.err;
  std::istringstream words(result.out);
  Index rows = 0;
  words >> rows;
  EXPECT_EQ(rows, grid.rows);
  std::vector<double> got;
  for (std::string bits; words >> bits;)
    got.push_back(std::bit_cast<double>(std::uint64_t{std::stoull(bits, nullptr, 16)}));
  expect_same_bits(got, grid);
}

TEST(MatrixText, KeepsTheBitsInMatlab) {
  expect_same_bits(numbers_of(written("matlab", difficult()), "[;]"), difficult());
}

TEST(MatrixText, KeepsTheBitsInLatex) {
  std::string text = written("latex", difficult());
  EXPECT_EQ(test::fault_of_latex_formula(text), "") << text;
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {R"(\begin{bmatrix})", ""}, {R"(\end{bmatrix})", ""}, {R"( \cdot 10^{)", "e"}}) {
    for (std::size_t at = 0; (at = text.find(from)) != std::string::npos;)
      text.replace(at, from.size(), to);
  }
  expect_same_bits(numbers_of(text, "&\\}"), difficult());
}

TEST(MatrixText, IsTakenByLatexWithManyColumns) {
  const std::string text = written("latex", of_values(1, 40, std::vector<double>(40, 0.5)));
  EXPECT_EQ(test::fault_of_latex_formula(text), "") << text;
}

}  // namespace
}  // namespace deltascope::walk
