#include "cairo_fonts.hpp"

#include <cairo-ft.h>

#include <algorithm>
#include <array>

namespace deltascope::picture {

namespace {

struct Style {
  Font font;
  double size_px;
  const char* family;
  const char* mathematics;  // where `family` has no such character
  int weight;
};

constexpr std::array<Style, 6> styles{{
    {Font::body, 16, "Inter", "DejaVu Sans", FC_WEIGHT_REGULAR},
    {Font::small, 13, "Inter", "DejaVu Sans", FC_WEIGHT_REGULAR},
    {Font::heading, 17, "Inter", "DejaVu Sans", FC_WEIGHT_DEMIBOLD},
    {Font::mono, 14, "DejaVu Sans Mono", "DejaVu Sans", FC_WEIGHT_REGULAR},
    {Font::mono_small, 12, "DejaVu Sans Mono", "DejaVu Sans", FC_WEIGHT_REGULAR},
    {Font::script, 11, "Inter", "DejaVu Sans", FC_WEIGHT_REGULAR},
}};

const Style& style_of(Font font) {
  return *std::find_if(styles.begin(), styles.end() - 1,
                       [font](const Style& style) { return style.font == font; });
}

/// The first character of `rest`, taken off it. What is not UTF-8 or not printable becomes "?".
FcChar32 take_character(std::string_view& rest) {
  FcChar32 character = 0;
  const int length = FcUtf8ToUcs4(reinterpret_cast<const FcChar8*>(rest.data()), &character,
                                  static_cast<int>(std::min<std::size_t>(rest.size(), 8)));
  if (length <= 0) {
    rest.remove_prefix(1);
    return '?';
  }
  rest.remove_prefix(static_cast<std::size_t>(length));
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (surrogate || character > 0x10FFFF) return '?';
  return character < 0x20 || character == 0x7F ? ' ' : character;
}

}  // namespace

std::string to_utf8(char32_t character) {
  std::array<FcChar8, FC_UTF8_MAX_LEN> bytes{};
  const int length = FcUcs4ToUtf8(character, bytes.data());
  return {reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length)};
}

bool CairoFonts::Face::has(FcChar32 character) const {
  FcCharSet* characters = nullptr;
  return FcPatternGetCharSet(pattern.get(), FC_CHARSET, 0, &characters) == FcResultMatch &&
         FcCharSetHasChar(characters, character) != FcFalse;
}

double CairoFonts::size_px(Font font) {
  return style_of(font).size_px;
}

std::ptrdiff_t CairoFonts::find(const char* family, int weight, FcChar32 character) {
  // By weight and slant, never by the style's name: "Regular" also matches Inter Thin.
  const std::unique_ptr<FcPattern, PatternDeleter> wanted(FcPatternCreate());
  FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  FcPatternAddInteger(wanted.get(), FC_WEIGHT, weight);
  FcPatternAddInteger(wanted.get(), FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddBool(wanted.get(), FC_OUTLINE, FcTrue);
  if (character != 0) {
    FcCharSet* characters = FcCharSetCreate();
    FcCharSetAddChar(characters, character);
    FcPatternAddCharSet(wanted.get(), FC_CHARSET, characters);
    FcCharSetDestroy(characters);
  }
  FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
  FcDefaultSubstitute(wanted.get());
  FcResult result = FcResultNoMatch;
  Face face;
  face.pattern.reset(FcFontMatch(nullptr, wanted.get(), &result));
  if (face.pattern == nullptr || (character != 0 && !face.has(character))) return -1;
  face.cairo.reset(cairo_ft_font_face_create_for_pattern(face.pattern.get()));
  if (cairo_font_face_status(face.cairo.get()) != CAIRO_STATUS_SUCCESS) return -1;
  faces_.push_back(std::move(face));
  return static_cast<std::ptrdiff_t>(faces_.size()) - 1;
}

const CairoFonts::Chain& CairoFonts::chain(Font font) {
  const auto [place, is_new] = chains_.try_emplace(font);
  if (is_new) {
    const Style& style = style_of(font);
    for (const char* family : {style.family, style.mathematics}) {
      const std::ptrdiff_t index = find(family, style.weight, 0);
      if (index >= 0) place->second.push_back(static_cast<std::size_t>(index));
    }
  }
  return place->second;
}

std::ptrdiff_t CairoFonts::face_for(FcChar32 character, const Chain& preferred) {
  for (const std::size_t index : preferred) {
    if (faces_[index].has(character)) return static_cast<std::ptrdiff_t>(index);
  }
  const auto [place, is_new] = substitutes_.try_emplace(character, -1);
  if (is_new) place->second = find("sans-serif", FC_WEIGHT_REGULAR, character);
  return place->second;
}

std::vector<CairoFonts::Run> CairoFonts::runs(std::string_view utf8, Font font) {
  const Chain& preferred = chain(font);
  std::vector<Run> result;
  if (preferred.empty()) return result;
  while (!utf8.empty()) {
    FcChar32 character = take_character(utf8);
    std::ptrdiff_t index = face_for(character, preferred);
    if (index < 0) {
      character = '?';
      index = static_cast<std::ptrdiff_t>(preferred.front());
    }
    cairo_font_face_t* face = faces_[static_cast<std::size_t>(index)].cairo.get();
    if (result.empty() || result.back().face != face) result.push_back({face, {}});
    result.back().text += to_utf8(character);
  }
  return result;
}

cairo_font_face_t* CairoFonts::math_face(const FontFile& file) {
  if (!file.found()) return nullptr;
  const auto [place, is_new] = math_faces_.try_emplace(file.path);
  if (is_new) {
    const std::unique_ptr<FcPattern, PatternDeleter> pattern(FcPatternCreate());
    FcPatternAddString(pattern.get(), FC_FILE, reinterpret_cast<const FcChar8*>(file.path.c_str()));
    FcPatternAddInteger(pattern.get(), FC_INDEX, file.index);
    place->second.reset(cairo_ft_font_face_create_for_pattern(pattern.get()));
  }
  return place->second.get();
}

cairo_font_face_t* CairoFonts::main_face(Font font) {
  const Chain& preferred = chain(font);
  return preferred.empty() ? nullptr : faces_[preferred.front()].cairo.get();
}

}  // namespace deltascope::picture
