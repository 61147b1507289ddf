#include "heat_map.hpp"

#include <algorithm>
#include <cmath>

namespace deltascope::picture {

namespace {

constexpr double plane_strength = 0.68;  // of the heat map, so that markers stand out
constexpr double hard_score = 0.75;      // the score that hard shading shows everywhere

/// The map between its nodes: `column` and `row` may lie between two.
float interpolated(const GridMap& map, double column, double row) {
  const auto c = std::min(static_cast<Index>(column), map.width - 2);
  const auto r = std::min(static_cast<Index>(row), map.height - 2);
  const auto u = static_cast<float>(column - static_cast<double>(c));
  const auto v = static_cast<float>(row - static_cast<double>(r));
  // A weight of 0 must not turn an infinite neighbour into NaN; NaN itself passes the clamp.
  const auto node = [&map](Index x, Index y) { return std::clamp(map.at(x, y), -1e30F, 1e30F); };
  const float top = node(c, r) * (1 - u) + node(c + 1, r) * u;
  const float bottom = node(c, r + 1) * (1 - u) + node(c + 1, r + 1) * u;
  return top * (1 - v) + bottom * v;
}

Color heat(const Palette& palette, double score) {
  if (std::isnan(score)) return palette.frame;
  return diverging(palette, plane_strength * std::clamp(score, -1.0, 1.0));
}

Color class_heat(const Palette& palette, int winner, double margin) {
  const Color color = palette.classes[static_cast<std::size_t>(winner) % palette.classes.size()];
  // Even an undecided place belongs to somebody: the margin fades the colour, never quite to zero.
  return mixed(palette.zero, color, plane_strength * (0.25 + 0.75 * std::clamp(margin, 0.0, 1.0)));
}

}  // namespace

std::uint64_t image_key(ImageKind kind, Index layer, Index index) {
  return (static_cast<std::uint64_t>(kind) << 56U) | (static_cast<std::uint64_t>(layer) << 32U) |
         static_cast<std::uint64_t>(index);
}

std::uint64_t image_revision(std::uint64_t grid_revision, const Palette& palette, Shading shading) {
  return grid_revision * 4 + (palette.dark ? 2U : 0U) + (shading == Shading::hard ? 1U : 0U);
}

void draw_heat_map(Canvas& canvas, const Rect& rect, const ImagePlace& place,
                   const std::function<Pixels()>& compute, float rounding_px) {
  Pixels pixels;
  if (!canvas.holds(place.key, place.revision)) {
    pixels = compute();
    if (pixels.colors.empty()) return;
  }
  canvas.image(rect, {place.key, place.revision, pixels.width, pixels.height, pixels.colors},
               rounding_px);
}

Pixels decision_image(const DecisionMap& map, Shading shading, const Palette& palette) {
  const GridMap& score = map.score;
  if (score.values.empty()) return {};
  const bool classes = !map.winner.empty();
  // Hard areas need finer pixels than the grid has, or their borders are staircases.
  const Index fine = shading == Shading::hard && !classes && score.width <= 256 ? 4 : 1;
  const Index width = (score.width - 1) * fine + 1;
  const Index height = (score.height - 1) * fine + 1;
  Pixels pixels{static_cast<int>(width), static_cast<int>(height), {}};
  pixels.colors.reserve(static_cast<std::size_t>(width * height));
  for (Index row = 0; row < height; ++row) {
    for (Index column = 0; column < width; ++column) {
      if (classes) {
        const auto node = static_cast<std::size_t>(row * width + column);
        const double margin = shading == Shading::hard ? hard_score : score.values[node];
        pixels.colors.push_back(class_heat(palette, map.winner[node], margin));
        continue;
      }
      const double value =
          fine == 1 ? score.at(column, row)
                    : interpolated(score, static_cast<double>(column) / static_cast<double>(fine),
                                   static_cast<double>(row) / static_cast<double>(fine));
      const bool hard = shading == Shading::hard && !std::isnan(value);
      pixels.colors.push_back(
          heat(palette, hard ? (value >= 0 ? hard_score : -hard_score) : value));
    }
  }
  return pixels;
}

Pixels scale_image(Shading shading, const Palette& palette) {
  constexpr int height = 65;
  Pixels pixels{1, height, {}};
  for (int row = 0; row < height; ++row) {
    const double score = 1.0 - 2.0 * row / (height - 1);
    const double hard = score >= 0 ? hard_score : -hard_score;
    pixels.colors.push_back(heat(palette, shading == Shading::hard ? hard : score));
  }
  return pixels;
}

Pixels neuron_image(const GridMap& map, const Activation& activation, Index size,
                    const Palette& palette) {
  if (map.width < 2 || map.height < 2) return {};
  const Index width = std::clamp<Index>(size, 2, map.width);
  const Index height = std::clamp<Index>(size, 2, map.height);
  double largest = 0;
  for (const float a : map.values) {
    if (std::isfinite(a)) largest = std::max(largest, std::abs(static_cast<double>(a)));
  }
  Pixels pixels{static_cast<int>(width), static_cast<int>(height), {}};
  pixels.colors.reserve(static_cast<std::size_t>(width * height));
  for (Index row = 0; row < height; ++row) {
    for (Index column = 0; column < width; ++column) {
      const float a =
          map.at(column * (map.width - 1) / (width - 1), row * (map.height - 1) / (height - 1));
      pixels.colors.push_back(diverging(palette, color_scale(a, activation, largest)));
    }
  }
  return pixels;
}

Pixels input_image(Index input, const Palette& palette) {
  constexpr int steps = 17;
  const bool across = input == 0;
  Pixels pixels{across ? steps : 1, across ? 1 : steps, {}};
  for (int i = 0; i < steps; ++i) {
    const double t = 2.0 * i / (steps - 1) - 1.0;
    pixels.colors.push_back(diverging(palette, across ? t : -t));
  }
  return pixels;
}

}  // namespace deltascope::picture
