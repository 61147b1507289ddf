#include <deltascope/assets.hpp>
#include <deltascope/nearest_name.hpp>
#include <deltascope/presets.hpp>

#include <algorithm>

namespace deltascope {

std::vector<Preset> list_presets() {
  std::vector<Preset> presets;
  for (const std::filesystem::path& file : list_assets("presets", ".json")) {
    presets.push_back({file.stem().string(), file});
  }
  std::ranges::sort(presets, {}, &Preset::name);  // files are sorted with their extensions
  return presets;
}

std::optional<std::filesystem::path> find_preset(std::string_view name, Problems& problems) {
  std::vector<std::string> names;
  for (const Preset& preset : list_presets()) {
    if (preset.name == name) return preset.file;
    names.push_back(preset.name);
  }
  const std::string unknown = "there is no preset \"" + std::string(name) + "\"";
  if (names.empty()) {
    problems.push_back({"", unknown + ": none is installed beside this program"});
  } else {
    problems.push_back({"", unknown + "; did you mean \"" + nearest_name(name, names) + "\"?"});
  }
  return std::nullopt;
}

}  // namespace deltascope
