#pragma once

#include <deltascope/backprop.hpp>
#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>
#include <deltascope/walk/notation.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace deltascope::picture {

/// Which cells a walk is at: those that agree in all that is named.
struct DeltaFocus {
  std::optional<Index> layer, neuron, column;  ///< weight layer; column of the trace
};

/// δ of every layer as coloured cells: a row per neuron, a column per sample of the trace.
struct DeltaPicture {
  const Architecture* architecture = nullptr;
  const StepTrace* trace = nullptr;
  std::optional<std::uint32_t> selected_sample;  ///< its column is framed
  std::optional<DeltaFocus> focus;               ///< outlined
  bool blank = false;                            ///< "?" in place of every number; the colours stay
  const walk::Notation* notation = walk::notations().data();
  /// Cells that have "?" and no colour, by column of the trace; empty: none.
  std::function<bool(Index layer, Index neuron, Index column)> covered;
};

struct DeltaCell {
  Index layer = 0;  ///< weight layer
  Index neuron = 0;
  Index column = 0;  ///< of the trace
  double value = 0;
};

/// How high the picture is at `width_px`; it scrolls where there is less room.
float delta_height(Canvas& canvas, float width_px, const DeltaPicture& picture);
void draw_delta(Canvas& canvas, const Rect& rect, const DeltaPicture& picture,
                const Palette& palette);
/// The cell under a pixel, for the read-out.
std::optional<DeltaCell> delta_cell_at(Canvas& canvas, const Rect& rect,
                                       const DeltaPicture& picture, Point at);

}  // namespace deltascope::picture
