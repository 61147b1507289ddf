// deltascope: the window.

#include "fault.hpp"
#include "frame_loop.hpp"
#include "options.hpp"

#include <chrono>
#include <exception>
#include <iostream>

namespace {

int say(deltascope::gui::ExitCode code, const char* sentence) {
  std::cerr << "deltascope: " << sentence << '\n';
  return static_cast<int>(code);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace deltascope::gui;
  const auto program_start = std::chrono::steady_clock::now();
  try {
    std::optional<int> exit_code;
    const Options options = parse_options(argc, argv, exit_code);
    if (exit_code) return *exit_code;
    FrameLoop(options, program_start).run();
    return static_cast<int>(ExitCode::ok);
  } catch (const Fault& fault) {
    return say(fault.code(), fault.what());
  } catch (const std::exception& error) {
    return say(ExitCode::failed, error.what());
  }
}
