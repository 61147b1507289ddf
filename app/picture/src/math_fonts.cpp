#include <deltascope/picture/math_fonts.hpp>

#include <ft2build.h>

#include <map>
#include <span>
#include <utility>
#include FT_FREETYPE_H

namespace deltascope::picture {

namespace {

/// One row: where a face is looked for, and which faces stand in for it.
struct FaceRow {
  MathFace face;
  const char* katex;  // nullptr: KaTeX has none
  const char* plain;  // nullptr: only KaTeX has one
  FontWeight weight;
  FontSlant slant;
  std::array<MathFace, 3> substitutes;
};

constexpr std::array<FaceRow, math_face_count> rows{{
    {MathFace::upright,
     "KaTeX_Main",
     "DejaVu Serif",
     FontWeight::regular,
     FontSlant::upright,
     {MathFace::italic, MathFace::text, MathFace::text}},
    {MathFace::italic,
     "KaTeX_Math",
     "DejaVu Serif",
     FontWeight::regular,
     FontSlant::slanted,
     {MathFace::upright, MathFace::text, MathFace::text}},
    {MathFace::bold,
     "KaTeX_Main",
     "DejaVu Serif",
     FontWeight::bold,
     FontSlant::upright,
     {MathFace::bold_italic, MathFace::upright, MathFace::italic}},
    {MathFace::bold_italic,
     "KaTeX_Math",
     "DejaVu Serif",
     FontWeight::bold,
     FontSlant::slanted,
     {MathFace::bold, MathFace::italic, MathFace::upright}},
    {MathFace::size_1,
     "KaTeX_Size1",
     nullptr,
     FontWeight::regular,
     FontSlant::upright,
     {MathFace::upright, MathFace::italic, MathFace::text}},
    {MathFace::size_2,
     "KaTeX_Size2",
     nullptr,
     FontWeight::regular,
     FontSlant::upright,
     {MathFace::upright, MathFace::italic, MathFace::text}},
    {MathFace::size_3,
     "KaTeX_Size3",
     nullptr,
     FontWeight::regular,
     FontSlant::upright,
     {MathFace::upright, MathFace::italic, MathFace::text}},
    {MathFace::size_4,
     "KaTeX_Size4",
     nullptr,
     FontWeight::regular,
     FontSlant::upright,
     {MathFace::upright, MathFace::italic, MathFace::text}},
    {MathFace::digits,
     nullptr,
     "DejaVu Sans Mono",
     FontWeight::regular,
     FontSlant::upright,
     {MathFace::text, MathFace::upright, MathFace::italic}},
    {MathFace::text,
     nullptr,
     "DejaVu Sans",
     FontWeight::regular,
     FontSlant::upright,
     {MathFace::upright, MathFace::italic, MathFace::digits}},
}};

constexpr unsigned indispensable[] = {0x3B4 /* δ */, 0x2211 /* Σ */, 0x2218 /* ∘ */};

FontFile file_of(const FaceRow& row, MathFamily family) {
  FontFile file;
  if (family == MathFamily::katex && row.katex != nullptr) {
    file = find_font({row.katex}, row.weight, row.slant);
  }
  if (!file.found() && row.plain != nullptr) {
    file = find_font({row.plain, "DejaVu Sans"}, row.weight, row.slant);
  }
  if (!file.found() && row.face == MathFace::text) file = find_font_with(indispensable);
  return file;
}

}  // namespace

class MathFonts::Impl {
 public:
  explicit Impl(MathFamily family) {
    if (FT_Init_FreeType(&library_) != 0) library_ = nullptr;
    for (const FaceRow& row : rows) {
      Loaded& loaded = faces_[static_cast<std::size_t>(row.face)];
      loaded.file = file_of(row, family);
      if (library_ == nullptr || !loaded.file.found()) continue;
      const FT_Error error =
          FT_New_Face(library_, loaded.file.path.c_str(), loaded.file.index, &loaded.face);
      if (error != 0 || loaded.face->units_per_EM == 0) loaded = {};
    }
    has_katex = family == MathFamily::katex && has(MathFace::size_4, U'(');
  }
  ~Impl() {
    // Closes its faces, too.
    if (library_ != nullptr) FT_Done_FreeType(library_);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  bool has(MathFace face, char32_t character) const {
    const Loaded& loaded = of(face);
    return loaded.face != nullptr && FT_Get_Char_Index(loaded.face, character) != 0;
  }
  const FontFile& file(MathFace face) const { return of(face).file; }

  GlyphMetrics metrics(MathFace face, char32_t character) {
    const auto [place, is_new] = metrics_.try_emplace({face, character});
    if (is_new) place->second = measured(face, character);
    return place->second;
  }

  bool has_katex = false;

 private:
  struct Loaded {
    FontFile file;
    FT_Face face = nullptr;
  };

  const Loaded& of(MathFace face) const { return faces_[static_cast<std::size_t>(face)]; }

  GlyphMetrics measured(MathFace face, char32_t character) const {
    FT_Face open = of(face).face;
    if (!has(face, character)) return {};
    const FT_UInt index = FT_Get_Char_Index(open, character);
    if (FT_Load_Glyph(open, index, FT_LOAD_NO_SCALE) != 0) return {};
    const FT_Glyph_Metrics& m = open->glyph->metrics;
    const auto em = [&](FT_Pos units) {
      return static_cast<float>(units) / static_cast<float>(open->units_per_EM);
    };
    return {em(m.horiAdvance), em(m.horiBearingX), em(m.horiBearingX + m.width), em(m.horiBearingY),
            em(m.horiBearingY - m.height)};
  }

  FT_Library library_ = nullptr;
  std::array<Loaded, math_face_count> faces_;
  std::map<std::pair<MathFace, char32_t>, GlyphMetrics> metrics_;
};

MathFonts::MathFonts(MathFamily family) : impl_(std::make_unique<Impl>(family)) {}
MathFonts::~MathFonts() = default;

MathFace MathFonts::face_for(MathFace face, char32_t character) const {
  if (impl_->has(face, character)) return face;
  for (const MathFace substitute : rows[static_cast<std::size_t>(face)].substitutes) {
    if (impl_->has(substitute, character)) return substitute;
  }
  return MathFace::text;
}

bool MathFonts::has(MathFace face, char32_t character) const {
  return impl_->has(face, character);
}

const FontFile& MathFonts::file(MathFace face) const {
  return impl_->file(face);
}

GlyphMetrics MathFonts::metrics(MathFace face, char32_t character) const {
  return impl_->metrics(face, character);
}

bool MathFonts::has_katex() const {
  return impl_->has_katex;
}

}  // namespace deltascope::picture
