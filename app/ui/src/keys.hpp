#pragma once

#include "view.hpp"

#include <span>
#include <string_view>

namespace deltascope::ui {

enum class Shift { no, yes, either };

/// One row: a key, what it is called, what it does. The overlay shows and the window obeys the same
/// table.
struct KeyBinding {
  Key key;
  bool ctrl;
  Shift shift;
  bool repeats;            ///< acts again while it is held down
  std::string_view name;   ///< "Ctrl+Z"; empty: another way to say the row above
  std::string_view about;  ///< "Undo"
  void (*act)(Desk& desk, int argument);
  int argument = 0;
};

std::span<const KeyBinding> key_bindings();

/// What the mouse does, for the overlay.
struct MouseHelp {
  std::string_view name, about;
};
std::span<const MouseHelp> mouse_help();

/// Lets the frame's keys act; none of them while text is being typed.
void dispatch_keys(Desk& desk);

}  // namespace deltascope::ui
