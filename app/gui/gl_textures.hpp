#pragma once

#include <deltascope/ui/textures.hpp>

#include <cstdint>
#include <unordered_map>

namespace deltascope::gui {

/// Pictures as OpenGL textures, uploaded only when their revision changes. Needs the window's
/// context from first use to destruction.
class GlTextures : public ui::Textures {
 public:
  GlTextures() = default;
  ~GlTextures() override;
  GlTextures(const GlTextures&) = delete;
  GlTextures& operator=(const GlTextures&) = delete;

  std::uintptr_t texture(const picture::Image& image) override;
  /// After a frame: deletes textures that have not been asked for in a while.
  void end_frame();

 private:
  struct Texture {
    unsigned int name = 0;
    std::uint64_t revision = 0;
    int width = 0, height = 0;
    std::uint64_t last_frame = 0;
  };

  std::unordered_map<std::uint64_t, Texture> textures_;
  std::uint64_t frame_ = 0;
};

}  // namespace deltascope::gui
