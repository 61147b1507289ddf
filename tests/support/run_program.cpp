#include "support/run_program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace deltascope::test {
namespace {

std::filesystem::path make_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "deltascope-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

void redirect(int descriptor, const std::filesystem::path& file, int flags) {
  const int opened = ::open(file.c_str(), flags, 0600);
  if (opened < 0 || ::dup2(opened, descriptor) < 0) ::_exit(127);
}

}  // namespace

Program::Program(const std::string& program, std::vector<std::string> arguments,
                 const std::string& input)
    : folder_(make_folder()) {
  write_file(folder_ / "in", input);
  arguments.insert(arguments.begin(), program);
  std::vector<char*> argv;
  for (std::string& argument : arguments)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  process_ = ::fork();
  if (process_ == 0) {
    redirect(STDIN_FILENO, folder_ / "in", O_RDONLY);
    redirect(STDOUT_FILENO, folder_ / "out", O_WRONLY | O_CREAT);
    redirect(STDERR_FILENO, folder_ / "err", O_WRONLY | O_CREAT);
    ::signal(SIGINT, SIG_DFL);  // a shell in the background hands on an ignored one
    ::alarm(120);               // a program that hangs ends, and so does its test
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
  }
}

Program::~Program() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  std::filesystem::remove_all(folder_);
}

void Program::interrupt() {
  ::kill(process_, SIGINT);
}

ProgramResult Program::wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  ProgramResult result;
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = read_file(folder_ / "out");
  result.err = read_file(folder_ / "err");
  return result;
}

TemporaryFolder::TemporaryFolder() : path_(make_folder()) {}
TemporaryFolder::~TemporaryFolder() {
  std::filesystem::remove_all(path_);
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::filesystem::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary) << content;
}

}  // namespace deltascope::test
