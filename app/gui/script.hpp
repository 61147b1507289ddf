#pragma once

#include "imgui_backend.hpp"

#include <deltascope/picture/plane_mapping.hpp>
#include <deltascope/snapshot.hpp>
#include <deltascope/ui/key_event.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::gui {

/// What a script sees of the running window and does to it.
class Stage {
 public:
  virtual ~Stage() = default;
  virtual const Snapshot& snapshot() const = 0;
  /// Where the control with this label is on screen; nullopt while it is not.
  virtual std::optional<picture::Rect> control(const std::string& label) const = 0;
  /// Where a point of the plane is on screen.
  virtual std::optional<picture::Point> plane_px(picture::PlanePoint point) const = 0;
  virtual void point(const ScriptedPointer& pointer) = 0;
  virtual void press(const ui::KeyEvent& key) = 0;
  virtual void type(const std::string& utf8) = 0;
  /// Of the frame that is drawn next.
  virtual void screenshot(const std::filesystem::path& file) = 0;
  virtual void quit() = 0;

  virtual double first_frame_seconds() const = 0;  ///< from the start of the program
  virtual double cpu_seconds() const = 0;          ///< of the process, all threads
  virtual std::uint64_t frames_drawn() const = 0;
};

/// Plays a text file in the real window: one command per line, `#` starts a comment, words with
/// spaces stand in double quotes. Used for screenshots, the smoke test and measurements.
class Script {
 public:
  /// Reads the file. Throws Fault, naming the line, when it cannot be read or understood.
  explicit Script(const std::filesystem::path& file);

  /// What the frame loop does next for the script.
  struct Turn {
    bool draw = false;          ///< draw a frame now
    double wait_seconds = 0.0;  ///< otherwise: come back after this time, or after news
  };
  /// Once for every turn of the frame loop, before drawing. Throws Fault when a command fails, and
  /// ends the program after the last line.
  Turn advance(Stage& stage, double now_seconds);

  /// One line's progress, as its command sees it.
  struct Moment {
    const std::vector<std::string>& words;
    Stage& stage;
    int phase = 0;               ///< how often the command has answered `next`
    double seconds = 0.0;        ///< since the line began
    double& look_again_seconds;  ///< for `wait`: how long nothing needs to be looked at
    // What `report` remembers between its phases.
    double& cpu_at_start;
    std::uint64_t& frames_at_start;
  };
  enum class Answer {
    next,         ///< draw, then the command's next phase
    next_unseen,  ///< the next phase without a frame between
    retry,        ///< what it acts on is not there yet: draw, then the same phase
    wait,         ///< nothing to draw; the same phase again later
    done
  };
  struct Row {
    std::string_view name;
    std::size_t least_words, most_words;
    std::string_view usage;
    Answer (*act)(const Moment&);
  };

 private:
  struct Line {
    int number = 0;
    const Row* row = nullptr;
    std::vector<std::string> words;
  };

  std::string where(const Line& line) const;

  std::filesystem::path file_;
  std::vector<Line> lines_;
  std::size_t at_ = 0;
  int phase_ = 0;
  std::optional<double> line_began_;
  double cpu_at_start_ = 0.0;
  std::uint64_t frames_at_start_ = 0;
};

}  // namespace deltascope::gui
