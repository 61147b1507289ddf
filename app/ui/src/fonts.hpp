#pragma once

#include "shim.hpp"

#include <deltascope/picture/canvas.hpp>
#include <deltascope/problem.hpp>

#include <array>

namespace deltascope::ui {

/// The faces of the window in one atlas: Latin text in Inter, everything Inter lacks (Greek,
/// operators, raised and lowered digits) merged from DejaVu Sans, numbers in a monospaced face.
class Fonts {
 public:
  struct Face {
    ImFont* font = nullptr;
    float size_px = 0;
  };

  /// Fills the atlas of the current ImGui context for `pixels_per_unit`. Without a usable font the
  /// problems say what is missing and what to install; Greek never turns into "?" silently.
  Problems build(float pixels_per_unit);
  const Face& face(picture::Font font) const { return faces_[static_cast<std::size_t>(font)]; }
  float pixels_per_unit() const { return pixels_per_unit_; }

 private:
  std::array<Face, 6> faces_;
  float pixels_per_unit_ = 0;
};

/// Uses a face as long as it lives.
class FontScope {
 public:
  FontScope(const Fonts& fonts, picture::Font font) {
    shim::push_font(fonts.face(font).font, fonts.face(font).size_px);
  }
  ~FontScope() { shim::pop_font(); }
  FontScope(const FontScope&) = delete;
  FontScope& operator=(const FontScope&) = delete;
};

}  // namespace deltascope::ui
