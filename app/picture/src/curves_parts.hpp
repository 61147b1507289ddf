#pragma once

#include <deltascope/picture/curves_picture.hpp>

namespace deltascope::picture {

// What the layout and the drawing of curves have to agree on.

int x_tick_target(const Canvas& canvas, float width_px);
int y_tick_target(const Canvas& canvas, float height_px);
float legend_entry_width(Canvas& canvas, const Curve& curve);
float legend_width(Canvas& canvas, const CurvesPicture& picture);

}  // namespace deltascope::picture
