#pragma once
// What the program says: results on standard output, everything else on standard error.

#include "verbs.hpp"

#include <deltascope/problem.hpp>

#include <cstdint>
#include <string>

namespace deltascope::cli {

/// One line on standard error.
void note(const std::string& message);
/// The same; returns `code`, to be returned.
int fail(const std::string& message, ExitCode code = bad_input);
/// One line for each problem.
int fail(const Problems& problems);
/// `text` on standard output, flushed. False, with a line on standard error, when that fails (a
/// full disk).
bool print(const std::string& text);

/// `text` with line breaks in place of blanks, so that lines have at most `width` letters where
/// words allow it.
std::string wrapped(const std::string& text, std::size_t width);

/// A bar on standard error; silent unless that is a terminal.
class Bar {
 public:
  Bar();
  ~Bar();
  Bar(const Bar&) = delete;
  Bar& operator=(const Bar&) = delete;

  /// `done` is 0 … 1; `text` stands behind the bar.
  void show(double done, const std::string& text);

 private:
  bool on_terminal_;
};

/// The bar of a training run.
class Progress {
 public:
  explicit Progress(std::uint64_t total_steps);

  void show(std::uint64_t step, double cost);

 private:
  std::uint64_t total_steps_;
  Bar bar_;
};

}  // namespace deltascope::cli
