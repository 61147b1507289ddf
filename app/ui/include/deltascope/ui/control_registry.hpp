#pragma once

#include <deltascope/picture/canvas.hpp>

#include <map>
#include <string>
#include <string_view>

namespace deltascope::ui {

/// One control as it was drawn in a frame.
struct Control {
  picture::Rect rect_px;
  bool enabled = true;
  bool visible = true;  ///< not scrolled out of sight
  int times = 0;        ///< drawn under this name in the frame; more than once is a mistake
};

/// Where every labelled control of the last frame lies, so that tests (and later a guided tour) can
/// find it by its name: the text behind "###" in its label, or the whole label.
class ControlRegistry {
 public:
  void clear() { controls_.clear(); }
  void record(std::string_view name, const picture::Rect& rect_px, bool enabled, bool visible);
  const Control* find(std::string_view name) const;
  const std::map<std::string, Control, std::less<>>& all() const { return controls_; }

 private:
  std::map<std::string, Control, std::less<>> controls_;
};

}  // namespace deltascope::ui
