#pragma once

#include <deltascope/problem.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace deltascope::picture {

/// The faces of formulas: KaTeX's where they are installed, else upright and slanted text faces.
/// `large` has the big operators of a displayed formula, `size_1` … `size_4` fences that grow.
enum class MathFace {
  upright,
  italic,
  bold,
  bold_italic,
  large,
  size_1,
  size_2,
  size_3,
  size_4,
  text
};
inline constexpr std::size_t math_face_count = 10;

/// Of one glyph, in em, y upwards from the baseline.
struct GlyphMetrics {
  float advance = 0;
  float left = 0, right = 0, top = 0, bottom = 0;  ///< of its ink
};

/// Which file each face is, and the metrics of its glyphs in the font's own units, so that a layout
/// is the same at every size, on every canvas. Immutable once loaded, except for a cache: not for
/// two threads at once.
class MathFonts {
 public:
  MathFonts();
  ~MathFonts();
  MathFonts(const MathFonts&) = delete;
  MathFonts& operator=(const MathFonts&) = delete;

  struct File {
    std::string path;
    int index = 0;
  };
  /// The face that has `character`, `face` itself if it can: Greek bold is in bold_italic only.
  MathFace face_for(MathFace face, char32_t character) const;
  const File& file(MathFace face) const;
  GlyphMetrics metrics(MathFace face, char32_t character) const;
  /// False: KaTeX is not installed, formulas look plainer.
  bool has_katex() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace deltascope::picture
