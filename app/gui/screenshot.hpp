#pragma once

#include <deltascope/problem.hpp>

#include <filesystem>

namespace deltascope::gui {

/// Writes what has been drawn into the back buffer (call before swapping) as PNG.
bool save_screenshot(int width_px, int height_px, const std::filesystem::path& file,
                     Problems& problems);

}  // namespace deltascope::gui
