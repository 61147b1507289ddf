#pragma once

#include <deltascope/picture/canvas.hpp>

#include <cstdint>

namespace deltascope::ui {

/// Where heat maps become textures: the window uploads to OpenGL, tests count. Called on the UI
/// thread.
class Textures {
 public:
  virtual ~Textures() = default;
  /// A handle for ImTextureID, holding at least until the frame ends. Uploads when `image.key` is
  /// new or its revision or size changed. `image.pixels` is only read during the call, and empty
  /// for an image that was drawn in this frame or the one before at the same revision and size:
  /// that long, textures must be kept.
  virtual std::uintptr_t texture(const picture::Image& image) = 0;
};

}  // namespace deltascope::ui
