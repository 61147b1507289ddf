#include "random_runs.hpp"

#include <cmath>
#include <memory>
#include <sstream>

namespace deltascope::test {

Model RandomRuns::model() {
  Model model;
  do {
    std::vector<Index> sizes;
    std::vector<const Activation*> layers;
    const Index depth = whole(1, 5);
    // Mostly narrow, as small networks are; some over several vectors.
    const Index widest = whole(0, 3) == 0 ? 20 : 8;
    for (Index l = 0; l <= depth; ++l)
      sizes.push_back(whole(1, widest));
    for (Index l = 0; l < depth; ++l)
      layers.push_back(&any(activations()));
    bool legal = true;
    for (Index l = 0; l + 1 < depth; ++l)
      legal = legal && !layers[static_cast<std::size_t>(l)]->output_only;
    if (!legal) continue;
    model.architecture = Architecture(sizes, layers);
    model.loss = &any(losses());
  } while (model.loss == nullptr || !model.loss->admits(model.architecture.output_activation()));
  model.l2 = whole(0, 2) == 0 ? real(0.0, 0.1) : 0.0;
  return model;
}

Dataset RandomRuns::points(const Model& model) {
  const Architecture& net = model.architecture;
  Dataset data;
  const Index count = whole(1, 24);
  data.X.resize(net.inputs(), count);
  data.Y.resize(net.outputs(), count);
  for (double& x : data.X.values())
    x = real(-1.0, 1.0);
  const double low = std::max(model.loss->target_low, -1.0);
  for (double& y : data.Y.values())
    y = whole(0, 1) == 0 ? real(low, 1.0) : static_cast<double>(whole(0, 1));
  return data;
}

State RandomRuns::next(const Arithmetic& arithmetic) {
  Settings settings;
  settings.model = model();
  settings.model.arithmetic = &arithmetic;
  settings.initial = {find_initializer("normal"), real(0.3, 0.8),
                      static_cast<std::uint64_t>(whole(1, 1'000'000))};
  do {
    settings.optimizer = &any(optimizers());
  } while (settings.optimizer->least_squares);
  settings.rates.learning_rate = std::pow(10.0, real(-3.0, 0.5));
  settings.rates.momentum = real(0.0, 0.99);
  settings.rates.beta1 = real(0.0, 0.99);
  settings.rates.beta2 = real(0.0, 0.9999);
  auto data = std::make_shared<const Dataset>(points(settings.model));
  do {
    settings.sampling = &any(sampling_rules());
  } while (settings.sampling->needs_list);
  settings.batch_size = whole(0, 2) == 0 ? 1 : whole(0, data->size());
  State state = initial_state(std::make_shared<const Settings>(settings), data);
  for (double& moment : state.moments)
    moment = real(0.0, 0.1);
  state.moment_updates = static_cast<std::uint64_t>(whole(0, 100));
  return state;
}

std::string description(const State& state) {
  const Settings& settings = *state.settings;
  const Architecture& net = settings.model.architecture;
  std::ostringstream out;
  for (const Index size : net.sizes())
    out << size << ' ';
  for (const Activation* activation : net.activations())
    out << activation->name << ' ';
  out << settings.model.loss->name << " λ=" << settings.model.l2 << ' ' << settings.optimizer->name
      << " η=" << settings.rates.learning_rate << ' ' << settings.sampling->name << ' '
      << settings.batch_size << " of " << state.data->size();
  return out.str();
}

}  // namespace deltascope::test
