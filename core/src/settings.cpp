#include <deltascope/settings.hpp>

namespace deltascope {

std::string why_unsuitable(const Optimizer& optimizer, const Model& model, Index samples) {
  return optimizer.least_squares ? why_not_levenberg_marquardt(model, samples) : std::string();
}

Settings ox_settings() {
  const Activation* sigmoid = find_activation("sigmoid");
  Settings settings;
  settings.model.architecture = Architecture({2, 2, 3, 2}, {sigmoid, sigmoid, sigmoid});
  settings.model.loss = find_loss("quadratic");
  settings.initial = {find_initializer("normal"), 0.5, 5000};
  settings.optimizer = find_optimizer("gradient_descent");
  settings.rates.learning_rate = 5.0;
  settings.sampling = find_sampling_rule("in_order");
  return settings;
}

}  // namespace deltascope
