#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

namespace deltascope {

/// Time as the engine sees it; tests bring their own. Called from the engine's thread only.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual double now_seconds() = 0;
  /// Sleeps until notified or until about `seconds` have passed; may wake early.
  virtual void wait(std::condition_variable& wake, std::unique_lock<std::mutex>& lock,
                    double seconds) = 0;
};

/// std::chrono::steady_clock.
std::unique_ptr<Clock> make_steady_clock();

}  // namespace deltascope
