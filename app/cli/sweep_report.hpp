#pragma once

#include <deltascope/sweep_summary.hpp>

#include <string>

namespace deltascope::cli {

/// How often it succeeds, and quantiles over the runs.
std::string sweep_table(const SweepResult& result);
/// The same and every run, as JSON; null where a quantile or a cost is infinite.
std::string sweep_json(const SweepResult& result);
/// A row for each run: seed, separated (0 or 1), separated_step, threshold_step, cost,
/// diverged_step; empty where there is none.
std::string sweep_csv(const SweepResult& result);

}  // namespace deltascope::cli
