#include "console.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <sstream>
#include <string>
#include <system_error>

namespace deltascope::cli {

void note(const std::string& message) {
  std::string line = message;  // one, whatever an argument in it holds; and nothing for a terminal
  std::ranges::replace_if(
      line, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, ' ');
  std::fprintf(stderr, "deltascope-cli: %s\n", line.c_str());
}

int fail(const std::string& message, ExitCode code) {
  note(message);
  return code;
}

int fail(const Problems& problems) {
  for (const Problem& problem : problems)
    fail(problem.text());
  return bad_input;
}

bool print(const std::string& text) {
  if (std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0) return true;
  fail("cannot write to standard output: " + std::generic_category().message(errno));
  return false;
}

std::string wrapped(const std::string& text, std::size_t width) {
  std::string out;
  std::size_t column = 0;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    // Bytes that continue a letter of UTF-8 have the form 10xxxxxx.
    const auto letters = static_cast<std::size_t>(
        std::ranges::count_if(word, [](char byte) { return (byte & 0xC0) != 0x80; }));
    const bool fits = column + 1 + letters <= width;
    if (!out.empty()) out += fits ? ' ' : '\n';
    column = (fits && !out.empty() ? column + 1 : 0) + letters;
    out += word;
  }
  return out;
}

Bar::Bar() : on_terminal_(::isatty(STDERR_FILENO) == 1) {}

Bar::~Bar() {
  if (on_terminal_) std::fputs("\r\x1b[K", stderr);  // leaves the line to what comes next
}

void Bar::show(double done, const std::string& text) {
  if (!on_terminal_) return;
  constexpr std::size_t width = 30;
  const auto filled = std::min(width, static_cast<std::size_t>(done * width));
  const std::string bar = std::string(filled, '=') + std::string(width - filled, ' ');
  std::fprintf(stderr, "\r\x1b[K[%s] %3.0f %%  %s", bar.c_str(), 100.0 * done, text.c_str());
  std::fflush(stderr);
}

Progress::Progress(std::uint64_t total_steps)
    : total_steps_(std::max<std::uint64_t>(total_steps, 1)) {}

void Progress::show(std::uint64_t step, double cost) {
  std::array<char, 100> text{};
  std::snprintf(text.data(), text.size(), "step %llu of %llu  cost %.4g",
                static_cast<unsigned long long>(step),
                static_cast<unsigned long long>(total_steps_), cost);
  bar_.show(static_cast<double>(step) / static_cast<double>(total_steps_), text.data());
}

}  // namespace deltascope::cli
