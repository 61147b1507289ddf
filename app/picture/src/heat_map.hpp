#pragma once

#include <deltascope/picture/boundary_picture.hpp>
#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/decision_map.hpp>
#include <deltascope/picture/palette.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace deltascope::picture {

/// Pixels that somebody owns.
struct Pixels {
  int width = 0, height = 0;
  std::vector<Color> colors;
};

enum class ImageKind : std::uint8_t {
  boundary = 1,
  scale = 2,
  neuron = 3,
  matrix = 4,
  points = 5,
  batch = 6,
  edges = 7
};

/// Which picture, or which marks, are meant, the same in every frame.
std::uint64_t image_key(ImageKind kind, Index layer, Index index);
/// Changes with everything that changes the pixels.
std::uint64_t image_revision(std::uint64_t grid_revision, const Palette& palette, Shading shading);

struct ImagePlace {
  std::uint64_t key = 0;
  std::uint64_t revision = 0;
};

/// Draws the image, computing it only if the canvas does not hold it any more.
void draw_heat_map(Canvas& canvas, const Rect& rect, const ImagePlace& place,
                   const std::function<Pixels()>& compute, float rounding_px = 0);

/// The plane in the colours of the classes, paler than the markers that lie on it.
Pixels decision_image(const DecisionMap& map, Shading shading, const Palette& palette);
/// The colour bar, from +1 (top) to −1.
Pixels scale_image(Shading shading, const Palette& palette);
/// One neuron's map, thinned to about `size` pixels a side.
Pixels neuron_image(const GridMap& map, const Activation& activation, Index size,
                    const Palette& palette);
/// Input x_1 or x_2 over the plane: a ramp.
Pixels input_image(Index input, const Palette& palette);

}  // namespace deltascope::picture
