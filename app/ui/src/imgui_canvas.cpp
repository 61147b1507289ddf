#include "imgui_canvas.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace deltascope::ui {
namespace {

float distance(ImVec2 a, ImVec2 b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

ImVec2 between(ImVec2 a, ImVec2 b, float t) {
  return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

ImVec2 bezier(picture::Point p0, picture::Point p1, picture::Point p2, picture::Point p3, float t) {
  const float u = 1 - t;
  const float b0 = u * u * u, b1 = 3 * u * u * t, b2 = 3 * u * t * t, b3 = t * t * t;
  return {b0 * p0.x + b1 * p1.x + b2 * p2.x + b3 * p3.x,
          b0 * p0.y + b1 * p1.y + b2 * p2.y + b3 * p3.y};
}

}  // namespace

ImVec4 to_vector(picture::Color c) {
  return ImGui::ColorConvertU32ToFloat4(to_imgui(c));
}

void ImGuiCanvas::stroke_path(std::span<const ImVec2> path, const picture::Stroke& stroke) {
  const ImU32 color = to_imgui(stroke.color);
  if (path.size() < 2) return;
  if (stroke.dash_px <= 0 || stroke.gap_px <= 0) {
    list_.AddPolyline(path.data(), static_cast<int>(path.size()), color, 0, stroke.width_px);
    return;
  }
  // Walk along the path; `left` is what remains of the present dash or gap.
  bool drawing = true;
  float left = stroke.dash_px;
  dash_.assign(1, path[0]);
  const auto finish_dash = [&] {
    if (drawing && dash_.size() > 1) {
      list_.AddPolyline(dash_.data(), static_cast<int>(dash_.size()), color, 0, stroke.width_px);
    }
  };
  for (std::size_t i = 1; i < path.size(); ++i) {
    const float length = distance(path[i - 1], path[i]);
    float done = 0;
    while (length - done > left) {
      done += left;
      const ImVec2 turn = between(path[i - 1], path[i], done / length);
      dash_.push_back(turn);
      finish_dash();
      drawing = !drawing;
      left = drawing ? stroke.dash_px : stroke.gap_px;
      dash_.assign(1, turn);
    }
    left -= length - done;
    dash_.push_back(path[i]);
  }
  finish_dash();
}

void ImGuiCanvas::line(picture::Point from, picture::Point to, const picture::Stroke& stroke) {
  const ImVec2 path[] = {to_imgui(from), to_imgui(to)};
  stroke_path(path, stroke);
}

void ImGuiCanvas::polyline(std::span<const picture::Point> points, const picture::Stroke& stroke) {
  path_.clear();
  for (const picture::Point& point : points)
    path_.push_back(to_imgui(point));
  stroke_path(path_, stroke);
}

void ImGuiCanvas::curve(picture::Point from, picture::Point control_1, picture::Point control_2,
                        picture::Point to, const picture::Stroke& stroke) {
  if (stroke.dash_px <= 0 || stroke.gap_px <= 0) {
    list_.AddBezierCubic(to_imgui(from), to_imgui(control_1), to_imgui(control_2), to_imgui(to),
                         to_imgui(stroke.color), stroke.width_px);
    return;
  }
  const float length = distance(to_imgui(from), to_imgui(to));
  const int segments = std::clamp(static_cast<int>(length / (6 * scale())), 8, 64);
  path_.clear();
  for (int i = 0; i <= segments; ++i) {
    path_.push_back(bezier(from, control_1, control_2, to,
                           static_cast<float>(i) / static_cast<float>(segments)));
  }
  stroke_path(path_, stroke);
}

void ImGuiCanvas::fill_rect(const picture::Rect& rect, picture::Color color, float rounding_px) {
  list_.AddRectFilled({rect.x0, rect.y0}, {rect.x1, rect.y1}, to_imgui(color), rounding_px);
}

void ImGuiCanvas::stroke_rect(const picture::Rect& rect, const picture::Stroke& stroke,
                              float rounding_px) {
  list_.AddRect({rect.x0, rect.y0}, {rect.x1, rect.y1}, to_imgui(stroke.color), rounding_px, 0,
                stroke.width_px);
}

void ImGuiCanvas::fill_circle(picture::Point center, float radius_px, picture::Color color) {
  list_.AddCircleFilled(to_imgui(center), radius_px, to_imgui(color));
}

void ImGuiCanvas::stroke_circle(picture::Point center, float radius_px,
                                const picture::Stroke& stroke) {
  list_.AddCircle(to_imgui(center), radius_px, to_imgui(stroke.color), 0, stroke.width_px);
}

void ImGuiCanvas::fill_polygon(std::span<const picture::Point> points, picture::Color color) {
  path_.clear();
  for (const picture::Point& point : points)
    path_.push_back(to_imgui(point));
  list_.AddConvexPolyFilled(path_.data(), static_cast<int>(path_.size()), to_imgui(color));
}

bool ImGuiCanvas::holds(std::uint64_t key, std::uint64_t revision) const {
  return held_.holds(key, revision);
}

void ImGuiCanvas::image(const picture::Rect& rect, const picture::Image& given, float rounding_px) {
  const picture::Image image = held_.used(given);
  if (image.width <= 0 || image.height <= 0) return;
  const ImTextureID texture = shim::texture_id(textures_.texture(image));
  // Half a texel in from each side: the centres of the border pixels lie on the border.
  const float u = 0.5F / static_cast<float>(image.width);
  const float v = 0.5F / static_cast<float>(image.height);
  list_.AddImageRounded(texture, {rect.x0, rect.y0}, {rect.x1, rect.y1}, {u, v}, {1 - u, 1 - v},
                        IM_COL32_WHITE, rounding_px);
}

picture::Size ImGuiCanvas::measure(std::string_view utf8, picture::Font font) {
  const Fonts::Face& face = fonts_.face(font);
  const ImVec2 size =
      face.font->CalcTextSizeA(face.size_px, FLT_MAX, 0, utf8.data(), utf8.data() + utf8.size());
  return {size.x, face.size_px};
}

void ImGuiCanvas::text(picture::Point anchor, std::string_view utf8, picture::Font font,
                       picture::Color color, picture::AlignX align_x, picture::AlignY align_y) {
  const picture::Size size = measure(utf8, font);
  const float across = static_cast<float>(align_x) / 2, down = static_cast<float>(align_y) / 2;
  // Whole pixels: glyphs between pixels blur.
  const ImVec2 at(std::floor(anchor.x - across * size.width + 0.5F),
                  std::floor(anchor.y - down * size.height + 0.5F));
  const Fonts::Face& face = fonts_.face(font);
  list_.AddText(face.font, face.size_px, at, to_imgui(color), utf8.data(),
                utf8.data() + utf8.size());
}

void ImGuiCanvas::glyph(picture::Point baseline, picture::MathFace face, char32_t character,
                        float em_px, picture::Color color) {
  const Fonts::Drawn drawn = fonts_.drawn(face, character, em_px);
  if (drawn.font == nullptr || !shim::has_glyph(*drawn.font, character)) return;
  // Whole pixels, as for text.
  const ImVec2 at(
      std::floor(baseline.x + 0.5F),
      std::floor(std::floor(baseline.y + 0.5F) - shim::ascent(*drawn.font, drawn.size_px) + 0.5F));
  drawn.font->RenderChar(&list_, drawn.size_px, at, to_imgui(color),
                         static_cast<ImWchar>(character));
}

void ImGuiCanvas::push_clip(const picture::Rect& rect) {
  list_.PushClipRect({rect.x0, rect.y0}, {rect.x1, rect.y1}, true);
}

void ImGuiCanvas::pop_clip() {
  list_.PopClipRect();
}

}  // namespace deltascope::ui
