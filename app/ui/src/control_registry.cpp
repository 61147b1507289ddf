#include <deltascope/ui/control_registry.hpp>

namespace deltascope::ui {

void ControlRegistry::record(std::string_view name, const picture::Rect& rect_px, bool enabled,
                             bool visible) {
  auto found = controls_.find(name);
  if (found == controls_.end()) found = controls_.emplace(std::string(name), Control()).first;
  Control& control = found->second;
  control.rect_px = rect_px;
  control.enabled = enabled;
  control.visible = visible;
  ++control.times;
}

const Control* ControlRegistry::find(std::string_view name) const {
  const auto found = controls_.find(name);
  return found == controls_.end() ? nullptr : &found->second;
}

}  // namespace deltascope::ui
