#pragma once

#include <filesystem>
#include <string_view>

namespace deltascope::gui {

/// The file `name` of the program's assets: beside the installed program, or in the source tree
/// when run from the build tree. Empty when there is none.
std::filesystem::path find_asset(std::string_view name);

}  // namespace deltascope::gui
