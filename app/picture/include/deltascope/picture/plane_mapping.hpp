#pragma once

#include <deltascope/decision_grid.hpp>
#include <deltascope/picture/canvas.hpp>

namespace deltascope::picture {

struct PlanePoint {
  double x = 0, y = 0;
};

/// Pixel ↔ plane, both ways, exactly inverse up to rounding. The area's left border is x_min, its
/// top border y_max.
struct PlaneMapping {
  Rect area_px;
  Rectangle plane;

  Point to_px(PlanePoint p) const;
  PlanePoint to_plane(Point px) const;
  /// The rectangle after dragging the plane by (dx, dy) pixels.
  Rectangle panned(float dx_px, float dy_px) const;
  /// The rectangle after zooming by `factor` (> 1: closer) with the plane point under `at` fixed.
  Rectangle zoomed(Point at, double factor) const;
};

/// A rectangle that shows all points of X (2 × N) with a margin, at least the unit square if that
/// is where they are; without points the unit square. Width : height = `aspect`.
Rectangle fitted(ConstMatrixView X, double aspect);

}  // namespace deltascope::picture
