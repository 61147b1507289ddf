#pragma once

#include <deltascope/picture/plane_mapping.hpp>
#include <deltascope/series.hpp>
#include <deltascope/session_file.hpp>
#include <deltascope/snapshot.hpp>
#include <deltascope/ui/control_registry.hpp>
#include <deltascope/ui/draw_calls.hpp>
#include <deltascope/ui/key_event.hpp>
#include <deltascope/ui/outbox.hpp>
#include <deltascope/ui/preferences.hpp>
#include <deltascope/ui/textures.hpp>
#include <deltascope/walk/quantity.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::ui {

/// A session that comes with the program, to start from.
struct Preset {
  std::string name;  ///< as --preset takes it
  std::filesystem::path path;
  std::string title, about;
  std::vector<std::string> variants;  ///< their names
};

/// What the window knows about the document that is open.
struct DocumentStatus {
  std::vector<Preset> presets;         ///< the same all the time
  std::string name;                    ///< file name, or empty for a new session
  std::string title, about;            ///< what the document says of itself
  std::vector<std::string> variants;   ///< names of what it offers to be compared with it
  std::optional<std::size_t> variant;  ///< the open one of these; nullopt: the document itself
  ViewHints view;  ///< what opening the newest session changes in how things are looked at
  std::filesystem::path path;  ///< empty for a new session
  std::string original;  ///< what the document itself is called among its variants; may be empty
  std::shared_ptr<const Settings> settings;  ///< that the newest session started with
  std::shared_ptr<const Dataset> data;       ///< the same; both null for a new session
  std::optional<Exercise> exercise;          ///< of the open document or variant
  std::vector<Question> questions;           ///< likewise
  Answers answers;                           ///< that are in the file
  std::uint64_t opened = 0;    ///< grows when another document is opened, not for its variants
  std::uint64_t sessions = 0;  ///< grows with each session opened, also for a variant
  bool busy = false;           ///< a file is being read or written
  std::uint64_t saved_revision = 0;  ///< Snapshot::revision at the last save or open
  std::string
      message;  ///< the newest outcome of opening or saving, for a toast; may be several lines
  bool message_is_error = false;
  std::uint64_t message_number = 0;  ///< grows with each message
};

/// Everything one frame is drawn from; const, and valid for the whole frame.
struct Frame {
  const Snapshot& snapshot;
  const GridSnapshot& grid;
  const CheckSnapshot& check;
  const SweepSnapshot& sweep;
  const History& history;
  const DocumentStatus& document;
  std::span<const KeyEvent> keys;
  double now_seconds = 0.0;  ///< for toasts and double clicks only
  bool close_requested =
      false;  ///< the person closed the window: ask about unsaved changes, then Quit
  bool fullscreen = false;
  bool frozen = false;  ///< the same snapshot stays, whatever the engine does
};

/// The whole content of the window: between ImGui::NewFrame() and ImGui::Render(), draws `frame`
/// into one full-size ImGui window and collects what the person did. Knows neither GLFW nor OpenGL.
class Workbench {
 public:
  /// `draw_calls` null: points and edges are drawn one by one, as on any canvas.
  Workbench(Textures& textures, Preferences preferences, DrawCalls* draw_calls = nullptr);
  ~Workbench();

  /// (Re)builds the font atlas for `pixels_per_unit` (display scale × zoom). Call before NewFrame
  /// when `fonts_outdated()`; afterwards the backend must upload the atlas again.
  bool fonts_outdated(float display_scale) const;
  /// Says what is missing and what to install when there is no usable font; then do not draw.
  Problems build_fonts(float display_scale);

  void draw(const Frame& frame, Outbox& outbox);

  /// Seconds until something on screen changes by itself (a toast fades, a blinking caret);
  /// infinity when only input or news can change anything: then the loop waits for events and draws
  /// nothing.
  double seconds_until_next_change() const;
  const Preferences& preferences() const;
  /// Whether the exercise that was open in the last frame has answers that no file has.
  bool has_unsaved_answers() const;

  /// Where the control with this label stood in the last frame, in Dear ImGui's coordinates;
  /// nullopt when it was not on screen. For scripts and tests.
  std::optional<picture::Rect> find_control(std::string_view label) const;
  /// The decision plane as it was drawn in the last frame, if it was.
  std::optional<picture::PlaneMapping> plane() const;
  /// What the mouse pointed at in the last frame, in whatever panel.
  std::optional<walk::Quantity> focus() const;
  /// Every control of the last frame by its name (the text behind "###" in its label).
  const ControlRegistry& controls() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace deltascope::ui
