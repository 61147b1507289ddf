#pragma once

#include <deltascope/sweep.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace deltascope {

/// `count` of `total`, and between what the probability behind it lies.
struct Proportion {
  std::size_t count = 0, total = 0;
  double low = 0.0, high = 1.0;  ///< 95 %

  double fraction() const {
    return total == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(total);
  }
};

/// The score interval of 95 %: (p̂ + z²/2n ± z √(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n), z = 1.96…; it
/// stays within 0 … 1 and is of use at 0 and n of n, too. [0, 1] of nothing.
///
/// Source: Wilson (1927), JASA 22, 209–212.
Proportion wilson_interval(std::size_t count, std::size_t total);

/// The quantile of sorted values at p = percent/100, interpolated between the order statistics
/// around (n − 1) p (type 7 of Hyndman & Fan, 1996). Values may be ∞; NaN of none.
double quantile(std::span<const double> sorted, std::size_t percent);

inline constexpr std::array<std::size_t, 5> sweep_percents{10, 25, 50, 75, 90};
using Quantiles = std::array<double, sweep_percents.size()>;

/// What the runs of a sweep say together.
struct SweepSummary {
  Proportion separated, arrived, diverged;
  /// Of the cost at each of SweepResult::steps; a run that diverged counts as ∞ from there on.
  std::vector<Quantiles> costs;
  /// First steps with a cost of at most the threshold; a run that never came counts as ∞, so that a
  /// quantile is ∞ where too few have come.
  Quantiles steps_to_threshold{};
  /// First steps at which all points were right, likewise; whether it stayed so is not asked.
  Quantiles steps_to_separation{};
};

SweepSummary summarize(const SweepResult& result);

/// Indices into `result.runs`, the lowest cost first; those that diverged at the end, the one that
/// held out longest first.
std::vector<std::size_t> best_first(const SweepResult& result);

}  // namespace deltascope
