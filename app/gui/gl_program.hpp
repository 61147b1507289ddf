#pragma once

#include <deltascope/picture/canvas.hpp>

#include <cstddef>
#include <span>

namespace deltascope::gui {

/// A vertex and a fragment shader. `uniform vec2 window` is the window's size in pixels.
class GlProgram {
 public:
  /// Throws Fault when this OpenGL does not understand them.
  GlProgram(const char* vertex_shader, const char* fragment_shader);
  ~GlProgram();
  GlProgram(const GlProgram&) = delete;
  GlProgram& operator=(const GlProgram&) = delete;

  int uniform(const char* name) const;
  /// For the draw calls that follow, inside `clip_px`, while Dear ImGui's draw data is rendered.
  void use(const picture::Rect& clip_px) const;

 private:
  unsigned int name_;
  int window_;
};

/// Replaces what the buffer holds.
void upload(unsigned int buffer, std::span<const std::byte> bytes);

}  // namespace deltascope::gui
