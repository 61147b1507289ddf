#pragma once

#include <deltascope/engine.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace deltascope::ui {

// What panels ask of the window rather than of the engine.
struct OpenFile {
  std::filesystem::path path;
};
/// Of the open document; nullopt: the document itself.
struct OpenVariant {
  std::optional<std::size_t> variant;
};
struct SaveFile {
  std::filesystem::path path;
  Answers answers;  ///< that go into it
};
/// Text that somebody made of the present step.
struct WriteText {
  std::filesystem::path path;
  std::string text;
};
/// Whether the picture stands still; training goes on behind it.
struct SetFrozen {
  bool on = false;
};
struct Quit {};
struct SetFullscreen {
  bool on = false;
};
using WindowRequest =
    std::variant<OpenFile, OpenVariant, SaveFile, WriteText, SetFrozen, Quit, SetFullscreen>;

/// Collects a frame's wishes; the frame loop hands them on at the end of the frame.
class Outbox {
 public:
  /// To the session, logged and undoable. `gesture` other than 0 joins a drag into one undo entry.
  void command(Action action, std::uint64_t gesture = 0);
  /// To the engine: Play, Pause, StepOnce, SetSpeed, Look, OpenDocument.
  void control(Request request);
  void window(WindowRequest request);

  /// Takes back the engine's requests that `is_dropped` says so of.
  void drop_engine(const std::function<bool(const Request&)>& is_dropped);

  std::vector<Request> take_engine() { return std::exchange(engine_, {}); }
  std::vector<WindowRequest> take_window() { return std::exchange(window_, {}); }

 private:
  std::vector<Request> engine_;
  std::vector<WindowRequest> window_;
};

}  // namespace deltascope::ui
