#pragma once

#include "fonts.hpp"
#include "held_images.hpp"

#include <deltascope/picture/canvas.hpp>
#include <deltascope/ui/draw_calls.hpp>
#include <deltascope/ui/textures.hpp>

#include <imgui.h>

#include <vector>

namespace deltascope::ui {

inline ImVec2 to_imgui(picture::Point p) {
  return {p.x, p.y};
}
inline ImU32 to_imgui(picture::Color c) {
  return IM_COL32(c.r, c.g, c.b, c.a);
}
ImVec4 to_vector(picture::Color c);
inline picture::Point to_point(ImVec2 v) {
  return {v.x, v.y};
}

/// The pictures' canvas on a draw list of Dear ImGui. Lives for one panel of one frame.
class ImGuiCanvas : public picture::Canvas {
 public:
  /// `draw_calls` null: everything is drawn one by one.
  ImGuiCanvas(ImDrawList& list, const Fonts& fonts, Textures& textures, DrawCalls* draw_calls,
              HeldImages& held)
      : list_(list), fonts_(fonts), textures_(textures), draw_calls_(draw_calls), held_(held) {}

  float scale() const override { return fonts_.pixels_per_unit(); }
  void line(picture::Point from, picture::Point to, const picture::Stroke& stroke) override;
  void polyline(std::span<const picture::Point> points, const picture::Stroke& stroke) override;
  void curve(picture::Point from, picture::Point control_1, picture::Point control_2,
             picture::Point to, const picture::Stroke& stroke) override;
  void curves(std::uint64_t key, std::span<const picture::Bezier> curves) override;
  void fill_rect(const picture::Rect& rect, picture::Color color, float rounding_px) override;
  void stroke_rect(const picture::Rect& rect, const picture::Stroke& stroke,
                   float rounding_px) override;
  void fill_circle(picture::Point center, float radius_px, picture::Color color) override;
  void stroke_circle(picture::Point center, float radius_px,
                     const picture::Stroke& stroke) override;
  void fill_polygon(std::span<const picture::Point> points, picture::Color color) override;
  bool holds(std::uint64_t key, std::uint64_t revision) const override;
  void image(const picture::Rect& rect, const picture::Image& image, float rounding_px) override;
  void marks(const picture::Marks& marks) override;
  picture::Size measure(std::string_view utf8, picture::Font font) override;
  void text(picture::Point anchor, std::string_view utf8, picture::Font font, picture::Color color,
            picture::AlignX align_x, picture::AlignY align_y) override;
  void glyph(picture::Point baseline, picture::MathFace face, char32_t character, float em_px,
             picture::Color color) override;
  const picture::MathFonts& math_fonts() override { return fonts_.math(); }
  void push_clip(const picture::Rect& rect) override;
  void pop_clip() override;

 private:
  void add(DrawCall& call);
  void stroke_path(std::span<const ImVec2> path, const picture::Stroke& stroke);

  ImDrawList& list_;
  const Fonts& fonts_;
  Textures& textures_;
  DrawCalls* draw_calls_;
  HeldImages& held_;
  std::vector<ImVec2> path_, dash_;  // reused from stroke to stroke
};

}  // namespace deltascope::ui
