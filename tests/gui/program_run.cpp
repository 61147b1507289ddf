#include "program_run.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace deltascope::test {
namespace {

// Mesa reports what it tried on the same stream.
std::string without_driver_messages(const std::string& text) {
  std::istringstream in(text);
  std::string kept;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("libGL ") && !line.starts_with("MESA")) kept += line + '\n';
  }
  return kept;
}

ProgramRun run(const std::string& command) {
  const Folder folder;
  const auto out = folder / "out";
  const auto err = folder / "err";
  const std::string line = command + " >" + out.string() + " 2>" + err.string() + " </dev/null";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content_of(out),
          without_driver_messages(content_of(err))};
}

}  // namespace

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "deltascope-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::filesystem::remove_all(path_);
}

std::filesystem::path Folder::put(const std::string& name, const std::string& content) const {
  auto file = path_ / name;
  std::ofstream(file, std::ios::binary) << content;
  return file;
}

ProgramRun run_on_display(const std::string& environment, const std::string& arguments) {
  return run("xvfb-run -a -s '-screen 0 1600x1000x24 -noreset' -e /dev/stderr env " + environment +
             " " DELTASCOPE_PROGRAM " " + arguments);
}

ProgramRun run_without_display(const std::string& arguments) {
  return run("env -u DISPLAY -u WAYLAND_DISPLAY " DELTASCOPE_PROGRAM " " + arguments);
}

}  // namespace deltascope::test
