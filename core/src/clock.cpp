#include <deltascope/clock.hpp>

#include <algorithm>
#include <chrono>

namespace deltascope {
namespace {

class SteadyClock final : public Clock {
 public:
  double now_seconds() override {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
  void wait(std::condition_variable& wake, std::unique_lock<std::mutex>& lock,
            double seconds) override {
    wake.wait_for(lock, std::chrono::duration<double>(std::clamp(seconds, 0.0, 3600.0)));
  }
};

}  // namespace

std::unique_ptr<Clock> make_steady_clock() {
  return std::make_unique<SteadyClock>();
}

}  // namespace deltascope
