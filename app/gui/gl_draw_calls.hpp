#pragma once

#include "gl_curves.hpp"
#include "gl_marks.hpp"

#include <cstdint>
#include <memory>
#include <unordered_map>

namespace deltascope::gui {

/// What the window draws in calls of its own, uploaded only when it changes. Needs the window's
/// context from first use to destruction; shaders are compiled when something first needs them.
class GlDrawCalls : public ui::DrawCalls {
 public:
  ui::DrawCall& marks(const picture::Marks& marks, const ui::Figures& figures) override;
  ui::DrawCall& curves(std::uint64_t key, std::span<const picture::Bezier> curves) override;
  /// After a frame: deletes what has not been asked for in a while.
  void end_frame();

 private:
  template <class Kind>
  struct Kept {
    std::unique_ptr<Kind> call;
    std::uint64_t last_frame = 0;
  };
  template <class Kind>
  using KeptCalls = std::unordered_map<std::uint64_t, Kept<Kind>>;

  std::unique_ptr<const GlProgram> marks_program_;
  KeptCalls<GlMarks> marks_;
  KeptCalls<GlCurves> curves_;
  std::uint64_t frame_ = 0;
};

}  // namespace deltascope::gui
