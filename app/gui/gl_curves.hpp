#pragma once

#include "gl_program.hpp"

#include <deltascope/ui/draw_calls.hpp>

#include <cstddef>
#include <vector>

namespace deltascope::gui {

/// Bézier curves with their widths, colours and dashes, in one call: every curve is a strip that a
/// shader bends. Needs the window's context.
class GlCurves final : public ui::DrawCall {
 public:
  GlCurves();
  ~GlCurves() override;
  GlCurves(const GlCurves&) = delete;
  GlCurves& operator=(const GlCurves&) = delete;

  /// Uploads them if they are others than before.
  void take(std::span<const picture::Bezier> curves);
  void draw(const picture::Rect& clip_px, std::uintptr_t font_atlas) override;

 private:
  GlProgram program_;
  unsigned int array_ = 0, buffer_ = 0;
  std::vector<std::byte> uploaded_;
};

}  // namespace deltascope::gui
