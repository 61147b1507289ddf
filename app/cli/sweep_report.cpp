#include "sweep_report.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace deltascope::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t runs_named = 5;

std::string number(double value, const char* otherwise) {
  return std::isfinite(value) ? fmt::format("{:.4g}", value) : otherwise;
}

std::string whole_number(double value) {
  return std::isfinite(value) ? fmt::format("{:.0f}", value) : "never";
}

std::string line(const std::string& name, const Proportion& part) {
  return fmt::format("{:<24}{} of {} = {:.1f} % (95 %: {:.1f} … {:.1f} %)\n", name, part.count,
                     part.total, 100 * part.fraction(), 100 * part.low, 100 * part.high);
}

template <class Text>
std::string line(const std::string& name, const Quantiles& quantiles, Text text) {
  std::string row = fmt::format("{:<24}", name);
  for (const double value : quantiles)
    row += fmt::format("{:>11}", text(value));
  return row + "\n";
}

/// 0, powers of ten and the last step.
bool is_told(std::uint64_t step, std::uint64_t last) {
  if (step == 0 || step == last) return true;
  while (step % 10 == 0)
    step /= 10;
  return step == 1;
}

std::string costs(const SweepResult& result, const SweepSummary& summary) {
  std::string text;
  for (std::size_t i = 0; i < result.steps.size(); ++i) {
    if (!is_told(result.steps[i], result.steps.back())) continue;
    text += line(fmt::format("Cost after {}", result.steps[i]), summary.costs[i],
                 [](double cost) { return number(cost, "∞"); });
  }
  return text;
}

std::string seeds(const SweepResult& result, std::span<const std::size_t> order) {
  std::string text;
  for (const std::size_t i : order.first(std::min(order.size(), runs_named))) {
    const SweepRun& run = result.runs[i];
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", run.seed,
                        run.diverged_step ? fmt::format("diverged at step {}", *run.diverged_step)
                                          : number(run.cost(), ""));
  }
  return text;
}

Json json(const Proportion& part) {
  return {{"count", part.count}, {"of", part.total}, {"low", part.low}, {"high", part.high}};
}

Json json(double value) {
  return std::isfinite(value) ? Json(value) : Json();
}

Json json(const std::optional<std::uint64_t>& step) {
  return step ? Json(*step) : Json();
}

Json json(const Quantiles& quantiles) {
  Json values = Json::array();
  for (const double value : quantiles)
    values.push_back(json(value));
  return values;
}

Json json(const SweepRun& run) {
  return {{"seed", run.seed},
          {"separated", run.separated},
          {"separated_step", json(run.separated_step)},
          {"threshold_step", json(run.threshold_step)},
          {"cost", json(run.cost())},
          {"diverged_step", json(run.diverged_step)}};
}

}  // namespace

std::string sweep_table(const SweepResult& result) {
  const SweepPlan& plan = result.request.plan;
  std::string text =
      fmt::format("{} of {} runs of {} steps, seeds {} … {}\n\n", result.runs.size(), plan.seeds,
                  plan.steps, plan.first_seed, plan.first_seed + plan.seeds - 1);
  if (result.runs.empty()) return text;
  const SweepSummary summary = summarize(result);
  text += line("Separate all points", summary.separated);
  text += line(fmt::format("Come to cost {:g}", plan.threshold), summary.arrived);
  text += line("Diverge", summary.diverged);
  text += fmt::format("\n{:<24}", "Quantiles over the runs");
  for (const std::size_t percent : sweep_percents)
    text += fmt::format("{:>9} %", percent);
  text += "\n" + line("Steps to separation", summary.steps_to_separation, whole_number);
  text += line(fmt::format("Steps to cost {:g}", plan.threshold), summary.steps_to_threshold,
               whole_number);
  text += costs(result, summary);
  text +=
      "\nRuns are looked at after every step up to 50, then at steps at most 5 % apart. The cost "
      "is "
      "of\nall points; a run that diverges counts as ∞.\n\n";
  std::vector<std::size_t> order = best_first(result);
  text += "Best seeds (cost)       " + seeds(result, order) + "\n";
  std::ranges::reverse(order);
  return text + "Worst seeds (cost)      " + seeds(result, order) + "\n";
}

std::string sweep_json(const SweepResult& result) {
  const SweepPlan& plan = result.request.plan;
  const SweepSummary summary = summarize(result);
  Json quantiles = Json::array(), runs = Json::array();
  for (std::size_t i = 0; i < result.steps.size(); ++i)
    quantiles.push_back({{"step", result.steps[i]}, {"cost", json(summary.costs[i])}});
  for (const SweepRun& run : result.runs)
    runs.push_back(json(run));
  const Json report = {{"first_seed", plan.first_seed},
                       {"seeds", plan.seeds},
                       {"steps", plan.steps},
                       {"threshold", plan.threshold},
                       {"finished", result.runs.size()},
                       {"separated", json(summary.separated)},
                       {"came_to_threshold", json(summary.arrived)},
                       {"diverged", json(summary.diverged)},
                       {"percents", sweep_percents},
                       {"steps_to_separation", json(summary.steps_to_separation)},
                       {"steps_to_threshold", json(summary.steps_to_threshold)},
                       {"cost_quantiles", quantiles},
                       {"runs", runs}};
  return report.dump(2) + "\n";
}

std::string sweep_csv(const SweepResult& result) {
  const auto text_of = [](const std::optional<std::uint64_t>& step) {
    return step ? std::to_string(*step) : std::string();
  };
  std::string text = "seed,separated,separated_step,threshold_step,cost,diverged_step\n";
  for (const SweepRun& run : result.runs) {
    text += fmt::format("{},{:d},{},{},{},{}\n", run.seed, run.separated,
                        text_of(run.separated_step), text_of(run.threshold_step),
                        run.diverged_step ? "" : fmt::format("{}", run.cost()),
                        text_of(run.diverged_step));
  }
  return text;
}

}  // namespace deltascope::cli
