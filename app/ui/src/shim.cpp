#include "shim.hpp"

#include <imgui_freetype.h>

namespace deltascope::ui::shim {

void use_freetype(ImFontAtlas& atlas) {
#if IMGUI_VERSION_NUM >= 19200
  atlas.SetFontLoader(ImGuiFreeType::GetFontLoader());
  atlas.FontLoaderFlags = ImGuiFreeTypeLoaderFlags_LightHinting;
#else
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
#endif
}

void bake([[maybe_unused]] ImFontAtlas& atlas) {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#else
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  atlas.GetTexDataAsRGBA32(&pixels, &width, &height);
#endif
}

bool has_glyph(ImFont& font, unsigned character) {
#if IMGUI_VERSION_NUM >= 19200
  return font.IsGlyphInFont(static_cast<ImWchar>(character));
#else
  return font.FindGlyphNoFallback(static_cast<ImWchar>(character)) != nullptr;
#endif
}

float ascent(ImFont& font, float size_px) {
#if IMGUI_VERSION_NUM >= 19200
  return font.GetFontBaked(size_px)->Ascent;
#else
  return font.Ascent * size_px / font.FontSize;
#endif
}

void push_font(ImFont* font, [[maybe_unused]] float size_px) {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::PushFont(font, size_px);
#else
  ImGui::PushFont(font);
#endif
}

void pop_font() {
  ImGui::PopFont();
}

ImTextureID texture_id(std::uintptr_t handle) {
  // A pointer before 1.91.4, an integer since: this cast does both.
  return (ImTextureID)(intptr_t)handle;
}

std::uintptr_t font_atlas() {
#if IMGUI_VERSION_NUM >= 19200
  return (std::uintptr_t)ImGui::GetIO().Fonts->TexRef.GetTexID();
#else
  return (std::uintptr_t)ImGui::GetIO().Fonts->TexID;
#endif
}

void feed_mouse(const Mouse& mouse) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddMousePosEvent(mouse.x, mouse.y);
  io.AddMouseButtonEvent(ImGuiMouseButton_Left, mouse.left);
  io.AddMouseButtonEvent(ImGuiMouseButton_Right, mouse.right);
  io.AddMouseButtonEvent(ImGuiMouseButton_Middle, mouse.middle);
  if (mouse.wheel != 0) io.AddMouseWheelEvent(0, mouse.wheel);
#else
  io.MousePos = ImVec2(mouse.x, mouse.y);
  io.MouseDown[ImGuiMouseButton_Left] = mouse.left;
  io.MouseDown[ImGuiMouseButton_Right] = mouse.right;
  io.MouseDown[ImGuiMouseButton_Middle] = mouse.middle;
  io.MouseWheel += mouse.wheel;
#endif
}

void feed_key(EditKey key, bool down) {
  constexpr ImGuiKey keys[] = {ImGuiKey_Enter, ImGuiKey_Escape, ImGuiKey_Backspace, ImGuiKey_Tab};
  const ImGuiKey imgui_key = keys[static_cast<int>(key)];
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(imgui_key, down);
#else
  io.KeyMap[imgui_key] = imgui_key;
  io.KeysDown[imgui_key] = down;
#endif
}

void feed_modifiers(bool ctrl, bool shift) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18903
  io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
#elif IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(ImGuiKey_ModCtrl, ctrl);
  io.AddKeyEvent(ImGuiKey_ModShift, shift);
#else
  io.KeyCtrl = ctrl;
  io.KeyShift = shift;
  io.KeyMods = (ctrl ? ImGuiKeyModFlags_Ctrl : 0) | (shift ? ImGuiKeyModFlags_Shift : 0);
#endif
}

}  // namespace deltascope::ui::shim
