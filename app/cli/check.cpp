#include "console.hpp"
#include "input.hpp"
#include "overrides.hpp"
#include "training.hpp"
#include "verbs.hpp"

#include <deltascope/check_summary.hpp>
#include <deltascope/mistake.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t offenders_shown = 5;

struct Options {
  Input input;
  Overrides overrides;
  double tolerance = default_gradient_tolerance;
  bool update = false;
  bool json = false;
};

// In Higham & Higham's numbering.
std::string name_of(Index layer, bool is_bias) {
  return fmt::format("{}^[{}]", is_bias ? 'b' : 'W', layer + 2);
}

template <class Entry>
std::string name_of(const Checked<Entry>& checked) {
  const std::string block = name_of(checked.layer, checked.is_bias);
  return checked.is_bias ? fmt::format("{}({})", block, checked.row + 1)
                         : fmt::format("{}({},{})", block, checked.row + 1, checked.col + 1);
}

template <class Report>
auto offenders(const Architecture& net, const Report& report) {
  auto found = worst_first(net, report);
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

std::string table(const Architecture& net, const UpdateCheckReport& report) {
  std::string text = fmt::format("\n{:<16}{:>18}{:>18}{:>12}\n", "Update", "what the step does",
                                 "what it should do", "rel. error");
  for (const CheckedUpdate& offender : offenders(net, report)) {
    text += fmt::format("{:<16}{:>18.9e}{:>18.9e}{:>12.2e}\n", name_of(offender),
                        offender.entry.actual, offender.entry.expected, offender.entry.error);
  }
  const char* verdict = report.passed() ? "passed" : "FAILED";
  return text + fmt::format(
                    "\n{}: the worst relative error of an update is {:.2e}, the tolerance "
                    "{:.2e}\n",
                    verdict, report.worst_error, report.tolerance);
}

Json error_of(const CheckedPart& part) {
  return part.compared == 0 ? Json() : Json(part.worst_error);
}

Json json(const Architecture& net, const GradientCheckReport& report, std::uint64_t step) {
  Json layers = Json::array(), worst = Json::array();
  for (const CheckedPart& part : checked_parts(net, report)) {
    layers.push_back({{"name", name_of(part.layer, part.is_bias)},
                      {"parameters", part.parameters()},
                      {"kinks", part.kinks},
                      {"worst_error", error_of(part)}});
  }
  for (const CheckedEntry& offender : offenders(net, report)) {
    worst.push_back({{"name", name_of(offender)},
                     {"analytic", offender.entry.analytic},
                     {"numeric", offender.entry.numeric},
                     {"error", offender.entry.error}});
  }
  return {{"passed", report.passed()},
          {"steps", step},
          {"worst_error", report.worst_error},
          {"tolerance", report.tolerance},
          {"parameters", report.entries.size()},
          {"kinks", report.kinks},
          {"layers", layers},
          {"worst", worst}};
}

Json json(const Architecture& net, const UpdateCheckReport& report) {
  Json layers = Json::array(), worst = Json::array();
  for (const CheckedPart& part : checked_parts(net, report)) {
    layers.push_back({{"name", name_of(part.layer, part.is_bias)},
                      {"parameters", part.parameters()},
                      {"worst_error", error_of(part)}});
  }
  for (const CheckedUpdate& offender : offenders(net, report)) {
    worst.push_back({{"name", name_of(offender)},
                     {"actual", offender.entry.actual},
                     {"expected", offender.entry.expected},
                     {"error", offender.entry.error}});
  }
  return {{"passed", report.passed()},
          {"worst_error", report.worst_error},
          {"tolerance", report.tolerance},
          {"layers", layers},
          {"worst", worst}};
}

std::string report_text(const Session& session, const GradientCheckReport& gradient,
                        const std::optional<UpdateCheckReport>& update, bool as_json) {
  const Architecture& net = session.settings().model.architecture;
  if (!as_json) return table(net, gradient) + (update ? table(net, *update) : "");
  Json report = json(net, gradient, session.state().step);
  const Mistake* mistake = mistake_in(session.settings().model);
  if (mistake != nullptr) report["mistake"] = mistake->name;
  if (update) report["update"] = json(net, *update);
  return report.dump(2) + "\n";
}

/// The exit code, after a sentence for each check that failed.
int verdict(const GradientCheckReport& gradient, const std::optional<UpdateCheckReport>& update) {
  constexpr auto failure = "the {} check failed: relative error {:.2e}, tolerance {:.2e}";
  int code = success;
  if (gradient.compared() == 0) {
    code = fail("every derivative is at a kink, none was compared", failed);
  } else if (!gradient.passed()) {
    code = fail(fmt::format(failure, "gradient", gradient.worst_error, gradient.tolerance), failed);
  }
  if (update && !update->passed()) {
    code = fail(fmt::format(failure, "update", update->worst_error, update->tolerance), failed);
  }
  return code;
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
  std::optional<UpdateCheckReport> update;
  if (options.update) update = check_update(session.state());
  if (!print(report_text(session, report, update, options.json))) return bad_input;
  return verdict(report, update);
}

}  // namespace

std::function<int()> define_check(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define(command);
  options->overrides.define(command, Steps::optional);
  command.add_option("--tolerance", options->tolerance, "The largest relative error that passes")
      ->option_text("NUMBER=1e-6")
      ->check(CLI::PositiveNumber);
  command.add_flag("--update", options->update,
                   "Also compare what the next step does to every parameter with what it should "
                   "do");
  command.add_flag("--json", options->json, "Print JSON in place of a table");
  return [options] { return check(*options); };
}

}  // namespace deltascope::cli
