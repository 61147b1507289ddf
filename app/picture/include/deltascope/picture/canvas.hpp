#pragma once
// What every picture is drawn on: Dear ImGui's draw list in the window, Cairo in a file. Units are
// pixels, y downwards; colours are straight (not premultiplied) sRGB with alpha.

#include <deltascope/picture/math_fonts.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace deltascope::picture {

struct Color {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Color&) const = default;
};
/// The same colour with its alpha multiplied by `alpha` in [0, 1].
Color faded(Color color, double alpha);
/// From `a` (t = 0) to `b` (t = 1), component by component.
Color mixed(Color a, Color b, double t);

struct Point {
  float x = 0, y = 0;
  bool operator==(const Point&) const = default;
};
struct Size {
  float width = 0, height = 0;
};
struct Rect {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
  Point center() const { return {(x0 + x1) / 2, (y0 + y1) / 2}; }
  bool contains(Point p) const { return p.x >= x0 && p.x < x1 && p.y >= y0 && p.y < y1; }
  Rect shrunk(float by) const { return {x0 + by, y0 + by, x1 - by, y1 - by}; }
  bool operator==(const Rect&) const = default;
};

/// Sizes and weights of type; the canvas knows the faces and the zoom. `script` is for raised and
/// lowered indices, about 11 px at 100 %.
enum class Font { body, small, heading, mono, mono_small, script };
enum class AlignX { left, center, right };
enum class AlignY { top, middle, bottom };

/// Stroke of a line: width in pixels; dash and gap lengths in pixels, 0 for a solid line.
struct Stroke {
  Color color;
  float width_px = 1.0F;
  float dash_px = 0.0F;
  float gap_px = 0.0F;
};

/// RGBA pixels, row 0 on top. `key` names the picture's place (one per neuron, say) and `revision`
/// its content: a canvas that uploads textures does so only when the revision of a key changes.
struct Image {
  std::uint64_t key = 0;
  std::uint64_t revision = 0;
  int width = 0, height = 0;
  std::span<const Color> pixels;
};

/// A cubic Bézier curve.
struct Bezier {
  Point from, control_1, control_2, to;
  Stroke stroke;
};

struct Marks;

class Canvas {
 public:
  virtual ~Canvas() = default;

  /// Size of one unit of the design (a pixel at 100 % on a normal display) in pixels of this
  /// canvas.
  virtual float scale() const = 0;

  virtual void line(Point from, Point to, const Stroke& stroke) = 0;
  virtual void polyline(std::span<const Point> points, const Stroke& stroke) = 0;
  /// A cubic Bézier curve.
  virtual void curve(Point from, Point control_1, Point control_2, Point to,
                     const Stroke& stroke) = 0;
  /// Many of them, the last on top. `key` says which, as an Image's does.
  virtual void curves(std::uint64_t key, std::span<const Bezier> curves);
  virtual void fill_rect(const Rect& rect, Color color, float rounding_px = 0) = 0;
  virtual void stroke_rect(const Rect& rect, const Stroke& stroke, float rounding_px = 0) = 0;
  virtual void fill_circle(Point center, float radius_px, Color color) = 0;
  virtual void stroke_circle(Point center, float radius_px, const Stroke& stroke) = 0;
  /// A convex polygon, clockwise on screen.
  virtual void fill_polygon(std::span<const Point> points, Color color) = 0;
  /// Whether the canvas still keeps the image or the marks `key` at this revision: then it needs no
  /// pixels and no marks, and nobody has to compute them again for every frame.
  virtual bool holds(std::uint64_t /*key*/, std::uint64_t /*revision*/) const { return false; }
  /// Stretched over `rect` with linear filtering: pixel centres of the border lie on the border.
  virtual void image(const Rect& rect, const Image& image, float rounding_px = 0) = 0;
  /// Draws figures over the plane; this one draws each that can be seen.
  virtual void marks(const Marks& marks);

  virtual Size measure(std::string_view utf8, Font font) = 0;
  virtual void text(Point anchor, std::string_view utf8, Font font, Color color,
                    AlignX align_x = AlignX::left, AlignY align_y = AlignY::top) = 0;

  /// One glyph of a formula, with its origin at `baseline`. A character that `face` lacks is left
  /// out: ask MathFonts::face_for first.
  virtual void glyph(Point baseline, MathFace face, char32_t character, float em_px,
                     Color color) = 0;
  /// What formulas are laid out with.
  virtual const MathFonts& math_fonts() = 0;

  /// Clips to the intersection with what is already clipped.
  virtual void push_clip(const Rect& rect) = 0;
  virtual void pop_clip() = 0;
};

}  // namespace deltascope::picture
