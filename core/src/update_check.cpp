#include "check_error.hpp"

#include <deltascope/update_check.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace deltascope {
namespace {

/// The Δp of `state`'s gradient, applied as the textbook does.
std::vector<double> expected_update(const State& state) {
  Operations operations = *state.settings->model.operations;
  operations.apply_update = textbook_operations().apply_update;
  operations.updates_in_turn = textbook_operations().updates_in_turn;
  auto settings = std::make_shared<Settings>(*state.settings);
  settings->model.operations = &operations;
  State right = state;
  right.settings = settings;
  return Trainer().prepare(right).update;
}

std::vector<double> parameters_after(const State& state) {
  State after = state;
  Trainer trainer;
  trainer.prepare(after);
  trainer.commit(after);
  return std::move(after.parameters);
}

double error_of(double before, double after, double actual, double expected) {
  const double difference = std::abs(actual - expected);
  if (difference == 0.0) return 0.0;
  const double rounding =
      std::numeric_limits<double>::epsilon() * (std::abs(before) + std::abs(after));
  if (difference <= rounding) return 0.0;
  return (difference - rounding) / std::max(std::abs(actual), std::abs(expected));
}

}  // namespace

UpdateCheckReport check_update(const State& state, double tolerance) {
  const std::vector<double> expected = expected_update(state);
  const std::vector<double> after = parameters_after(state);
  UpdateCheckReport report;
  report.tolerance = tolerance;
  report.entries.reserve(expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double before = state.parameters[i];
    const double actual = after[i] - before;
    const double error = error_of(before, after[i], actual, expected[i]);
    report.entries.push_back({static_cast<Index>(i), actual, expected[i], error});
    if (is_worse(error, report.worst_error)) report.worst_error = error;
  }
  return report;
}

}  // namespace deltascope
