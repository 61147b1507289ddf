#include "choices.hpp"
#include "console.hpp"
#include "input.hpp"
#include "verbs.hpp"

#include <deltascope/nearest_name.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  Input input;
  std::vector<std::string> hide, lock;
  std::string task;
  std::int64_t digits = 3, count = 0;  // 0: one document
  std::optional<std::int64_t> seed;
  bool no_follow_through = false, no_explanations = false, several_steps = false;
  fs::path out, out_dir;
};

/// What is asked for. Nothing after saying why on standard error.
std::optional<Exercise> exercise_of(const Options& options) {
  Exercise exercise;
  exercise.digits = static_cast<int>(options.digits);
  exercise.follow_through = !options.no_follow_through;
  exercise.explanations = !options.no_explanations;
  exercise.task = options.task;
  if (exercise.task.empty()) {
    exercise.task = fmt::format("Work out the hidden numbers by hand, to {} significant digits.",
                                options.digits);
  }
  for (const std::string& name : options.hide) {
    const auto part = parse_part(name);
    if (!part) {
      fail("--hide: \"" + name + "\" is no part of a step; there are " + row_names(cell_kinds()) +
           ", and a layer of one as in dW[0]");
      return std::nullopt;
    }
    exercise.hidden.push_back(*part);
  }
  for (const std::string& name : options.lock) {
    const Lock* lock = find_lock(name);
    if (lock == nullptr) {
      fail("--lock: \"" + name + "\" is not known; did you mean " +
           nearest_name(name, names_of(locks())) + "? There are " + row_names(locks()));
      return std::nullopt;
    }
    exercise.locked.push_back(lock);
  }
  // The weights of the next step tell the gradient of this one.
  const Lock* steps = find_lock("steps");
  const bool listed = std::ranges::find(exercise.locked, steps) != exercise.locked.end();
  if (options.several_steps && listed) {
    fail("--several-steps: the steps cannot be locked then; leave out --lock steps");
    return std::nullopt;
  }
  if (!options.several_steps && !listed) exercise.locked.push_back(steps);
  return exercise;
}

/// Weights of this seed that can be used by hand: two decimals.
void draw_weights(Document& document, std::uint64_t seed) {
  auto settings = std::make_shared<Settings>(*document.settings);
  settings->initial.seed = seed;
  settings->sampling_seed = seed;
  const Architecture& net = settings->model.architecture;
  document.parameters.resize(static_cast<std::size_t>(net.parameters()));
  initialize(settings->initial, net, document.parameters);
  for (double& parameter : document.parameters)
    parameter = std::round(100.0 * parameter) / 100.0 + 0.0;  // + 0: no −0
  document.settings = std::move(settings);
}

/// Where each document goes, and its seed. Nothing after saying why on standard error.
struct Target {
  fs::path file;
  std::optional<std::uint64_t> seed;
};
std::optional<std::vector<Target>> targets(const Options& options) {
  const auto first = static_cast<std::uint64_t>(options.seed.value_or(1));
  if (options.out_dir.empty()) {
    if (options.count != 0) {
      fail("--count: say with --out-dir which folder they go to");
      return std::nullopt;
    }
    if (options.out.empty()) {
      fail("say with --out where the exercise goes, or with --count and --out-dir where many go");
      return std::nullopt;
    }
    std::optional<std::uint64_t> seed;
    if (options.seed) seed = first;
    return std::vector<Target>{{options.out, seed}};
  }
  std::error_code error;
  fs::create_directories(options.out_dir, error);
  if (error || !fs::is_directory(options.out_dir)) {
    fail("--out-dir: " + options.out_dir.string() + " cannot be made a folder");
    return std::nullopt;
  }
  std::vector<Target> all;
  const std::int64_t count = options.count == 0 ? 1 : options.count;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::uint64_t seed = first + static_cast<std::uint64_t>(i);
    all.push_back(
        {options.out_dir / fmt::format("{}-seed-{}.json", options.input.name(), seed), seed});
  }
  return all;
}

int make_exercise(const Options& options) {
  const auto exercise = exercise_of(options);
  if (!exercise) return bad_input;
  std::optional<Document> document = options.input.open_with_samples();
  if (!document) return bad_input;
  document->exercise = *exercise;
  // What says or shows the numbers, and what another learner did, is no part of an exercise.
  document->about.clear();
  document->variants.clear();
  document->original.clear();
  document->recording = nullptr;
  document->answers = {};
  Problems problems = validate(*document);
  if (!problems.empty()) return fail(problems);
  const auto files = targets(options);
  if (!files) return bad_input;
  for (const auto& [file, seed] : *files) {
    Document copy = *document;
    if (seed) draw_weights(copy, *seed);
    if (!save_document(copy, file, problems)) return fail(problems);
  }
  return success;
}

}  // namespace

std::function<int()> define_exercise(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define(command);
  command
      .add_option("--hide", options->hide,
                  "Numbers to work out: " + row_names(cell_kinds()) +
                      ", or a layer of one as in dW[0], counted from 0; may be repeated")
      ->option_text("PART")
      ->allow_extra_args(false)
      ->required();
  command
      .add_option(
          "--lock", options->lock,
          "Controls to take away besides the steps: " + row_names(locks()) + "; may be repeated")
      ->option_text("CONTROLS")
      ->allow_extra_args(false);
  whole_number(command.add_option("--digits", options->digits,
                                  "Significant digits that an answer needs (3)"),
               1, max_digits);
  command.add_option("--task", options->task, "What the learner reads")->option_text("TEXT");
  command.add_flag("--no-follow-through", options->no_follow_through,
                   "An answer that only follows from an earlier wrong one is wrong");
  command.add_flag("--no-explanations", options->no_explanations,
                   "The worked example cannot be asked for");
  command.add_flag("--several-steps", options->several_steps,
                   "Leave training and going to other steps open; the weights of the next step "
                   "tell dW and db of the one before");
  whole_number(command.add_option("--seed", options->seed,
                                  "Draw the weights anew, as the document's init says, rounded to "
                                  "two decimals so that they can be used by hand"),
               0, std::numeric_limits<std::int64_t>::max() / 2);
  CLI::Option* const out =
      command.add_option("--out", options->out, "Where the exercise goes")->option_text("FILE");
  command
      .add_option("--out-dir", options->out_dir,
                  "Where many go, named by their seeds; made if missing")
      ->option_text("FOLDER")
      ->excludes(out);
  whole_number(command.add_option("--count", options->count,
                                  "How many to make, each with the weights of its own seed: the "
                                  "given one (1) and those that follow"),
               1, 1000)
      ->excludes(out);
  return [options] { return make_exercise(*options); };
}

}  // namespace deltascope::cli
