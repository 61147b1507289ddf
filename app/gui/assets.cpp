#include "assets.hpp"

#include <array>

namespace deltascope::gui {

std::filesystem::path find_asset(std::string_view name) {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::array folders = {
      program.parent_path() / DELTASCOPE_ASSETS_FROM_PROGRAM,
      std::filesystem::path(DELTASCOPE_SOURCE_ASSETS),
  };
  for (const auto& folder : folders) {
    auto file = folder / name;
    if (std::filesystem::is_regular_file(file, error)) return file;
  }
  return {};
}

}  // namespace deltascope::gui
