#pragma once

#include <deltascope/picture/font_files.hpp>

#include <array>
#include <memory>
#include <string_view>

namespace deltascope::picture {

/// The faces of formulas: KaTeX's where they are installed, else upright and slanted text faces.
/// `size_1` … `size_4` have large operators and fences that grow; `digits` is monospaced, for the
/// numbers in the cells of a matrix; `text` has what the others lack.
enum class MathFace {
  upright,
  italic,
  bold,
  bold_italic,
  size_1,
  size_2,
  size_3,
  size_4,
  digits,
  text
};
inline constexpr std::size_t math_face_count = 10;

/// Of one glyph, in em, y upwards from the baseline.
struct GlyphMetrics {
  float advance = 0;
  float left = 0, right = 0, top = 0, bottom = 0;  ///< of its ink
};

enum class MathFamily { katex, plain };

/// Which file each face is, and the metrics of its glyphs in the font's own units, so that a layout
/// is the same at every size, on every canvas. Immutable once loaded, except for a cache: not for
/// two threads at once.
class MathFonts {
 public:
  /// `plain` looks as where KaTeX is not installed.
  explicit MathFonts(MathFamily family = MathFamily::katex);
  ~MathFonts();
  MathFonts(const MathFonts&) = delete;
  MathFonts& operator=(const MathFonts&) = delete;

  /// The face that draws `character`: `face` itself if it can, else the one most like it. `text`
  /// where none can.
  MathFace face_for(MathFace face, char32_t character) const;
  bool has(MathFace face, char32_t character) const;
  const FontFile& file(MathFace face) const;
  /// All 0 where the face has no such character: then nothing is drawn.
  GlyphMetrics metrics(MathFace face, char32_t character) const;
  /// False: KaTeX is not installed, formulas look plainer.
  bool has_katex() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace deltascope::picture
