#include <deltascope/picture/formula_picture.hpp>

#include <gtest/gtest.h>
#include <support/formula_checks.hpp>
#include <support/formulas.hpp>
#include <support/walk_formulas.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
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

// FNV-1a: the boxes of thousands of formulas in one number each.
std::uint64_t digest(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char character : text)
    hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3U;
  return hash;
}

// Where a change is meant, the test has left the new layouts in the folder for temporary files and
// says how to take them over; read the difference before.
void expect_as_they_were(const std::string& now, const std::string& name) {
  const std::filesystem::path golden = std::filesystem::path(DELTASCOPE_TEST_DATA) / name;
  if (content(golden) == now) return;
  const auto fresh = std::filesystem::temp_directory_path() / name;
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

// The layouts of all formulas to a thousandth of an em.
TEST(FormulaGolden, LayoutsAreAsTheyWere) {
  const MathFonts fonts;
  ASSERT_TRUE(fonts.has_katex()) << "install fonts-katex";
  std::string now;
  for (const NamedFormula& named : formulas())
    now += written(named.name, layout_formula(fonts, named.formula, {}));
  expect_as_they_were(now, "formula_layouts.txt");
}

// Network, notation and phase: "softmax ng batch 12".
std::string phase_of(const std::string& name) {
  const auto number = name.find_first_of("0123456789");
  return name.substr(0, name.find_first_not_of("0123456789", number));
}

// Those of whole walks in every notation: for each phase how many boxes there are, and all of them
// as one number.
TEST(FormulaGolden, LayoutsOfWalksAreAsTheyWere) {
  const MathFonts fonts;
  ASSERT_TRUE(fonts.has_katex()) << "install fonts-katex";
  struct Group {
    std::string phase, boxes;
  };
  std::vector<Group> groups;
  for (const NamedFormula& named : walk_formulas()) {
    const std::string phase = phase_of(named.name);
    if (groups.empty() || groups.back().phase != phase) groups.push_back({phase, {}});
    groups.back().boxes += written(named.name, layout_formula(fonts, named.formula, {}));
  }
  std::ostringstream now;
  for (const Group& group : groups) {
    now << group.phase << ": " << std::count(group.boxes.begin(), group.boxes.end(), '\n')
        << " lines " << std::hex << digest(group.boxes) << std::dec << '\n';
  }
  expect_as_they_were(now.str(), "walk_layouts.txt");
}

TEST(WalkFormulas, NothingOverlapsOrLiesOutside) {
  const MathFonts fonts;
  for (const NamedFormula& named : walk_formulas())
    expect_apart_and_inside(layout_formula(fonts, named.formula, {}), named.name);
}

}  // namespace
}  // namespace deltascope::picture
