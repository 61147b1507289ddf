#include "console.hpp"
#include "input.hpp"
#include "training.hpp"
#include "verbs.hpp"

#include <deltascope/atomic_file.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>

namespace deltascope::cli {
namespace {

struct Options {
  Input input;
  std::int64_t steps = 0;  // signed: an unsigned option would take −1 for 2⁶⁴ − 1
  std::filesystem::path out;
  std::filesystem::path log;
};

/// Long training for a folder that does not exist would be a pity.
bool folder_exists(const std::filesystem::path& file) {
  std::error_code error;
  const std::filesystem::path folder = file.parent_path();
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return true;
  fail(file.string() + ": there is no folder " + folder.string());
  return false;
}

int train(const Options& options) {
  if (!folder_exists(options.out) || !folder_exists(options.log)) return bad_input;
  const std::optional<Document> document = options.input.open_with_samples();
  if (!document) return bad_input;
  Session session = make_session(*document);
  const Training training = run_training(session, static_cast<std::uint64_t>(options.steps));
  const Evaluation evaluation = session.evaluate(false);

  Problems problems;
  if (!options.out.empty()) {
    Document trained =
        make_document(session.settings(), session.data(), session.state().parameters);
    trained.title = document->title;
    trained.about = document->about;
    save_document(trained, options.out, problems);
  }
  if (!options.log.empty()) write_atomically(options.log, curves_csv(training.history), problems);
  // The result is printed even if a file could not be written: the training is not lost.
  const bool printed = print(summary_to_json(session, evaluation, training.seconds));
  if (!problems.empty()) return fail(problems);
  return printed ? outcome(session, evaluation, training) : bad_input;
}

}  // namespace

std::function<int()> define_train(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define(command);
  command.add_option("--steps", options->steps, "How many parameter updates")
      ->required()
      ->check(CLI::Range(0.0, most_steps));
  command.add_option("--out", options->out, "Save the trained session here");
  command.add_option("--log", options->log, "Write the loss curve here, as CSV");
  return [options] { return train(*options); };
}

}  // namespace deltascope::cli
