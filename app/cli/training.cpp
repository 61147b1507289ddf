#include "training.hpp"

#include "console.hpp"
#include "held_signals.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <string>

namespace deltascope::cli {
namespace {

void append_number(std::string& text, double value) {
  std::array<char, 40> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  text.append(buffer.data(), result.ptr);
}

}  // namespace

Training run_training(Session& session, std::uint64_t steps) {
  using Clock = std::chrono::steady_clock;
  constexpr auto look_every = std::chrono::milliseconds(50);
  constexpr std::uint64_t most_in_a_row = 1 << 16;

  Training training;
  HeldSignals signals;
  Progress progress(steps);
  const auto start = Clock::now();
  const auto seconds_until = [start](Clock::time_point now) {
    return std::chrono::duration<double>(now - start).count();
  };
  session.take_history().apply_to(training.history);
  training.history.seconds.add(session.state().step, 0.0);
  auto next_look = start + look_every;
  const std::uint64_t first = session.state().step, end = first + steps;
  // Few enough that a slow step's neighbours do not keep Ctrl-C waiting, once it is known to be
  // slow.
  std::uint64_t in_a_row = 1;
  auto before = start;
  while (session.state().step < end) {
    const std::uint64_t row_start = session.state().step;
    if (session.advance_by(std::min(in_a_row, end - session.state().step)) == 0) break;
    const auto now = Clock::now();
    if (session.recorded_step() == session.state().step) {
      training.history.seconds.add(session.state().step, seconds_until(now));
    }
    // From what was taken: a row ends early where a step is recorded.
    const std::uint64_t taken = session.state().step - row_start;
    in_a_row = now - before > look_every / 2 ? std::max<std::uint64_t>(1, taken / 2)
                                             : std::min(2 * taken, most_in_a_row);
    before = now;
    if (now < next_look) continue;
    next_look = now + look_every;
    session.take_history().apply_to(training.history);
    const auto costs = training.history.cost.buckets();
    progress.show(session.state().step - first, costs.empty() ? 0.0 : costs.back().last);
    training.interrupted = signals.take();
    if (training.interrupted) break;
  }
  training.seconds = seconds_until(Clock::now());
  session.take_history().apply_to(training.history);
  return training;
}

int outcome(const Session& session, const Evaluation& evaluation, const Training& training) {
  const std::string step = std::to_string(session.state().step);
  if (const auto& divergence = session.divergence()) {
    return fail("stopped at step " + std::to_string(divergence->step) + ": " + divergence->reason,
                failed);
  }
  if (!std::isfinite(evaluation.cost())) {
    return fail("the cost after step " + step + " is no longer a finite number", failed);
  }
  if (training.interrupted) return fail("interrupted after step " + step, interrupted);
  return success;
}

std::string curves_csv(const History& history) {
  const auto batches = history.batch_cost.buckets();
  // Recorded at the same steps as the cost.
  const std::array columns{history.accuracy.buckets(), history.gradient_evaluations.buckets(),
                           history.seconds.buckets()};
  std::string text =
      "step,cost,accuracy,gradient_evaluations,seconds,batch_cost_min,batch_cost_max\n";
  std::size_t row = 0, next = 0;
  for (const Series::Bucket& cost : history.cost.buckets()) {
    text += std::to_string(cost.last_step) + ",";
    append_number(text, cost.last);
    for (const auto& column : columns) {
      text += ',';
      append_number(text, column[row].last);
    }
    ++row;
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (; next < batches.size() && batches[next].first_step < cost.last_step; ++next) {
      low = std::min(low, batches[next].min);
      high = std::max(high, batches[next].max);
    }
    text += ',';
    if (low <= high) append_number(text, low);  // the first row has no step before it
    text += ',';
    if (low <= high) append_number(text, high);
    text += '\n';
  }
  return text;
}

}  // namespace deltascope::cli
