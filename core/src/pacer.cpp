#include "pacer.hpp"

#include <algorithm>
#include <cmath>

namespace deltascope {
namespace {

constexpr double forgiven_after_seconds = 0.25;
constexpr double measure_window_seconds = 0.5;

}  // namespace

void Pacer::set_speed(double steps_per_second, double now_seconds) {
  speed_ = steps_per_second;
  // The step just taken counts, so that dragging the speed does not take a step per change.
  origin_seconds_ = now_seconds;
  done_ = 1;
}

void Pacer::restart(double now_seconds) {
  origin_seconds_ = now_seconds;
  done_ = 0;
  measure_start_seconds_ = now_seconds;
  counted_ = 0;
  measured_ = 0.0;
}

std::uint64_t Pacer::due(double now_seconds) {
  const double should = std::floor((now_seconds - origin_seconds_) * speed_) + 1.0;
  const double debt = should - static_cast<double>(done_);
  if (debt < 1.0) return 0;
  const double most = std::max(1.0, speed_ * forgiven_after_seconds);
  if (debt > most) done_ = static_cast<std::uint64_t>(should - most);
  return static_cast<std::uint64_t>(std::min(debt, most));
}

double Pacer::seconds_until_due(double now_seconds) const {
  return std::max(0.0, origin_seconds_ + static_cast<double>(done_) / speed_ - now_seconds);
}

double Pacer::measured(double now_seconds) {
  const double elapsed = now_seconds - measure_start_seconds_;
  if (elapsed >= measure_window_seconds) {
    measured_ = static_cast<double>(counted_) / elapsed;
    measure_start_seconds_ = now_seconds;
    counted_ = 0;
  } else if (measured_ == 0.0 && elapsed > 0.05) {
    return static_cast<double>(counted_) / elapsed;
  }
  return measured_;
}

}  // namespace deltascope
