#include <deltascope/picture/boundary_picture.hpp>

#include <array>
#include <cmath>
#include <numbers>
#include <span>

namespace deltascope::picture {

namespace {

/// How one class is drawn: once wide in the outline's colour, then in the class's own.
struct Ink {
  Color color;
  float extra_px;  ///< how much further than the shape itself
};

Point on_circle(Point center, float radius_px, double turns) {
  const double angle = 2 * std::numbers::pi * turns;
  return {center.x + radius_px * static_cast<float>(std::sin(angle)),
          center.y - radius_px * static_cast<float>(std::cos(angle))};
}

/// A filled polygon, clockwise; every second corner at `inner_percent` of the radius.
template <int corners, int inner_percent>
void draw_polygon(Canvas& canvas, Point center, float radius_px, double turn, const Ink& ink) {
  std::array<Point, corners + 2> points;  // the first two come again, to round their joint too
  for (int i = 0; i < corners + 2; ++i) {
    const float size = i % 2 == 1 ? static_cast<float>(inner_percent) / 100.0F : 1.0F;
    points[static_cast<std::size_t>(i)] =
        on_circle(center, radius_px * size, turn + static_cast<double>(i % corners) / corners);
  }
  if (ink.extra_px > 0) canvas.polyline(points, {ink.color, 2 * ink.extra_px});
  if constexpr (inner_percent == 100) {
    canvas.fill_polygon(std::span(points).first(corners), ink.color);
  } else {
    // Not convex: one kite for each point of the star, and its core over their seams.
    std::array<Point, corners / 2> core;
    for (std::size_t i = 0; i < core.size(); ++i)
      core[i] = points[2 * i + 1];
    for (std::size_t i = 0; i < corners; i += 2) {
      const Point kite[] = {center, points[(i + corners - 1) % corners], points[i], points[i + 1]};
      canvas.fill_polygon(kite, ink.color);
    }
    canvas.fill_polygon(core, ink.color);
  }
}

void draw_o(Canvas& canvas, Point center, float radius_px, const Ink& ink) {
  const float width = 0.5F * radius_px;
  canvas.stroke_circle(center, radius_px - width / 2 + ink.extra_px / 2,
                       {ink.color, width + ink.extra_px});
}

void draw_cross(Canvas& canvas, Point center, float radius_px, double turn, const Ink& ink) {
  const float reach = radius_px * 1.1F + ink.extra_px;
  for (const double arm : {0.0, 0.25}) {
    canvas.line(on_circle(center, reach, turn + arm), on_circle(center, reach, turn + arm + 0.5),
                {ink.color, 0.5F * radius_px + 2 * ink.extra_px});
  }
}

using DrawShape = void (*)(Canvas& canvas, Point center, float radius_px, const Ink& ink);

// In the order of the classes.
constexpr std::array<DrawShape, marker_shapes> shapes{
    draw_o,
    [](Canvas& canvas, Point at, float r, const Ink& ink) {
      draw_cross(canvas, at, r, 0.125, ink);
    },
    [](Canvas& canvas, Point at, float r, const Ink& ink) {
      draw_polygon<4, 100>(canvas, at, r * 1.15F, 0.125, ink);  // square
    },
    [](Canvas& canvas, Point at, float r, const Ink& ink) {
      draw_polygon<3, 100>(canvas, at, r * 1.2F, 0, ink);  // triangle
    },
    [](Canvas& canvas, Point at, float r, const Ink& ink) {
      draw_polygon<4, 100>(canvas, at, r * 1.15F, 0, ink);  // diamond
    },
    [](Canvas& canvas, Point at, float r, const Ink& ink) { draw_cross(canvas, at, r, 0, ink); },
    [](Canvas& canvas, Point at, float r, const Ink& ink) {
      draw_polygon<10, 45>(canvas, at, r * 1.3F, 0, ink);  // star
    },
    [](Canvas& canvas, Point at, float r, const Ink& ink) {
      draw_polygon<6, 100>(canvas, at, r, 0, ink);  // hexagon
    },
};

constexpr float dot_px = 2.6F;  // below this no shape can be told from another

}  // namespace

float marker_radius_px(const Canvas& canvas, Index samples) {
  if (samples <= 60) return 7.5F * canvas.scale();
  if (samples <= 300) return 5.0F * canvas.scale();
  if (samples <= 2'000) return 3.5F * canvas.scale();
  return 2.0F * canvas.scale();
}

Stroke batch_ring(const Canvas& canvas, const Palette& palette) {
  return {palette.boundary, 2 * canvas.scale()};
}

std::string class_name(int label) {
  constexpr std::array names{"O", "X"};
  return label >= 0 && label < 2 ? names.at(static_cast<std::size_t>(label))
                                 : std::to_string(label + 1);
}

void draw_marker(Canvas& canvas, Point center, float radius_px, int label, const Palette& palette) {
  const std::size_t row = static_cast<std::size_t>(label < 0 ? 0 : label) % shapes.size();
  const Color color = palette.classes[row];
  if (radius_px < dot_px * canvas.scale()) {
    const float r = radius_px * 0.75F;
    canvas.fill_rect({center.x - r, center.y - r, center.x + r, center.y + r}, color);
    return;
  }
  shapes[row](canvas, center, radius_px, {palette.marker_outline, 1.6F * canvas.scale()});
  shapes[row](canvas, center, radius_px, {color, 0});
}

}  // namespace deltascope::picture
