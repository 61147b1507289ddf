#include "fonts.hpp"

#include <deltascope/picture/font_files.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace deltascope::ui {
namespace {

using picture::em_of_size;
using picture::find_font;
using picture::find_font_with;
using picture::FontFile;
using picture::FontWeight;
using picture::has_characters;
using picture::size_for_em;

// Dear ImGui keeps these pointers until the atlas is built: constants, never locals.
constexpr ImWchar latin[] = {0x20, 0x24F, 0x400, 0x45F, 0x2010, 0x203A, 0};
constexpr ImWchar symbols[] = {
    0x2B0,  0x2FF,   // modifier letters
    0x370,  0x3FF,   // Greek
    0x1D2C, 0x1D6A,  // raised and lowered letters (ᵀ)
    0x2010, 0x203A,  // punctuation
    0x2070, 0x209F,  // raised and lowered digits
    0x210E, 0x2115, 0x2190, 0x2195, 0x21B6, 0x21B7, 0x21D0, 0x21D4,  // letterlike, arrows
    0x2200, 0x2213, 0x2217, 0x222B, 0x2243, 0x2248, 0x2260, 0x2267, 0x2295, 0x2299,  // mathematics
    0x2308, 0x230B,  // ceiling, floor
    0x25A0, 0x25CF,  // shapes
    0x2600, 0x2605, 0x263C, 0x263E, 0x2713, 0x2717, 0x275A, 0x275A, 0x27E8, 0x27E9, 0};
// For faces that have it all: Latin and the symbols.
constexpr ImWchar everything[] = {
    0x20,   0x24F,  0x2B0,  0x2FF,  0x370,  0x45F,  0x1D2C, 0x1D6A, 0x2010, 0x203A, 0x2070,
    0x209F, 0x210E, 0x2115, 0x2190, 0x2195, 0x21B6, 0x21B7, 0x2200, 0x2213, 0x2217, 0x222B,
    0x2243, 0x2248, 0x2260, 0x2267, 0x2295, 0x2299, 0x2308, 0x230B, 0x25A0, 0x25CF, 0x2600,
    0x2605, 0x263C, 0x263E, 0x2713, 0x2717, 0x275A, 0x275A, 0x27E8, 0x27E9, 0};

constexpr ImWchar formula_letters[] = {0x41, 0x5A, 0x61, 0x7A, 0x391, 0x3D6, 0x3F1, 0x3F5, 0};
constexpr ImWchar bold_letters[] = {0x30, 0x39, 0x41, 0x5A, 0x61, 0x7A, 0x391, 0x3A9, 0};
constexpr ImWchar formula_signs[] = {
    0x20,   0x7E,   0xB1,   0xB1,   0xD7,   0xD7,   0x2C6,  0x2C6,   // ASCII, ± × ˆ
    0x391,  0x3A9,  0x2026, 0x2026, 0x2032, 0x2032, 0x2113, 0x2113,  // capitals, … ′ ℓ
    0x2190, 0x2194, 0x2200, 0x2208, 0x2211, 0x2225, 0x2248, 0x2248,  // arrows, operators
    0x2260, 0x2265, 0x226A, 0x226B, 0x2295, 0x2299, 0x22A4, 0x22A4,  // relations, ⊙ ⊤
    0x22C5, 0x22C5, 0x22EF, 0x22EF, 0x2308, 0x230B, 0x27E8, 0x27E9, 0};
constexpr ImWchar formula_fences[] = {0x28,   0x29,   0x5B,   0x5B,   0x5D,   0x5D,
                                      0x7B,   0x7B,   0x7D,   0x7D,   0x2211, 0x2211,
                                      0x221A, 0x221A, 0x239B, 0x23AD, 0};
constexpr ImWchar cell_digits[] = {0x2B,   0x39,   0x4E,   0x4E,   0x61, 0x61,
                                   0x2212, 0x2212, 0x221E, 0x221E, 0};

/// One row: the ems, in units of the design, at which a face of formulas is ready. Formulas are set
/// at 22 (rules of a walk at 0.85 of that), their scripts at 0.7 and 0.55 of it, and at 40 where a
/// panel fills the screen. Thin lines would vanish in a size that is made of a larger one.
struct MathFaceRow {
  picture::MathFace face;
  const ImWchar* ranges;
  std::span<const float> ems;
};
constexpr float all_ems[] = {10.3F, 12.1F, 13.1F, 15.4F, 18.7F, 22, 40};
constexpr float bold_ems[] = {13.1F, 15.4F, 18.7F, 22,
                              40};  // vectors and matrices, never in scripts of scripts
constexpr float line_ems[] = {22, 40};
constexpr float cell_ems[] = {14, 25};
constexpr MathFaceRow math_faces[] = {
    {picture::MathFace::upright, formula_signs, all_ems},
    {picture::MathFace::italic, formula_letters, all_ems},
    {picture::MathFace::bold, bold_letters, bold_ems},
    {picture::MathFace::bold_italic, formula_letters, bold_ems},
    {picture::MathFace::size_1, formula_fences, line_ems},
    {picture::MathFace::size_2, formula_fences, line_ems},
    {picture::MathFace::size_3, formula_fences, line_ems},
    {picture::MathFace::size_4, formula_fences, line_ems},
    {picture::MathFace::digits, cell_digits, cell_ems},
    {picture::MathFace::text, formula_fences, line_ems},
};

// What no screen of the program can do without.
constexpr unsigned indispensable[] = {0x3B4 /* δ */,  0x3B7 /* η */,  0x3BB /* λ */,
                                      0x2202 /* ∂ */, 0x2016 /* ‖ */, 0x221E /* ∞ */,
                                      0x2081 /* ₁ */, 0x2212 /* − */, 0x21B6 /* ↶ */};

constexpr unsigned ascii[] = {'A', 'z', '0', '9'};

ImFont* add(const FontFile& file, float size_px, const ImWchar* ranges, bool merge) {
  ImFontConfig config;
  config.FontNo = file.index;
  config.MergeMode = merge;
  config.OversampleH = 1;
  config.PixelSnapH = true;
  return ImGui::GetIO().Fonts->AddFontFromFileTTF(file.path.c_str(), size_px, &config, ranges);
}

}  // namespace

void Fonts::add_math_faces(float pixels_per_unit) {
  math_sizes_.clear();
  for (const MathFaceRow& row : math_faces) {
    const FontFile& file = math_.file(row.face);
    if (!file.found()) continue;
    for (const float em : row.ems) {
      const float size_px = std::floor(size_for_em(file, em * pixels_per_unit) + 0.5F);
      ImFont* font = add(file, size_px, row.ranges, false);
      math_sizes_.push_back({row.face, em_of_size(file, size_px), {font, size_px}});
    }
  }
}

Fonts::Drawn Fonts::drawn(picture::MathFace face, char32_t character, float em_px) const {
  // A size that differs by less than rounding does is drawn as it is: sharp.
  constexpr float equal = 0.04F;
  Drawn result;
  for (const MathSize& size : math_sizes_) {
    if (size.face != face || size.face_at.font == nullptr) continue;
    if (!shim::has_glyph(*size.face_at.font, character)) continue;
    const float scale = em_px / size.em_px;
    const bool is_equal = std::abs(scale - 1) < equal;
    result = {size.face_at.font, size.face_at.size_px * (is_equal ? 1 : scale)};
    if (is_equal || scale < 1) break;
  }
  if (result.font != nullptr) return result;
  // What no formula of ours has is drawn with the window's own letters.
  const Face& body = this->face(picture::Font::body);
  return {body.font, body.size_px * em_px / body_em_px_};
}

Problems Fonts::build(float pixels_per_unit) {
  const auto usable = [](const FontFile& file) { return has_characters(file, ascii); };
  const FontFile text =
      find_font({"Inter", "Inter Variable", "Noto Sans", "Roboto", "Open Sans", "DejaVu Sans"},
                FontWeight::regular);
  FontFile heading =
      find_font({"Inter", "Inter Variable", "Noto Sans", "Roboto", "Open Sans", "DejaVu Sans"},
                FontWeight::semibold);
  FontFile math = find_font({"DejaVu Sans"}, FontWeight::regular);
  if (!has_characters(math, indispensable)) math = find_font_with(indispensable);
  FontFile mono =
      find_font({"JetBrains Mono", "DejaVu Sans Mono", "Noto Sans Mono"}, FontWeight::regular);
  if (!math.found()) {
    return {{"fonts",
             "no installed font has Greek and mathematical characters; install the packages "
             "fonts-dejavu-core and fonts-inter"}};
  }
  const FontFile latin_text = usable(text) ? text : math;
  if (!usable(heading)) heading = latin_text;
  if (!usable(mono)) mono = math;

  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  shim::use_freetype(atlas);

  const auto round_px = [&](float units) { return std::floor(units * pixels_per_unit + 0.5F); };
  const auto make = [&](picture::Font font, const FontFile& file, float units,
                        const ImWchar* ranges) {
    Face& face = faces_[static_cast<std::size_t>(font)];
    face.size_px = round_px(units);
    const bool has_all = file.path == math.path;
    face.font = add(file, face.size_px, has_all ? everything : ranges, false);
    if (has_all) return;
    // The same em for both, or Greek would look larger than the Latin text around it.
    const float merged_px = size_for_em(math, em_of_size(file, face.size_px));
    add(math, std::floor(merged_px + 0.5F), symbols, true);
  };
  make(picture::Font::body, latin_text, 16, latin);
  make(picture::Font::small, latin_text, 13, latin);
  make(picture::Font::heading, heading, 17, latin);
  make(picture::Font::mono, mono, 14, everything);
  make(picture::Font::mono_small, mono, 12, everything);
  make(picture::Font::script, latin_text, 11, latin);
  body_em_px_ = em_of_size(latin_text, face(picture::Font::body).size_px);
  add_math_faces(pixels_per_unit);
  pixels_per_unit_ = pixels_per_unit;
  return {};
}

}  // namespace deltascope::ui
