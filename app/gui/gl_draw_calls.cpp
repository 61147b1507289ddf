#include "gl_draw_calls.hpp"

namespace deltascope::gui {
namespace {

// What a folded panel shows comes back soon; what a closed document showed does not.
constexpr std::uint64_t frames_kept = 120;

}  // namespace

ui::DrawCall& GlDrawCalls::marks(const picture::Marks& marks, const ui::Figures& figures) {
  if (!marks_program_) marks_program_ = GlMarks::program();
  auto& [call, last_frame] = marks_[marks.key];
  if (!call) call = std::make_unique<GlMarks>(*marks_program_);
  last_frame = frame_;
  call->take(marks, figures);
  return *call;
}

ui::DrawCall& GlDrawCalls::curves(std::uint64_t key, std::span<const picture::Bezier> curves) {
  auto& [call, last_frame] = curves_[key];
  if (!call) call = std::make_unique<GlCurves>();
  last_frame = frame_;
  call->take(curves);
  return *call;
}

void GlDrawCalls::end_frame() {
  ++frame_;
  const auto unused = [&](const auto& entry) {
    return entry.second.last_frame + frames_kept < frame_;
  };
  std::erase_if(marks_, unused);
  std::erase_if(curves_, unused);
}

}  // namespace deltascope::gui
