#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace deltascope {

/// The file `name` of the program's assets: beside the installed program, or in the source tree
/// when run from the build tree. Empty when there is none.
std::filesystem::path find_asset(std::string_view name);

/// The files with this extension in the assets' folder `name`, sorted by name.
std::vector<std::filesystem::path> list_assets(std::string_view name, std::string_view extension);

}  // namespace deltascope
