#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include <deltascope/picture/boundary_picture.hpp>

namespace deltascope::picture {

namespace {

/// How one class is drawn. Strokes are drawn twice: wide in the outline's colour, then in the
/// class's own.
struct Shape {
  void (*draw)(Canvas& canvas, Point center, float radius_px, const Stroke& stroke);
};

Point on_circle(Point center, float radius_px, double turns) {
  const double angle = 2 * std::numbers::pi * turns;
  return {center.x + radius_px * static_cast<float>(std::sin(angle)),
          center.y - radius_px * static_cast<float>(std::cos(angle))};
}

/// A closed outline through `corners` points; every second one at `inner` times the radius.
template <int corners, int inner_percent>
void draw_polygon(Canvas& canvas, Point center, float radius_px, double turn,
                  const Stroke& stroke) {
  // The first corners come again, so that the joint is as round as the others.
  std::array<Point, corners + 2> points;
  for (int i = 0; i < corners + 2; ++i) {
    const float size = i % 2 == 1 ? static_cast<float>(inner_percent) / 100.0F : 1.0F;
    points[static_cast<std::size_t>(i)] =
        on_circle(center, radius_px * size, turn + static_cast<double>(i % corners) / corners);
  }
  canvas.polyline(points, stroke);
}

void draw_o(Canvas& canvas, Point center, float radius_px, const Stroke& stroke) {
  canvas.stroke_circle(center, radius_px * 0.9F, stroke);
}

void draw_cross(Canvas& canvas, Point center, float radius_px, double turn, const Stroke& stroke) {
  for (const double arm : {0.0, 0.25}) {
    canvas.line(on_circle(center, radius_px * 1.15F, turn + arm),
                on_circle(center, radius_px * 1.15F, turn + arm + 0.5), stroke);
  }
}

// In the order of the classes.
constexpr std::array<Shape, 8> shapes{{
    {draw_o},
    {[](Canvas& canvas, Point at, float r, const Stroke& s) {
      draw_cross(canvas, at, r, 0.125, s);
    }},
    {[](Canvas& canvas, Point at, float r, const Stroke& s) {
      draw_polygon<4, 100>(canvas, at, r * 1.1F, 0.125, s);  // square
    }},
    {[](Canvas& canvas, Point at, float r, const Stroke& s) {
      draw_polygon<3, 100>(canvas, at, r * 1.15F, 0, s);  // triangle
    }},
    {[](Canvas& canvas, Point at, float r, const Stroke& s) {
      draw_polygon<4, 100>(canvas, at, r * 1.15F, 0, s);  // diamond
    }},
    {[](Canvas& canvas, Point at, float r, const Stroke& s) { draw_cross(canvas, at, r, 0, s); }},
    {[](Canvas& canvas, Point at, float r, const Stroke& s) {
      draw_polygon<10, 45>(canvas, at, r * 1.25F, 0, s);  // star
    }},
    {[](Canvas& canvas, Point at, float r, const Stroke& s) {
      draw_polygon<6, 100>(canvas, at, r, 0, s);  // hexagon
    }},
}};

constexpr float dot_px = 2.6F;  // below this no shape can be told from another

}  // namespace

float marker_radius_px(const Canvas& canvas, Index samples) {
  if (samples <= 60) return 6.5F * canvas.scale();
  if (samples <= 300) return 5.0F * canvas.scale();
  if (samples <= 2'000) return 3.5F * canvas.scale();
  return 2.0F * canvas.scale();
}

void draw_marker(Canvas& canvas, Point center, float radius_px, int label,
                 const Palette& palette) {
  const std::size_t row = static_cast<std::size_t>(label < 0 ? 0 : label) % shapes.size();
  const Color color = palette.classes[row];
  if (radius_px < dot_px * canvas.scale()) {
    const float r = radius_px * 0.75F;
    canvas.fill_rect({center.x - r, center.y - r, center.x + r, center.y + r}, color);
    return;
  }
  const float width = 0.42F * radius_px;
  const float outline = 1.6F * canvas.scale();
  shapes[row].draw(canvas, center, radius_px, {palette.marker_outline, width + 2 * outline});
  shapes[row].draw(canvas, center, radius_px, {color, width});
}

}  // namespace deltascope::picture
