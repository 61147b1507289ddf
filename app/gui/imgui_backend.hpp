#pragma once

#include <deltascope/picture/canvas.hpp>
#include <deltascope/ui/key_event.hpp>

#include <optional>
#include <string>

struct GLFWwindow;

namespace deltascope::gui {

/// A pointer that a script moves instead of a hand.
struct ScriptedPointer {
  picture::Point position;
  bool left = false, right = false;
  float wheel = 0.0F;
};

/// Dear ImGui's context with its GLFW and OpenGL 3 parts. What differs between Dear ImGui 1.86 and
/// later ones outside of app/ui stands in this file's source and nowhere else.
class ImGuiBackend {
 public:
  explicit ImGuiBackend(GLFWwindow* window);
  ~ImGuiBackend();
  ImGuiBackend(const ImGuiBackend&) = delete;
  ImGuiBackend& operator=(const ImGuiBackend&) = delete;

  /// After the font atlas was built anew.
  void upload_fonts();
  void new_frame(const std::optional<ScriptedPointer>& pointer);
  /// Draws the finished frame into the back buffer.
  void render(int width_px, int height_px);
  void type(const std::string& utf8);
  /// Holds a key that edits text (Enter, Esc, Backspace, Tab) for the next frame; others do
  /// nothing.
  void press(ui::Key key);

 private:
  std::optional<int> pressed_, held_;  // of Dear ImGui
};

}  // namespace deltascope::gui
