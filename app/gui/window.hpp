#pragma once

#include <deltascope/ui/key_event.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

struct GLFWwindow;

namespace deltascope::gui {

/// What came from the person since the last look.
struct WindowEvents {
  bool any = false;  ///< anything that may change the picture
  bool close_requested = false;
  std::vector<ui::KeyEvent> keys;
  std::vector<std::filesystem::path> dropped;
};

/// The system's window with an OpenGL 3.3 core context. Owns GLFW: there is one at a time, on the
/// main thread.
class Window {
 public:
  struct Geometry {
    int width = 1280, height = 800;
    bool maximized = false;
  };

  /// Throws Fault when there is no display, no OpenGL 3.3.
  explicit Window(const Geometry& geometry);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  GLFWwindow* handle() const { return window_; }
  void show();
  void swap_buffers();
  void set_title(const std::string& title);
  /// RGBA, row 0 on top.
  void set_icon(int width, int height, unsigned char* pixels);

  /// Waits until something happens or `seconds` have passed; 0 only looks, infinity waits.
  void wait_events(double seconds);
  WindowEvents take_events();
  /// Ends wait_events(). From any thread, while this window lives.
  static void wake();

  bool fullscreen() const;
  void set_fullscreen(bool on);
  /// As it is when it is not full screen: what the next start should restore.
  Geometry geometry() const;
  bool minimized() const;
  void framebuffer_size(int& width_px, int& height_px) const;
  float content_scale() const;
  /// Frames per second of the display.
  double refresh_rate() const;

 private:
  void install_callbacks();

  GLFWwindow* window_ = nullptr;
  WindowEvents events_;
  Geometry before_fullscreen_;
  int x_before_fullscreen_ = 0, y_before_fullscreen_ = 0;
};

}  // namespace deltascope::gui
