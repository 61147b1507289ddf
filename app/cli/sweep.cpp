#include "choices.hpp"
#include "console.hpp"
#include "held_signals.hpp"
#include "input.hpp"
#include "overrides.hpp"
#include "sweep_report.hpp"
#include "verbs.hpp"

#include <deltascope/atomic_file.hpp>
#include <deltascope/sweep.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace deltascope::cli {
namespace {

struct Options {
  Input input;
  Overrides overrides;
  std::int64_t seeds = 100, first_seed = 1;  // signed: an unsigned option would take −1
  double threshold = SweepPlan().threshold;
  bool json = false;
  std::filesystem::path out;
};

std::string positive_number(const std::string& text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  const bool is_right =
      result.ec == std::errc() && result.ptr == end && number > 0 && std::isfinite(number);
  return is_right ? "" : "must be a number greater than 0, not " + text;
}

struct Swept {
  SweepResult result;
  bool interrupted = false;
};

Swept run(const SweepRequest& request, HeldSignals& signals) {
  using Clock = std::chrono::steady_clock;
  constexpr auto look_every = std::chrono::milliseconds(50);
  Bar bar;
  bool interrupted = false;
  auto next_look = Clock::now() + look_every;
  const auto keep_going = [&](const SweepResult& so_far, double done) {
    const auto now = Clock::now();
    if (now < next_look) return true;
    next_look = now + look_every;
    bar.show(done, fmt::format("{} of {} runs", so_far.runs.size(), request.plan.seeds));
    interrupted = signals.take();
    return !interrupted;
  };
  SweepResult result = run_sweep(request, std::thread::hardware_concurrency(), keep_going);
  return {std::move(result), interrupted};
}

int sweep(const Options& options) {
  const std::optional<Document> document = open_session(options.input, options.overrides);
  if (!document) return bad_input;
  const SweepPlan plan{static_cast<std::uint64_t>(options.first_seed),
                       static_cast<std::uint64_t>(options.seeds), options.overrides.steps(),
                       options.threshold};
  const SweepRequest request{plan, document->settings, document->data};
  if (const std::string why = why_no_sweep(request); !why.empty()) return fail(why);
  Problems problems;
  if (!options.out.empty() && !can_write(options.out, problems)) return fail(problems);

  // Until the file is written: Ctrl-C must not cost what is finished.
  std::optional<HeldSignals> signals(std::in_place);
  Swept swept = run(request, *signals);
  const SweepResult& result = swept.result;
  if (!options.out.empty()) write_atomically(options.out, sweep_csv(result), problems);
  swept.interrupted = signals->take() || swept.interrupted;
  signals.reset();
  const bool printed = print(options.json ? sweep_json(result) : sweep_table(result));
  if (!problems.empty()) return fail(problems);
  if (!printed) return bad_input;
  if (!swept.interrupted) return success;
  return fail(fmt::format("interrupted after {} of {} runs", result.runs.size(), plan.seeds),
              interrupted);
}

}  // namespace

std::function<int()> define_sweep(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define(command);
  whole_number(command.add_option("--seeds", options->seeds, "How many runs"), 1, max_sweep_seeds)
      ->option_text("N=100");
  whole_number(command.add_option("--first-seed", options->first_seed,
                                  "Of the first run's initial weights and order of batches; the "
                                  "next run has the next seed. Weights that the document gives are "
                                  "drawn anew, as its init says or else as 0.5 times a standard "
                                  "normal"),
               0, std::numeric_limits<std::int64_t>::max())
      ->option_text("N=1");
  options->overrides.define(command, Steps::required);
  command.remove_option(command.get_option("--seed"));
  command
      .add_option("--threshold", options->threshold,
                  "The cost over all points to which steps are counted")
      ->option_text("NUMBER=0.01")
      ->check(positive_number);
  command.add_flag("--json", options->json, "Print JSON in place of a table");
  command.add_option("--out", options->out, "Write a row for each run here, as CSV")
      ->option_text("FILE");
  return [options] { return sweep(*options); };
}

}  // namespace deltascope::cli
