#include "network_parts.hpp"

#include <algorithm>

namespace deltascope::picture {

LitParts::LitParts(const NetworkPicture& picture) : architecture_(picture.architecture) {
  const NetworkLights* lights = picture.lights;
  if (lights == nullptr) return;
  const Architecture& net = *architecture_;
  for (const Index size : net.sizes())
    neurons_.emplace_back(static_cast<std::size_t>(size));
  for (Index layer = 0; layer < net.layers(); ++layer)
    weights_.emplace_back(static_cast<std::size_t>(net.fan_out(layer) * net.fan_in(layer)));
  for (const auto& [layer, index] : lights->neurons) {
    if (layer < 0 || layer > net.layers() || index < 0) continue;
    auto& neurons = neurons_[static_cast<std::size_t>(layer)];
    if (static_cast<std::size_t>(index) >= neurons.size()) continue;
    neurons[static_cast<std::size_t>(index)] = any_ = true;
  }
  for (const auto& [layer, to, from] : lights->weights) {
    if (layer < 0 || layer >= net.layers() || to < 0 || to >= net.fan_out(layer) || from < 0 ||
        from >= net.fan_in(layer)) {
      continue;
    }
    weights_[static_cast<std::size_t>(layer)]
            [static_cast<std::size_t>(to * net.fan_in(layer) + from)] = any_ = true;
  }
}

bool LitParts::neuron(const NeuronId& id) const {
  return any_ && neurons_[static_cast<std::size_t>(id.layer)][static_cast<std::size_t>(id.index)];
}

bool LitParts::weight(const WeightId& id) const {
  return any_ &&
         weights_[static_cast<std::size_t>(id.layer)]
                 [static_cast<std::size_t>(id.to * architecture_->fan_in(id.layer) + id.from)];
}

bool LitParts::beyond(std::size_t layer, std::size_t shown) const {
  if (!any_) return false;
  const auto& neurons = neurons_[layer];
  return std::find(neurons.begin() + static_cast<std::ptrdiff_t>(shown), neurons.end(), true) !=
         neurons.end();
}

}  // namespace deltascope::picture
