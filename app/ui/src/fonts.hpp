#pragma once

#include "shim.hpp"

#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/math_fonts.hpp>
#include <deltascope/problem.hpp>

#include <array>
#include <vector>

namespace deltascope::ui {

/// The faces of the window in one atlas: Latin text in Inter, everything Inter lacks (Greek,
/// operators, raised and lowered digits) merged from DejaVu Sans, numbers in a monospaced face; and
/// the faces of formulas in the sizes in which they are read.
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

  const picture::MathFonts& math() const { return math_; }
  /// How a glyph of a formula is drawn: from the nearest size that is at least as large.
  struct Drawn {
    ImFont* font = nullptr;
    float size_px = 0;
  };
  Drawn drawn(picture::MathFace face, char32_t character, float em_px) const;

 private:
  struct MathSize {
    picture::MathFace face;
    float em_px;
    Face face_at;
  };
  void add_math_faces(float pixels_per_unit);

  std::array<Face, 6> faces_;
  picture::MathFonts math_;
  std::vector<MathSize> math_sizes_;  ///< the sizes of a face from small to large
  float pixels_per_unit_ = 0, body_em_px_ = 1;
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
