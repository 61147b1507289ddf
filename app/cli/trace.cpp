#include "console.hpp"
#include "input.hpp"
#include "overrides.hpp"
#include "step_report.hpp"
#include "training.hpp"
#include "verbs.hpp"

#include <deltascope/backprop.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <memory>

namespace deltascope::cli {
namespace {

bool is_finite(const StepTrace& trace) {
  for (const auto* layers : {&trace.z, &trace.a, &trace.delta}) {
    for (const Matrix& matrix : *layers) {
      if (!all_finite(matrix.values())) return false;
    }
  }
  return std::isfinite(trace.cost()) && all_finite(trace.loss_per_sample) &&
         all_finite(trace.gradient);
}

struct Options {
  Input input;
  Overrides overrides;
  StepReport report;
};

int print_json(Session& session, const Training& training) {
  const Settings& settings = session.settings();
  const std::vector<double>& parameters = session.state().parameters;
  std::vector<double> gradient(parameters.size());
  StepTrace trace;
  Backprop().gradient(settings.model, parameters, session.data(), Batch{}, gradient, &trace,
                      session.data().size());
  if (!print(trace_to_json(trace, settings.model.architecture))) return bad_input;
  if (!is_finite(trace)) {
    return fail("the numbers left the range of finite numbers; null stands for them", failed);
  }
  return outcome(session, session.evaluate(false), training);
}

int print_report(const StepReport& report, const ViewHints& view, Session& session,
                 const Training& training) {
  const int ended = outcome(session, session.evaluate(false), training);
  if (ended != success && !training.interrupted) return ended;
  const int printed = report.print_next_step(session, view);
  return printed == success ? ended : printed;
}

int trace(const Options& options) {
  const std::string idle = options.report.idle_flag();
  if (!idle.empty()) return fail(idle);
  const std::optional<Document> document = open_session(options.input, options.overrides);
  if (!document) return bad_input;
  Session session = make_session(*document);
  const Training training = run_training(session, options.overrides.steps());
  return options.report.is_json() ? print_json(session, training)
                                  : print_report(options.report, document->view, session, training);
}

}  // namespace

std::function<int()> define_trace(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  options->input.define(command);
  options->overrides.define(command, Steps::optional);
  options->report.define(command);
  return [options] { return trace(*options); };
}

}  // namespace deltascope::cli
