#pragma once

#include <deltascope/problem.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope {

/// A session document that comes with the program, by the name of its file.
struct Preset {
  std::string name;
  std::filesystem::path file;
};

/// The presets among the assets, in the order of assets/presets/INDEX (one name a line); those that
/// it does not name come last, sorted by name.
std::vector<Preset> list_presets();

/// The preset's file; nothing, and a problem that says which name is meant, when there is none.
std::optional<std::filesystem::path> find_preset(std::string_view name, Problems& problems);

}  // namespace deltascope
