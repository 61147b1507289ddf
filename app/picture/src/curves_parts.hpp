#pragma once

#include <deltascope/picture/curves_picture.hpp>

#include <string>
#include <vector>

namespace deltascope::picture {

// What the layout and the drawing of curves have to agree on.

int x_tick_target(const Canvas& canvas, float width_px);
int y_tick_target(const Canvas& canvas, float height_px);

/// Whether there is anything of the curve to be seen: values, and where they lie.
bool has_points(const Curve& curve);

/// Of the band of a faint curve: as weak beside the others on a dark ground as on a light one.
Color band_color(const Curve& curve, const Palette& palette);

float x_px(const CurvesLayout& layout, double x);
/// Kept within a few pixels of the plot: beyond it is clipped, and canvases dislike huge numbers.
float y_px(const CurvesLayout& layout, double value);

/// `name`, or as much of its beginning as fits, with "…".
std::string shortened(Canvas& canvas, std::string_view name, float width);

/// The names of the curves, each after a sample of its line.
struct Legend {
  struct Entry {
    const Curve* curve = nullptr;
    std::string name;  ///< cut short where it is longer than a row
    float x = 0;       ///< left end of the sample
    float middle = 0;
  };
  std::vector<Entry> entries;
  float height = 0;  ///< of all rows, the label of the y axis included
};

/// Behind the label of the y axis, in as many rows as needed; a single row stands at the right.
Legend layout_legend(Canvas& canvas, const Rect& rect, const CurvesPicture& picture);
void draw_legend(Canvas& canvas, const Rect& rect, const CurvesPicture& picture,
                 const Palette& palette);

void draw_reference_lines(Canvas& canvas, const CurvesLayout& layout, const CurvesPicture& picture,
                          const Palette& palette);
/// Above its line at the right end; where another label or line is, below it or at the left end.
/// Left out where there is no room.
void draw_reference_labels(Canvas& canvas, const CurvesLayout& layout, const CurvesPicture& picture,
                           const Palette& palette);

}  // namespace deltascope::picture
