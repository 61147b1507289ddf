#pragma once
// The one place that knows which version of Dear ImGui (1.86 to 1.92) it is compiled with.

#include <imgui.h>

#include <cstdint>

namespace deltascope::ui::shim {

/// Rasterise glyphs with FreeType and light hinting, whatever the build's default is.
void use_freetype(ImFontAtlas& atlas);
/// Makes the glyphs of all added fonts where no renderer will ask for them.
void bake(ImFontAtlas& atlas);
bool has_glyph(ImFont& font, unsigned character);
/// Of the baseline below the top of a line at `size_px`.
float ascent(ImFont& font, float size_px);
void push_font(ImFont* font, float size_px);
void pop_font();
ImTextureID texture_id(std::uintptr_t handle);
/// The texture that text, lines and plain areas are drawn with, while a frame is rendered.
std::uintptr_t font_atlas();

// Input as a back end would give it, for tests that have none. Call before ImGui::NewFrame().
struct Mouse {
  float x = -1, y = -1;
  bool left = false, right = false, middle = false;
  float wheel = 0;
};
enum class EditKey { enter, escape, backspace, tab };
void feed_mouse(const Mouse& mouse);
void feed_key(EditKey key, bool down);
void feed_modifiers(bool ctrl, bool shift);

}  // namespace deltascope::ui::shim
