#pragma once

#include <deltascope/ui/key_event.hpp>

#include <optional>

namespace deltascope::gui {

/// GLFW's key event as the window's content knows it; nullopt for keys it has no name for, and for
/// those that on_character() reports.
///
/// Letters are what is printed on the key: Ctrl+Z stays on the key marked Z on a German keyboard.
/// Where a layout has no Latin letters, and for digits, the place on a US keyboard counts.
std::optional<ui::KeyEvent> on_key(int glfw_key, int scancode, int mods, bool repeat);

/// Plus, minus and "?" as the layout produces them (with Ctrl or Alt there is no character, then
/// on_key() finds them).
std::optional<ui::KeyEvent> on_character(unsigned int codepoint);

}  // namespace deltascope::gui
