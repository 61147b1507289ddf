#pragma once

#include <signal.h>

namespace deltascope::cli {

/// Holds back Ctrl-C and requests to terminate for as long as it lives, to be asked for between
/// steps: no handler, so nothing is ever half done and no global is needed.
class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  /// Whether one has come; it is then used up.
  bool take();

 private:
  sigset_t held_{}, before_{};
};

}  // namespace deltascope::cli
