#include <deltascope/sweep.hpp>
#include <deltascope/trainer.hpp>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <exception>
#include <mutex>
#include <span>
#include <system_error>
#include <thread>
#include <utility>

namespace deltascope {
namespace {

// A stretch of steps is a few milliseconds: nobody waits longer to cancel.
constexpr std::size_t most_steps_at_once = 4096;
constexpr Index products_at_once = 4'000'000;

/// A twentieth of a power of ten, a tenth from its double on, a fifth from its fivefold on.
std::uint64_t steps_between_looks(std::uint64_t step) {
  std::uint64_t decade = 10;
  while (step >= 10 * decade)
    decade *= 10;
  const std::uint64_t parts = step < 2 * decade ? 20 : step < 5 * decade ? 10 : 5;
  return std::max<std::uint64_t>(1, decade / parts);
}

std::size_t steps_at_once(const SweepRequest& request) {
  const Settings& settings = *request.settings;
  const Index batch = settings.batch_size == 0 ? request.data->size() : settings.batch_size;
  const Index products = std::max<Index>(1, batch * settings.model.architecture.parameters());
  return std::clamp(static_cast<std::size_t>(products_at_once / products), std::size_t{1},
                    most_steps_at_once);
}

/// The runs of a sweep, shared out among threads one by one.
class Sweeper {
 public:
  Sweeper(const SweepRequest& request, const KeepSweeping& keep_going)
      : keep_going_(keep_going),
        result_{request, sweep_steps(request.plan.steps), {}},
        steps_at_once_(steps_at_once(request)) {}

  /// Takes runs until none is left; for each of the threads.
  void work() {
    try {
      Trainer trainer(1);  // the runs share the cores already
      std::vector<double> batch_costs(steps_at_once_);
      for (std::uint64_t i = next_++; i < plan().seeds && !ends_early_; i = next_++) {
        double told = 0.0;
        std::optional<SweepRun> run = take(trainer, batch_costs, plan().first_seed + i, told);
        if (run) finish(std::move(*run), told);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      fault_ = std::current_exception();
      ends_early_ = true;
    }
  }

  SweepResult take_result() {
    if (fault_) std::rethrow_exception(fault_);
    return std::move(result_);
  }

 private:
  const SweepPlan& plan() const { return result_.request.plan; }

  /// nullopt when told to end. `told` is how much of the run has been told of (0 … 1).
  std::optional<SweepRun> take(Trainer& trainer, std::span<double> batch_costs, std::uint64_t seed,
                               double& told) {
    const SweepRequest& request = result_.request;
    State state = initial_state(
        std::make_shared<const Settings>(with_seed(*request.settings, seed)), request.data);
    SweepRun run;
    run.seed = seed;
    for (const std::uint64_t step : result_.steps) {
      while (state.step < step) {
        const std::size_t wanted = static_cast<std::size_t>(
            std::min<std::uint64_t>(step - state.step, batch_costs.size()));
        if (trainer.run(state, batch_costs.first(wanted)) < wanted) {
          diverge(run, state.step);
          return run;
        }
        if (!tell(state.step, told)) return std::nullopt;
      }
      look(trainer, state, run);
      if (run.diverged_step) return run;
    }
    return run;
  }

  static void diverge(SweepRun& run, std::uint64_t step) {
    run.diverged_step = step;
    run.separated = false;  // whatever it was at the last look
  }

  void look(Trainer& trainer, const State& state, SweepRun& run) const {
    const Evaluation now =
        trainer.backprop().evaluate(state.settings->model, state.parameters, *state.data, false);
    if (!std::isfinite(now.cost())) {
      diverge(run, state.step);
      return;
    }
    run.costs.push_back(now.cost());
    run.separated = now.correct == now.total;
    if (run.separated && !run.separated_step) run.separated_step = state.step;
    if (now.cost() <= plan().threshold && !run.threshold_step) run.threshold_step = state.step;
  }

  /// Whether to go on. Another thread may be telling: then this part is told later.
  bool tell(std::uint64_t step, double& told) {
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (lock.owns_lock()) {
      const double part = static_cast<double>(step) / static_cast<double>(plan().steps);
      runs_done_ += part - std::exchange(told, part);
      ask();
    }
    return !ends_early_;
  }

  void finish(SweepRun run, double told) {
    const std::lock_guard lock(mutex_);
    runs_done_ += 1.0 - told;
    const auto place = std::ranges::lower_bound(result_.runs, run.seed, {}, &SweepRun::seed);
    result_.runs.insert(place, std::move(run));
    ask();
  }

  // Under the lock.
  void ask() {
    if (!keep_going_ || ends_early_) return;
    const double done = runs_done_ / static_cast<double>(plan().seeds);
    if (!keep_going_(result_, std::min(done, 1.0))) ends_early_ = true;
  }

  const KeepSweeping& keep_going_;
  std::mutex mutex_;
  SweepResult result_;      // its runs and what follows: under the lock
  double runs_done_ = 0.0;  // with parts of those that are on their way
  std::exception_ptr fault_;
  std::size_t steps_at_once_;
  std::atomic<std::uint64_t> next_{0};
  std::atomic<bool> ends_early_{false};
};

}  // namespace

std::string why_no_sweep(const SweepRequest& request) {
  const SweepPlan& plan = request.plan;
  const StreamRule& stream = *request.settings->stream;
  if (request.data->size() == 0) return "There are no points to learn from: click in the plane.";
  if (plan.seeds == 0 || plan.seeds > max_sweep_seeds) {
    return "A sweep takes 1 to " + std::to_string(max_sweep_seeds) + " seeds, not " +
           std::to_string(plan.seeds) + ".";
  }
  if (plan.first_seed > stream.largest_seed ||
      plan.seeds - 1 > stream.largest_seed - plan.first_seed) {
    return "Points are drawn as " + std::string(stream.label) + " does, whose seeds end at " +
           std::to_string(stream.largest_seed) + ": begin with a smaller one.";
  }
  if (plan.steps > max_sweep_steps) {
    return "A run takes at most " + std::to_string(max_sweep_steps) + " steps.";
  }
  if (!(plan.threshold > 0) || !std::isfinite(plan.threshold)) {
    return "The cost to come to must be a number greater than 0.";
  }
  return {};
}

Settings with_seed(Settings settings, std::uint64_t seed) {
  settings.initial.seed = seed;
  settings.sampling_seed = seed;
  return settings;
}

bool same_but_for_seed(const Settings& one, const Settings& other) {
  return with_seed(one, 0) == with_seed(other, 0);
}

std::vector<std::uint64_t> sweep_steps(std::uint64_t steps) {
  std::vector<std::uint64_t> found;
  for (std::uint64_t step = 0; step < steps; step += steps_between_looks(step))
    found.push_back(step);
  found.push_back(steps);
  return found;
}

SweepResult run_sweep(const SweepRequest& request, std::size_t threads,
                      const KeepSweeping& keep_going) {
  assert(why_no_sweep(request).empty());
  Sweeper sweeper(request, keep_going);
  const auto most = static_cast<std::size_t>(request.plan.seeds);
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t i = 1; i < std::min(threads, most); ++i)
        others.emplace_back([&sweeper] { sweeper.work(); });
    } catch (const std::system_error&) {
      // The system has no more threads to give: those there are do it too.
    }
    sweeper.work();
  }
  return sweeper.take_result();
}

}  // namespace deltascope
