#include "step_report.hpp"

#include "choices.hpp"
#include "console.hpp"

#include <deltascope/walk/export.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace deltascope::cli {
namespace {

std::vector<std::string> formats() {
  std::vector<std::string> names = names_of(walk::export_formats());
  names.insert(names.begin(), "json");
  return names;
}

/// A step that has been computed but not taken, and what its views look at.
struct NextStep {
  explicit NextStep(Session& session);

  walk::Step view(const Session& session) const;

  StepTrace trace;
  Proposal proposal;
  std::vector<double> parameters_after;
  double cost_before = 0.0, cost_after = 0.0;
};

NextStep::NextStep(Session& session) : proposal(session.preview(trace)) {
  session.apply_proposal(proposal, parameters_after);
  cost_before = session.evaluate(false).cost();
  cost_after =
      Backprop().evaluate(session.settings().model, parameters_after, session.data(), false).cost();
}

walk::Step NextStep::view(const Session& session) const {
  const State& state = session.state();
  return {.number = state.step,
          .settings = &session.settings(),
          .data = &session.data(),
          .trace = &trace,
          .parameters = state.parameters,
          .parameters_after = parameters_after,
          .moments = state.moments,
          .moments_after = proposal.moments,
          .moment_updates = state.moment_updates,
          .trial = proposal.trial ? &*proposal.trial : nullptr,
          .cost_before = cost_before,
          .cost_after = cost_after};
}

/// The points that can be walked: the batch, or its first ones.
std::string points_text(const StepTrace& trace) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(trace.samples.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(trace.samples[i] + 1);
  return trace.samples.size() > most ? text + ", …" : text;
}

/// The trace's column of a point (from 1). Nothing after saying why on standard error.
std::optional<Index> column_of(const StepTrace& trace, std::int64_t point) {
  const auto found = std::ranges::find(trace.samples, static_cast<std::uint32_t>(point - 1));
  if (found != trace.samples.end()) return found - trace.samples.begin();
  const std::string start = "--sample: point " + std::to_string(point) + " is not ";
  if (static_cast<Index>(trace.samples.size()) == trace.batch_size) {
    fail(start + "in the next batch, which is " + points_text(trace));
  } else {
    fail(start + "among the " + std::to_string(trace.samples.size()) +
         " of the next batch that can be walked: " + points_text(trace));
  }
  return std::nullopt;
}

}  // namespace

void StepReport::define(CLI::App& command) {
  one_of(command.add_option("--format", format_,
                            "json: the numbers of one pass over all points, as they are now. "
                            "markdown, latex, csv: the next step from batch to update, with its "
                            "formulas and worked examples, or as a table of its numbers (json)"),
         formats());
  one_of(command.add_option("--notation", notation_,
                            "With another format than json: whose symbols and numbering (the "
                            "document's, else " +
                                std::string(walk::notations().front().name) + ")"),
         names_of(walk::notations()));
  CLI::Option* const sample = whole_number(
      command.add_option("--sample", sample_,
                         "With another format than json: the point that is walked, counted from "
                         "1; it must be in the next batch (the first of the batch)"),
      1, max_samples);
  command
      .add_flag("--whole-batch", whole_batch_,
                "With another format than json: all points of the batch at once, as matrices")
      ->option_text(" ")
      ->excludes(sample);
  one_of(command.add_option("--mean-at", mean_at_,
                            "With another format than json: where 1/N is taken; both give the "
                            "same gradient (gradient)"),
         {"gradient", "delta"});
}

std::string StepReport::idle_flag() const {
  if (!is_json()) return "";
  const char* const flag = !notation_.empty()  ? "--notation"
                           : sample_ != 0      ? "--sample"
                           : whole_batch_      ? "--whole-batch"
                           : !mean_at_.empty() ? "--mean-at"
                                               : nullptr;
  if (flag == nullptr) return "";
  return std::string(flag) + ": changes nothing in JSON; choose another --format as well";
}

int StepReport::print_next_step(Session& session, const ViewHints& view) const {
  if (sample_ > session.data().size()) {
    return fail("--sample: there is no point " + std::to_string(sample_) + ", there are " +
                std::to_string(session.data().size()));
  }
  const NextStep next(session);
  if (!walk::is_finite(next.view(session))) {
    return fail("step " + std::to_string(session.state().step + 1) +
                    " would leave the range of finite numbers: there is nothing to write down",
                failed);
  }
  const std::optional<Index> column = sample_ == 0 ? 0 : column_of(next.trace, sample_);
  if (!column) return bad_input;
  walk::Options options;
  const std::string asked = notation_.empty() ? view.notation.value_or("") : notation_;
  options.notation = asked.empty() ? &walk::notations().front() : walk::find_notation(asked);
  options.column = *column;
  options.whole_batch = whole_batch_;
  options.mean_at = mean_at_ == "delta" ? walk::MeanAt::delta : walk::MeanAt::gradient;
  const std::string text = walk::find_export_format(format_)->write(next.view(session), options);
  return print(text) ? success : bad_input;
}

}  // namespace deltascope::cli
