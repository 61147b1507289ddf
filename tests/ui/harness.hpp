#pragma once

#include "shim.hpp"

#include <deltascope/session.hpp>
#include <deltascope/ui/workbench.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::ui {

/// Counts instead of uploading.
class CountedTextures : public Textures {
 public:
  std::uintptr_t texture(const picture::Image& image) override {
    if (!image.pixels.empty()) ++computed;
    sizes_complete = sizes_complete && image.width > 0 && image.height > 0;
    return 1;
  }
  int computed = 0;
  bool sizes_complete = true;
};

/// The window without a window: owns a Session, applies each frame's wishes to it at once and shows
/// it in the next frame. The mouse and the keys are the test's.
class Harness {
 public:
  struct Options {
    float width = 1600, height = 1400;
    float scale = 1;
    Preferences preferences = {};
  };
  Harness() : Harness(Options()) {}
  explicit Harness(const Options& options);
  ~Harness();

  /// Draws `count` frames.
  void frames(int count = 1);
  /// Draws frames without handing anything on: the wishes stay in `requests` and `wishes`.
  void hold_back() { hands_on_ = false; }
  /// Opens a document with this exercise on the present session.
  void open_exercise(const Exercise& exercise, const Answers& answers = {});
  /// Every vertex and index of the last frame: two pictures that differ in nothing are equal.
  std::string picture() const;

  // Each holds every state for two frames.
  void move_to(picture::Point at);
  void press(std::string_view control);
  void click(picture::Point at, bool right = false);
  void double_click(picture::Point at);
  void drag(picture::Point from, picture::Point to, bool middle = false);
  void wheel(picture::Point at, float notches);
  void key(Key key, bool ctrl = false, bool shift = false);
  void key_with_alt(Key key);
  void modifiers(bool ctrl, bool shift);
  /// Clicks into the field, replaces what stands there and presses Enter.
  void enter(std::string_view field, const std::string& text);
  void type(const std::string& text);
  void edit_key(shim::EditKey key);
  void choose(std::string_view combo, std::string_view row);

  bool has(std::string_view control) const;
  /// Of all that was drawn in the last frame: tells whether something more was.
  int vertices() const;
  /// How many windows of Dear ImGui were drawn: a tooltip is one.
  int windows() const;
  picture::Rect rect(std::string_view control) const;
  picture::Point plane_px(double x, double y) const;
  const Settings& settings() const { return session.settings(); }
  const Dataset& data() const { return session.data(); }
  int label(Index sample) const;
  std::size_t count(std::function<bool(const Request&)> which) const;
  template <class Wanted>
  std::vector<Wanted> sent() const {
    std::vector<Wanted> found;
    for (const Request& request : requests) {
      if (const auto* wanted = std::get_if<Wanted>(&request)) found.push_back(*wanted);
    }
    return found;
  }
  template <class Wanted>
  std::vector<Wanted> asked_of_window() const {
    std::vector<Wanted> found;
    for (const WindowRequest& request : wishes) {
      if (const auto* wanted = std::get_if<Wanted>(&request)) found.push_back(*wanted);
    }
    return found;
  }

  Session session;
  RunState run = RunState::paused;
  std::vector<Request> requests;      // all so far
  std::vector<WindowRequest> wishes;  // all so far
  std::vector<std::string> notices;   // refused and other
  CountedTextures textures;
  Workbench workbench;
  DocumentStatus document;
  std::function<void(Snapshot&)> pretend;  // what the window is shown other than the session is
  bool close_requested = false;
  bool frozen = false;
  /// What the engine found last; a test may put something else there.
  CheckSnapshot check;
  /// Likewise; a request is answered at once.
  SweepSnapshot sweep;
  double now_seconds = 0;
  double frame_cpu_seconds = 0;  // of the last frame, drawing only

 private:
  void hand_on();
  void fill_snapshot();
  void fill_log();
  void run_check();
  void run_sweep(const SweepPlan& plan);

  bool hands_on_ = true;
  float scale_ = 1;
  shim::Mouse mouse_;
  std::vector<KeyEvent> keys_;
  Snapshot snapshot_;
  GridSnapshot grid_;
  std::vector<double> evaluated_;  // parameters that grid_ is of
  History history_;
  Look look_;
  std::uint64_t notice_number_ = 0, log_revision_ = 0;
  GridWorkspace grid_workspace_;
};

/// Options with every section open and room for all of them.
Harness::Options all_unfolded();

}  // namespace deltascope::ui
