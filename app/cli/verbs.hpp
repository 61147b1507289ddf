#pragma once

#include <functional>
#include <span>
#include <string>

namespace CLI {
class App;
}

namespace deltascope::cli {

/// What the program's exit code says.
enum ExitCode : int {
  success = 0,
  failed = 1,        ///< it ran, but: numbers left the finite ones, a check or a replay failed
  bad_input = 2,     ///< a file, a folder or an option is not as it should be
  interrupted = 130  ///< stopped by Ctrl-C, with everything written up to there
};

/// One row: a verb of the command line.
struct Verb {
  const char* name;
  const char* description;
  const char* examples;  ///< one a line
  /// Declares its options and returns what to do once they are parsed.
  std::function<int()> (*define)(CLI::App& command);
};

std::span<const Verb> verbs();

std::function<int()> define_train(CLI::App& command);
std::function<int()> define_trace(CLI::App& command);
std::function<int()> define_render(CLI::App& command);
std::function<int()> define_check(CLI::App& command);
std::function<int()> define_sweep(CLI::App& command);
std::function<int()> define_replay(CLI::App& command);
std::function<int()> define_exercise(CLI::App& command);
std::function<int()> define_mark(CLI::App& command);
std::function<int()> define_presets(CLI::App& command);

}  // namespace deltascope::cli
