#pragma once

#include <deltascope/picture/canvas.hpp>

#include <cairo.h>
#include <fontconfig/fontconfig.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::picture {

/// The faces behind each Font, found with fontconfig. Cairo shows a box for a character that a face
/// lacks, so text is cut into runs, each with a face that has all its characters: Inter for Latin,
/// DejaVu Sans for Greek and mathematics, whatever the system has for the rest, else "?".
class CairoFonts {
 public:
  struct Run {
    cairo_font_face_t* face = nullptr;
    std::string text;  ///< valid UTF-8
  };

  /// Empty when the system has no fonts at all.
  std::vector<Run> runs(std::string_view utf8, Font font);
  /// The face that gives the line its height; nullptr without fonts.
  cairo_font_face_t* main_face(Font font);
  static double size_px(Font font);
  /// nullptr without the file.
  cairo_font_face_t* math_face(const FontFile& file);

 private:
  struct FaceDeleter {
    void operator()(cairo_font_face_t* face) const { cairo_font_face_destroy(face); }
  };
  struct PatternDeleter {
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
  };
  struct Face {
    std::unique_ptr<FcPattern, PatternDeleter> pattern;
    std::unique_ptr<cairo_font_face_t, FaceDeleter> cairo;
    bool has(FcChar32 character) const;
  };
  using Chain = std::vector<std::size_t>;  // into faces_, the preferred first

  const Chain& chain(Font font);
  /// Index of a face for `family` (and holding `character`, if not 0); −1 without any.
  std::ptrdiff_t find(const char* family, int weight, FcChar32 character);
  std::ptrdiff_t face_for(FcChar32 character, const Chain& preferred);

  std::vector<Face> faces_;
  std::map<Font, Chain> chains_;
  std::map<FcChar32, std::ptrdiff_t> substitutes_;
  std::map<std::string, std::unique_ptr<cairo_font_face_t, FaceDeleter>> math_faces_;  // by path
};

std::string to_utf8(char32_t character);

}  // namespace deltascope::picture
