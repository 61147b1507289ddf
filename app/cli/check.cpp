#include "console.hpp"
#include "input.hpp"
#include "overrides.hpp"
#include "training.hpp"
#include "verbs.hpp"

#include <deltascope/gradient_check.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace deltascope::cli {
namespace {

using Json = nlohmann::ordered_json;
using Entries = std::vector<GradientCheckEntry>;

constexpr std::size_t offenders_shown = 5;

struct Options {
  Input input;
  Overrides overrides;
  double tolerance = 1e-6;
  bool json = false;
};

/// The derivatives of one W or b.
struct Block {
  std::string name;  // in Higham & Higham's numbering
  Index first = 0;   // in the flat block of parameters
  Index cols = 1;
  bool matrix = false;
  Entries entries;

  std::string entry_name(Index parameter) const {
    const Index at = parameter - first;
    return matrix ? fmt::format("{}({},{})", name, at / cols + 1, at % cols + 1)
                  : fmt::format("{}({})", name, at + 1);
  }
};

// NaN is worse than everything.
bool worse(const GradientCheckEntry& one, const GradientCheckEntry& other) {
  return (std::isnan(one.error) && !std::isnan(other.error)) || one.error > other.error;
}

std::vector<Block> blocks_of(const Architecture& net, const Entries& entries) {
  std::vector<Block> blocks;
  auto next = entries.begin();
  const auto add = [&](std::string name, Index rows, Index cols, bool matrix) {
    const auto end = next + rows * cols;
    blocks.push_back({std::move(name), next->parameter, cols, matrix, Entries(next, end)});
    next = end;
  };
  for (Index layer = 0; layer < net.layers(); ++layer) {
    add(fmt::format("W^[{}]", layer + 2), net.fan_out(layer), net.fan_in(layer), true);
    add(fmt::format("b^[{}]", layer + 2), net.fan_out(layer), 1, false);
  }
  return blocks;
}

Index kinks_of(const Block& block) {
  return std::ranges::count(block.entries, true, &GradientCheckEntry::kink);
}

/// Those that were compared, the worst first.
Entries compared(const Entries& entries) {
  Entries found;
  std::ranges::copy_if(entries, std::back_inserter(found),
                       [](const GradientCheckEntry& entry) { return !entry.kink; });
  std::ranges::stable_sort(found, worse);
  return found;
}

struct Offender {
  std::string name;
  GradientCheckEntry entry;
};

std::vector<Offender> offenders(const std::vector<Block>& blocks) {
  std::vector<Offender> found;
  for (const Block& block : blocks) {
    for (const GradientCheckEntry& entry : compared(block.entries))
      found.push_back({block.entry_name(entry.parameter), entry});
  }
  std::ranges::stable_sort(found, worse, &Offender::entry);
  found.resize(std::min(found.size(), offenders_shown));
  return found;
}

/// Comparing nothing is no success.
bool passed(const GradientCheckReport& report) {
  return report.passed() && report.kinks < static_cast<Index>(report.entries.size());
}

std::string table(const std::vector<Block>& blocks, const GradientCheckReport& report) {
  std::string text =
      fmt::format("{:<8}{:>12}{:>8}{:>18}\n", "", "parameters", "kinks", "worst rel. error");
  for (const Block& block : blocks) {
    const Entries entries = compared(block.entries);
    text +=
        fmt::format("{:<8}{:>12}{:>8}{:>18}\n", block.name, block.entries.size(), kinks_of(block),
                    entries.empty() ? "-" : fmt::format("{:.2e}", entries.front().error));
  }
  text += fmt::format("\n{:<16}{:>18}{:>18}{:>12}\n", "Worst", "backpropagation", "differences",
                      "rel. error");
  for (const Offender& offender : offenders(blocks)) {
    text += fmt::format("{:<16}{:>18.9e}{:>18.9e}{:>12.2e}\n", offender.name,
                        offender.entry.analytic, offender.entry.numeric, offender.entry.error);
  }
  if (report.kinks > 0) {
    text += fmt::format(
        "\n{} of {} derivatives were left out: a z changes its sign within the difference, at the "
        "kink of its activation.\n",
        report.kinks, report.entries.size());
  }
  const char* verdict = passed(report) ? "passed" : "FAILED";
  return text + fmt::format("\n{}: the worst relative error is {:.2e}, the tolerance {:.2e}\n",
                            verdict, report.worst_error, report.tolerance);
}

std::string json(const std::vector<Block>& blocks, const GradientCheckReport& report,
                 std::uint64_t step) {
  Json layers = Json::array(), worst = Json::array();
  for (const Block& block : blocks) {
    const Entries entries = compared(block.entries);
    layers.push_back({{"name", block.name},
                      {"parameters", block.entries.size()},
                      {"kinks", kinks_of(block)},
                      {"worst_error", entries.empty() ? Json() : Json(entries.front().error)}});
  }
  for (const Offender& offender : offenders(blocks)) {
    worst.push_back({{"name", offender.name},
                     {"analytic", offender.entry.analytic},
                     {"numeric", offender.entry.numeric},
                     {"error", offender.entry.error}});
  }
  const Json result{{"passed", passed(report)},
                    {"steps", step},
                    {"worst_error", report.worst_error},
                    {"tolerance", report.tolerance},
                    {"parameters", report.entries.size()},
                    {"kinks", report.kinks},
                    {"layers", layers},
                    {"worst", worst}};
  return result.dump(2) + "\n";
}

int check(const Options& options) {
  const std::optional<Document> document = open_session(options.input, options.overrides);
  if (!document) return bad_input;
  Session session = make_session(*document);
  const Training training = run_training(session, options.overrides.steps());
  const int trained = outcome(session, session.evaluate(false), training);
  if (trained != success) return trained;

  const Model& model = session.settings().model;
  const std::vector<double>& parameters = session.state().parameters;
  std::vector<double> gradient(parameters.size());
  Backprop().gradient(model, parameters, session.data(), Batch{}, gradient);
  const GradientCheckReport report =
      check_gradient(model, parameters, session.data(), Batch{}, gradient, options.tolerance);
  const std::vector<Block> blocks = blocks_of(model.architecture, report.entries);
  if (!print(options.json ? json(blocks, report, session.state().step) : table(blocks, report))) {
    return bad_input;
  }
  if (passed(report)) return success;
  if (report.passed()) return fail("every derivative is at a kink, none was compared", failed);
  return fail(fmt::format("the gradient check failed: relative error {:.2e}, tolerance {:.2e}",
                          report.worst_error, report.tolerance),
              failed);
}

}  // namespace

std::function<int()> define_check(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define(command);
  options->overrides.define(command, Steps::optional);
  command.add_option("--tolerance", options->tolerance, "The largest relative error that passes")
      ->option_text("NUMBER=1e-6")
      ->check(CLI::PositiveNumber);
  command.add_flag("--json", options->json, "Print JSON in place of a table");
  return [options] { return check(*options); };
}

}  // namespace deltascope::cli
