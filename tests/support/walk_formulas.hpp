#pragma once
// Every formula that a walk shows, of small networks that between them have all kinds of phases.

#include "support/formulas.hpp"
#include "support/sessions.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/walk/phase.hpp>

#include <string>
#include <utility>
#include <vector>

namespace deltascope::test {

/// All formulas of one step, named by phase, stage and place.
inline void append_formulas(const std::string& name, const walk::Step& step,
                            const walk::Options& options, std::vector<NamedFormula>& formulas) {
  const auto add = [&](const std::string& place, Formula formula) {
    formulas.push_back({name + " " + place, std::move(formula)});
  };
  const std::vector<walk::PhaseId> ids = walk::phases(step);
  for (std::size_t p = 0; p < ids.size(); ++p) {
    const walk::Phase phase = walk::phase(step, ids[p], options);
    const std::string at = std::to_string(p + 1);
    add(at + " rule", phase.rule);
    for (std::size_t s = 0; s < phase.stages.size(); ++s) {
      const walk::Stage& stage = phase.stages[s];
      const std::string in = at + "." + std::to_string(s + 1);
      add(in + " rule", stage.rule);
      add(in + " numbers", stage.numbers);
      if (stage.result.kind == Kind::none) continue;
      // The first and the last example: of the others only the numbers differ.
      for (const Index row : {Index{0}, stage.rows - 1}) {
        const walk::Worked example = worked(step, ids[p], s, row, stage.cols - 1, options);
        add(in + " example rule " + std::to_string(row + 1), example.rule);
        add(in + " example " + std::to_string(row + 1), example.numbers);
      }
    }
  }
}

struct WalkedNetwork {
  std::string name;
  std::vector<std::string_view> activations;  // of a 2-3-2 network
  std::string_view loss;
  double l2;
  std::string_view optimizer;
};

inline std::vector<NamedFormula> walk_formulas() {
  const std::vector<WalkedNetwork> networks{
      {"sigmoid", {"sigmoid", "sigmoid"}, "quadratic", 0, "gradient_descent"},
      {"softmax", {"tanh", "softmax"}, "softmax_ce", 0.1, "adam"},
      {"bce", {"relu", "sigmoid"}, "bce", 0.1, "momentum"},
      {"trial", {"leaky_relu", "linear"}, "quadratic", 0, "levenberg_marquardt"},
  };
  std::vector<NamedFormula> formulas;
  for (const WalkedNetwork& network : networks) {
    Settings settings = ox_settings();
    settings.model.architecture = Architecture(
        {2, 3, 2},
        {find_activation(network.activations[0]), find_activation(network.activations[1])});
    settings.model.loss = find_loss(network.loss);
    settings.model.l2 = network.l2;
    settings.optimizer = find_optimizer(network.optimizer);
    settings.rates.learning_rate = 0.05;
    Session session = deltascope::testing::ox_session(settings);
    session.advance();  // so that moments are not zero
    const deltascope::testing::PreparedStep prepared(session);
    for (const walk::Notation& notation : walk::notations()) {
      for (const bool batch : {false, true}) {
        const auto mean_at = batch ? walk::MeanAt::delta : walk::MeanAt::gradient;
        append_formulas(network.name + " " + std::string(notation.name) + (batch ? " batch" : ""),
                        prepared.step(), {&notation, 0, batch, mean_at}, formulas);
      }
    }
  }
  return formulas;
}

}  // namespace deltascope::test
