#pragma once

#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>

#include <span>
#include <string>

namespace deltascope::picture {

/// One line of a read-out: scripted text, with a swatch of colour before it if that is opaque.
struct ReadoutLine {
  std::string text;
  Color swatch{0, 0, 0, 0};
};

Size readout_size(Canvas& canvas, std::span<const ReadoutLine> lines);
/// Where a read-out for `at` lies: beside it, on the side with room, inside `bounds`.
Rect readout_rect(Canvas& canvas, Point at, const Rect& bounds, std::span<const ReadoutLine> lines);
void draw_readout(Canvas& canvas, Point at, const Rect& bounds, std::span<const ReadoutLine> lines,
                  const Palette& palette);
/// With its corner at `corner`.
void draw_readout_at(Canvas& canvas, Point corner, std::span<const ReadoutLine> lines,
                     const Palette& palette);

}  // namespace deltascope::picture
