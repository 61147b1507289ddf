#include "workloads.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace deltascope::bench {
namespace {

Architecture network(std::vector<Index> sizes, std::string_view hidden, std::string_view output) {
  std::vector<const Activation*> activations(sizes.size() - 1, find_activation(hidden));
  activations.back() = find_activation(output);
  return Architecture(std::move(sizes), std::move(activations));
}

State start(Settings settings, std::string_view arithmetic, Dataset data) {
  settings.model.arithmetic = find_arithmetic(arithmetic);
  return initial_state(std::make_shared<const Settings>(std::move(settings)),
                       std::make_shared<const Dataset>(std::move(data)));
}

Dataset points_of(std::string_view recipe, const DatasetRequest& request,
                  const Settings& settings) {
  const Architecture& net = settings.model.architecture;
  return make_dataset(*find_dataset_recipe(recipe), request, net.outputs(),
                      net.output_activation());
}

Dataset above_and_below(Index points) {
  Dataset data;
  data.X.resize(2, points);
  data.Y.resize(2, points);
  RandomStream random(1);
  for (Index i = 0; i < points; ++i) {
    data.X(0, i) = random.uniform();
    data.X(1, i) = random.uniform();
    const bool above = data.X(1, i) > data.X(0, i);
    data.Y(0, i) = above ? 1.0 : 0.0;
    data.Y(1, i) = above ? 0.0 : 1.0;
  }
  return data;
}

}  // namespace

State ox_single_point(std::string_view arithmetic) {
  Settings settings = ox_settings();
  settings.batch_size = 1;
  settings.sampling = find_sampling_rule("with_replacement");
  settings.rates.learning_rate = 0.05;
  return start(settings, arithmetic, points_of("ox", {}, settings));
}

State spiral_mini_batch(std::string_view arithmetic) {
  Settings settings = ox_settings();
  settings.model.architecture = network({2, 8, 8, 8, 8, 8, 8, 1}, "tanh", "tanh");
  settings.initial = {find_initializer("xavier"), 1.0, 1};
  settings.batch_size = 10;
  settings.sampling = find_sampling_rule("in_order");
  settings.rates.learning_rate = 0.03;
  return start(settings, arithmetic, points_of("spiral", {.points = 250}, settings));
}

State ox_levenberg_marquardt(std::string_view arithmetic) {
  Settings settings = ox_settings();
  settings.optimizer = find_optimizer("levenberg_marquardt");
  return start(settings, arithmetic, points_of("ox", {}, settings));
}

State large_levenberg_marquardt(std::string_view arithmetic) {
  Settings settings = ox_settings();
  settings.optimizer = find_optimizer("levenberg_marquardt");
  settings.model.architecture = network({2, 16, 16, 2}, "sigmoid", "sigmoid");
  return start(settings, arithmetic, above_and_below(200));
}

State full_batch(std::string_view arithmetic, const std::vector<Index>& hidden, Index points) {
  Settings settings = ox_settings();
  std::vector<Index> sizes{2};
  sizes.insert(sizes.end(), hidden.begin(), hidden.end());
  sizes.push_back(2);
  settings.model.architecture = network(std::move(sizes), "tanh", "softmax");
  settings.model.loss = find_loss("softmax_ce");
  settings.initial = {find_initializer("xavier"), 1.0, 1};
  settings.rates.learning_rate = 0.5;
  return start(settings, arithmetic, above_and_below(points));
}

}  // namespace deltascope::bench
