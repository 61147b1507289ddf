#include "export_report.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace deltascope::walk {
namespace {

constexpr Index most_rows = 30;
constexpr Index most_examples = 50;
constexpr Index most_numbers = 100;

bool has_large_grid(const Formula& formula) {
  const Grid* const grid = formula.grid.get();
  if (grid != nullptr && (grid->rows > most_rows || grid->cols > most_rows)) return true;
  return std::ranges::any_of(formula.parts, has_large_grid);
}

Index count_of_numbers(const Formula& formula) {
  Index count = formula.form == Form::number ? 1 : 0;
  for (const Formula& part : formula.parts)
    count += count_of_numbers(part);
  return count;
}

std::string network_text(const Architecture& net) {
  std::string text;
  for (const Index size : net.sizes())
    text += (text.empty() ? "" : "-") + std::to_string(size);
  for (const Activation* const activation : net.activations())
    text += fmt::format(", {}", activation->label);
  return text;
}

std::string samples_text(const Step& step, const Options& options) {
  const StepTrace& trace = *step.trace;
  const auto traced = static_cast<Index>(trace.samples.size());
  if (options.whole_batch) {
    return traced == trace.batch_size
               ? fmt::format("all {} of the batch", trace.batch_size)
               : fmt::format("the first {} of {} in the batch", traced, trace.batch_size);
  }
  const std::uint32_t sample = trace.samples[static_cast<std::size_t>(options.column)];
  return fmt::format("point {}, one of {} in the batch", sample + 1, trace.batch_size);
}

std::vector<std::pair<std::string, std::string>> facts_of(const Step& step,
                                                          const Options& options) {
  const Settings& settings = *step.settings;
  return {{"Network", network_text(step.net())},
          {"Loss", std::string(settings.model.loss->label)},
          {"Optimizer", std::string(settings.optimizer->label)},
          {"Walked", samples_text(step, options)},
          {"Notation", std::string(options.notation->source)}};
}

Passage make_passage(const Step& step, const PhaseId& id, std::size_t index, const Stage& stage,
                     const Options& options) {
  Passage passage;
  passage.about = stage.about;
  passage.rule = stage.rule;
  if (has_large_grid(stage.numbers)) {
    passage.left_out.push_back(
        fmt::format("Matrices with more than {} rows or columns are not printed.", most_rows));
  } else {
    passage.numbers = stage.numbers;
  }
  const Index count = stage.rows * stage.cols;
  Index long_ones = 0;
  for (Index i = 0; i < std::min(count, most_examples); ++i) {
    Worked example = worked(step, id, index, i / stage.cols, i % stage.cols, options);
    if (count_of_numbers(example.numbers) > most_numbers) {
      ++long_ones;
    } else {
      passage.examples.push_back(std::move(example));
    }
  }
  if (long_ones > 0) {
    passage.left_out.push_back(
        fmt::format("Sums of more than {} numbers are not printed.", most_numbers));
  }
  if (count > most_examples) {
    passage.left_out.push_back(
        fmt::format("Only the first {} of {} numbers are worked out.", most_examples, count));
  }
  return passage;
}

}  // namespace

Report make_report(const Step& step, const Options& options) {
  Report report;
  report.title = fmt::format("Step {}", step.number + 1);
  report.facts = facts_of(step, options);
  for (const PhaseId& id : phases(step)) {
    const Phase one = phase(step, id, options);
    Section section{one.title, one.about, {}, {}};
    if (one.stages.size() > 1) section.rule = one.rule;
    for (std::size_t i = 0; i < one.stages.size(); ++i)
      section.passages.push_back(make_passage(step, id, i, one.stages[i], options));
    report.sections.push_back(std::move(section));
  }
  return report;
}

}  // namespace deltascope::walk
