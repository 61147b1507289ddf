#include <deltascope/picture/font_files.hpp>

#include <fontconfig/fontconfig.h>
#include <ft2build.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string_view>
#include FT_FREETYPE_H

namespace deltascope::picture {
namespace {

template <auto destroy>
struct Destroy {
  template <class T>
  void operator()(T* object) const {
    destroy(object);
  }
};
using Pattern = std::unique_ptr<FcPattern, Destroy<FcPatternDestroy>>;
using FontSet = std::unique_ptr<FcFontSet, Destroy<FcFontSetDestroy>>;
using ObjectSet = std::unique_ptr<FcObjectSet, Destroy<FcObjectSetDestroy>>;
using CharSet = std::unique_ptr<FcCharSet, Destroy<FcCharSetDestroy>>;

int integer(FcPattern* pattern, const char* object, int otherwise) {
  int value = otherwise;
  return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value : otherwise;
}

FontFile file_of(FcPattern* pattern) {
  FcChar8* path = nullptr;
  if (FcPatternGetString(pattern, FC_FILE, 0, &path) != FcResultMatch) return {};
  // The upper half of the index names an instance of a variable font.
  return {reinterpret_cast<const char*>(path), integer(pattern, FC_INDEX, 0) & 0xffff};
}

bool is_outline_file(std::string_view path) {
  constexpr std::array<std::string_view, 3> endings{".ttf", ".otf", ".ttc"};
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

// Chosen by weight, width and slant, never by style name: "Regular" also names Inter Thin.
FontFile find_family(const char* family, int weight, FontSlant slant) {
  const Pattern pattern(FcPatternCreate());
  FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  const ObjectSet objects(
      FcObjectSetBuild(FC_FILE, FC_INDEX, FC_WEIGHT, FC_SLANT, FC_WIDTH, nullptr));
  const FontSet fonts(FcFontList(nullptr, pattern.get(), objects.get()));
  FontFile best;
  int best_distance = 60;
  for (int i = 0; fonts != nullptr && i < fonts->nfont; ++i) {
    FcPattern* font = fonts->fonts[i];
    const FontFile file = file_of(font);
    const bool slanted = integer(font, FC_SLANT, 0) != FC_SLANT_ROMAN;
    if (!is_outline_file(file.path) || slanted != (slant == FontSlant::slanted)) continue;
    const int distance = std::abs(integer(font, FC_WEIGHT, 0) - weight) +
                         std::abs(integer(font, FC_WIDTH, FC_WIDTH_NORMAL) - FC_WIDTH_NORMAL);
    if (distance < best_distance) {
      best_distance = distance;
      best = file;
    }
  }
  return best;
}

class OpenFace {
 public:
  explicit OpenFace(const FontFile& file) {
    if (!file.found() || FT_Init_FreeType(&library_) != 0) return;
    if (FT_New_Face(library_, file.path.c_str(), file.index, &face_) != 0) face_ = nullptr;
  }
  ~OpenFace() {
    if (face_ != nullptr) FT_Done_Face(face_);
    if (library_ != nullptr) FT_Done_FreeType(library_);
  }
  OpenFace(const OpenFace&) = delete;
  OpenFace& operator=(const OpenFace&) = delete;
  FT_Face get() const { return face_; }

 private:
  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
};

// (ascender − descender) / em, which is what Dear ImGui calls the size.
float height_per_em(const FontFile& file) {
  const OpenFace face(file);
  if (face.get() == nullptr || face.get()->units_per_EM == 0) return 1.0F;
  return static_cast<float>(face.get()->ascender - face.get()->descender) /
         static_cast<float>(face.get()->units_per_EM);
}

}  // namespace

FontFile find_font(std::initializer_list<const char*> families, FontWeight weight,
                   FontSlant slant) {
  constexpr std::array<int, 3> weights{FC_WEIGHT_REGULAR, FC_WEIGHT_DEMIBOLD, FC_WEIGHT_BOLD};
  const int fontconfig_weight = weights[static_cast<std::size_t>(weight)];
  for (const char* family : families) {
    if (FontFile file = find_family(family, fontconfig_weight, slant); file.found()) return file;
  }
  return {};
}

FontFile find_font_with(std::span<const unsigned> characters) {
  const Pattern pattern(FcPatternCreate());
  const CharSet wanted(FcCharSetCreate());
  for (const unsigned character : characters)
    FcCharSetAddChar(wanted.get(), character);
  FcPatternAddCharSet(pattern.get(), FC_CHARSET, wanted.get());
  FcPatternAddBool(pattern.get(), FC_OUTLINE, FcTrue);
  FcConfigSubstitute(nullptr, pattern.get(), FcMatchPattern);
  FcDefaultSubstitute(pattern.get());
  FcResult result = FcResultNoMatch;
  const FontSet fonts(FcFontSort(nullptr, pattern.get(), FcFalse, nullptr, &result));
  for (int i = 0; fonts != nullptr && i < fonts->nfont; ++i) {
    FcCharSet* has = nullptr;
    if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &has) != FcResultMatch) continue;
    FontFile file = file_of(fonts->fonts[i]);
    if (FcCharSetIsSubset(wanted.get(), has) && is_outline_file(file.path)) return file;
  }
  return {};
}

bool has_characters(const FontFile& file, std::span<const unsigned> characters) {
  const OpenFace face(file);
  return face.get() != nullptr &&
         std::all_of(characters.begin(), characters.end(), [&](unsigned character) {
           return FT_Get_Char_Index(face.get(), character) != 0;
         });
}

float size_for_em(const FontFile& file, float em_px) {
  return em_px * height_per_em(file);
}

float em_of_size(const FontFile& file, float size_px) {
  return size_px / height_per_em(file);
}

}  // namespace deltascope::picture
