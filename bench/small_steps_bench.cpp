// Many steps of small networks in a row, by every arithmetic that this processor has: the paper's
// O/X network on single points, and a deep narrow one on the spiral in batches of ten.

#include "ox.hpp"

#include <deltascope/trainer.hpp>

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace deltascope::bench {
namespace {

constexpr std::size_t steps_at_once = 100;

/// 2-8-8-8-8-8-8-1 tanh, 250 points in batches of ten: 25 steps are an epoch.
Document spiral_document() {
  const Activation* tanh = find_activation("tanh");
  Settings settings;
  settings.model.architecture =
      Architecture({2, 8, 8, 8, 8, 8, 8, 1}, std::vector<const Activation*>(7, tanh));
  settings.model.loss = find_loss("quadratic");
  settings.initial = {find_initializer("xavier"), 1.0, 1};
  settings.optimizer = find_optimizer("gradient_descent");
  settings.rates.learning_rate = 0.03;
  settings.sampling = find_sampling_rule("in_order");
  settings.batch_size = 10;
  Document document;
  const DatasetRequest request{.points = 250, .noise = 0.0, .seed = 1};
  document.data = std::make_shared<const Dataset>(
      make_dataset(*find_dataset_recipe("spiral"), request, 1, *tanh));
  document.settings = std::make_shared<const Settings>(settings);
  return document;
}

Document with_optimizer(Document document, const char* name) {
  Settings settings = *document.settings;
  settings.optimizer = find_optimizer(name);
  settings.rates.learning_rate = settings.optimizer->default_rate;
  document.settings = std::make_shared<const Settings>(settings);
  return document;
}

Document ox_momentum_document() {
  return with_optimizer(ox_paper_document(), "momentum");
}
Document ox_adam_document() {
  return with_optimizer(ox_paper_document(), "adam");
}
Document spiral_adam_document() {
  return with_optimizer(spiral_document(), "adam");
}

struct Workload {
  const char* name;
  Document (*make)();
};

constexpr Workload workloads[] = {
    {"ox_single_point", ox_paper_document}, {"ox_momentum", ox_momentum_document},
    {"ox_adam", ox_adam_document},          {"ox_full_batch", ox_document},
    {"spiral_batch_10", spiral_document},   {"spiral_adam", spiral_adam_document},
};

void small_steps(benchmark::State& bench, const Workload& workload, const Arithmetic& arithmetic,
                 bool in_a_row) {
  const Document document = workload.make();
  Settings settings = *document.settings;
  settings.model.arithmetic = &arithmetic;
  State state = initial_state(std::make_shared<const Settings>(settings), document.data);
  Trainer trainer;
  std::vector<double> costs(steps_at_once);
  for (auto _ : bench) {
    if (in_a_row) {
      trainer.run(state, costs);
    } else {
      trainer.prepare(state);
      trainer.commit(state);
    }
  }
  bench.counters["s/step"] = benchmark::Counter(
      static_cast<double>(state.step), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

const bool registered = [] {
  for (const Workload& workload : workloads) {
    for (const Arithmetic& arithmetic : arithmetics()) {
      if (!arithmetic.usable || arithmetic.by_shape) continue;
      for (const bool in_a_row : {true, false}) {
        const std::string name = std::string("small_steps/") + workload.name + "/" +
                                 std::string(arithmetic.name) +
                                 (in_a_row ? "/in_a_row" : "/one_by_one");
        benchmark::RegisterBenchmark(name.c_str(), small_steps, workload, arithmetic, in_a_row);
      }
    }
  }
  return true;
}();

}  // namespace
}  // namespace deltascope::bench
