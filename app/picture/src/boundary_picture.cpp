#include "heat_map.hpp"

#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/boundary_picture.hpp>
#include <deltascope/picture/decision_map.hpp>
#include <deltascope/picture/marks.hpp>
#include <deltascope/picture/script_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace deltascope::picture {

namespace {

constexpr float gap = 6, bar_width = 12, tick_pitch = 72;

int tick_target(float length_px, float scale) {
  return std::clamp(static_cast<int>(length_px / (tick_pitch * scale)), 2, 10);
}

Axis x_axis(const Rectangle& view) {
  return {view.x_min, view.x_max, false};
}
Axis y_axis(const Rectangle& view) {
  return {view.y_min, view.y_max, false};
}

Index output_count(const BoundaryPicture& picture) {
  if (picture.grid != nullptr && !picture.grid->maps.empty()) {
    return static_cast<Index>(picture.grid->maps.back().size());
  }
  return picture.data != nullptr ? picture.data->Y.rows() : 0;
}

bool shows_scale(const BoundaryPicture& picture) {
  return picture.show_scale && picture.output != nullptr && output_count(picture) > 0;
}

/// What stands beside the colour bar, from top to bottom.
std::vector<std::string> scale_labels(const BoundaryPicture& picture) {
  const Activation& output = *picture.output;
  if (output_count(picture) == 1) {
    return {format_number(output.high, 3), format_number(output.threshold(), 3),
            with_minus(format_number(output.low, 3))};
  }
  const double range = output.high - output.low;
  return {fmt::format("+{}", format_number(range, 3)), "0", with_minus(format_number(-range, 3))};
}

/// Why the plane must stay empty; nothing when it need not.
std::string obstacle(const BoundaryPicture& picture) {
  const Index inputs = picture.data != nullptr ? picture.data->X.rows() : 2;
  if (inputs == 2 || inputs == 0) return {};
  return fmt::format("This network has {} input{}; the plane shows networks with two.", inputs,
                     inputs == 1 ? "" : "s");
}

void draw_heat(Canvas& canvas, const PlaneMapping& mapping, const BoundaryPicture& picture,
               const Palette& palette) {
  const Rectangle& area = picture.grid->area;
  const Point top_left = mapping.to_px({area.x_min, area.y_max});
  const Point bottom_right = mapping.to_px({area.x_max, area.y_min});
  const Rect where{top_left.x, top_left.y, bottom_right.x, bottom_right.y};
  const ImagePlace place{image_key(ImageKind::boundary, 0, 0),
                         image_revision(picture.grid_revision, palette, picture.shading)};
  draw_heat_map(canvas, where, place, [&] {
    return decision_image(decision_map(*picture.grid, *picture.output), picture.shading, palette);
  });
}

void draw_decision_line(Canvas& canvas, const PlaneMapping& mapping, const BoundaryPicture& picture,
                        const Palette& palette) {
  std::vector<Point> points;
  for (const auto& line : decision_line(*picture.grid, *picture.output)) {
    points.clear();
    for (const PlanePoint p : line)
      points.push_back(mapping.to_px(p));
    canvas.polyline(points, {palette.boundary, 2.0F * canvas.scale()});
  }
}

void draw_axes(Canvas& canvas, const PlaneMapping& mapping, const Palette& palette) {
  const Rect& area = mapping.area_px;
  const float s = canvas.scale();
  const float label_y = area.y1 + gap * s;
  draw_script(canvas, {area.x1 + 16 * s, label_y}, "x_1", Font::small, palette.text);
  for (const Tick& tick : ticks(x_axis(mapping.plane), tick_target(area.width(), s))) {
    if (!tick.major()) continue;
    const float x = mapping.to_px({tick.value, mapping.plane.y_min}).x;
    canvas.line({x, area.y1}, {x, area.y1 + 3 * s}, {palette.secondary, s});
    canvas.text({x, label_y}, tick.label, Font::small, palette.secondary, AlignX::center);
  }
  draw_script(canvas, {area.x0, area.y0 - 4 * s}, "x_2", Font::small, palette.text, AlignX::left,
              AlignY::bottom);
  for (const Tick& tick : ticks(y_axis(mapping.plane), tick_target(area.height(), s))) {
    if (!tick.major()) continue;
    const float y = mapping.to_px({mapping.plane.x_min, tick.value}).y;
    canvas.line({area.x0 - 3 * s, y}, {area.x0, y}, {palette.secondary, s});
    canvas.text({area.x0 - gap * s, y}, tick.label, Font::small, palette.secondary, AlignX::right,
                AlignY::middle);
  }
}

void draw_scale(Canvas& canvas, const Rect& area, const BoundaryPicture& picture,
                const Palette& palette) {
  const float s = canvas.scale();
  const float left = area.x1 + 10 * s;
  const Rect bar{left, area.y0, left + bar_width * s, area.y1};
  const Index outputs = output_count(picture);
  if (outputs > 2) {
    const float pitch = std::min(24 * s, area.height() / static_cast<float>(outputs));
    for (Index k = 0; k < outputs; ++k) {
      const float y = area.y0 + (static_cast<float>(k) + 0.5F) * pitch;
      draw_marker(canvas, {bar.center().x, y}, 5 * s, static_cast<int>(k), palette);
      canvas.text({bar.x1 + gap * s, y}, class_name(static_cast<int>(k)), Font::small,
                  palette.secondary, AlignX::left, AlignY::middle);
    }
    return;
  }
  const ImagePlace place{image_key(ImageKind::scale, 0, 0),
                         image_revision(0, palette, picture.shading)};
  draw_heat_map(
      canvas, bar, place, [&] { return scale_image(picture.shading, palette); }, 3 * s);
  canvas.stroke_rect(bar, {palette.border, s}, 3 * s);
  const float text_height = canvas.measure("0", Font::small).height;
  float y = bar.y0 + text_height / 2;
  for (const std::string& label : scale_labels(picture)) {
    canvas.text({bar.x1 + 5 * s, y}, label, Font::small, palette.secondary, AlignX::left,
                AlignY::middle);
    y += (bar.height() - text_height) / 2;
  }
  // What is positive is class 0, the O of the paper; what is negative class 1, the X.
  const float marker = 4.5F * s;
  draw_marker(canvas, {bar.x1 + 12 * s, bar.y0 + text_height + 10 * s}, marker, 0, palette);
  draw_marker(canvas, {bar.x1 + 12 * s, bar.y1 - text_height - 10 * s}, marker, 1, palette);
  draw_script(canvas, {bar.x1 + 4 * s, bar.y0 - 4 * s}, outputs == 1 ? "a" : "a_1 − a_2",
              Font::small, palette.secondary, AlignX::center, AlignY::bottom);
}

/// Each in the figure of its class.
std::vector<Mark> marks_of(const Dataset& data, const Activation& output) {
  std::vector<Mark> marks;
  marks.reserve(static_cast<std::size_t>(data.size()));
  const auto outputs = static_cast<std::size_t>(data.Y.rows());
  for (Index i = 0; i < data.size(); ++i) {
    const std::span<const double> target =
        data.Y.values().subspan(static_cast<std::size_t>(i) * outputs, outputs);
    const int label = decode_label(target, output);
    marks.push_back({{data.X(0, i), data.X(1, i)},
                     static_cast<std::uint8_t>(std::max(label, 0) % marker_shapes)});
  }
  return marks;
}

void draw_markers(Canvas& canvas, const PlaneMapping& mapping, const BoundaryPicture& picture,
                  float radius_px, const Palette& palette) {
  std::vector<Figure> figures;
  const Index classes = std::min<Index>(class_count(picture.data->Y.rows()), marker_shapes);
  for (int label = 0; label < classes; ++label) {
    figures.emplace_back([radius_px, label, &palette](Canvas& on, Point center) {
      draw_marker(on, center, radius_px, label, palette);
    });
  }
  Marks drawn;
  drawn.key = image_key(ImageKind::points, 0, 0);
  drawn.revision = picture.data_revision;
  std::vector<Mark> marks;
  if (!canvas.holds(drawn.key, drawn.revision)) marks = marks_of(*picture.data, *picture.output);
  drawn.marks = marks;
  drawn.mapping = mapping;
  drawn.figures = figures;
  drawn.reach_px = radius_px;
  drawn.same_spot_px = radius_px / 4;
  canvas.marks(drawn);
}

void draw_batch_rings(Canvas& canvas, const PlaneMapping& mapping, const BoundaryPicture& picture,
                      float radius_px, const Palette& palette) {
  const Dataset& data = *picture.data;
  const Figure ring = [&](Canvas& on, Point center) {
    on.stroke_circle(center, radius_px, batch_ring(on, palette));
  };
  Marks drawn;
  drawn.key = image_key(ImageKind::batch, 0, 0);
  drawn.revision = picture.batch_revision;
  std::vector<Mark> marks;
  if (!canvas.holds(drawn.key, drawn.revision)) {
    marks.reserve(picture.batch.size());
    for (const std::uint32_t i : picture.batch) {
      if (i < static_cast<std::size_t>(data.size()))
        marks.push_back({{data.X(0, i), data.X(1, i)}});
    }
  }
  drawn.marks = marks;
  drawn.mapping = mapping;
  drawn.figures = std::span(&ring, 1);
  drawn.reach_px = radius_px;
  canvas.marks(drawn);
}

void draw_points(Canvas& canvas, const PlaneMapping& mapping, const BoundaryPicture& picture,
                 const Palette& palette) {
  const Dataset& data = *picture.data;
  const float radius = marker_radius_px(canvas, data.size());
  draw_markers(canvas, mapping, picture, radius, palette);
  const float s = canvas.scale();
  const auto ring = [&](Index i, float distance_px, const Stroke& stroke) {
    if (i < 0 || i >= data.size()) return;
    const Point at = mapping.to_px({data.X(0, i), data.X(1, i)});
    canvas.stroke_circle(at, radius + distance_px, stroke);
  };
  if (!picture.batch.empty() && static_cast<Index>(picture.batch.size()) < data.size()) {
    draw_batch_rings(canvas, mapping, picture, radius + 4.5F * s, palette);
  }
  if (picture.hovered) ring(*picture.hovered, 6 * s, {palette.secondary, 1.5F * s});
  if (picture.selected) {
    ring(*picture.selected, 7.5F * s, {palette.panel, 4.5F * s});
    ring(*picture.selected, 7.5F * s, {palette.delta, 2.5F * s});
  }
  // Outside the rings above, so that all of them can be seen.
  if (picture.walked) {
    ring(*picture.walked, 12 * s, {palette.panel, 6 * s});
    ring(*picture.walked, 12 * s, {palette.walk, 4 * s});
  }
}

}  // namespace

PlaneMapping boundary_mapping(Canvas& canvas, const Rect& rect, const BoundaryPicture& picture) {
  const float s = canvas.scale();
  const float text_height = canvas.measure("0", Font::small).height;
  // Wide enough for usual labels in any case, so that the plane stands still while it is panned.
  float left = canvas.measure("-0.00", Font::small).width;
  for (const Tick& tick : ticks(y_axis(picture.view), tick_target(rect.height(), s))) {
    left = std::max(left, canvas.measure(tick.label, Font::small).width);
  }
  // The name of the horizontal axis stands right of its end, under the scale.
  float right = 20 * s + measure_script(canvas, "x_1", Font::small).width;
  if (shows_scale(picture)) {
    float labels = canvas.measure("-1.0", Font::small).width;
    for (const std::string& label : scale_labels(picture)) {
      labels = std::max(labels, canvas.measure(label, Font::small).width);
    }
    right = std::max(right, (10 + bar_width + gap) * s + labels);
  }
  Rect area{rect.x0 + left + gap * s, rect.y0 + text_height + gap * s, rect.x1 - right,
            rect.y1 - text_height - 2 * gap * s};
  // Whole pixels keep the grid of the picture and its border crisp.
  area = {std::round(area.x0), std::round(area.y0), std::round(area.x1), std::round(area.y1)};
  area.x1 = std::max(area.x1, area.x0 + 1);
  area.y1 = std::max(area.y1, area.y0 + 1);
  return {area, picture.view};
}

void draw_boundary(Canvas& canvas, const Rect& rect, const BoundaryPicture& picture,
                   const Palette& palette) {
  const float s = canvas.scale();
  const std::string why_empty = obstacle(picture);
  if (!why_empty.empty()) {
    canvas.text(rect.center(), why_empty, Font::small, palette.secondary, AlignX::center,
                AlignY::middle);
    return;
  }
  const PlaneMapping mapping = boundary_mapping(canvas, rect, picture);
  const Rect& area = mapping.area_px;
  canvas.fill_rect(area, palette.plot_background);
  canvas.push_clip(area);
  if (picture.output != nullptr) {
    if (picture.grid != nullptr) {
      draw_heat(canvas, mapping, picture, palette);
      draw_decision_line(canvas, mapping, picture, palette);
    }
    if (picture.data != nullptr && picture.data->X.rows() == 2) {
      draw_points(canvas, mapping, picture, palette);
    }
  }
  canvas.pop_clip();
  canvas.stroke_rect(area, {palette.border, s});
  draw_axes(canvas, mapping, palette);
  if (shows_scale(picture)) draw_scale(canvas, area, picture, palette);
}

std::optional<Index> sample_at(const PlaneMapping& mapping, ConstMatrixView X, Point at,
                               float radius_px) {
  if (X.rows != 2) return std::nullopt;
  // In the plane, to spare every point its way to the screen.
  const PlanePoint center = mapping.to_plane(at);
  const double across = mapping.area_px.width() / mapping.plane.width();
  const double down = mapping.area_px.height() / mapping.plane.height();
  std::optional<Index> best;
  double nearest = static_cast<double>(radius_px) * radius_px;  // squared
  for (Index i = 0; i < X.cols; ++i) {
    const double dx = (X(0, i) - center.x) * across, dy = (X(1, i) - center.y) * down;
    const double distance = dx * dx + dy * dy;
    if (!(distance <= nearest)) continue;
    nearest = distance;
    best = i;
  }
  return best;
}

}  // namespace deltascope::picture
