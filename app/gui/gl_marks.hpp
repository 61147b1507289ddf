#pragma once

#include "gl_program.hpp"

#include <deltascope/ui/draw_calls.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace deltascope::gui {

/// Marks over the plane in OpenGL buffers, in one call: a shader puts every figure in its place.
/// Needs the window's context.
class GlMarks final : public ui::DrawCall {
 public:
  /// What all of them are drawn with.
  static std::unique_ptr<const GlProgram> program();

  explicit GlMarks(const GlProgram& program);
  ~GlMarks() override;
  GlMarks(const GlMarks&) = delete;
  GlMarks& operator=(const GlMarks&) = delete;

  /// Uploads the marks if their revision is another, figures if they look different.
  void take(const picture::Marks& marks, const ui::Figures& figures);
  void draw(const picture::Rect& clip_px, std::uintptr_t font_atlas) override;

 private:
  void take(const ui::Figures& figures);

  const GlProgram& program_;
  unsigned int array_ = 0, places_ = 0, corners_ = 0, corners_texture_ = 0;
  picture::PlaneMapping mapping_;
  std::optional<std::uint64_t> revision_;
  std::vector<std::byte> figures_;
  int count_ = 0, corners_each_ = 0;
  float dot_width_ = 0;
};

}  // namespace deltascope::gui
