#include "actions.hpp"
#include "timeline.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace deltascope::ui {
namespace {

// Of the three rows, and half of what is drawn, in units.
constexpr float marks_height = 12, track_height = 18, numbers_height = 16;
constexpr float grab = 7, half_track = 2, half_mark = 4;
constexpr std::size_t most_lines = 8;  // in one mark's tooltip

// Steps are drawn one further on: a logarithmic axis has no 0.
struct StepScale {
  picture::Axis axis;
  picture::Rect track;
  std::uint64_t first = 0, last = 0;

  float x_px(double step) const {
    const double t = last > first ? std::clamp(axis.fraction(step + 1), 0.0, 1.0) : 1.0;
    return track.x0 + static_cast<float>(t) * track.width();
  }
  std::uint64_t step_at(float x) const {
    const double t = std::clamp((x - track.x0) / std::max(1.0F, track.width()), 0.0F, 1.0F);
    const double step = std::round(axis.value_at(t)) - 1;
    return static_cast<std::uint64_t>(
        std::clamp(step, static_cast<double>(first), static_cast<double>(last)));
  }
};

StepScale step_scale(const Desk& desk, const picture::Rect& track) {
  const Snapshot& snapshot = desk.snapshot();
  return {{static_cast<double>(snapshot.first_step) + 1,
           static_cast<double>(snapshot.last_step) + 1, desk.ui.preferences.loss_log_x},
          track,
          snapshot.first_step,
          snapshot.last_step};
}

// Commands of the present run that stand too close together to be told apart.
struct Mark {
  float x_px = 0;
  std::uint64_t step = 0;
  std::vector<const LogLine*> lines;
};

std::vector<Mark> marks(const Desk& desk, const StepScale& scale) {
  const float apart = desk.ui.px(2 * half_mark);
  std::vector<Mark> found;
  for (const LogLine& line : *desk.snapshot().log) {
    if (line.given_up || line.step < scale.first || line.step > scale.last) continue;
    const float x = scale.x_px(static_cast<double>(line.step));
    if (found.empty() || std::abs(x - found.back().x_px) >= apart) {
      found.push_back({x, line.step, {}});
    }
    found.back().lines.push_back(&line);
  }
  return found;
}

std::string mark_text(const Mark& mark) {
  std::string text;
  const std::size_t shown = std::min(mark.lines.size(), most_lines);
  for (std::size_t i = 0; i < shown; ++i) {
    text +=
        fmt::format("{}step {}  {}", i > 0 ? "\n" : "", mark.lines[i]->step, mark.lines[i]->text);
  }
  if (shown < mark.lines.size()) text += fmt::format("\n… and {} more", mark.lines.size() - shown);
  return text;
}

void draw_marks(Desk& desk, const StepScale& scale, float y0) {
  const Ui& ui = desk.ui;
  const float half = ui.px(half_mark), height = ui.px(marks_height);
  for (const Mark& mark : marks(desk, scale)) {
    const std::string id = fmt::format("command at {}", mark.step);
    ImGui::SetCursorScreenPos(ImVec2(mark.x_px - half, y0));
    if (ImGui::InvisibleButton(id.c_str(), ImVec2(2 * half, height))) {
      actions::go_to(desk, mark.step);
    }
    ui.record(id);
    const bool hovered = ImGui::IsItemHovered();
    if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    tooltip(ui, mark_text(mark));
    const picture::Point corners[] = {{mark.x_px - half, y0 + height - 2 * half},
                                      {mark.x_px + half, y0 + height - 2 * half},
                                      {mark.x_px, y0 + height}};
    ui.canvas().fill_polygon(corners, hovered ? ui.palette.text : ui.palette.warning);
  }
}

void draw_numbers(const Desk& desk, const StepScale& scale) {
  const Ui& ui = desk.ui;
  ImGuiCanvas canvas = ui.canvas();
  constexpr float apart = 90;
  const picture::Axis steps{static_cast<double>(scale.first), static_cast<double>(scale.last)};
  std::vector<double> values;
  if (scale.axis.log) {
    // 0 apart, then as the cost plot has it.
    if (scale.first == 0) values.push_back(0);
    for (const picture::Tick& tick : picture::ticks({std::max(1.0, steps.lo), steps.hi, true}, 6)) {
      if (tick.major()) values.push_back(tick.value);
    }
  } else {
    const int target = static_cast<int>(scale.track.width() / ui.px(apart));
    for (const picture::Tick& tick : picture::ticks(steps, std::max(1, target))) {
      if (tick.major() && tick.value == std::floor(tick.value)) values.push_back(tick.value);
    }
  }
  const float y = scale.track.y1;
  float taken_until = scale.track.x0 - ui.px(grab + 1);
  for (const double value : values) {
    const std::string text = picture::format_count(value + 0.0);  // 0, where a tick is −0
    const float half = canvas.measure(text, picture::Font::small).width / 2;
    const float x = scale.x_px(value);
    const float middle =
        std::clamp(x, scale.track.x0 - ui.px(grab) + half, scale.track.x1 + ui.px(grab) - half);
    if (middle - half < taken_until) continue;
    taken_until = middle + half + ui.px(8);
    canvas.line({x, y - ui.px(4)}, {x, y - ui.px(1)}, {ui.palette.secondary, ui.scale()});
    canvas.text({middle, y}, text, picture::Font::small, ui.palette.secondary,
                picture::AlignX::center, picture::AlignY::top);
  }
}

void draw_handle(const Ui& ui, const StepScale& scale, double step, bool lively) {
  ImGuiCanvas canvas = ui.canvas();
  const float y = scale.track.center().y, half = ui.px(half_track), overhang = ui.px(grab);
  const float x = scale.x_px(step);
  canvas.fill_rect({scale.track.x0 - overhang, y - half, scale.track.x1 + overhang, y + half},
                   ui.palette.frame_hovered, half);
  canvas.fill_rect({scale.track.x0 - overhang, y - half, x, y + half}, ui.palette.accent, half);
  canvas.fill_circle({x, y}, ui.scale() * (lively ? 8.0F : 7.0F), ui.palette.accent);
  canvas.fill_circle({x, y}, ui.scale() * 2.5F, ui.palette.on_accent);
}

}  // namespace

float timeline_slider_height(const Ui& ui) {
  return ui.px(marks_height) + ui.px(track_height) + ui.px(numbers_height);
}

void timeline_slider(Desk& desk, float width_px) {
  Ui& ui = desk.ui;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float track_y = corner.y + ui.px(marks_height);
  const StepScale scale =
      step_scale(desk, {corner.x + ui.px(grab), track_y, corner.x + width_px - ui.px(grab),
                        track_y + ui.px(track_height)});
  const char* id = "###Timeline slider";
  const ImGuiID control = ImGui::GetID(id);
  const double present = static_cast<double>(desk.snapshot().step);
  ImGui::SetCursorScreenPos(ImVec2(corner.x, track_y));
  ImGui::InvisibleButton(id, ImVec2(width_px, ui.px(track_height + numbers_height)));
  ui.record(id);
  const bool hovered = ImGui::IsItemHovered();
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsItemActivated()) hold(ui, control, present);
  if (ImGui::IsItemActive()) {
    const std::uint64_t wanted = scale.step_at(io.MousePos.x);
    const double before = ui.edit.slider_value;
    ui.edit.slider_value = static_cast<double>(wanted);
    if (ui.edit.slider_value != before) actions::go_to(desk, wanted);
  }
  if (ImGui::IsItemDeactivated()) let_go(ui, control);
  const double shown = held_value(ui, control, present);
  if (hovered && io.MouseWheel != 0) {
    const double wanted = shown + std::round(io.MouseWheel);
    actions::go_to(desk, static_cast<std::uint64_t>(std::max(0.0, wanted)));
  }
  draw_handle(ui, scale, shown, hovered || ImGui::IsItemActive());
  draw_numbers(desk, scale);
  draw_marks(desk, scale, corner.y);
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy(ImVec2(width_px, timeline_slider_height(ui)));
}

}  // namespace deltascope::ui
