#include "formula_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace deltascope::picture {

namespace {

constexpr int significant_digits = 4;
constexpr int most_decimals = 4;

std::string with_sign(std::string text) {
  // A hyphen is narrower than a plus, and nothing is not negative.
  if (text.find_first_of("123456789") == std::string::npos && text.starts_with('-'))
    text.erase(0, 1);
  if (text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

std::string printed(double value, int decimals) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "−∞" : "∞";
  return with_sign(fmt::format("{:.{}f}", value, decimals));
}

/// Zeros that no number of the grid needs are left out.
int needed_decimals(std::span<const double> values, double unit, int most) {
  int needed = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const std::string text = fmt::format("{:.{}f}", value / unit, most);
    const std::size_t point = text.find('.');
    const std::size_t last = text.find_last_not_of('0');
    if (point != std::string::npos && last > point) {
      needed = std::max(needed, static_cast<int>(last - point));
    }
  }
  return needed;
}

float digits_width_px(std::string_view text, const Setting& setting) {
  float width = 0;
  for (const char32_t character : decoded(text)) {
    const MathFace face = setting.fonts.face_for(MathFace::digits, character);
    width += setting.fonts.metrics(face, character).advance;
  }
  return width * setting.style.number_em_px;
}

Size heat_map_size(const walk::Grid& grid, const FormulaStyle& style) {
  const auto side = [&](Index count, Index most) {
    const float longest = 0.6F * static_cast<float>(most) * style.cell_height_px;
    const float entry = 0.5F * style.cell_height_px;
    return std::clamp(entry * static_cast<float>(count), 2.0F, std::max(longest, 2.0F));
  };
  return {side(grid.cols, style.most_cols), side(grid.rows, style.most_rows)};
}

/// Cells in their places; returns what they take.
Size set_cells(FormulaLayout& whole, const walk::Grid& grid, const GridNumbers& numbers,
               const Setting& setting) {
  const FormulaStyle& style = setting.style;
  std::vector<float> widths;
  for (const std::string& text : numbers.texts)
    widths.push_back(digits_width_px(text, setting));
  const float widest = widths.empty() ? 0 : *std::max_element(widths.begin(), widths.end());
  const float gap = style.cell_height_px / 12;
  const float width = std::max(style.least_cell_width_px, widest + 0.9F * style.number_em_px);
  const float height = style.cell_height_px;
  const GlyphMetrics zero =
      setting.fonts.metrics(setting.fonts.face_for(MathFace::digits, U'0'), U'0');
  const float baseline = (height + (zero.top + zero.bottom) * style.number_em_px) / 2;
  for (Index r = 0; r < grid.rows; ++r) {
    for (Index c = 0; c < grid.cols; ++c) {
      const auto i = static_cast<std::size_t>(r * grid.cols + c);
      const float x = static_cast<float>(c) * (width + gap);
      const float y = static_cast<float>(r) * (height + gap);
      // Right-aligned, and the widest in the middle: points stand under points.
      const float text_x = x + (width + widest) / 2 - widths[i];
      const double share = numbers.largest > 0 ? grid.values[i] / numbers.largest : grid.values[i];
      whole.cells.push_back({{x, y, x + width, y + height},
                             share,
                             numbers.texts[i],
                             {text_x, y + baseline},
                             style.number_em_px,
                             grid.entry(r, c),
                             setting.moment});
    }
  }
  const auto span = [gap](Index count, float side) {
    return count == 0 ? 0 : static_cast<float>(count) * (side + gap) - gap;
  };
  return {span(grid.cols, width), span(grid.rows, height)};
}

/// · 10⁻⁵, what all numbers of the matrix are to be multiplied with.
FormulaLayout set_power(int exponent, const Setting& setting) {
  using namespace walk;
  return set(row({space(0.2F), symbol("·"), space(0.1F),
                  scripts(word("10"), {}, word(with_sign(fmt::format("{}", exponent))))}),
             setting);
}

FormulaLayout set_dimensions(const walk::Grid& grid, const Setting& setting) {
  FormulaLayout line =
      set_text(fmt::format("{} × {}{}", grid.rows, grid.cols, grid.turned ? ", turned" : ""),
               walk::Face::upright, setting.at(Level::scriptscript));
  for (FormulaLayout::Glyph& glyph : line.glyphs) {
    glyph.of.reset();
    glyph.muted = true;
  }
  return line;
}

}  // namespace

GridNumbers grid_numbers(std::span<const double> values) {
  GridNumbers numbers;
  for (const double value : values) {
    if (std::isfinite(value)) numbers.largest = std::max(numbers.largest, std::abs(value));
  }
  const int magnitude =
      numbers.largest > 0 ? static_cast<int>(std::floor(std::log10(numbers.largest))) : 0;
  const bool is_near_one = magnitude >= -2 && magnitude <= 3;
  if (!is_near_one) numbers.exponent = magnitude;
  const double unit = std::pow(10.0, numbers.exponent);
  const int most = is_near_one ? std::min(most_decimals, significant_digits - 1 - magnitude)
                               : significant_digits - 1;
  const int decimals = needed_decimals(values, unit, most);
  for (const double value : values)
    numbers.texts.push_back(printed(value / unit, decimals));
  return numbers;
}

FormulaLayout set_grid(const std::shared_ptr<const walk::Grid>& grid, const Setting& given) {
  const Setting setting = given.at(Level::display);
  const FormulaStyle& style = setting.style;
  const bool collapsed = grid->rows > style.most_rows || grid->cols > style.most_cols;
  FormulaLayout inside;
  GridNumbers numbers;
  Size size;
  if (collapsed) {
    size = heat_map_size(*grid, style);
  } else {
    numbers = grid_numbers(grid->values);
    size = set_cells(inside, *grid, numbers, setting);
  }
  inside.matrices.push_back({{0, 0, size.width, size.height}, grid, collapsed, 0, setting.moment});

  const float bracket_height =
      std::max(size.height, style.cell_height_px) + style.cell_height_px / 4;
  const FormulaLayout left = set_bracket(U'[', bracket_height, setting);
  const FormulaLayout right = set_bracket(U']', bracket_height, setting);
  const FormulaLayout power =
      numbers.exponent == 0 ? FormulaLayout{} : set_power(numbers.exponent, setting);
  const FormulaLayout caption =
      grid->caption == nullptr ? FormulaLayout{} : set(*grid->caption, setting.at(Level::script));
  const FormulaLayout dimensions = set_dimensions(*grid, setting);

  const float margin = 0.1F * setting.em_px();
  const float half = margin + left.width_px + size.width / 2;
  const float half_below = std::max(caption.width_px, dimensions.width_px) / 2;
  const float center = std::max(half, half_below);
  FormulaLayout whole;
  place(whole, left, center - half + margin, 0);
  place(whole, inside, center - size.width / 2, -setting.axis_px() - size.height / 2);
  place(whole, right, center + size.width / 2, 0);
  place(whole, power, center + half - margin, 0);
  whole.width_px = center + std::max(half + power.width_px, half_below);
  for (const FormulaLayout* line : {&caption, &dimensions}) {
    if (line->width_px == 0) continue;
    const float gap = 0.2F * setting.em_px();
    place(whole, *line, center - line->width_px / 2, whole.descent_px + gap + line->ascent_px);
  }
  return whole;
}

}  // namespace deltascope::picture
