#pragma once

#include "fonts.hpp"
#include "imgui_canvas.hpp"

#include <deltascope/picture/palette.hpp>
#include <deltascope/ui/control_registry.hpp>
#include <deltascope/ui/outbox.hpp>
#include <deltascope/ui/preferences.hpp>
#include <deltascope/ui/textures.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::ui {

/// A line on screen for a few seconds.
struct Toast {
  std::string text;
  bool warning = false;
  double since_seconds = 0;
};

/// What the control that is being edited remembers between frames: there is only ever one.
struct EditState {
  ImGuiID field = 0;           ///< the text field being typed in
  std::string text;            ///< what stands in it
  std::string text_at_first;   ///< what stood there when it was entered
  ImGuiID slider = 0;          ///< the slider being dragged, or just released
  double slider_value = 0;     ///< where it stands, ahead of the session's answer
  std::uint64_t released = 0;  ///< snapshot on screen when it was released; 0: still held
  std::uint64_t gesture = 0;   ///< of the running drag
  std::uint64_t gestures = 0;  ///< handed out so far
  bool list_open = false;      ///< a combo's list was open in the last frame
  bool close_list = false;     ///< and is to be closed in this one
};

/// The explained item under the mouse, and since when: tooltips wait a little.
struct HoverState {
  bool present = false;
  bool seen = false;  ///< in this frame
  float x = 0, y = 0;
  double since_seconds = 0;

  static constexpr double delay_seconds = 0.4;
  /// Until its tooltip shows; 0 when it does.
  double seconds_left(double now_seconds) const {
    return std::max(0.0, since_seconds + delay_seconds - now_seconds);
  }
};

/// What every widget and panel is given: how things look, where wishes go, what is remembered.
struct Ui {
  Preferences& preferences;
  const picture::Palette& palette;
  const Fonts& fonts;
  Textures& textures;
  DrawCalls* draw_calls;  ///< null: everything is drawn one by one
  HeldImages& held_images;
  Outbox& outbox;
  EditState& edit;
  HoverState& hover;
  std::vector<Toast>& toasts;
  ControlRegistry& controls;
  std::uint64_t snapshot_number = 0;
  double now_seconds = 0;

  float scale() const { return fonts.pixels_per_unit(); }
  /// Whole pixels for a length in units.
  float px(float units) const { return std::floor(units * scale() + 0.5F); }
  std::uint64_t new_gesture() { return edit.gesture = ++edit.gestures; }
  /// Shows a line for a few seconds; the same line twice stays longer instead.
  void toast(std::string text, bool warning) {
    std::erase_if(toasts, [&](const Toast& toast) { return toast.text == text; });
    toasts.push_back({std::move(text), warning, now_seconds});
  }
  /// Remembers where the item drawn last lies; `label` as given to Dear ImGui.
  void record(std::string_view label, bool enabled = true) const;
  void record(std::string_view label, ImVec2 low, ImVec2 high, bool enabled = true) const;
  ImGuiCanvas canvas() const {
    return {*ImGui::GetWindowDrawList(), fonts, textures, draw_calls, held_images};
  }
};

}  // namespace deltascope::ui
