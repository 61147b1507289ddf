#include "held_signals.hpp"

#include <time.h>

namespace deltascope::cli {

HeldSignals::HeldSignals() {
  ::sigemptyset(&held_);
  ::sigaddset(&held_, SIGINT);
  ::sigaddset(&held_, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &held_, &before_);
}

HeldSignals::~HeldSignals() {
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool HeldSignals::take() {
  const timespec at_once{};
  return ::sigtimedwait(&held_, nullptr, &at_once) > 0;
}

}  // namespace deltascope::cli
