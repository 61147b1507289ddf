#include "console.hpp"
#include "held_signals.hpp"
#include "input.hpp"
#include "overrides.hpp"
#include "training.hpp"
#include "verbs.hpp"

#include <deltascope/atomic_file.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

namespace deltascope::cli {
namespace {

struct Options {
  Input input;
  Overrides overrides;
  std::filesystem::path out;
  std::filesystem::path log;
};

/// Long training for a file that cannot be written would be a pity.
bool writable(const Options& options) {
  Problems problems;
  for (const std::filesystem::path& file : {options.out, options.log}) {
    if (!file.empty()) can_write(file, problems);
  }
  if (!problems.empty()) fail(problems);
  return problems.empty();
}

int train(const Options& options) {
  const std::optional<Document> document = open_session(options.input, options.overrides);
  if (!document || !writable(options)) return bad_input;
  Session session = make_session(*document);
  // Until the files are written: Ctrl-C on the last steps or later must not cost the training.
  std::optional<HeldSignals> signals(std::in_place);
  Training training = run_training(session, options.overrides.steps());
  const Evaluation evaluation = session.evaluate(false);

  Problems problems;
  if (!options.out.empty()) {
    Document trained = make_document(session);
    keep_texts(*document, trained);
    save_document(trained, options.out, problems);
  }
  if (!options.log.empty()) write_atomically(options.log, curves_csv(training.history), problems);
  training.interrupted = signals->take() || training.interrupted;
  signals.reset();
  // The result is printed even if a file could not be written: the training is not lost.
  const bool printed = print(summary_to_json(session, evaluation, training.seconds));
  if (!problems.empty()) return fail(problems);
  return printed ? outcome(session, evaluation, training) : bad_input;
}

}  // namespace

std::function<int()> define_train(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define(command);
  options->overrides.define(command, Steps::required);
  command.add_option("--out", options->out, "Save the trained session here")->option_text("FILE");
  command
      .add_option("--log", options->log,
                  "Write the cost, accuracy, gradient evaluations and seconds of the run here, "
                  "as CSV")
      ->option_text("FILE");
  return [options] { return train(*options); };
}

}  // namespace deltascope::cli
