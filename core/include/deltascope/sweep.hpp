#pragma once
// The same setting from many seeds: how often does it succeed?

#include <deltascope/dataset.hpp>
#include <deltascope/settings.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace deltascope {

inline constexpr std::uint64_t max_sweep_seeds = 10'000;
inline constexpr std::uint64_t max_sweep_steps = 1'000'000'000'000'000;

/// Which runs to take, and when one counts as arrived.
struct SweepPlan {
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 100;  ///< first_seed, first_seed + 1, …
  std::uint64_t steps = 10'000;
  double threshold = 0.01;  ///< of the cost over all points, λ/2‖W‖² included
  bool operator==(const SweepPlan&) const = default;
};

/// Each run begins as after the command NewSeed: the seed is that of the initial weights and of the
/// order of batches. Settings and data are not null, and suit one another.
struct SweepRequest {
  SweepPlan plan;
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const Dataset> data;
};

/// Why this cannot be run, as a sentence that names what to change; empty when it can.
std::string why_no_sweep(const SweepRequest& request);

/// `settings` as the command NewSeed leaves them.
Settings with_seed(Settings settings, std::uint64_t seed);
/// Whether they differ in nothing but seeds: then a sweep of the one is a sweep of the other.
bool same_but_for_seed(const Settings& one, const Settings& other);

/// The steps at which a run is looked at: every one up to 50, then round numbers that are at most
/// 5 % apart (52, …, 100, 105, …, 200, 210, …, 500, 520, …), and the last. Cost and separation
/// between them are not known.
std::vector<std::uint64_t> sweep_steps(std::uint64_t steps);

/// What one run came to, as seen at `sweep_steps`.
struct SweepRun {
  std::uint64_t seed = 0;
  /// Over all points, at each of the steps; ends where the run diverged.
  std::vector<double> costs;
  bool separated = false;                       ///< all points are on the right side in the end
  std::optional<std::uint64_t> separated_step;  ///< the first of the steps at which they were
  std::optional<std::uint64_t> threshold_step;  ///< the first with a cost of at most the threshold
  std::optional<std::uint64_t> diverged_step;   ///< the one that could not be taken

  /// In the end; ∞ for a run that diverged.
  double cost() const {
    return diverged_step ? std::numeric_limits<double>::infinity() : costs.back();
  }
  bool operator==(const SweepRun&) const = default;
};

struct SweepResult {
  SweepRequest request;
  std::vector<std::uint64_t> steps;  ///< sweep_steps
  std::vector<SweepRun> runs;        ///< the finished ones, by seed
};

/// Called between stretches of steps with what is finished and how much of the whole is done
/// (0 … 1); false ends the sweep early, keeping what is finished. On any of the threads, but never
/// by two at once; what it throws ends the sweep.
using KeepSweeping = std::function<bool(const SweepResult& so_far, double done)>;

/// Takes all runs, `threads` of them at a time (at least one, the caller's). What comes out of each
/// run depends on the request alone; which are finished when it ends early also depends on time.
/// why_no_sweep() is empty.
SweepResult run_sweep(const SweepRequest& request, std::size_t threads,
                      const KeepSweeping& keep_going = {});

}  // namespace deltascope
