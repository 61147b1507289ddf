#include "gl_marks.hpp"

#include <glad/gl.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace deltascope::gui {
namespace {

// A coordinate in two floats: the second is what the first leaves of a double. So a mark stands
// where it should however closely one looks.
constexpr const char* vertex_shader = R"(#version 330 core
layout(location = 0) in vec4 place;  // x, y, and what they leave
layout(location = 1) in uint figure;
uniform samplerBuffer corners;  // two texels each: x, y, u, v and the colour
uniform int corners_each;
uniform vec4 origin;            // of the plane at the area's top left corner, as `place`
uniform vec4 area;              // that corner in pixels, pixels for one unit
uniform vec2 window;            // size in pixels
uniform float dot_size;         // in pixels of the framebuffer; 0: figures have corners
out vec2 uv;
out vec4 color;
void main() {
  int corner = 2 * (int(figure) * corners_each + (dot_size > 0.0 ? 0 : gl_VertexID));
  vec4 shape = texelFetch(corners, corner);
  gl_PointSize = dot_size;
  if (dot_size > 0.0) shape.xy = vec2(0);
  vec2 from_origin = (place.xy - origin.xy) + (place.zw - origin.zw);
  vec2 px = area.xy + from_origin * area.zw + shape.xy;
  uv = shape.zw;
  color = texelFetch(corners, corner + 1);
  gl_Position = vec4(px / window * vec2(2, -2) + vec2(-1, 1), 0, 1);
}
)";

constexpr const char* fragment_shader = R"(#version 330 core
uniform sampler2D atlas;
in vec2 uv;
in vec4 color;
layout(location = 0) out vec4 result;
void main() {
  result = color * texture(atlas, uv);
}
)";

constexpr unsigned int place_attribute = 0, figure_attribute = 1;

/// Together as exact as a double, nearly.
struct TwoFloats {
  explicit TwoFloats(double value)
      : high(static_cast<float>(value)), low(static_cast<float>(value - high)) {}
  float high, low;
};

/// As the shader reads a mark.
struct Place {
  float x = 0, y = 0, x_rest = 0, y_rest = 0;
  std::uint32_t figure = 0;
};

Place place_of(const picture::Mark& mark) {
  const TwoFloats x(mark.at.x), y(mark.at.y);
  return {x.high, y.high, x.low, y.low, mark.figure};
}

// Two triangles over a square around the centre.
constexpr std::size_t corners_of_square = 6;

/// The width of dots that stand for the figures, if they are squares of that width: one corner
/// instead of six for each of many points.
float dot_width(const ui::Figures& figures) {
  if (figures.corners_each != corners_of_square) return 0;
  const float half = std::abs(figures.corners.front().x);
  const bool squares =
      std::all_of(figures.corners.begin(), figures.corners.end(),
                  [&](const auto& c) { return std::abs(c.x) == half && std::abs(c.y) == half; });
  return squares ? 2 * half : 0;
}

}  // namespace

std::unique_ptr<const GlProgram> GlMarks::program() {
  return std::make_unique<const GlProgram>(vertex_shader, fragment_shader);
}

GlMarks::GlMarks(const GlProgram& program) : program_(program) {
  glGenVertexArrays(1, &array_);
  glGenBuffers(1, &places_);
  glGenBuffers(1, &corners_);
  glGenTextures(1, &corners_texture_);
  glBindVertexArray(array_);
  glBindBuffer(GL_ARRAY_BUFFER, places_);
  glEnableVertexAttribArray(place_attribute);
  glVertexAttribPointer(place_attribute, 4, GL_FLOAT, GL_FALSE, sizeof(Place), nullptr);
  glEnableVertexAttribArray(figure_attribute);
  glVertexAttribIPointer(figure_attribute, 1, GL_UNSIGNED_INT, sizeof(Place),
                         reinterpret_cast<const void*>(offsetof(Place, figure)));
  glBindVertexArray(0);
}

GlMarks::~GlMarks() {
  glDeleteTextures(1, &corners_texture_);
  glDeleteBuffers(1, &corners_);
  glDeleteBuffers(1, &places_);
  glDeleteVertexArrays(1, &array_);
}

void GlMarks::take(const picture::Marks& marks, const ui::Figures& figures) {
  mapping_ = marks.mapping;
  if (revision_ != marks.revision) {
    std::vector<Place> places;
    places.reserve(marks.marks.size());
    for (const picture::Mark& mark : marks.marks)
      places.push_back(place_of(mark));
    count_ = static_cast<int>(places.size());
    upload(places_, std::as_bytes(std::span(places)));
    revision_ = marks.revision;
  }
  take(figures);
}

void GlMarks::take(const ui::Figures& figures) {
  const std::span<const std::byte> bytes = std::as_bytes(figures.corners);
  if (std::equal(bytes.begin(), bytes.end(), figures_.begin(), figures_.end())) return;
  figures_.assign(bytes.begin(), bytes.end());
  upload(corners_, bytes);
  corners_each_ = static_cast<int>(figures.corners_each);
  dot_width_ = dot_width(figures);
  glBindVertexArray(array_);
  for (const unsigned int attribute : {place_attribute, figure_attribute})
    glVertexAttribDivisor(attribute, dot_width_ > 0 ? 0 : 1);
  glBindVertexArray(0);
}

void GlMarks::draw(const picture::Rect& clip_px, std::uintptr_t font_atlas) {
  program_.use(clip_px);
  const TwoFloats x(mapping_.plane.x_min), y(mapping_.plane.y_max);
  const picture::Rect& area = mapping_.area_px;
  glUniform4f(program_.uniform("origin"), x.high, y.high, x.low, y.low);
  glUniform4f(program_.uniform("area"), area.x0, area.y0,
              static_cast<float>(area.width() / mapping_.plane.width()),
              static_cast<float>(-area.height() / mapping_.plane.height()));
  glUniform1i(program_.uniform("corners_each"), corners_each_);
  glUniform1f(program_.uniform("dot_size"), dot_width_ * ImGui::GetDrawData()->FramebufferScale.x);
  glUniform1i(program_.uniform("atlas"), 0);
  glUniform1i(program_.uniform("corners"), 1);
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_BUFFER, corners_texture_);
  glTexBuffer(GL_TEXTURE_BUFFER, GL_RGBA32F, corners_);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, static_cast<unsigned int>(font_atlas));
  glBindVertexArray(array_);
  if (dot_width_ > 0) {
    glEnable(GL_PROGRAM_POINT_SIZE);
    glDrawArrays(GL_POINTS, 0, count_);
  } else {
    glDrawArraysInstanced(GL_TRIANGLES, 0, corners_each_, count_);
  }
}

}  // namespace deltascope::gui
