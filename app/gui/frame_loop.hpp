#pragma once

#include "documents.hpp"
#include "gl_draw_calls.hpp"
#include "gl_textures.hpp"
#include "imgui_backend.hpp"
#include "options.hpp"
#include "preferences_store.hpp"
#include "script.hpp"
#include "window.hpp"

#include <deltascope/engine.hpp>
#include <deltascope/series.hpp>
#include <deltascope/ui/outbox.hpp>
#include <deltascope/ui/workbench.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::gui {

/// The running program: takes what the engine publishes and what the person does, draws a frame
/// when one of them asks for it, and hands the frame's wishes on. Without news and input it sleeps.
class FrameLoop final : private Stage {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Throws Fault when the window or a script cannot be opened.
  FrameLoop(const Options& options, Time program_start);
  ~FrameLoop() override = default;
  FrameLoop(const FrameLoop&) = delete;
  FrameLoop& operator=(const FrameLoop&) = delete;

  /// Until the person leaves.
  void run();

 private:
  double wait_seconds() const;
  void take_news(const WindowEvents& events);
  void draw();
  void keep_pace();
  void hand_on();
  void save(const ui::SaveFile& wanted);
  void open_variant(std::optional<std::size_t> variant);
  void update_title();
  void save_preferences();

  // Stage
  const Snapshot& snapshot() const override { return engine_.snapshot(); }
  std::optional<picture::Rect> control(const std::string& label) const override {
    return workbench_.find_control(label);
  }
  std::optional<picture::Point> plane_px(picture::PlanePoint point) const override;
  void point(const ScriptedPointer& pointer) override { pointer_ = pointer; }
  void press(const ui::KeyEvent& key) override {
    keys_.push_back(key);
    backend_.press(key.key);
  }
  void type(const std::string& utf8) override { backend_.type(utf8); }
  void screenshot(const std::filesystem::path& file) override { screenshot_ = file; }
  void quit() override { quit_ = true; }
  double first_frame_seconds() const override { return first_frame_seconds_; }
  double cpu_seconds() const override;
  std::uint64_t frames_drawn() const override { return frames_drawn_; }

  double seconds_since_start() const;

  // In the order of their lives: the engine and the workers wake the window, so they end first;
  // textures and points need its context.
  const Time program_start_;
  std::optional<Script> script_;
  PreferencesStore store_;
  Window window_;
  ImGuiBackend backend_;
  GlTextures textures_;
  GlDrawCalls draw_calls_;
  ui::Workbench workbench_;
  Documents documents_;
  Engine engine_;

  History history_;
  ui::Outbox outbox_;
  std::vector<ui::KeyEvent> keys_;
  bool close_requested_ = false;
  bool frozen_ = false;
  std::optional<ScriptedPointer> pointer_;
  std::optional<std::filesystem::path> screenshot_;
  std::string title_;
  bool quit_ = false;
  bool quit_once_saved_ = false;
  int frames_due_ = 1;
  double script_wait_seconds_ = 0.0;
  double last_frame_seconds_ = 0.0;
  double first_frame_seconds_ = 0.0;
  std::uint64_t frames_drawn_ = 0;
};

}  // namespace deltascope::gui
