#include <deltascope/sweep_summary.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

namespace deltascope {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Quantiles quantiles_of(std::vector<double>& values) {
  std::ranges::sort(values);
  Quantiles found{};
  std::ranges::transform(sweep_percents, found.begin(),
                         [&](std::size_t percent) { return quantile(values, percent); });
  return found;
}

Quantiles quantiles_of(const SweepResult& result,
                       std::optional<std::uint64_t> SweepRun::*first_step) {
  std::vector<double> steps;
  for (const SweepRun& run : result.runs) {
    const auto& step = run.*first_step;
    steps.push_back(step ? static_cast<double>(*step) : infinity);
  }
  return quantiles_of(steps);
}

template <class Holds>
Proportion proportion(const SweepResult& result, Holds holds) {
  const auto count = static_cast<std::size_t>(std::ranges::count_if(result.runs, holds));
  return wilson_interval(count, result.runs.size());
}

}  // namespace

Proportion wilson_interval(std::size_t count, std::size_t total) {
  if (total == 0) return {};
  constexpr double z = 1.959963984540054;
  const auto n = static_cast<double>(total);
  const double p = static_cast<double>(count) / n;
  const double middle = p + z * z / (2 * n);
  const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  // At 0 and n of n an end is exact, which rounding would miss.
  return {count, total, count == 0 ? 0.0 : (middle - half) / scale,
          count == total ? 1.0 : (middle + half) / scale};
}

double quantile(std::span<const double> sorted, std::size_t percent) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const std::size_t place = (sorted.size() - 1) * percent;
  const double low = sorted[place / 100];
  const std::size_t rest = place % 100;
  // ∞ − ∞ and 0 · ∞ have no value.
  if (rest == 0 || sorted[place / 100 + 1] == low) return low;
  return low + static_cast<double>(rest) / 100.0 * (sorted[place / 100 + 1] - low);
}

SweepSummary summarize(const SweepResult& result) {
  SweepSummary summary;
  summary.separated = proportion(result, [](const SweepRun& run) { return run.separated; });
  summary.arrived =
      proportion(result, [](const SweepRun& run) { return run.threshold_step.has_value(); });
  summary.diverged =
      proportion(result, [](const SweepRun& run) { return run.diverged_step.has_value(); });
  std::vector<double> costs;
  for (std::size_t i = 0; i < result.steps.size(); ++i) {
    costs.clear();
    for (const SweepRun& run : result.runs)
      costs.push_back(i < run.costs.size() ? run.costs[i] : infinity);
    summary.costs.push_back(quantiles_of(costs));
  }
  summary.steps_to_threshold = quantiles_of(result, &SweepRun::threshold_step);
  summary.steps_to_separation = quantiles_of(result, &SweepRun::separated_step);
  return summary;
}

std::vector<std::size_t> best_first(const SweepResult& result) {
  std::vector<std::size_t> order(result.runs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) {
    const SweepRun& run = result.runs[i];
    const double held_out = static_cast<double>(run.diverged_step.value_or(0));
    return std::tuple(run.cost(), -held_out);
  });
  return order;
}

}  // namespace deltascope
