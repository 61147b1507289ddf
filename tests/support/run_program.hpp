#pragma once
// Runs a real program and keeps what it says.

#include <filesystem>
#include <string>
#include <vector>

namespace deltascope::test {

struct ProgramResult {
  int exit_code = -1;  // 128 + n when signal n ended it
  std::string out;
  std::string err;
};

/// A child process whose output goes to files, so that a full pipe can never stall it.
class Program {
 public:
  /// Starts `program` with `arguments` and `input` on its standard input.
  Program(const std::string& program, std::vector<std::string> arguments,
          const std::string& input = "");
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void interrupt();  // as Ctrl-C does
  ProgramResult wait();

 private:
  std::filesystem::path folder_;
  int process_ = -1;
};

/// A folder of its own that disappears with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, const std::string& content);

}  // namespace deltascope::test
