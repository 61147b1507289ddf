#include "cairo_fonts.hpp"

#include <deltascope/atomic_file.hpp>
#include <deltascope/picture/cairo_canvas.hpp>

#include <cairo-svg.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

namespace deltascope::picture {

namespace {

struct SurfaceDeleter {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextDeleter {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDeleter>;
using Context = std::unique_ptr<cairo_t, ContextDeleter>;

cairo_status_t append_bytes(void* content, const unsigned char* bytes, unsigned length) {
  static_cast<std::string*>(content)->append(reinterpret_cast<const char*>(bytes), length);
  return CAIRO_STATUS_SUCCESS;
}

bool finite(Point p) {
  return std::isfinite(p.x) && std::isfinite(p.y);
}

/// Cairo's pixels are premultiplied, in the machine's byte order.
Surface to_surface(const Image& image) {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, image.width, image.height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return surface;
  unsigned char* bytes = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  const auto times_alpha = [](unsigned component, unsigned alpha) {
    return (component * alpha + 127U) / 255U;
  };
  for (int row = 0; row < image.height; ++row) {
    auto* line =
        reinterpret_cast<std::uint32_t*>(bytes + static_cast<std::ptrdiff_t>(row) * stride);
    for (int column = 0; column < image.width; ++column) {
      const Color c =
          image.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width) +
                       static_cast<std::size_t>(column)];
      line[column] = (static_cast<unsigned>(c.a) << 24U) | (times_alpha(c.r, c.a) << 16U) |
                     (times_alpha(c.g, c.a) << 8U) | times_alpha(c.b, c.a);
    }
  }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

/// Paints `source` so that the centres of its border pixels lie on the border of the rectangle.
void paint_stretched(cairo_t* context, cairo_surface_t* source, int columns, int rows, double x,
                     double y, double width, double height) {
  const double sx = (columns - 1) / width;
  const double sy = (rows - 1) / height;
  cairo_pattern_t* pattern = cairo_pattern_create_for_surface(source);
  cairo_matrix_t to_source;
  cairo_matrix_init(&to_source, columns > 1 ? sx : 1e-6, 0, 0, rows > 1 ? sy : 1e-6,
                    0.5 - (columns > 1 ? x * sx : 0), 0.5 - (rows > 1 ? y * sy : 0));
  cairo_pattern_set_matrix(pattern, &to_source);
  cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter(pattern, CAIRO_FILTER_BILINEAR);
  cairo_set_source(context, pattern);
  cairo_pattern_destroy(pattern);
  cairo_paint(context);
}

class FileCanvas : public CairoCanvas {
 public:
  FileCanvas(Format format, int width, int height, float scale)
      : format_(format), scale_(scale), width_px_(width * scale), height_px_(height * scale) {
    if (format == Format::svg) {
      surface_.reset(
          cairo_svg_surface_create_for_stream(append_bytes, &content_, width_px_, height_px_));
      cairo_svg_surface_set_document_unit(surface_.get(), CAIRO_SVG_UNIT_PX);
    } else {
      surface_.reset(cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                                static_cast<int>(std::lround(width_px_)),
                                                static_cast<int>(std::lround(height_px_))));
    }
    context_.reset(cairo_create(surface_.get()));
    cairo_set_line_join(context_.get(), CAIRO_LINE_JOIN_ROUND);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
  }

  float scale() const override { return scale_; }

  void line(Point from, Point to, const Stroke& stroke) override {
    const Point both[] = {from, to};
    polyline(both, stroke);
  }

  void polyline(std::span<const Point> points, const Stroke& stroke) override {
    if (points.size() < 2 || !std::all_of(points.begin(), points.end(), finite)) return;
    trace(points);
    paint_stroke(stroke);
  }

  void curve(Point from, Point control_1, Point control_2, Point to,
             const Stroke& stroke) override {
    if (!finite(from) || !finite(control_1) || !finite(control_2) || !finite(to)) return;
    cairo_move_to(context_.get(), from.x, from.y);
    cairo_curve_to(context_.get(), control_1.x, control_1.y, control_2.x, control_2.y, to.x, to.y);
    paint_stroke(stroke);
  }

  void fill_rect(const Rect& rect, Color color, float rounding_px) override {
    trace(rect, rounding_px);
    paint_fill(color);
  }

  void stroke_rect(const Rect& rect, const Stroke& stroke, float rounding_px) override {
    trace(rect, rounding_px);
    paint_stroke(stroke);
  }

  void fill_circle(Point center, float radius_px, Color color) override {
    cairo_arc(context_.get(), center.x, center.y, radius_px, 0, 2 * std::numbers::pi);
    paint_fill(color);
  }

  void stroke_circle(Point center, float radius_px, const Stroke& stroke) override {
    cairo_arc(context_.get(), center.x, center.y, radius_px, 0, 2 * std::numbers::pi);
    cairo_close_path(context_.get());
    paint_stroke(stroke);
  }

  void fill_polygon(std::span<const Point> points, Color color) override {
    if (points.size() < 3 || !std::all_of(points.begin(), points.end(), finite)) return;
    trace(points);
    cairo_close_path(context_.get());
    paint_fill(color);
  }

  void image(const Rect& rect, const Image& image, float rounding_px) override {
    const bool complete = image.width > 0 && image.height > 0 &&
                          image.pixels.size() >= static_cast<std::size_t>(image.width) *
                                                     static_cast<std::size_t>(image.height);
    if (!complete || !(rect.width() > 0) || !(rect.height() > 0)) return;
    const Surface source = to_surface(image);
    cairo_save(context_.get());
    trace(rect, rounding_px);
    cairo_clip(context_.get());
    if (format_ == Format::png) {
      paint_stretched(context_.get(), source.get(), image.width, image.height, rect.x0, rect.y0,
                      rect.width(), rect.height());
    } else {
      paint_resampled(rect, source.get(), image.width, image.height);
    }
    cairo_restore(context_.get());
  }

  Size measure(std::string_view utf8, Font font) override {
    cairo_font_face_t* main_face = fonts_.main_face(font);
    if (main_face == nullptr) return {};
    double width = 0;
    for (const CairoFonts::Run& run : fonts_.runs(utf8, font))
      width += select(run, font);
    cairo_set_font_face(context_.get(), main_face);
    cairo_set_font_size(context_.get(), CairoFonts::size_px(font) * scale_);
    cairo_font_extents_t line{};
    cairo_font_extents(context_.get(), &line);
    return {static_cast<float>(width), static_cast<float>(line.ascent + line.descent)};
  }

  void text(Point anchor, std::string_view utf8, Font font, Color color, AlignX align_x,
            AlignY align_y) override {
    cairo_font_face_t* main_face = fonts_.main_face(font);
    if (main_face == nullptr) {
      without_fonts_ = true;
      return;
    }
    if (!finite(anchor) || utf8.empty()) return;
    const Size size = measure(utf8, font);
    cairo_font_extents_t line{};
    cairo_font_extents(context_.get(), &line);  // `measure` left the line's own face selected
    double x = anchor.x;
    if (align_x != AlignX::left) x -= size.width * (align_x == AlignX::center ? 0.5 : 1.0);
    double top = anchor.y;
    if (align_y != AlignY::top) top -= size.height * (align_y == AlignY::middle ? 0.5 : 1.0);
    set_color(color);
    for (const CairoFonts::Run& run : fonts_.runs(utf8, font)) {
      const double advance = select(run, font);
      cairo_move_to(context_.get(), x, top + line.ascent);
      cairo_show_text(context_.get(), run.text.c_str());
      x += advance;
    }
    cairo_new_path(context_.get());
  }

  void glyph(Point baseline, MathFace face, char32_t character, float em_px, Color color) override {
    cairo_font_face_t* cairo_face = fonts_.math_face(math_fonts().file(face));
    if (cairo_face == nullptr || !math_fonts().has(face, character) || !finite(baseline)) return;
    set_color(color);
    cairo_set_font_face(context_.get(), cairo_face);
    cairo_set_font_size(context_.get(), em_px);
    cairo_move_to(context_.get(), baseline.x, baseline.y);
    cairo_show_text(context_.get(), to_utf8(character).c_str());
    cairo_new_path(context_.get());
  }

  const MathFonts& math_fonts() override {
    if (math_fonts_ == nullptr) math_fonts_ = std::make_unique<MathFonts>();
    return *math_fonts_;
  }

  void push_clip(const Rect& rect) override {
    cairo_save(context_.get());
    trace(rect, 0);
    cairo_clip(context_.get());
  }

  void pop_clip() override { cairo_restore(context_.get()); }

  bool save(const std::filesystem::path& file, Problems& problems) override {
    if (without_fonts_) {
      problems.push_back(
          {file.string(), "no fonts found to write with: install fonts-dejavu-core"});
      return false;
    }
    if (!finished_) finish();
    if (status_ != CAIRO_STATUS_SUCCESS) {
      problems.push_back({file.string(), std::string("the picture could not be drawn: ") +
                                             cairo_status_to_string(status_)});
      return false;
    }
    return write_atomically(file, content_, problems);
  }

 private:
  void finish() {
    finished_ = true;
    status_ = cairo_status(context_.get());
    cairo_surface_flush(surface_.get());
    if (status_ == CAIRO_STATUS_SUCCESS && format_ == Format::png) {
      status_ = cairo_surface_write_to_png_stream(surface_.get(), append_bytes, &content_);
    }
    // An SVG is complete only once its surface is finished.
    cairo_surface_finish(surface_.get());
    if (status_ == CAIRO_STATUS_SUCCESS) status_ = cairo_surface_status(surface_.get());
  }

  /// Viewers of SVG disagree on how to enlarge a picture: it is enlarged here, to its size in
  /// pixels, as in a PNG.
  void paint_resampled(const Rect& rect, cairo_surface_t* source, int columns, int rows) {
    constexpr double largest = 4096;
    const int width = static_cast<int>(std::ceil(std::min<double>(rect.width(), largest)));
    const int height = static_cast<int>(std::ceil(std::min<double>(rect.height(), largest)));
    const Surface large(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
    const Context onto(cairo_create(large.get()));
    paint_stretched(onto.get(), source, columns, rows, 0, 0, width, height);
    cairo_translate(context_.get(), rect.x0, rect.y0);
    cairo_scale(context_.get(), static_cast<double>(rect.width()) / width,
                static_cast<double>(rect.height()) / height);
    cairo_set_source_surface(context_.get(), large.get(), 0, 0);
    cairo_paint(context_.get());
  }

  void set_color(Color color) {
    cairo_set_source_rgba(context_.get(), color.r / 255.0, color.g / 255.0, color.b / 255.0,
                          color.a / 255.0);
  }

  void trace(std::span<const Point> points) {
    cairo_new_path(context_.get());
    for (const Point p : points)
      cairo_line_to(context_.get(), p.x, p.y);
  }

  void trace(const Rect& rect, float rounding_px) {
    const double radius =
        std::min({static_cast<double>(rounding_px), rect.width() / 2.0, rect.height() / 2.0});
    cairo_new_path(context_.get());
    if (!(radius > 0)) {
      cairo_rectangle(context_.get(), rect.x0, rect.y0, rect.width(), rect.height());
      return;
    }
    constexpr double right_angle = std::numbers::pi / 2;
    cairo_arc(context_.get(), rect.x1 - radius, rect.y0 + radius, radius, -right_angle, 0);
    cairo_arc(context_.get(), rect.x1 - radius, rect.y1 - radius, radius, 0, right_angle);
    cairo_arc(context_.get(), rect.x0 + radius, rect.y1 - radius, radius, right_angle,
              2 * right_angle);
    cairo_arc(context_.get(), rect.x0 + radius, rect.y0 + radius, radius, 2 * right_angle,
              3 * right_angle);
    cairo_close_path(context_.get());
  }

  void paint_fill(Color color) {
    set_color(color);
    cairo_fill(context_.get());
  }

  void paint_stroke(const Stroke& stroke) {
    set_color(stroke.color);
    cairo_set_line_width(context_.get(), stroke.width_px);
    const double dashes[] = {stroke.dash_px, stroke.gap_px};
    const bool dashed = stroke.dash_px > 0 && stroke.gap_px > 0;
    cairo_set_dash(context_.get(), dashes, dashed ? 2 : 0, 0);
    cairo_stroke(context_.get());
  }

  /// Makes the run's face the current one; returns how far the run goes.
  double select(const CairoFonts::Run& run, Font font) {
    cairo_set_font_face(context_.get(), run.face);
    cairo_set_font_size(context_.get(), CairoFonts::size_px(font) * scale_);
    cairo_text_extents_t extents{};
    cairo_text_extents(context_.get(), run.text.c_str(), &extents);
    return extents.x_advance;
  }

  Format format_;
  float scale_;
  double width_px_, height_px_;
  std::string content_;  // the finished file; the SVG surface writes into it until it is finished
  CairoFonts fonts_;
  std::unique_ptr<MathFonts> math_fonts_;  // only once a formula is drawn
  Surface surface_;
  Context context_;
  bool without_fonts_ = false;
  bool finished_ = false;
  cairo_status_t status_ = CAIRO_STATUS_SUCCESS;
};

}  // namespace

std::unique_ptr<CairoCanvas> CairoCanvas::create(Format format, int width, int height,
                                                 float scale) {
  return std::make_unique<FileCanvas>(format, width, height, scale);
}

}  // namespace deltascope::picture
