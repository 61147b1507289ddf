// Marks and many curves on a draw list: one call for all of them.

#include "imgui_canvas.hpp"

#include <algorithm>

namespace deltascope::ui {
namespace {

constexpr std::size_t many_curves = 200;  // fewer are drawn in no time anyway

FigureCorner corner_of(const ImDrawVert& vertex) {
  const ImVec4 color = ImGui::ColorConvertU32ToFloat4(vertex.col);
  return {vertex.pos.x, vertex.pos.y, vertex.uv.x, vertex.uv.y, color.x, color.y, color.z, color.w};
}

// Behind what the list has drawn so far, before what comes next.
void draw_call(const ImDrawList*, const ImDrawCmd* command) {
  auto* const call = static_cast<DrawCall*>(command->UserCallbackData);
  const ImVec4& clip = command->ClipRect;
  call->draw({clip.x, clip.y, clip.z, clip.w}, shim::font_atlas());
}

}  // namespace

void ImGuiCanvas::marks(const picture::Marks& given) {
  if (draw_calls_ == nullptr) {
    picture::Canvas::marks(given);
    return;
  }
  std::vector<std::vector<FigureCorner>> figures;
  std::size_t corners_each = 0;
  for (const picture::Figure& figure : given.figures) {
    ImDrawList list(ImGui::GetDrawListSharedData());
    list._ResetForNewFrame();
    ImGuiCanvas canvas(list, fonts_, textures_, draw_calls_, held_);
    figure(canvas, {0, 0});
    std::vector<FigureCorner>& corners = figures.emplace_back();
    for (const ImDrawIdx index : list.IdxBuffer)
      corners.push_back(corner_of(list.VtxBuffer[index]));
    corners_each = std::max(corners_each, corners.size());
  }
  std::vector<FigureCorner> all;
  for (std::vector<FigureCorner>& corners : figures) {
    corners.resize(corners_each);
    all.insert(all.end(), corners.begin(), corners.end());
  }
  add(draw_calls_->marks(given, {all, corners_each}));
  held_.used(given);
}

void ImGuiCanvas::curves(std::uint64_t key, std::span<const picture::Bezier> curves) {
  if (draw_calls_ == nullptr || curves.size() < many_curves) {
    picture::Canvas::curves(key, curves);
  } else {
    add(draw_calls_->curves(key, curves));
  }
}

void ImGuiCanvas::add(DrawCall& call) {
  list_.AddCallback(draw_call, &call);
  list_.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

}  // namespace deltascope::ui
