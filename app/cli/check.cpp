#include "console.hpp"
#include "input.hpp"
#include "overrides.hpp"
#include "training.hpp"
#include "verbs.hpp"

#include <deltascope/check_summary.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace deltascope::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t offenders_shown = 5;

struct Options {
  Input input;
  Overrides overrides;
  double tolerance = 1e-6;
  bool json = false;
};

// In Higham & Higham's numbering.
std::string name_of(Index layer, bool is_bias) {
  return fmt::format("{}^[{}]", is_bias ? 'b' : 'W', layer + 2);
}

std::string name_of(const CheckedEntry& checked) {
  const std::string block = name_of(checked.layer, checked.is_bias);
  return checked.is_bias ? fmt::format("{}({})", block, checked.row + 1)
                         : fmt::format("{}({},{})", block, checked.row + 1, checked.col + 1);
}

std::vector<CheckedEntry> offenders(const Architecture& net, const GradientCheckReport& report) {
  std::vector<CheckedEntry> found = worst_first(net, report);
  found.resize(std::min(found.size(), offenders_shown));
  return found;
}

std::string table(const Architecture& net, const GradientCheckReport& report) {
  std::string text =
      fmt::format("{:<8}{:>12}{:>8}{:>18}\n", "", "parameters", "kinks", "worst rel. error");
  for (const CheckedPart& part : checked_parts(net, report)) {
    text += fmt::format("{:<8}{:>12}{:>8}{:>18}\n", name_of(part.layer, part.is_bias),
                        part.parameters(), part.kinks,
                        part.compared == 0 ? "-" : fmt::format("{:.2e}", part.worst_error));
  }
  text += fmt::format("\n{:<16}{:>18}{:>18}{:>12}\n", "Worst", "backpropagation", "differences",
                      "rel. error");
  for (const CheckedEntry& offender : offenders(net, report)) {
    text += fmt::format("{:<16}{:>18.9e}{:>18.9e}{:>12.2e}\n", name_of(offender),
                        offender.entry.analytic, offender.entry.numeric, offender.entry.error);
  }
  if (report.kinks > 0) {
    text += fmt::format(
        "\n{} of {} derivatives were left out: a z changes its sign within the difference, at the "
        "kink of its activation.\n",
        report.kinks, report.entries.size());
  }
  const char* verdict = report.passed() ? "passed" : "FAILED";
  return text + fmt::format("\n{}: the worst relative error is {:.2e}, the tolerance {:.2e}\n",
                            verdict, report.worst_error, report.tolerance);
}

std::string json(const Architecture& net, const GradientCheckReport& report, std::uint64_t step) {
  Json layers = Json::array(), worst = Json::array();
  for (const CheckedPart& part : checked_parts(net, report)) {
    layers.push_back({{"name", name_of(part.layer, part.is_bias)},
                      {"parameters", part.parameters()},
                      {"kinks", part.kinks},
                      {"worst_error", part.compared == 0 ? Json() : Json(part.worst_error)}});
  }
  for (const CheckedEntry& offender : offenders(net, report)) {
    worst.push_back({{"name", name_of(offender)},
                     {"analytic", offender.entry.analytic},
                     {"numeric", offender.entry.numeric},
                     {"error", offender.entry.error}});
  }
  const Json result{{"passed", report.passed()},
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
  const Architecture& net = model.architecture;
  if (!print(options.json ? json(net, report, session.state().step) : table(net, report))) {
    return bad_input;
  }
  if (report.passed()) return success;
  if (report.compared() == 0)
    return fail("every derivative is at a kink, none was compared", failed);
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
