#pragma once

#include <cstdint>

namespace deltascope {

/// How many steps are due at a given speed, and how fast they really come. Pure: time is handed in.
class Pacer {
 public:
  /// 0: unlimited.
  void set_speed(double steps_per_second, double now_seconds);
  double speed() const { return speed_; }
  bool unlimited() const { return speed_ == 0.0; }
  /// Training starts (again): nothing is owed for the time before. The first step is due at once.
  void restart(double now_seconds);
  /// Steps that should have happened by now and have not. Debt beyond a quarter of a second is
  /// forgiven: after a slow step the run goes on at its speed instead of rushing.
  std::uint64_t due(double now_seconds);
  /// Seconds from now until a step is due; 0 when one is.
  double seconds_until_due(double now_seconds) const;
  void count(std::uint64_t steps) {
    done_ += steps;
    counted_ += steps;
  }

  /// Measured over about half a second.
  double measured(double now_seconds);

 private:
  double speed_ = 60.0;
  double origin_seconds_ = 0.0;
  std::uint64_t done_ = 0;
  double measure_start_seconds_ = 0.0;
  std::uint64_t counted_ = 0;
  double measured_ = 0.0;
};

}  // namespace deltascope
