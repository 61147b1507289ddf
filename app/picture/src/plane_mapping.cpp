#include <deltascope/picture/plane_mapping.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace deltascope::picture {

Point PlaneMapping::to_px(PlanePoint p) const {
  const double width_px = static_cast<double>(area_px.x1) - area_px.x0;
  const double height_px = static_cast<double>(area_px.y1) - area_px.y0;
  return {static_cast<float>(area_px.x0 + (p.x - plane.x_min) / plane.width() * width_px),
          static_cast<float>(area_px.y0 + (plane.y_max - p.y) / plane.height() * height_px)};
}

PlanePoint PlaneMapping::to_plane(Point px) const {
  const double width_px = static_cast<double>(area_px.x1) - area_px.x0;
  const double height_px = static_cast<double>(area_px.y1) - area_px.y0;
  return {
      plane.x_min + (static_cast<double>(px.x) - area_px.x0) / width_px * plane.width(),
      plane.y_max - (static_cast<double>(px.y) - area_px.y0) / height_px * plane.height(),
  };
}

Rectangle PlaneMapping::panned(float dx_px, float dy_px) const {
  const double dx = dx_px / (static_cast<double>(area_px.x1) - area_px.x0) * plane.width();
  const double dy = dy_px / (static_cast<double>(area_px.y1) - area_px.y0) * plane.height();
  return {plane.x_min - dx, plane.x_max - dx, plane.y_min + dy, plane.y_max + dy};
}

Rectangle PlaneMapping::zoomed(Point at, double factor) const {
  const PlanePoint fixed = to_plane(at);
  return {
      fixed.x + (plane.x_min - fixed.x) / factor,
      fixed.x + (plane.x_max - fixed.x) / factor,
      fixed.y + (plane.y_min - fixed.y) / factor,
      fixed.y + (plane.y_max - fixed.y) / factor,
  };
}

Rectangle fitted(ConstMatrixView X, double aspect) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double margin = 0.08, from_border = 0.02;
  Rectangle box{infinity, -infinity, infinity, -infinity};
  for (Index i = 0; X.rows == 2 && i < X.cols; ++i) {
    const double x = X(0, i);
    const double y = X(1, i);
    if (!std::isfinite(x) || !std::isfinite(y)) continue;
    box = {std::min(box.x_min, x), std::max(box.x_max, x), std::min(box.y_min, y),
           std::max(box.y_max, y)};
  }
  // A point on its border would be cut off.
  const double low = from_border, high = 1 - from_border;
  const bool in_unit_square =
      box.x_min >= low && box.x_max <= high && box.y_min >= low && box.y_max <= high;
  const bool nothing = box.x_min > box.x_max;
  double width = 1, height = 1, center_x = 0.5, center_y = 0.5;
  if (!nothing && !in_unit_square) {
    center_x = box.x_min + box.width() / 2;
    center_y = box.y_min + box.height() / 2;
    // Points on one spot or on one line still need an area around them.
    const double extent = std::max(box.width(), box.height());
    const double least = extent > 0 ? extent / 4 : 1 + std::abs(center_x) + std::abs(center_y);
    width = std::max(box.width(), least) * (1 + 2 * margin);
    height = std::max(box.height(), least) * (1 + 2 * margin);
  }
  if (std::isfinite(aspect) && aspect > 0) {
    if (width < height * aspect) {
      width = height * aspect;
    } else {
      height = width / aspect;
    }
  }
  return {center_x - width / 2, center_x + width / 2, center_y - height / 2, center_y + height / 2};
}

}  // namespace deltascope::picture
