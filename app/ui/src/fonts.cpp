#include "fonts.hpp"

#include "font_files.hpp"

#include <cmath>
#include <string>

namespace deltascope::ui {
namespace {

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
  pixels_per_unit_ = pixels_per_unit;
  return {};
}

}  // namespace deltascope::ui
