#pragma once

#include <filesystem>

namespace deltascope::gui {

class Window;

/// Gives the window the picture in `png`; without it the system's own icon stays.
void set_icon(Window& window, const std::filesystem::path& png);

}  // namespace deltascope::gui
