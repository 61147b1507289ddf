#include <deltascope/picture/formula_picture.hpp>

#include <gtest/gtest.h>
#include <support/formulas.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace deltascope::picture {
namespace {

using namespace test;

/// Thousandths of an em.
long milli_em(float px) {
  return std::lround(px / FormulaStyle{}.em_px * 1000);
}

std::string box(const Rect& rect) {
  std::ostringstream text;
  text << milli_em(rect.x0) << ' ' << milli_em(rect.y0) << ' ' << milli_em(rect.x1) << ' '
       << milli_em(rect.y1);
  return text.str();
}

/// One line per box.
std::string written(const std::string& name, const FormulaLayout& layout) {
  std::ostringstream text;
  text << name << ' ' << milli_em(layout.width_px) << ' ' << milli_em(layout.ascent_px) << ' '
       << milli_em(layout.descent_px) << '\n';
  for (const FormulaLayout::Glyph& glyph : layout.glyphs) {
    text << "  glyph " << std::hex << static_cast<unsigned>(glyph.character) << std::dec << " face "
         << static_cast<int>(glyph.face) << " em " << milli_em(glyph.em_px) << " at "
         << milli_em(glyph.x) << ' ' << milli_em(glyph.y) << '\n';
  }
  for (const FormulaLayout::Bar& bar : layout.bars)
    text << "  bar " << box(bar.rect) << '\n';
  for (const FormulaLayout::Cell& cell : layout.cells)
    text << "  cell " << cell.text << ' ' << box(cell.rect) << '\n';
  for (const FormulaLayout::Matrix& matrix : layout.matrices)
    text << "  matrix " << box(matrix.rect) << '\n';
  return text.str();
}

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The layouts of all formulas to a thousandth of an em. Where a change is meant, the test has left
// the new ones in the folder for temporary files and says how to take them over; read the
// difference before.
TEST(FormulaGolden, LayoutsAreAsTheyWere) {
  const MathFonts fonts;
  if (!fonts.has_katex()) GTEST_SKIP() << "fonts-katex is not installed";
  std::string now;
  for (const NamedFormula& named : formulas())
    now += written(named.name, layout_formula(fonts, named.formula, {}));
  const std::filesystem::path golden =
      std::filesystem::path(DELTASCOPE_TEST_DATA) / "formula_layouts.txt";
  if (content(golden) == now) return;
  const auto fresh = std::filesystem::temp_directory_path() / "formula_layouts.txt";
  std::ofstream(fresh, std::ios::binary) << now;
  std::istringstream was(content(golden)), is(now);
  std::string was_line, is_line;
  int number = 0;
  do {
    ++number;
    was_line = is_line = "(nothing)";
    std::getline(was, was_line);
    std::getline(is, is_line);
  } while (was_line == is_line);
  FAIL() << "line " << number << " was\n  " << was_line << "\nand is\n  " << is_line
         << "\nIf that is meant: cp " << fresh.string() << ' ' << golden.string();
}

}  // namespace
}  // namespace deltascope::picture
