#include "preset_runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace deltascope::test {
namespace {

const std::filesystem::path folder = DELTASCOPE_PRESETS;

}  // namespace

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

Document preset(std::string_view name) {
  Problems problems;
  auto document = load_document(folder / (std::string(name) + ".json"), problems);
  for (const Problem& problem : problems)
    ADD_FAILURE() << name << ": " << problem.text();
  if (!document) throw std::runtime_error("no preset " + std::string(name));
  return *document;
}

Document preset(std::string_view name, std::string_view variant) {
  for (const Variant& candidate : preset(name).variants) {
    if (candidate.name == variant) return *candidate.document;
  }
  throw std::runtime_error("preset " + std::string(name) + " has no variant " +
                           std::string(variant));
}

Document with_seed(const Document& document, std::uint64_t seed) {
  Settings settings = *document.settings;
  settings.initial.seed = seed;
  settings.sampling_seed = seed;
  Document result = document;
  result.settings = std::make_shared<const Settings>(settings);
  return result;
}

Evaluation result_at(const Document& document, std::uint64_t step) {
  Session session = make_session(document);
  advance_to(session, step);
  return session.evaluate();
}

bool separated(const Evaluation& evaluation) {
  return evaluation.correct == evaluation.total;
}

Arrival arrival_at(const Document& document, double cost, std::uint64_t most_steps) {
  Session session = make_session(document);
  while (session.evaluate(false).cost() > cost) {
    if (session.state().step >= most_steps || !session.advance()) return {};
  }
  return {true, session.state().step, session.state().gradient_evaluations};
}

StepTrace trace_of(Session& session) {
  StepTrace trace;
  session.preview(trace);
  return trace;
}

StepTrace trace_of_all(const Session& session) {
  StepTrace trace;
  std::vector<double> gradient(session.state().parameters.size());
  Backprop backprop;
  backprop.gradient(session.settings().model, session.state().parameters, session.data(), Batch{},
                    gradient, &trace, session.data().size());
  return trace;
}

}  // namespace deltascope::test
