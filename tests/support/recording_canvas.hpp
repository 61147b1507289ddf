#pragma once

#include <deltascope/picture/canvas.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace deltascope::test {

/// A canvas that draws nothing and remembers everything. Its letters are all equally wide, so that
/// layouts come out the same on every machine.
class RecordingCanvas : public picture::Canvas {
 public:
  struct Text {
    picture::Rect box;  ///< after alignment
    std::string utf8;
    picture::Font font;
    picture::Color color;
  };
  struct Line {
    std::vector<picture::Point> points;  ///< a curve: its four control points
    picture::Stroke stroke;
  };
  struct Filled {
    picture::Rect rect;
    picture::Color color;
  };
  struct Polygon {
    std::vector<picture::Point> points;
    picture::Color color;
  };
  struct Glyph {
    picture::Point baseline;
    picture::MathFace face;
    char32_t character;
    float em_px;
    picture::Color color;
  };
  struct Picture {
    picture::Rect rect;
    std::uint64_t key, revision;
    int width, height;
    std::vector<picture::Color> pixels;
  };

  explicit RecordingCanvas(float scale = 1) : scale_(scale) {}

  std::vector<Text> texts;
  std::vector<Line> lines, curves;
  std::vector<Filled> rects, circles;  ///< circles: their bounding boxes
  std::vector<Line> rings;             ///< outlines of circles: centre, then a point on the right
  std::vector<Line> frames;            ///< outlines of rectangles: two corners
  std::vector<Picture> images;
  std::vector<Polygon> polygons;
  std::vector<Glyph> glyphs;
  int clip_depth = 0, deepest_clip = 0;
  bool holds_everything = false;

  std::size_t calls() const {
    return texts.size() + lines.size() + curves.size() + rects.size() + circles.size() +
           rings.size() + frames.size() + images.size() + polygons.size() + glyphs.size();
  }
  const Text* find_text(std::string_view utf8) const {
    const auto found = std::find_if(texts.begin(), texts.end(),
                                    [utf8](const Text& text) { return text.utf8 == utf8; });
    return found == texts.end() ? nullptr : &*found;
  }

  float scale() const override { return scale_; }
  void line(picture::Point from, picture::Point to, const picture::Stroke& stroke) override {
    lines.push_back({{from, to}, stroke});
  }
  void polyline(std::span<const picture::Point> points, const picture::Stroke& stroke) override {
    lines.push_back({{points.begin(), points.end()}, stroke});
  }
  void curve(picture::Point from, picture::Point control_1, picture::Point control_2,
             picture::Point to, const picture::Stroke& stroke) override {
    curves.push_back({{from, control_1, control_2, to}, stroke});
  }
  void fill_rect(const picture::Rect& rect, picture::Color color, float) override {
    rects.push_back({rect, color});
  }
  void stroke_rect(const picture::Rect& rect, const picture::Stroke& stroke, float) override {
    frames.push_back({{{rect.x0, rect.y0}, {rect.x1, rect.y1}}, stroke});
  }
  void fill_circle(picture::Point c, float r, picture::Color color) override {
    circles.push_back({{c.x - r, c.y - r, c.x + r, c.y + r}, color});
  }
  void stroke_circle(picture::Point c, float r, const picture::Stroke& stroke) override {
    rings.push_back({{c, {c.x + r, c.y}}, stroke});
  }
  void fill_polygon(std::span<const picture::Point> points, picture::Color color) override {
    polygons.push_back({{points.begin(), points.end()}, color});
  }
  bool holds(std::uint64_t, std::uint64_t) const override { return holds_everything; }
  void image(const picture::Rect& rect, const picture::Image& image, float) override {
    images.push_back({rect,
                      image.key,
                      image.revision,
                      image.width,
                      image.height,
                      {image.pixels.begin(), image.pixels.end()}});
  }

  picture::Size measure(std::string_view utf8, picture::Font font) override {
    const auto letters = std::count_if(utf8.begin(), utf8.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    const float size = em(font);
    return {0.5F * size * static_cast<float>(letters), size};
  }
  void text(picture::Point anchor, std::string_view utf8, picture::Font font, picture::Color color,
            picture::AlignX align_x, picture::AlignY align_y) override {
    const picture::Size size = measure(utf8, font);
    float x = anchor.x;
    if (align_x != picture::AlignX::left) {
      x -= size.width * (align_x == picture::AlignX::center ? 0.5F : 1.0F);
    }
    float y = anchor.y;
    if (align_y != picture::AlignY::top) {
      y -= size.height * (align_y == picture::AlignY::middle ? 0.5F : 1.0F);
    }
    texts.push_back({{x, y, x + size.width, y + size.height}, std::string(utf8), font, color});
  }

  void glyph(picture::Point baseline, picture::MathFace face, char32_t character, float em_px,
             picture::Color color) override {
    glyphs.push_back({baseline, face, character, em_px, color});
  }
  /// The computer's own: formulas have no letters that are all equally wide.
  const picture::MathFonts& math_fonts() override {
    if (math_fonts_ == nullptr) math_fonts_ = std::make_unique<picture::MathFonts>();
    return *math_fonts_;
  }

  void push_clip(const picture::Rect&) override {
    deepest_clip = std::max(deepest_clip, ++clip_depth);
  }
  void pop_clip() override { --clip_depth; }

 private:
  float em(picture::Font font) const {
    switch (font) {
      case picture::Font::script:
        return 10 * scale_;
      case picture::Font::small:
      case picture::Font::mono_small:
        return 12 * scale_;
      case picture::Font::body:
      case picture::Font::heading:
      case picture::Font::mono:
        return 16 * scale_;
    }
    return 16 * scale_;
  }

  float scale_;
  std::unique_ptr<picture::MathFonts> math_fonts_;
};

}  // namespace deltascope::test
