#include "gl_curves.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <array>

namespace deltascope::gui {
namespace {

constexpr int pieces = 32;  // of a curve

// A fringe of one pixel fades out, as around Dear ImGui's lines. Lengths along the curve come from
// Gauss and Legendre's five points.
constexpr const char* vertex_shader = R"(#version 330 core
layout(location = 0) in vec4 from_and_control;
layout(location = 1) in vec4 control_and_to;
layout(location = 2) in vec4 color_in;
layout(location = 3) in vec3 stroke_in;  // width, dash, gap
uniform float pieces;
uniform vec2 window;
out vec2 place;  // along the curve and across it, in pixels
flat out vec4 color;
flat out vec3 stroke;
vec2 speed(float t) {
  float u = 1.0 - t;
  vec2 p0 = from_and_control.xy, p1 = from_and_control.zw;
  vec2 p2 = control_and_to.xy, p3 = control_and_to.zw;
  return 3.0 * (u * u * (p1 - p0) + 2.0 * u * t * (p2 - p1) + t * t * (p3 - p2));
}
float length_to(float t) {
  const float near = 0.5384693101, far = 0.9061798459;
  float h = 0.5 * t;
  return h * (0.5688888889 * length(speed(h)) +
              0.4786286705 * (length(speed(h - h * near)) + length(speed(h + h * near))) +
              0.2369268851 * (length(speed(h - h * far)) + length(speed(h + h * far))));
}
void main() {
  float t = float(gl_VertexID / 2) / pieces;
  float u = 1.0 - t;
  vec2 at = u * u * u * from_and_control.xy + 3.0 * u * u * t * from_and_control.zw +
            3.0 * u * t * t * control_and_to.xy + t * t * t * control_and_to.zw;
  vec2 v = speed(t);
  float v_length = length(v);
  vec2 normal = v_length > 0.0 ? vec2(-v.y, v.x) / v_length : vec2(0, 1);
  stroke = vec3(max(stroke_in.x, 1.0), stroke_in.yz);
  float across = (0.5 * stroke.x + 1.0) * float(2 * (gl_VertexID % 2) - 1);
  place = vec2(stroke.y > 0.0 ? length_to(t) : 0.0, across);
  color = color_in;
  gl_Position = vec4((at + across * normal) / window * vec2(2, -2) + vec2(-1, 1), 0, 1);
}
)";

constexpr const char* fragment_shader = R"(#version 330 core
in vec2 place;
flat in vec4 color;
flat in vec3 stroke;
layout(location = 0) out vec4 result;
void main() {
  float cover = clamp(0.5 * stroke.x + 0.5 - abs(place.y), 0.0, 1.0);
  if (stroke.y > 0.0) {
    float in_period = mod(place.x, stroke.y + stroke.z);
    cover *= clamp(stroke.y - in_period + 0.5, 0.0, 1.0);
  }
  result = vec4(color.rgb, color.a * cover);
}
)";

struct Attribute {
  int components;
  unsigned int type;
  unsigned char normalized;
  std::size_t offset;
};
constexpr std::size_t color_offset =
    offsetof(picture::Bezier, stroke) + offsetof(picture::Stroke, color);
constexpr std::array attributes{
    Attribute{4, GL_FLOAT, GL_FALSE, offsetof(picture::Bezier, from)},
    Attribute{4, GL_FLOAT, GL_FALSE, offsetof(picture::Bezier, control_2)},
    Attribute{4, GL_UNSIGNED_BYTE, GL_TRUE, color_offset},
    Attribute{3, GL_FLOAT, GL_FALSE,
              offsetof(picture::Bezier, stroke) + offsetof(picture::Stroke, width_px)},
};

}  // namespace

GlCurves::GlCurves() : program_(vertex_shader, fragment_shader) {
  glGenVertexArrays(1, &array_);
  glGenBuffers(1, &buffer_);
  glBindVertexArray(array_);
  glBindBuffer(GL_ARRAY_BUFFER, buffer_);
  for (unsigned int i = 0; i < attributes.size(); ++i) {
    const Attribute& a = attributes.at(i);
    glEnableVertexAttribArray(i);
    glVertexAttribPointer(i, a.components, a.type, a.normalized, sizeof(picture::Bezier),
                          reinterpret_cast<const void*>(a.offset));
    glVertexAttribDivisor(i, 1);
  }
  glBindVertexArray(0);
}

GlCurves::~GlCurves() {
  glDeleteBuffers(1, &buffer_);
  glDeleteVertexArrays(1, &array_);
}

void GlCurves::take(std::span<const picture::Bezier> curves) {
  const std::span<const std::byte> bytes = std::as_bytes(curves);
  if (std::equal(bytes.begin(), bytes.end(), uploaded_.begin(), uploaded_.end())) return;
  uploaded_.assign(bytes.begin(), bytes.end());
  upload(buffer_, bytes);
}

void GlCurves::draw(const picture::Rect& clip_px, std::uintptr_t /*font_atlas*/) {
  program_.use(clip_px);
  glUniform1f(program_.uniform("pieces"), static_cast<float>(pieces));
  glBindVertexArray(array_);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 2 * (pieces + 1),
                        static_cast<int>(uploaded_.size() / sizeof(picture::Bezier)));
}

}  // namespace deltascope::gui
