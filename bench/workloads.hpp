#pragma once
// What speed is measured on, and what other programs were measured on.

#include <deltascope/arithmetic.hpp>
#include <deltascope/trainer.hpp>

#include <string_view>
#include <vector>

namespace deltascope::bench {

/// A state to train from, computed by the rows of `arithmetics()` called `arithmetic`.
State ox_single_point(std::string_view arithmetic);    ///< W1: 2-2-3-2 sigmoid, batch 1
State spiral_mini_batch(std::string_view arithmetic);  ///< W2: 2-8⁶-1 tanh, 250 points, batch 10
State ox_levenberg_marquardt(std::string_view arithmetic);  ///< W5: 20 residuals × 23 parameters
State large_levenberg_marquardt(std::string_view arithmetic);  ///< W5b: 400 × 354
/// Softmax cross-entropy on `points` points above and below a diagonal, full batch, tanh between:
/// W3 with hidden {64, 64} and 100,000 points.
State full_batch(std::string_view arithmetic, const std::vector<Index>& hidden, Index points);

}  // namespace deltascope::bench
