#include <deltascope/assets.hpp>

#include <algorithm>
#include <array>
#include <system_error>

namespace deltascope {
namespace {

namespace fs = std::filesystem;

// Where assets may lie, the likeliest first.
std::array<fs::path, 2> folders() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return {program.parent_path() / DELTASCOPE_ASSETS_FROM_PROGRAM, DELTASCOPE_SOURCE_ASSETS};
}

}  // namespace

fs::path find_asset(std::string_view name) {
  std::error_code error;
  for (const fs::path& folder : folders()) {
    auto file = folder / name;
    if (fs::is_regular_file(file, error)) return file;
  }
  return {};
}

std::vector<fs::path> list_assets(std::string_view name, std::string_view extension) {
  std::vector<fs::path> files;
  for (const fs::path& folder : folders()) {
    std::error_code error;
    fs::directory_iterator entry(folder / name, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      if (entry->path().extension() == extension) {
        files.push_back(entry->path().lexically_normal());
      }
    }
    if (!files.empty()) break;
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace deltascope
