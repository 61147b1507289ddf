#include "window.hpp"

#include "fault.hpp"
#include "keys.hpp"

#include <glad/gl.h>

#include <algorithm>
#include <cmath>
#include <utility>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace deltascope::gui {
namespace {

constexpr int smallest_width = 640, smallest_height = 400;

std::string last_glfw_error() {
  const char* description = nullptr;
  glfwGetError(&description);
  return description != nullptr ? description : "unknown reason";
}

void hint_opengl_33() {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);  // until the first frame is there
}

// The OpenGL this system does have, for the sentence that says it is not enough.
std::string opengl_found() {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  GLFWwindow* probe = glfwCreateWindow(64, 64, "", nullptr, nullptr);
  if (probe == nullptr) return "none";
  glfwMakeContextCurrent(probe);
  const auto get_string = reinterpret_cast<PFNGLGETSTRINGPROC>(glfwGetProcAddress("glGetString"));
  const GLubyte* version = get_string != nullptr ? get_string(GL_VERSION) : nullptr;
  std::string found = version != nullptr ? reinterpret_cast<const char*>(version) : "none";
  glfwMakeContextCurrent(nullptr);
  glfwDestroyWindow(probe);
  return found;
}

Fault no_opengl(const std::string& found) {
  return {ExitCode::no_opengl,
          "OpenGL 3.3 is needed and this display offers " + found +
              ": install libgl1-mesa-dri (or your graphics card's driver), or use "
              "deltascope-cli, which needs no window"};
}

WindowEvents& events_of(GLFWwindow* window) {
  return *static_cast<WindowEvents*>(glfwGetWindowUserPointer(window));
}

void note(GLFWwindow* window) {
  events_of(window).any = true;
}

// The monitor that shows most of the window.
GLFWmonitor* monitor_of(GLFWwindow* window) {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  glfwGetWindowPos(window, &x, &y);
  glfwGetWindowSize(window, &width, &height);
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  GLFWmonitor* best = glfwGetPrimaryMonitor();
  long best_overlap = 0;
  for (int i = 0; i < count; ++i) {
    const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
    if (mode == nullptr) continue;
    int left = 0;
    int top = 0;
    glfwGetMonitorPos(monitors[i], &left, &top);
    const long w = std::min(x + width, left + mode->width) - std::max(x, left);
    const long h = std::min(y + height, top + mode->height) - std::max(y, top);
    const long overlap = std::max(0L, w) * std::max(0L, h);
    if (overlap > best_overlap) {
      best_overlap = overlap;
      best = monitors[i];
    }
  }
  return best;
}

}  // namespace

Window::Window(const Geometry& geometry) : before_fullscreen_(geometry) {
  if (glfwInit() == GLFW_FALSE) {
    throw Fault(ExitCode::no_display,
                "no display: " + last_glfw_error() +
                    "; start it on a desktop (or set DISPLAY), or use deltascope-cli render, "
                    "which writes the same pictures without a window");
  }
  hint_opengl_33();
  glfwWindowHint(GLFW_MAXIMIZED, geometry.maximized ? GLFW_TRUE : GLFW_FALSE);
  window_ =
      glfwCreateWindow(std::max(geometry.width, smallest_width),
                       std::max(geometry.height, smallest_height), "Deltascope", nullptr, nullptr);
  if (window_ == nullptr) {
    const std::string found = opengl_found();
    glfwTerminate();
    throw no_opengl(found);
  }
  glfwMakeContextCurrent(window_);
  if (gladLoadGL(glfwGetProcAddress) < GLAD_MAKE_VERSION(3, 3)) {
    glfwDestroyWindow(window_);
    glfwTerminate();
    throw no_opengl("an older one");
  }
  glfwSwapInterval(1);
  glfwSetWindowSizeLimits(window_, smallest_width, smallest_height, GLFW_DONT_CARE, GLFW_DONT_CARE);
  install_callbacks();
}

Window::~Window() {
  glfwDestroyWindow(window_);
  glfwTerminate();
}

// Before Dear ImGui's back end installs its own, which call these.
void Window::install_callbacks() {
  glfwSetWindowUserPointer(window_, &events_);
  glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    note(w);
    if (action == GLFW_RELEASE) return;
    if (const auto event = on_key(key, scancode, mods, action == GLFW_REPEAT)) {
      events_of(w).keys.push_back(*event);
    }
  });
  glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned int codepoint) {
    note(w);
    if (const auto event = on_character(codepoint)) events_of(w).keys.push_back(*event);
  });
  glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
    note(w);
    events_of(w).dropped.insert(events_of(w).dropped.end(), paths, paths + count);
  });
  glfwSetWindowCloseCallback(window_, [](GLFWwindow* w) {
    note(w);
    events_of(w).close_requested = true;
    glfwSetWindowShouldClose(w, GLFW_FALSE);  // the content asks about unsaved changes first
  });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int, int, int) { note(w); });
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double, double) { note(w); });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int) { note(w); });
  glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double) { note(w); });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int) { note(w); });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { note(w); });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { note(w); });
  glfwSetWindowContentScaleCallback(window_, [](GLFWwindow* w, float, float) { note(w); });
}

void Window::show() {
  glfwShowWindow(window_);
}
void Window::swap_buffers() {
  glfwSwapBuffers(window_);
}
void Window::set_title(const std::string& title) {
  glfwSetWindowTitle(window_, title.c_str());
}

void Window::set_icon(int width, int height, unsigned char* pixels) {
  const GLFWimage image{width, height, pixels};
  glfwSetWindowIcon(window_, 1, &image);
}

void Window::wait_events(double seconds) {
  if (seconds <= 0.0) {
    glfwPollEvents();
  } else if (std::isfinite(seconds)) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwWaitEvents();
  }
}

WindowEvents Window::take_events() {
  return std::exchange(events_, {});
}
void Window::wake() {
  glfwPostEmptyEvent();
}

bool Window::fullscreen() const {
  return glfwGetWindowMonitor(window_) != nullptr;
}

void Window::set_fullscreen(bool on) {
  if (on == fullscreen()) return;
  if (on) {
    before_fullscreen_ = geometry();
    glfwGetWindowPos(window_, &x_before_fullscreen_, &y_before_fullscreen_);
    GLFWmonitor* monitor = monitor_of(window_);
    const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode == nullptr) return;
    glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  } else {
    glfwSetWindowMonitor(window_, nullptr, x_before_fullscreen_, y_before_fullscreen_,
                         before_fullscreen_.width, before_fullscreen_.height, GLFW_DONT_CARE);
  }
}

Window::Geometry Window::geometry() const {
  if (fullscreen()) return before_fullscreen_;
  Geometry now;
  glfwGetWindowSize(window_, &now.width, &now.height);
  now.maximized = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) == GLFW_TRUE;
  return now;
}

bool Window::minimized() const {
  return glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == GLFW_TRUE;
}

void Window::framebuffer_size(int& width_px, int& height_px) const {
  glfwGetFramebufferSize(window_, &width_px, &height_px);
}

float Window::content_scale() const {
  float x = 1.0F;
  float y = 1.0F;
  glfwGetWindowContentScale(window_, &x, &y);
  return std::max({x, y, 1.0F});
}

double Window::refresh_rate() const {
  GLFWmonitor* monitor = monitor_of(window_);
  const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
  return mode != nullptr && mode->refreshRate > 0 ? mode->refreshRate : 60.0;
}

}  // namespace deltascope::gui
