#include "look.hpp"
#include "panels.hpp"
#include "plane_mouse.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/boundary_picture.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace deltascope::ui {
namespace {

constexpr Index moved_in_copy = 20'000;  // points up to which a dragged one is drawn in place

bool outside(const Rectangle& area, const Dataset& data) {
  for (Index i = 0; i < data.size(); ++i) {
    const double x = data.X(0, i), y = data.X(1, i);
    if (x < area.x_min || x > area.x_max || y < area.y_min || y > area.y_max) return true;
  }
  return false;
}

// Keeps the view where the hand put it, or around the points; always with square units.
void update_area(Desk& desk, double aspect) {
  PlaneView& view = desk.view.plane;
  const Dataset& data = desk.data();
  const bool other_data = view.fitted_to != desk.snapshot().data;
  const bool other_set = std::abs(view.fitted_count - data.size()) > 1;
  const bool refit = !view.by_hand && !view.drag && other_data &&
                     (other_set || (view.area && data.X.rows() == 2 && outside(*view.area, data)));
  if (!view.area || refit) view.area = picture::fitted(data.X.view(), aspect);
  view.fitted_to = desk.snapshot().data;
  view.fitted_count = data.size();
  Rectangle& area = *view.area;
  const double wanted = area.height() * aspect;
  if (std::abs(area.width() - wanted) > 1e-9 * wanted) {
    if (view.by_hand) {
      const double center = (area.x_min + area.x_max) / 2;
      area.x_min = center - wanted / 2;
      area.x_max = center + wanted / 2;
    } else {
      area = picture::fitted(data.X.view(), aspect);
    }
  }
}

const Dataset& shown_data(Desk& desk) {
  PlaneView& view = desk.view.plane;
  const Dataset& data = desk.data();
  const bool drags = view.drag && view.drag->gesture != 0 && view.drag->sample < data.size();
  if (!drags || data.size() > moved_in_copy) return data;
  if (!view.dragged_data) view.dragged_data = std::make_shared<Dataset>();
  *view.dragged_data = data;
  view.dragged_data->X(0, view.drag->sample) = view.drag->to.x;
  view.dragged_data->X(1, view.drag->sample) = view.drag->to.y;
  return *view.dragged_data;
}

std::uint64_t revision_of(Desk& desk, const Dataset& shown) {
  ShownPoints& points = desk.view.plane.shown;
  const Activation* const output = &desk.architecture().output_activation();
  const bool one_is_dragged = &shown != &desk.data();
  const bool same = points.data == desk.snapshot().data && points.output == output &&
                    !one_is_dragged && !points.one_is_dragged;
  if (!same) points = {desk.snapshot().data, output, one_is_dragged, points.revision + 1};
  return points.revision;
}

// x, the outputs there and the class: evaluated, not read off the grid.
std::string read_out(Desk& desk, picture::PlanePoint at) {
  PlaneView& view = desk.view.plane;
  const double x[] = {at.x, at.y};
  predict(desk.architecture(), desk.snapshot().parameters, {x, 2, 1}, view.activity);
  const std::span<const double> a = view.activity.a.back().values();
  constexpr std::size_t most_outputs = 3;
  std::string text = fmt::format("x₁ {:.3f}  x₂ {:.3f}   a", at.x, at.y);
  if (is_veiled(desk, {walk::Kind::a, desk.architecture().layers() - 1})) return text + " ?";
  for (std::size_t k = 0; k < std::min(a.size(), most_outputs); ++k) {
    text += fmt::format(" {:.3f}", a[k]);
  }
  if (a.size() > most_outputs) text += " …";
  const int label = decide(a, desk.architecture().output_activation());
  return text + (label < 0 ? "  → tie" : "  → " + class_name(label));
}

void title_row(Desk& desk) {
  Ui& ui = desk.ui;
  panel_heading(desk, "boundary", "Decision boundary");
  const SmallControls small(ui);
  const char* shading = ui.preferences.hard_shading ? "Hard###Shading" : "Smooth###Shading";
  const float width =
      button_width(ui, "Smooth") + button_width(ui, "Fit") + ImGui::GetStyle().ItemSpacing.x;
  if (!same_line_if_fits(width)) return;
  align_right(width);
  if (button(ui, shading, ButtonKind::plain, true, button_width(ui, "Smooth"))) {
    ui.preferences.hard_shading = !ui.preferences.hard_shading;
  }
  tooltip(ui, "Smooth: how sure the network is. Hard: only its decision (H)");
  ImGui::SameLine();
  if (button(ui, "Fit###Fit plane")) {
    desk.view.plane.area.reset();
    desk.view.plane.by_hand = false;
  }
  tooltip(ui, "Shows all points (F)");
}

// What the rings mean, at the right end of the line below the plane if `text_width_px` leaves room.
void ring_legend(Desk& desk, const picture::Rect& foot, float text_width_px) {
  const Ui& ui = desk.ui;
  const Snapshot& snapshot = desk.snapshot();
  if (snapshot.batch_is_all) return;
  ImGuiCanvas canvas = ui.canvas();
  const char* text = snapshot.run == RunState::playing ? "batch" : "next batch";
  const float radius = ui.px(6), gap = ui.px(6);
  const float width = 2 * radius + gap + canvas.measure(text, picture::Font::small).width;
  if (text_width_px + 2 * gap + width > foot.width()) return;
  const float middle = foot.center().y;
  canvas.stroke_circle({foot.x1 - width + radius, middle}, radius,
                       picture::batch_ring(canvas, ui.palette));
  canvas.text({foot.x1, middle}, text, picture::Font::small, ui.palette.secondary,
              picture::AlignX::right, picture::AlignY::middle);
}

}  // namespace

void draw_boundary_panel(Desk& desk) {
  Ui& ui = desk.ui;
  PlaneView& view = desk.view.plane;
  title_row(desk);
  const float foot = ui.px(20);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImVec2 room = ImGui::GetContentRegionAvail();
  room.x = std::max(room.x, ui.px(120));
  room.y = std::max(room.y - foot, ui.px(120));
  ImGui::InvisibleButton("plane", room,
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  ui.record("plane");
  const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
  const picture::Rect rect{corner.x, corner.y, corner.x + room.x, corner.y + room.y};
  ImGuiCanvas canvas = ui.canvas();

  picture::BoundaryPicture picture;
  picture.output = &desk.architecture().output_activation();
  const bool has_plane = desk.architecture().inputs() == 2;
  picture.data = &desk.data();
  picture.view = view.area.value_or(Rectangle());
  picture.grid = has_plane && !desk.frame.grid.grid.maps.empty() ? &desk.frame.grid.grid : nullptr;
  picture.grid_revision = grid_revision(desk.frame.grid);
  picture.shading = ui.preferences.hard_shading ? picture::Shading::hard : picture::Shading::smooth;
  if (!has_plane) {
    view.mapping.reset();
    draw_boundary(canvas, rect, picture, ui.palette);
    return;
  }
  const picture::Rect area = picture::boundary_mapping(canvas, rect, picture).area_px;
  update_area(desk, static_cast<double>(area.width()) / static_cast<double>(area.height()));
  picture.view = *view.area;
  view.mapping = picture::boundary_mapping(canvas, rect, picture);
  handle_plane_mouse(desk, hovered, active, picture::marker_radius_px(canvas, desk.data().size()));

  picture.view = *view.area;
  view.mapping = picture::boundary_mapping(canvas, rect, picture);
  picture.data = &shown_data(desk);
  picture.data_revision = revision_of(desk, *picture.data);
  picture.selected = desk.view.selected;
  picture.hovered = view.hovered;
  picture.walked = walked_point(desk);
  if (!desk.snapshot().batch_is_all) picture.batch = desk.snapshot().batch;
  // Neither ever shrinks: the sum changes with each of them.
  picture.batch_revision = desk.snapshot().number + picture.data_revision;
  draw_boundary(canvas, rect, picture, ui.palette);

  const picture::Point mouse = to_point(ImGui::GetIO().MousePos);
  const bool inside = hovered && view.mapping->area_px.contains(mouse);
  const std::string hint = fmt::format("Click to place {}, right click for {}",
                                       class_name(desk.view.picked_class), class_name(1));
  const std::string text = inside ? read_out(desk, view.mapping->to_plane(mouse)) : hint;
  const auto font = inside ? picture::Font::mono_small : picture::Font::small;
  const picture::Rect foot_rect{rect.x0, rect.y1 + ui.px(6), rect.x1, rect.y1 + foot};
  canvas.text({rect.x0, foot_rect.center().y}, text, font, ui.palette.secondary,
              picture::AlignX::left, picture::AlignY::middle);
  ring_legend(desk, foot_rect, canvas.measure(text, font).width);
}

}  // namespace deltascope::ui
