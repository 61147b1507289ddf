#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace deltascope::ui {
namespace {

// On a log slider with zero at its left end, this much of the track means 0.
constexpr double zero_part = 0.04;

double value_at(const NumberRange& range, double t) {
  t = std::clamp(t, 0.0, 1.0);
  if (range.zero_at_left) {
    if (t < zero_part) return 0;
    t = (t - zero_part) / (1 - zero_part);
  }
  const picture::Axis axis{range.slider_low, range.slider_high, range.log};
  const double value = axis.value_at(t);
  if (range.whole) return std::round(value);
  // Two digits are as fine as a thin slider gets, and read better.
  if (value == 0) return 0;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 1);
  return unit >= 1 ? std::round(value / unit) * unit
                   : std::round(value / unit) / std::round(1 / unit);
}

double fraction_of(const NumberRange& range, double value) {
  const picture::Axis axis{range.slider_low, range.slider_high, range.log};
  if (range.zero_at_left) {
    if (value <= 0) return 0;
    return std::clamp(zero_part + (1 - zero_part) * axis.fraction(value), zero_part, 1.0);
  }
  return std::clamp(axis.fraction(value), 0.0, 1.0);
}

std::optional<double> parse_number(std::string text) {
  std::replace(text.begin(), text.end(), ',', '.');
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  text.erase(std::remove_if(text.begin(), text.end(), blank), text.end());
  if (text.starts_with('+')) text.erase(0, 1);
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

struct Track {
  bool activated = false;
  bool held = false;
  bool released = false;
  double at = 0;  // fraction under the mouse
  picture::Rect rect;
};

// The mouse on a slider's track; drawing follows once the value is known.
Track track(const Ui& ui, const char* id, float width_px) {
  const float height = ui.px(18), grab = ui.px(7);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, ImVec2(width_px, height));
  ui.record(id);
  Track result;
  result.rect = {corner.x + grab, corner.y, corner.x + width_px - grab, corner.y + height};
  result.activated = ImGui::IsItemActivated();
  result.held = ImGui::IsItemActive();
  result.released = ImGui::IsItemDeactivated();
  result.at = (ImGui::GetIO().MousePos.x - result.rect.x0) / std::max(1.0F, result.rect.width());
  return result;
}

void draw_track(const Ui& ui, const Track& track, double fraction) {
  ImGuiCanvas canvas = ui.canvas();
  const float y = track.rect.center().y, half = ui.px(2), overhang = ui.px(7);
  const float x = track.rect.x0 + static_cast<float>(fraction) * track.rect.width();
  canvas.fill_rect({track.rect.x0 - overhang, y - half, track.rect.x1 + overhang, y + half},
                   ui.palette.frame_hovered, half);
  canvas.fill_rect({track.rect.x0 - overhang, y - half, x, y + half}, ui.palette.accent, half);
  const bool lively = track.held || ImGui::IsItemHovered();
  canvas.fill_circle({x, y}, ui.scale() * (lively ? 8.0F : 7.0F), ui.palette.accent);
  canvas.fill_circle({x, y}, ui.scale() * 2.5F, ui.palette.on_accent);
}

}  // namespace

std::optional<std::uint64_t> step_in(std::string text) {
  constexpr double most_steps = 1e15;  // more would not end in a person's life
  std::erase_if(text, [](char c) { return c == ' ' || c == ','; });
  double step = 0;
  const char* const end = text.data() + text.size();
  const auto [read_to, error] = std::from_chars(text.data(), end, step);
  const bool whole = error == std::errc() && read_to == end && step == std::floor(step);
  if (!whole || step < 0 || step > most_steps) return std::nullopt;
  return static_cast<std::uint64_t>(step);
}

void hold(Ui& ui, ImGuiID control, double value) {
  ui.new_gesture();
  ui.edit.slider = control;
  ui.edit.slider_value = value;
  ui.edit.released = 0;
}

void let_go(Ui& ui, ImGuiID control) {
  if (ui.edit.slider != control) return;
  ui.edit.released = std::max<std::uint64_t>(1, ui.snapshot_number);
}

double held_value(Ui& ui, ImGuiID control, double value) {
  if (ui.edit.slider != control) return value;
  const bool answered = ui.edit.slider_value == value || ui.snapshot_number > ui.edit.released + 1;
  if (ui.edit.released == 0 || !answered) return ui.edit.slider_value;
  ui.edit.slider = 0;
  return value;
}

std::string shown_number(double value) {
  return fmt::format("{:.6g}", value);
}

std::optional<TextEdit> text_field(Ui& ui, const char* label, std::string_view text,
                                   float width_px) {
  const ImGuiID id = ImGui::GetID(label);
  // Kept by us: where another control takes the focus first, Dear ImGui forgets what was typed.
  std::string idle(text);
  std::string& content = ui.edit.field == id ? ui.edit.text : idle;
  ImGui::SetNextItemWidth(width_px);
  const bool entered = ImGui::InputText(
      label, &content, ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  ui.record(label);
  if (ImGui::IsItemActivated()) {
    ui.edit.field = id;
    ui.edit.text = ui.edit.text_at_first = std::string(text);
  }
  if (ui.edit.field != id) return std::nullopt;
  std::optional<TextEdit> result;
  // Not compared with `text`: what a field shows may move while somebody types in it.
  const bool changed = ui.edit.text != ui.edit.text_at_first;
  const bool left = ImGui::IsItemDeactivatedAfterEdit() && changed;
  if (entered || left) result = TextEdit{ui.edit.text, entered, changed};
  if (entered || ImGui::IsItemDeactivated()) ui.edit.field = 0;
  return result;
}

std::optional<double> number_field(Ui& ui, const char* label, double value,
                                   const NumberRange& range, float width_px) {
  const FontScope font(ui.fonts, picture::Font::mono_small);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(ui.px(6), ui.px(3)));
  const std::string shown = shown_number(value);
  const std::optional<TextEdit> edit = text_field(ui, label, shown, width_px);
  ImGui::PopStyleVar();
  // What is shown may be rounded: leaving it as it is must not change the number.
  if (!edit || !edit->changed) return std::nullopt;
  const std::string name(control_name(label));
  const std::optional<double> typed = parse_number(edit->text);
  if (!typed || (range.whole && *typed != std::round(*typed))) {
    ui.toast(fmt::format("{}: “{}” is not a {}", name, edit->text,
                         range.whole ? "whole number" : "finite number"),
             true);
    return std::nullopt;
  }
  if (*typed < range.low || *typed > range.high) {
    ui.toast(fmt::format("{}: {} is not between {} and {}", name, edit->text,
                         shown_number(range.low), shown_number(range.high)),
             true);
    return std::nullopt;
  }
  return typed;
}

std::optional<NumberEdit> number_slider(Ui& ui, const char* label, double value,
                                        const NumberRange& range) {
  const std::string name(control_name(label));
  const std::string track_id = "###" + name + " slider";
  const ImGuiID slider = ImGui::GetID(track_id.c_str());
  value = held_value(ui, slider, value);

  const float field_px = ui.px(82), width = ImGui::GetContentRegionAvail().x;
  const float row_y = ImGui::GetCursorPosY();
  ImGui::SetCursorPosY(row_y + ui.px(3));
  secondary_text(ui, shown_text(label));
  ImGui::SameLine();
  align_right(field_px);
  ImGui::SetCursorPosY(row_y);
  std::optional<NumberEdit> edit;
  const std::string field_id = "###" + name;
  if (const auto typed = number_field(ui, field_id.c_str(), value, range, field_px)) {
    edit = NumberEdit{*typed, ui.new_gesture()};
  }

  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(5));
  const Track mouse = track(ui, track_id.c_str(), width);
  if (mouse.activated) {
    hold(ui, slider, value);
  }
  if (mouse.held) {
    const double moved = value_at(range, mouse.at);
    if (moved != ui.edit.slider_value) edit = NumberEdit{moved, ui.edit.gesture};
    ui.edit.slider_value = moved;
    value = moved;
  }
  if (mouse.released) let_go(ui, slider);
  draw_track(ui, mouse, fraction_of(range, value));
  return edit;
}

std::optional<int> position_slider(Ui& ui, const char* label, int position, int count,
                                   std::string_view shown, float width_px) {
  ImGui::BeginGroup();
  // Two lines in the height of a button reach a little above it.
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(3));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  {
    ImGuiCanvas canvas = ui.canvas();
    canvas.text({corner.x, corner.y}, shown_text(label), picture::Font::small, ui.palette.secondary,
                picture::AlignX::left, picture::AlignY::top);
    canvas.text({corner.x + width_px, corner.y}, shown, picture::Font::mono_small, ui.palette.text,
                picture::AlignX::right, picture::AlignY::top);
  }
  ImGui::Dummy(ImVec2(width_px, ui.px(13)));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ImGui::GetStyle().ItemSpacing.y);
  const std::string id = "###" + std::string(control_name(label));
  const Track mouse = track(ui, id.c_str(), width_px);
  std::optional<int> moved;
  if (mouse.held) {
    const int at = static_cast<int>(std::lround(std::clamp(mouse.at, 0.0, 1.0) * (count - 1)));
    if (at != position) moved = at;
    position = at;
  }
  draw_track(ui, mouse, count > 1 ? static_cast<double>(position) / (count - 1) : 0.0);
  ImGui::EndGroup();
  return moved;
}

}  // namespace deltascope::ui
