#pragma once

#include <initializer_list>
#include <span>
#include <string>

namespace deltascope::picture {

/// An outline font on this computer.
struct FontFile {
  std::string path;
  int index = 0;  ///< of the face in its file
  bool found() const { return !path.empty(); }
};

enum class FontWeight { regular, semibold, bold };
enum class FontSlant { upright, slanted };

/// The first of `families` that is installed in about this weight and with this slant.
FontFile find_font(std::initializer_list<const char*> families, FontWeight weight,
                   FontSlant slant = FontSlant::upright);
/// Any upright outline font that has all these characters.
FontFile find_font_with(std::span<const unsigned> characters);
/// Whether the face has all these characters.
bool has_characters(const FontFile& file, std::span<const unsigned> characters);
/// The size to ask of Dear ImGui (ascender − descender) so that the em is `em_px`.
float size_for_em(const FontFile& file, float em_px);
/// The em of a face that Dear ImGui draws at `size_px`.
float em_of_size(const FontFile& file, float size_px);

}  // namespace deltascope::picture
