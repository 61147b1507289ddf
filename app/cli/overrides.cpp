#include "overrides.hpp"

#include "choices.hpp"
#include "console.hpp"
#include "input.hpp"

#include <deltascope/mistake.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <limits>
#include <memory>

namespace deltascope::cli {
namespace {

// More would not end in a person's life.
constexpr std::int64_t most_steps = 1'000'000'000'000'000;

}  // namespace

void Overrides::define(CLI::App& command, Steps steps) {
  CLI::Option* count = whole_number(
      command.add_option("--steps", steps_, "How many parameter updates"), 0, most_steps);
  if (steps == Steps::required) {
    count->required()->option_text("N (always needed)");
  } else {
    count->option_text("N=0");
  }
  one_of(command.add_option("--optimizer", optimizer_,
                            "How a gradient becomes an update. With the learning rate that suits "
                            "it unless --learning-rate says otherwise; levenberg_marquardt takes "
                            "all points in every step"),
         names_of(optimizers()));
  command.add_option("--learning-rate", learning_rate_, "η, greater than 0")->option_text("NUMBER");
  command
      .add_option("--damping", damping_,
                  "μ of the first trial of levenberg_marquardt, greater than 0")
      ->option_text("NUMBER");
  whole_number(command.add_option("--batch", batch_, "Points per step"), 1, max_samples, "all");
  one_of(command.add_option("--sampling", sampling_, "How the next batch is chosen"),
         names_of(sampling_rules()));
  std::vector<std::string> wrong = names_of(mistakes());
  wrong.insert(wrong.begin(), "none");
  one_of(command.add_option("--mistake", mistake_,
                            "Compute with a deliberate mistake; none takes back the document's"),
         wrong);
  one_of(command.add_option("--arithmetic", arithmetic_,
                            "Who computes the steps: kernels for one instruction set of the "
                            "processor, the textbook's plain matrices, or what is best here"),
         names_of(arithmetics()));
  whole_number(
      command.add_option("--seed", seed_,
                         "Of the initial weights and of the order of batches. Weights that the "
                         "document gives are drawn anew, as its init says or else as 0.5 times a "
                         "standard normal"),
      0, std::numeric_limits<std::int64_t>::max());
}

void Overrides::change(Settings& settings) const {
  if (!optimizer_.empty() && settings.optimizer->name != optimizer_) {
    settings.optimizer = find_optimizer(optimizer_);
    if (settings.optimizer->uses_learning_rate()) {
      settings.rates.learning_rate = settings.optimizer->default_rate;
    }
    if (settings.optimizer->least_squares) {  // it takes all points in every step
      settings.batch_size = 0;
      if (settings.sampling->needs_list) settings.sampling = find_sampling_rule("in_order");
    }
  }
  if (!mistake_.empty()) {
    settings.model.operations = &operations_of(find_mistake(mistake_));  // none is not in the table
  }
  if (!arithmetic_.empty()) settings.model.arithmetic = find_arithmetic(arithmetic_);
  if (learning_rate_) settings.rates.learning_rate = *learning_rate_;
  if (damping_) settings.rates.damping = *damping_;
  if (!batch_.empty()) settings.batch_size = batch_ == "all" ? 0 : std::stoll(batch_);
  if (!sampling_.empty()) settings.sampling = find_sampling_rule(sampling_);
  if (seed_) {
    settings.initial.seed = static_cast<std::uint64_t>(*seed_);
    settings.sampling_seed = settings.initial.seed;
  }
}

std::string Overrides::idle_flag(const Settings& settings) const {
  const Optimizer& optimizer = *settings.optimizer;
  if (learning_rate_ && !optimizer.uses_learning_rate()) {
    return "--learning-rate: " + std::string(optimizer.name) + " has none; it has --damping";
  }
  if (damping_ && !optimizer.least_squares) {
    return "--damping: " + std::string(optimizer.name) + " has none; it has --learning-rate";
  }
  if (!batch_.empty() && settings.sampling->needs_list) {
    return "--batch: the batches are listed in the document; choose another --sampling as well";
  }
  return "";
}

bool Overrides::apply(Document& document) const {
  auto settings = std::make_shared<Settings>(*document.settings);
  change(*settings);
  const std::string idle = idle_flag(*settings);
  if (!idle.empty()) {
    fail(idle);
    return false;
  }
  document.settings = settings;
  if (seed_) document.parameters.clear();
  const Problems problems = validate(document);
  if (!problems.empty()) fail(problems);
  return problems.empty();
}

std::optional<Document> open_session(const Input& input, const Overrides& overrides) {
  std::optional<Document> document = input.open_with_samples();
  if (!document || !overrides.apply(*document)) return std::nullopt;
  if (const Mistake* mistake = mistake_in(document->settings->model)) {
    note(fmt::format("computed with a deliberate mistake: {}, {} in place of {}", mistake->label,
                     mistake->wrong, mistake->right));
  }
  return document;
}

}  // namespace deltascope::cli
