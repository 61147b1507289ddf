// Whole steps of Levenberg–Marquardt through the trainer, each accepted and each with a Jacobian of
// its own: the O/X network (20 residuals, 23 parameters), and 2-16-16-2 on 200 points (400 × 354).

#include "ox.hpp"

#include <deltascope/trainer.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <string>

namespace deltascope::bench {
namespace {

Document small_problem() {
  Document document = ox_document();
  Settings settings = *document.settings;
  settings.optimizer = find_optimizer("levenberg_marquardt");
  document.settings = std::make_shared<const Settings>(settings);
  return document;
}

Document large_problem() {
  Document document = small_problem();
  Settings settings = *document.settings;
  const Activation* sigmoid = find_activation("sigmoid");
  settings.model.architecture = Architecture({2, 16, 16, 2}, {sigmoid, sigmoid, sigmoid});
  settings.rates.damping = 1.0;
  document.settings = std::make_shared<const Settings>(settings);
  document.data = std::make_shared<const Dataset>(
      make_dataset(*find_dataset_recipe("spiral"), {200, 0.1, 1}, 2, *sigmoid));
  return document;
}

void least_squares_step(benchmark::State& bench, Document (*problem)(),
                        const Arithmetic& arithmetic, const char* solve) {
  const Document document = problem();
  Settings settings = *document.settings;
  settings.model.arithmetic = &arithmetic;
  settings.damped_solve = find_damped_solve(solve);
  State state = initial_state(std::make_shared<const Settings>(settings), document.data);
  // Two places in turn: where it has just been, the Jacobian would be known.
  std::array<std::vector<double>, 2> places{state.parameters, state.parameters};
  for (double& p : places[1])
    p *= 1.0 + 1e-9;
  Trainer trainer;
  std::size_t turn = 0;
  for (auto _ : bench) {
    state.parameters = places[turn ^= 1];
    state.damping = settings.rates.damping;
    trainer.prepare(state);
    trainer.commit(state);
  }
  if (state.rejected_trials > 0) bench.SkipWithError("a trial was rejected");
}

const int registered = [] {
  struct Named {
    const char* name;
    Document (*problem)();
  };
  for (const auto& [name, problem] :
       {Named{"20x23", small_problem}, Named{"400x354", large_problem}}) {
    for (const Arithmetic& arithmetic : arithmetics()) {
      if (!arithmetic.usable || arithmetic.by_shape) continue;
      for (const char* solve : {"automatic", "normal", "woodbury"}) {
        const std::string label = std::string("least_squares_step/") + name + '/' + solve + '/' +
                                  std::string(arithmetic.name);
        benchmark::RegisterBenchmark(label.c_str(), least_squares_step, problem, arithmetic, solve);
      }
    }
  }
  return 0;
}();

}  // namespace
}  // namespace deltascope::bench
