#pragma once

#include <deltascope/picture/canvas.hpp>

#include <cstdint>

namespace deltascope::ui {

/// Where heat maps become textures: the window uploads to OpenGL, tests count. Called on the UI
/// thread.
class Textures {
 public:
  virtual ~Textures() = default;
  /// Whether `texture` needs no pixels for this key and revision, because they are still uploaded.
  virtual bool holds(std::uint64_t /*key*/, std::uint64_t /*revision*/) const { return false; }
  /// A handle for ImTextureID, holding at least until the frame ends. Uploads when `image.key` is
  /// new or its revision changed. `image.pixels` is only read during the call.
  virtual std::uintptr_t texture(const picture::Image& image) = 0;
};

}  // namespace deltascope::ui
