#pragma once

#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/plane_mapping.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace deltascope::picture {

/// A figure drawn around its centre.
using Figure = std::function<void(Canvas& canvas, Point center)>;

/// One of many: where in the plane, and which figure.
struct Mark {
  PlanePoint at;
  std::uint8_t figure = 0;
};

/// Many copies of a few figures over the plane. `key` and `revision` say of the marks alone what
/// they say of an Image's pixels: a canvas that holds them needs no marks, only where the plane
/// lies and how figures look now.
struct Marks {
  std::uint64_t key = 0;
  std::uint64_t revision = 0;
  std::span<const Mark> marks;  ///< the last one lies on top
  PlaneMapping mapping;
  std::span<const Figure> figures;
  float reach_px = 0;      ///< of a figure from its centre, about
  float same_spot_px = 1;  ///< one this near above another hides it
};

}  // namespace deltascope::picture
