#include "console.hpp"
#include "input.hpp"
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

int trace(const Input& input) {
  const std::optional<Document> document = input.open_with_samples();
  if (!document) return bad_input;
  const Session session = make_session(*document);
  const Settings& settings = session.settings();
  const std::vector<double>& parameters = session.initial_parameters();
  std::vector<double> gradient(parameters.size());
  StepTrace trace;
  Backprop().gradient(settings.model, parameters, session.data(), Batch{}, gradient, &trace,
                      session.data().size());
  if (!print(trace_to_json(trace, settings.model.architecture))) return bad_input;
  if (is_finite(trace)) return success;
  return fail("the numbers left the range of finite numbers; null stands for them", diverged);
}

}  // namespace

std::function<int()> define_trace(CLI::App& command) {
  const auto input = std::make_shared<Input>();
  input->define(command);
  return [input] { return trace(*input); };
}

}  // namespace deltascope::cli
