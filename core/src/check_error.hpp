#pragma once

#include <cmath>

namespace deltascope {

/// Whether `error` is larger than `other`; NaN is larger than every number.
inline bool is_worse(double error, double other) {
  return std::isnan(error) ? !std::isnan(other) : error > other;
}

}  // namespace deltascope
