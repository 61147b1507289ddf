#include "kernel_layers.hpp"

#include <algorithm>

namespace deltascope {

bool kernels_know(const Architecture& architecture) {
  const auto& curves = architecture.activations();
  const auto known = [](const Activation* g) { return g->curve != kernels::Curve::none; };
  const auto elementwise = [](const Activation* g) { return !g->output_only; };
  return std::ranges::all_of(curves, known) &&
         std::all_of(curves.begin(), curves.end() - 1, elementwise);
}

void list_layers(const Architecture& architecture, std::vector<kernels::Layer>& layers) {
  layers.clear();
  Index weights = 0;
  for (Index l = 0; l < architecture.layers(); ++l) {
    const Index fan_in = architecture.fan_in(l), fan_out = architecture.fan_out(l);
    layers.push_back({fan_in, fan_out, weights, architecture.activation(l).curve});
    weights += (fan_in + 1) * fan_out;
  }
}

}  // namespace deltascope
