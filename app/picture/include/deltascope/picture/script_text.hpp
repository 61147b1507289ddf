#pragma once

#include <deltascope/picture/canvas.hpp>

#include <string_view>

namespace deltascope::picture {

// One line of text with raised and lowered parts, as in "δ^[2]", "x_1" or "w^[2]_{13}". After ^ or
// _ stands one character, a bracketed part that keeps its brackets, or a braced part that loses
// them and keeps those in it: "x^{{3}}". ^ and _ directly after each other stand above each other.
// Fonts need no such glyphs.

Size measure_script(Canvas& canvas, std::string_view utf8, Font font);
void draw_script(Canvas& canvas, Point anchor, std::string_view utf8, Font font, Color color,
                 AlignX align_x = AlignX::left, AlignY align_y = AlignY::top);

}  // namespace deltascope::picture
