#include "gl_textures.hpp"

#include <glad/gl.h>

namespace deltascope::gui {
namespace {

// A picture in a folded section comes back soon; one of a removed neuron does not.
constexpr std::uint64_t frames_kept = 120;

}  // namespace

GlTextures::~GlTextures() {
  for (const auto& [key, texture] : textures_)
    glDeleteTextures(1, &texture.name);
}

std::uintptr_t GlTextures::texture(const picture::Image& image) {
  Texture& texture = textures_[image.key];
  texture.last_frame = frame_;
  const bool is_new = texture.name == 0;
  if (is_new) {
    glGenTextures(1, &texture.name);
  } else if (texture.revision == image.revision && texture.width == image.width &&
             texture.height == image.height) {
    return texture.name;
  }
  glBindTexture(GL_TEXTURE_2D, texture.name);
  if (is_new) {
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  }
  if (texture.width == image.width && texture.height == image.height) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, image.width, image.height, GL_RGBA, GL_UNSIGNED_BYTE,
                    image.pixels.data());
  } else {
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, image.width, image.height, 0, GL_RGBA,
                 GL_UNSIGNED_BYTE, image.pixels.data());
  }
  texture.revision = image.revision;
  texture.width = image.width;
  texture.height = image.height;
  return texture.name;
}

void GlTextures::end_frame() {
  ++frame_;
  std::erase_if(textures_, [&](const auto& entry) {
    const bool unused = entry.second.last_frame + frames_kept < frame_;
    if (unused) glDeleteTextures(1, &entry.second.name);
    return unused;
  });
}

}  // namespace deltascope::gui
