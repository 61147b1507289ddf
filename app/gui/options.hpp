#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace deltascope::gui {

/// What was asked for on the command line. Empty: as remembered.
struct Options {
  std::filesystem::path file;  ///< that of a preset, too
  std::string variant;         ///< of the file
  std::string theme;           ///< "dark" or "light"
  std::optional<int> zoom_percent;
  std::optional<std::pair<int, int>> size;
  std::filesystem::path script;
};

/// Parses the arguments. When there is nothing to run (--help, --version, or a mistake, which has
/// been explained on stderr), `exit_code` is set.
Options parse_options(int argc, const char* const* argv, std::optional<int>& exit_code);

}  // namespace deltascope::gui
