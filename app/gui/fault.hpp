#pragma once

#include <stdexcept>
#include <string>

namespace deltascope::gui {

/// What the program returns to the shell; stated in the manual page.
enum class ExitCode {
  ok = 0,
  failed = 1,
  usage = 2,
  no_display = 3,
  no_opengl = 4,
  no_fonts = 5,
  script = 6
};

/// The program cannot go on. `what()` is the one sentence that says what is missing and what to do.
class Fault : public std::runtime_error {
 public:
  Fault(ExitCode code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

}  // namespace deltascope::gui
