#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/delta_picture.hpp>
#include <deltascope/picture/script_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace deltascope::picture {

namespace {

constexpr float block_gap = 24, widest_cell = 72, least_side_by_side = 7, label_width = 18;
constexpr Index most_rows = 64;  // per layer; more would be cells nobody can follow

struct Block {
  Index layer = 0;
  Index rows = 0;  ///< shown
  Rect cells;
  float title_y = 0;
  float right = 0;  ///< of the room that the title has
  Rect cell(Index row, Index column, float width, float height) const {
    const float x = cells.x0 + static_cast<float>(column) * width;
    const float y = cells.y0 + static_cast<float>(row) * height;
    return {x, y, x + width, y + height};
  }
};

struct DeltaLayout {
  std::vector<Block> blocks;
  Index columns = 0;
  float cell_width = 0, cell_height = 0;
  int decimals = 0;   ///< of the numbers in the cells; 0: no numbers
  Index per_row = 1;  ///< blocks side by side
  float height = 0;
};

bool drawable(const DeltaPicture& picture) {
  if (picture.architecture == nullptr || picture.trace == nullptr) return false;
  const auto layers = static_cast<std::size_t>(picture.architecture->layers());
  const auto& delta = picture.trace->delta;
  return delta.size() == layers && delta.front().cols() > 0 &&
         std::all_of(delta.begin(), delta.end(),
                     [&](const Matrix& layer) { return layer.cols() == delta.front().cols(); });
}

DeltaLayout lay_out(Canvas& canvas, const Rect& rect, const DeltaPicture& picture) {
  DeltaLayout layout;
  if (!drawable(picture)) {
    layout.height = 2 * canvas.measure("0", Font::small).height;
    return layout;
  }
  const float s = canvas.scale();
  const StepTrace& trace = *picture.trace;
  layout.columns = trace.delta.front().cols();
  const auto layers = static_cast<Index>(trace.delta.size());
  const auto columns = static_cast<float>(layout.columns);
  const float number = canvas.measure("-0.00", Font::mono_small).width + 6 * s;
  const float short_number = canvas.measure("-0.0", Font::mono_small).width + 4 * s;
  const auto cell_width = [&](Index per_row) {
    const auto blocks = static_cast<float>(per_row);
    const float width = (rect.width() - (blocks - 1) * block_gap * s) / blocks - label_width * s;
    return std::clamp(width / columns, 1.0F, widest_cell * s);
  };
  // As many side by side as leave room for the numbers; where none does, as cells can be told
  // apart.
  Index per_row = 1;
  for (const float least : {number, short_number, least_side_by_side * s}) {
    per_row = layers;
    while (per_row > 1 && cell_width(per_row) < least)
      --per_row;
    if (cell_width(per_row) >= least) break;
  }
  layout.cell_width = cell_width(per_row);
  const float long_number = canvas.measure("-0.000", Font::mono_small).width + 6 * s;
  layout.decimals = layout.cell_width >= long_number    ? 3
                    : layout.cell_width >= number       ? 2
                    : layout.cell_width >= short_number ? 1
                                                        : 0;
  layout.per_row = per_row;
  layout.cell_height = canvas.measure("0", Font::mono_small).height + 6 * s;
  const float small = canvas.measure("0", Font::small).height;
  const float title = canvas.measure("0", Font::body).height + 8 * s;
  const float pitch = (rect.width() + block_gap * s) / static_cast<float>(per_row);
  float y = rect.y0;
  float row_height = 0;
  for (Index layer = 0; layer < layers; ++layer) {
    const Index place = layer % per_row;
    if (place == 0 && layer > 0) {
      y += row_height + 8 * s;
      row_height = 0;
    }
    // The columns of blocks below each other are the same samples: numbered once, on top.
    const float head = title + (layer < per_row ? small + 2 * s : 0);
    Block block;
    block.layer = layer;
    const Index neurons = trace.delta[static_cast<std::size_t>(layer)].rows();
    block.rows = std::min(neurons, most_rows);
    block.title_y = y + 4 * s;  // below a raised index
    const float x = rect.x0 + static_cast<float>(place) * pitch + label_width * s;
    const float height = static_cast<float>(block.rows) * layout.cell_height;
    block.right = x + pitch - (label_width + block_gap) * s;
    block.cells = {x, y + head, x + columns * layout.cell_width, y + head + height};
    layout.blocks.push_back(block);
    row_height = std::max(row_height, head + height + (neurons > block.rows ? small : 0));
  }
  layout.height = y + row_height - rect.y0;
  return layout;
}

bool is_covered(const DeltaPicture& picture, Index layer, Index row, Index column) {
  return picture.covered && picture.covered(layer, row, column);
}

// Of what is shown: the scale would tell of what is covered.
double largest_size(const DeltaPicture& picture, Index layer) {
  const Matrix& delta = picture.trace->delta[static_cast<std::size_t>(layer)];
  double largest = 0;
  for (Index column = 0; column < delta.cols(); ++column) {
    for (Index row = 0; row < delta.rows(); ++row) {
      const double value = delta(row, column);
      if (!std::isfinite(value) || is_covered(picture, layer, row, column)) continue;
      largest = std::max(largest, std::abs(value));
    }
  }
  return largest;
}

/// The power of ten in whose units all cells of a block are written, so that the largest has one
/// digit before the point. Numbers that need none stay as they are.
int common_exponent(double largest, int decimals) {
  if (!(largest > 0)) return 0;
  const auto too_long = [&](int exponent) {  // rounding may carry: 9.996 reads "10.00"
    const std::string text = fmt::format("{:.{}f}", largest / std::pow(10.0, exponent), decimals);
    return text.find('.') > 1;
  };
  if (largest >= 0.1 && !too_long(0)) return 0;
  const int exponent = static_cast<int>(std::floor(std::log10(largest)));
  return too_long(exponent) ? exponent + 1 : exponent;
}

// All of the same width, so that they can be compared at a glance.
std::string cell_text(double value, int exponent, int decimals) {
  if (!std::isfinite(value)) return format_signed(value);
  if (value == 0) return fmt::format("{:.{}f}", 0.0, decimals);
  return fmt::format("{:+.{}f}", value / std::pow(10.0, exponent), decimals);
}

/// Which part of the batch the columns are; empty if they are all of it.
std::string part_of_batch(const StepTrace& trace, Index columns) {
  if (trace.batch_size <= columns) return "";
  const auto shown = std::min(static_cast<std::size_t>(columns), trace.samples.size());
  for (std::size_t i = 0; i < shown; ++i) {
    if (trace.samples[i] == i) continue;
    return fmt::format("{} of the batch's {} points", columns, trace.batch_size);
  }
  return fmt::format("points 1–{} of {}", columns, trace.batch_size);
}

void draw_heads(Canvas& canvas, const DeltaLayout& layout, const Block& block,
                const DeltaPicture& picture, const Palette& palette, double largest, int exponent) {
  const float s = canvas.scale();
  const float body = canvas.measure("0", Font::body).height;
  const float small = canvas.measure("0", Font::small).height;
  const float left = block.cells.x0;
  const walk::Notation& notation = *picture.notation;
  const std::string symbol = walk::label_of({walk::Kind::delta, block.layer}, notation);
  const std::string loss = walk::label_of({walk::Kind::loss}, notation);
  const std::string z = walk::label_of({walk::Kind::z, block.layer}, notation);
  draw_script(canvas, {left, block.title_y}, symbol, Font::body, palette.delta);
  // The first parts that fit: the unit first of all, as the numbers mean nothing without it.
  struct Part {
    std::string text;
    Color color;
    bool shown = false;
  };
  std::array<Part, 4> parts{{
      {fmt::format(" = ∂{}/∂{}", loss, z), palette.secondary},
      {exponent == 0 || picture.blank ? "" : fmt::format("× 10^{{{}}}", exponent), palette.text},
      {block.layer == 0 ? part_of_batch(*picture.trace, layout.columns) : "", palette.text},
      {fmt::format("colours: ± {}", picture.blank ? "?" : format_number(largest, 2)),
       palette.secondary},
  }};
  const float after = left + measure_script(canvas, symbol, Font::body).width;
  const float part_gap = 14 * s;
  float room = block.right - after;
  for (const std::size_t i : {1U, 2U, 0U, 3U}) {
    const float width = measure_script(canvas, parts[i].text, Font::small).width + part_gap;
    parts[i].shown = !parts[i].text.empty() && (i == 1 || width - part_gap <= room);
    if (parts[i].shown) room -= width;
  }
  float part_x = after + (parts[0].shown ? 4 * s : part_gap);
  for (const Part& part : parts) {
    if (!part.shown) continue;
    draw_script(canvas, {part_x, block.title_y + body - small - s}, part.text, Font::small,
                part.color);
    part_x += measure_script(canvas, part.text, Font::small).width + part_gap;
  }
  if (block.layer >= layout.per_row) return;
  float taken_until = left - 100 * s;
  for (Index column = 0; column < layout.columns; ++column) {
    const auto i = static_cast<std::size_t>(column);
    if (i >= picture.trace->samples.size()) break;
    const std::string number = std::to_string(picture.trace->samples[i] + 1);
    const float x = block.cells.x0 + (static_cast<float>(column) + 0.5F) * layout.cell_width;
    const float half = canvas.measure(number, Font::mono_small).width / 2;
    if (x - half < taken_until + 4 * s) continue;
    taken_until = x + half;
    canvas.text({x, block.cells.y0 - 2 * s}, number, Font::mono_small, palette.secondary,
                AlignX::center, AlignY::bottom);
  }
}

/// Around the rows and columns that the focus names, or all where it names none.
void draw_focus(Canvas& canvas, const DeltaLayout& layout, const Block& block,
                const DeltaFocus& focus, const Palette& palette) {
  if (focus.layer.value_or(block.layer) != block.layer) return;
  const Index row = focus.neuron.value_or(0), column = focus.column.value_or(0);
  if (row < 0 || row >= block.rows || column < 0 || column >= layout.columns) return;
  const float s = canvas.scale();
  const Index last_row = focus.neuron.value_or(block.rows - 1);
  const Index last_column = focus.column.value_or(layout.columns - 1);
  const Rect first = block.cell(row, column, layout.cell_width, layout.cell_height);
  const Rect last = block.cell(last_row, last_column, layout.cell_width, layout.cell_height);
  const Rect frame{first.x0 - 1.5F * s, first.y0 - 1.5F * s, last.x1 + 0.5F * s,
                   last.y1 + 0.5F * s};
  canvas.stroke_rect(frame, {palette.panel, 4.5F * s}, 4 * s);
  canvas.stroke_rect(frame, {palette.walk, 3 * s}, 4 * s);
}

void draw_block(Canvas& canvas, const DeltaLayout& layout, const Block& block,
                const DeltaPicture& picture, const Palette& palette) {
  const float s = canvas.scale();
  const Matrix& delta = picture.trace->delta[static_cast<std::size_t>(block.layer)];
  const double largest = largest_size(picture, block.layer);
  const int exponent = layout.decimals > 0 ? common_exponent(largest, layout.decimals) : 0;
  draw_heads(canvas, layout, block, picture, palette, largest, exponent);
  const float seam = layout.cell_width > 4 * s ? s : 0;
  for (Index row = 0; row < block.rows; ++row) {
    for (Index column = 0; column < layout.columns; ++column) {
      const double value = delta(row, column);
      Rect cell = block.cell(row, column, layout.cell_width, layout.cell_height);
      const bool covered = is_covered(picture, block.layer, row, column);
      const Color color =
          covered ? palette.frame : diverging(palette, largest > 0 ? value / largest : value * 0);
      cell.x1 -= seam;
      cell.y1 -= s;
      canvas.fill_rect(cell, color, layout.decimals > 0 ? 3 * s : 0);
      if (layout.decimals == 0) continue;
      const std::string text =
          picture.blank || covered ? "?" : cell_text(value, exponent, layout.decimals);
      canvas.text(cell.center(), text, Font::mono_small, readable_on(color), AlignX::center,
                  AlignY::middle);
    }
    const float y = block.cells.y0 + (static_cast<float>(row) + 0.5F) * layout.cell_height;
    canvas.text({block.cells.x0 - 6 * s, y}, std::to_string(row + 1), Font::mono_small,
                palette.secondary, AlignX::right, AlignY::middle);
  }
  for (Index column = 0; picture.selected_sample && column < layout.columns; ++column) {
    const auto i = static_cast<std::size_t>(column);
    if (i >= picture.trace->samples.size() ||
        picture.trace->samples[i] != *picture.selected_sample) {
      continue;
    }
    const float x = block.cells.x0 + static_cast<float>(column) * layout.cell_width;
    canvas.stroke_rect({x - s, block.cells.y0 - s, x + layout.cell_width, block.cells.y1},
                       {palette.delta, 2 * s}, 3 * s);
  }
  if (picture.focus) draw_focus(canvas, layout, block, *picture.focus, palette);
  if (delta.rows() > block.rows) {
    canvas.text({block.cells.x0, block.cells.y1 + 2 * s},
                fmt::format("+{} more neurons", delta.rows() - block.rows), Font::small,
                palette.secondary);
  }
}

}  // namespace

float delta_height(Canvas& canvas, float width_px, const DeltaPicture& picture) {
  return lay_out(canvas, {0, 0, width_px, 0}, picture).height;
}

void draw_delta(Canvas& canvas, const Rect& rect, const DeltaPicture& picture,
                const Palette& palette) {
  const DeltaLayout layout = lay_out(canvas, rect, picture);
  if (layout.blocks.empty()) {
    canvas.text({rect.center().x, rect.y0 + layout.height / 2},
                fmt::format("No {} yet: it needs points and a finite cost.",
                            walk::delta_letter(*picture.notation)),
                Font::small, palette.secondary, AlignX::center, AlignY::middle);
  }
  for (const Block& block : layout.blocks)
    draw_block(canvas, layout, block, picture, palette);
}

std::optional<DeltaCell> delta_cell_at(Canvas& canvas, const Rect& rect,
                                       const DeltaPicture& picture, Point at) {
  const DeltaLayout layout = lay_out(canvas, rect, picture);
  for (const Block& block : layout.blocks) {
    if (!block.cells.contains(at)) continue;
    const auto row = static_cast<Index>((at.y - block.cells.y0) / layout.cell_height);
    const auto column = static_cast<Index>((at.x - block.cells.x0) / layout.cell_width);
    if (row >= block.rows || column >= layout.columns) return std::nullopt;
    const Matrix& delta = picture.trace->delta[static_cast<std::size_t>(block.layer)];
    return DeltaCell{block.layer, row, column, delta(row, column)};
  }
  return std::nullopt;
}

}  // namespace deltascope::picture
