#pragma once

#include <filesystem>
#include <string>

namespace deltascope::test {

/// What a run of the program came to.
struct ProgramRun {
  int exit_code = -1;
  std::string output;  ///< stdout
  std::string errors;  ///< stderr, without what the graphics driver says
};

/// A folder that exists as long as this object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  /// Writes a file into it.
  std::filesystem::path put(const std::string& name, const std::string& content) const;

 private:
  std::filesystem::path path_;
};

std::string content_of(const std::filesystem::path& file);

/// Runs deltascope with `arguments` (for the shell) and `environment` ("NAME=value …") on a display
/// of its own.
ProgramRun run_on_display(const std::string& environment, const std::string& arguments);
/// The same with no display to be found.
ProgramRun run_without_display(const std::string& arguments);

}  // namespace deltascope::test
