#pragma once

#include <deltascope/picture/marks.hpp>

#include <cstdint>
#include <span>

namespace deltascope::ui {

/// A corner of a triangle of a figure: pixels from its centre, place in the font atlas (where lines
/// and plain areas lie, too), colour in [0, 1].
struct FigureCorner {
  float x = 0, y = 0, u = 0, v = 0;
  float r = 0, g = 0, b = 0, a = 0;
};

/// The figures of a cloud of marks as triangles, one figure after the other.
struct Figures {
  std::span<const FigureCorner> corners;
  std::size_t corners_each = 0;  ///< three for every triangle; shorter figures end in empty ones
};

/// What the graphics card draws in one call.
class DrawCall {
 public:
  virtual ~DrawCall() = default;
  /// Inside `clip_px`. Called while Dear ImGui's draw lists are rendered; may leave any state
  /// behind.
  virtual void draw(const picture::Rect& clip_px, std::uintptr_t font_atlas) = 0;
};

/// Where much of the same goes to the graphics card at once: the window's OpenGL. Called on the UI
/// thread; a call holds until the frame is rendered.
class DrawCalls {
 public:
  virtual ~DrawCalls() = default;
  /// Uploads `marks.marks` when the key is new or its revision changed; they are only read during
  /// the call, and empty for marks that were drawn in this frame or the one before at the same
  /// revision: that long they must be kept.
  virtual DrawCall& marks(const picture::Marks& marks, const Figures& figures) = 0;
  /// The curves of one frame that belong together; `key` as in Marks.
  virtual DrawCall& curves(std::uint64_t key, std::span<const picture::Bezier> curves) = 0;
};

}  // namespace deltascope::ui
