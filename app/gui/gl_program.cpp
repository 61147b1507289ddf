#include "gl_program.hpp"

#include "fault.hpp"

#include <glad/gl.h>
#include <imgui.h>

#include <array>
#include <string>

namespace deltascope::gui {
namespace {

unsigned int compiled(unsigned int kind, const char* source) {
  const unsigned int shader = glCreateShader(kind);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  return shader;
}

}  // namespace

GlProgram::GlProgram(const char* vertex_shader, const char* fragment_shader)
    : name_(glCreateProgram()) {
  const std::array shaders{compiled(GL_VERTEX_SHADER, vertex_shader),
                           compiled(GL_FRAGMENT_SHADER, fragment_shader)};
  for (const unsigned int shader : shaders)
    glAttachShader(name_, shader);
  glLinkProgram(name_);
  for (const unsigned int shader : shaders)
    glDeleteShader(shader);
  int linked = GL_FALSE;
  glGetProgramiv(name_, GL_LINK_STATUS, &linked);
  if (linked == GL_FALSE) {
    std::array<char, 512> log{};
    glGetProgramInfoLog(name_, log.size(), nullptr, log.data());
    glDeleteProgram(name_);
    throw Fault(ExitCode::no_opengl,
                std::string("this display's OpenGL refuses the window's shaders; a newer driver "
                            "may help: ") +
                    log.data());
  }
  window_ = uniform("window");
}

GlProgram::~GlProgram() {
  glDeleteProgram(name_);
}

int GlProgram::uniform(const char* name) const {
  return glGetUniformLocation(name_, name);
}

void GlProgram::use(const picture::Rect& clip_px) const {
  const ImDrawData& data = *ImGui::GetDrawData();
  const ImVec2 scale = data.FramebufferScale;
  const auto whole = [](float length) { return static_cast<int>(length); };
  // OpenGL counts from below.
  glScissor(whole(clip_px.x0 * scale.x), whole((data.DisplaySize.y - clip_px.y1) * scale.y),
            whole(clip_px.width() * scale.x), whole(clip_px.height() * scale.y));
  glUseProgram(name_);
  glUniform2f(window_, data.DisplaySize.x, data.DisplaySize.y);
}

void upload(unsigned int buffer, std::span<const std::byte> bytes) {
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(bytes.size()), bytes.data(),
               GL_DYNAMIC_DRAW);
}

}  // namespace deltascope::gui
