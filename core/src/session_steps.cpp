// A session's steps: one that is looked at, many that are not, and what the curves keep of them.

#include <deltascope/session.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace deltascope {
namespace {

// Long enough that what stands around them costs nothing.
constexpr std::size_t most_in_a_row = 1024;

}  // namespace

void Session::record() {
  if (data().size() == 0) return;
  recorded_ = evaluate(true);
  recorded_step_ = state_.step;
  History& curves = curves_.fresh;
  curves.cost.add(state_.step, recorded_.cost());
  curves.accuracy.add(state_.step, recorded_.accuracy());
  curves.gradient_evaluations.add(state_.step, static_cast<double>(state_.gradient_evaluations));
  curves.rms_delta.resize(std::max(curves.rms_delta.size(), recorded_.rms_delta.size()));
  for (std::size_t l = 0; l < recorded_.rms_delta.size(); ++l) {
    curves.rms_delta[l].add(state_.step, recorded_.rms_delta[l]);
  }
  if (std::isfinite(recorded_.cost())) {
    keep_keyframe();
  } else {
    diverge(state_.step, "the cost of all points is no longer a finite number",
            state_.step == 0 ? 0 : state_.step - 1);
  }
}

void Session::diverge(std::uint64_t step, const std::string& reason,
                      std::uint64_t last_finite_step) {
  char rate[64] = "";
  if (settings().optimizer->uses_learning_rate()) {
    std::snprintf(rate, sizeof rate, "; the learning rate is %g", settings().rates.learning_rate);
  }
  divergence_ = Divergence{step, reason + rate, std::max(last_finite_step, keyframe_.step)};
}

bool Session::advance(StepTrace* trace) {
  if (newest_) return advance_along(trace);
  if (divergence_ || data().size() == 0) return false;
  const Proposal& proposal = trainer_.prepare(state_, trace);
  if (!std::isfinite(proposal.batch_cost)) {
    diverge(state_.step, "the cost of the batch is no longer a finite number",
            state_.step == 0 ? 0 : state_.step - 1);
    return false;
  }
  if (!all_finite(proposal.update) || !all_finite(proposal.moments)) {
    diverge(state_.step, "the update is no longer finite", state_.step);
    return false;
  }
  curves_.fresh.batch_cost.add(state_.step, proposal.batch_cost);
  if (proposal.trial) curves_.fresh.trial_cost.add(state_.step, proposal.trial->trial_cost);
  trainer_.commit(state_);
  committed();
  return true;
}

void Session::committed() {
  timeline_.passed(state_);
  const auto samples = static_cast<std::uint64_t>(data().size());
  const auto batch = static_cast<std::uint64_t>(state_.batches.next().size(data().size()));
  if (is_recorded_step(state_.step, samples, batch)) record();
}

std::uint64_t Session::advance_by(std::uint64_t steps) {
  std::uint64_t taken = 0;
  while (taken < steps) {
    const std::uint64_t count = std::min(steps - taken, steps_in_a_row());
    const std::uint64_t step = state_.step;
    if (count > 1) {
      advance_in_a_row(static_cast<std::size_t>(count));
    } else if (!advance()) {
      return taken;
    }
    taken += state_.step - step;
    if (divergence_ || recorded_step_ == state_.step) break;
  }
  return taken;
}

std::uint64_t Session::steps_in_a_row() const {
  const bool alone =
      newest_ || divergence_ || data().size() == 0 || settings().optimizer->least_squares;
  if (alone) return 1;
  const auto samples = static_cast<std::uint64_t>(data().size());
  // With a smaller batch fewer steps are recorded, none of them others.
  const bool known = settings().batch_size > 0 && !settings().sampling->needs_list;
  const std::uint64_t largest_batch =
      known ? static_cast<std::uint64_t>(settings().batch_size) : samples;
  const std::uint64_t next = std::min(timeline_.next_regular_step(state_.step),
                                      next_recorded_step(state_.step, samples, largest_batch));
  return std::min<std::uint64_t>(next - state_.step, most_in_a_row);
}

void Session::advance_in_a_row(std::size_t count) {
  std::array<double, most_in_a_row> batch_costs;
  const std::uint64_t first = state_.step;
  const std::size_t taken = trainer_.run(state_, std::span(batch_costs).first(count));
  for (std::size_t i = 0; i < taken; ++i)
    curves_.fresh.batch_cost.add(first + i, batch_costs[i]);
  if (taken > 0) committed();
  // The step that could not be taken says why.
  if (taken < count) advance();
}

bool advance_to(Session& session, std::uint64_t step, const KeepGoing& keep_going) {
  constexpr std::uint64_t steps_between_questions = 1024;
  while (session.state().step < step) {
    if (keep_going && !keep_going(session)) return false;
    const std::uint64_t end = std::min(step, session.state().step + steps_between_questions);
    while (session.state().step < end) {
      if (session.advance_by(end - session.state().step) == 0) return true;
    }
  }
  return true;
}

}  // namespace deltascope
