#include "theme.hpp"

#include "imgui_canvas.hpp"

#include <array>

namespace deltascope::ui {
namespace {

struct ColorRow {
  ImGuiCol slot;
  picture::Color color;
};

}  // namespace

void apply_theme(const picture::Palette& palette, float scale) {
  ImGuiStyle style;
  style.WindowPadding = ImVec2(14, 12);
  style.FramePadding = ImVec2(10, 6);
  style.ItemSpacing = ImVec2(10, 8);
  style.ItemInnerSpacing = ImVec2(8, 6);
  style.WindowRounding = 8;
  style.ChildRounding = 8;
  style.PopupRounding = 8;
  style.FrameRounding = 6;
  style.GrabRounding = 6;
  style.ScrollbarRounding = 6;
  style.TabRounding = 6;
  style.ScrollbarSize = 12;
  style.WindowBorderSize = 0;
  style.ScaleAllSizes(scale);
  style.ChildBorderSize = 1;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 0;
  style.DisabledAlpha = 0.45F;

  const picture::Color none = picture::faded(palette.panel, 0);
  const picture::Color pressed = picture::mixed(palette.frame_hovered, palette.text, 0.12);
  const std::array rows{
      ColorRow{ImGuiCol_Text, palette.text},
      ColorRow{ImGuiCol_TextDisabled, palette.secondary},
      ColorRow{ImGuiCol_WindowBg, palette.background},
      ColorRow{ImGuiCol_ChildBg, palette.panel},
      ColorRow{ImGuiCol_PopupBg, palette.panel},
      ColorRow{ImGuiCol_Border, palette.border},
      ColorRow{ImGuiCol_BorderShadow, none},
      ColorRow{ImGuiCol_FrameBg, palette.frame},
      ColorRow{ImGuiCol_FrameBgHovered, palette.frame_hovered},
      ColorRow{ImGuiCol_FrameBgActive, palette.frame_hovered},
      ColorRow{ImGuiCol_TitleBg, palette.panel},
      ColorRow{ImGuiCol_TitleBgActive, palette.panel},
      ColorRow{ImGuiCol_TitleBgCollapsed, palette.panel},
      ColorRow{ImGuiCol_ScrollbarBg, none},
      ColorRow{ImGuiCol_ScrollbarGrab, palette.frame_hovered},
      ColorRow{ImGuiCol_ScrollbarGrabHovered, pressed},
      ColorRow{ImGuiCol_ScrollbarGrabActive, pressed},
      ColorRow{ImGuiCol_CheckMark, palette.accent},
      ColorRow{ImGuiCol_SliderGrab, palette.accent},
      ColorRow{ImGuiCol_SliderGrabActive, palette.accent},
      ColorRow{ImGuiCol_Button, palette.frame},
      ColorRow{ImGuiCol_ButtonHovered, palette.frame_hovered},
      ColorRow{ImGuiCol_ButtonActive, pressed},
      ColorRow{ImGuiCol_Header, palette.frame},
      ColorRow{ImGuiCol_HeaderHovered, palette.frame_hovered},
      ColorRow{ImGuiCol_HeaderActive, pressed},
      ColorRow{ImGuiCol_Separator, palette.border},
      ColorRow{ImGuiCol_Tab, palette.panel},
      ColorRow{ImGuiCol_TabHovered, palette.frame_hovered},
      ColorRow{ImGuiCol_TabActive, palette.frame},
      ColorRow{ImGuiCol_TextSelectedBg, picture::faded(palette.accent, 0.5)},
      ColorRow{ImGuiCol_NavHighlight, none},
      ColorRow{ImGuiCol_ModalWindowDimBg, picture::faded({0, 0, 0}, 0.45)},
  };
  for (const ColorRow& row : rows)
    style.Colors[row.slot] = to_vector(row.color);
  ImGui::GetStyle() = style;
}

}  // namespace deltascope::ui
