#include <deltascope/architecture.hpp>

#include <cassert>
#include <utility>

namespace deltascope {

Architecture::Architecture(std::vector<Index> sizes, std::vector<const Activation*> activations)
    : sizes_(std::move(sizes)), activations_(std::move(activations)) {
  assert(sizes_.size() >= 2 && activations_.size() + 1 == sizes_.size());
  offsets_.push_back(0);
  for (Index layer = 0; layer < layers(); ++layer) {
    offsets_.push_back(offsets_.back() + (fan_in(layer) + 1) * fan_out(layer));
  }
}

Index Architecture::neurons() const {
  Index count = 0;
  for (Index layer = 0; layer < layers(); ++layer)
    count += fan_out(layer);
  return count;
}

WeightView Architecture::W(std::span<double> block, Index layer) const {
  return {block.data() + offsets_[static_cast<std::size_t>(layer)], fan_out(layer), fan_in(layer)};
}

ConstWeightView Architecture::W(std::span<const double> block, Index layer) const {
  return {block.data() + offsets_[static_cast<std::size_t>(layer)], fan_out(layer), fan_in(layer)};
}

std::span<double> Architecture::b(std::span<double> block, Index layer) const {
  const WeightView weights = W(block, layer);
  return {weights.data + weights.size(), static_cast<std::size_t>(weights.rows)};
}

std::span<const double> Architecture::b(std::span<const double> block, Index layer) const {
  const ConstWeightView weights = W(block, layer);
  return {weights.data + weights.size(), static_cast<std::size_t>(weights.rows)};
}

}  // namespace deltascope
