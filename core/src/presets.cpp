#include <deltascope/assets.hpp>
#include <deltascope/nearest_name.hpp>
#include <deltascope/presets.hpp>

#include <algorithm>
#include <fstream>

namespace deltascope {
namespace {

// The names in the order in which they are best met, one a line.
std::vector<std::string> read_index() {
  std::vector<std::string> names;
  std::ifstream in(find_asset("presets/INDEX"));
  for (std::string name; std::getline(in, name);)
    names.push_back(name);
  return names;
}

}  // namespace

std::vector<Preset> list_presets() {
  std::vector<Preset> presets;
  for (const std::filesystem::path& file : list_assets("presets", ".json")) {
    presets.push_back({file.stem().string(), file});
  }
  std::ranges::sort(presets, {}, &Preset::name);  // files are sorted with their extensions
  const std::vector<std::string> index = read_index();
  const auto place = [&](const Preset& preset) { return std::ranges::find(index, preset.name); };
  std::ranges::stable_sort(presets, {}, place);
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
