#include <deltascope/network_edit.hpp>

#include <algorithm>

namespace deltascope {
namespace {

std::vector<Index> identity_map(Index layers) {
  std::vector<Index> map(static_cast<std::size_t>(layers));
  for (std::size_t l = 0; l < map.size(); ++l)
    map[l] = static_cast<Index>(l);
  return map;
}

}  // namespace

Reshaping with_layer_size(const Architecture& old, Index layer, Index neurons) {
  std::vector<Index> sizes = old.sizes();
  sizes[static_cast<std::size_t>(layer) + 1] = neurons;
  return {Architecture(sizes, old.activations()), identity_map(old.layers())};
}

Reshaping with_layer_inserted(const Architecture& old, Index layer, Index neurons) {
  std::vector<Index> sizes = old.sizes();
  std::vector<const Activation*> activations = old.activations();
  std::vector<Index> map = identity_map(old.layers());
  // The new hidden layer looks like its neighbour, unless that is an output with a rule of its own.
  const bool at_output = layer == old.layers() - 1;
  const Activation* activation =
      activations[static_cast<std::size_t>(at_output && old.layers() > 1 ? layer - 1 : layer)];
  if (activation->output_only) activation = find_activation("sigmoid");
  sizes.insert(sizes.begin() + layer + 1, neurons);
  activations.insert(activations.begin() + layer, activation);
  map.insert(map.begin() + layer, -1);
  return {Architecture(sizes, activations), map};
}

Reshaping with_layer_removed(const Architecture& old, Index layer) {
  std::vector<Index> sizes = old.sizes();
  std::vector<const Activation*> activations = old.activations();
  std::vector<Index> map = identity_map(old.layers());
  sizes.erase(sizes.begin() + layer + 1);
  activations.erase(activations.begin() + layer);
  map.erase(map.begin() + layer);
  return {Architecture(sizes, activations), map};
}

Reshaping with_activation(const Architecture& old, Index layer, const Activation* activation) {
  std::vector<const Activation*> activations = old.activations();
  activations[static_cast<std::size_t>(layer)] = activation;
  return {Architecture(old.sizes(), activations), identity_map(old.layers())};
}

std::vector<Index> inverted(const std::vector<Index>& layer_map, Index old_layers) {
  std::vector<Index> inverse(static_cast<std::size_t>(old_layers), -1);
  for (std::size_t l = 0; l < layer_map.size(); ++l) {
    if (layer_map[l] >= 0) inverse[static_cast<std::size_t>(layer_map[l])] = static_cast<Index>(l);
  }
  return inverse;
}

std::vector<double> carried_over(const Architecture& old, std::span<const double> block,
                                 const Reshaping& reshaping, std::span<const double> fill) {
  std::vector<double> result(fill.begin(), fill.end());
  const Architecture& net = reshaping.architecture;
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const Index source = reshaping.layer_map[static_cast<std::size_t>(layer)];
    if (source < 0) continue;
    const ConstWeightView from = old.W(block, source);
    const WeightView to = net.W(std::span(result), layer);
    const std::span<const double> from_b = old.b(block, source);
    const std::span<double> to_b = net.b(std::span(result), layer);
    for (Index j = 0; j < std::min(from.rows, to.rows); ++j) {
      for (Index k = 0; k < std::min(from.cols, to.cols); ++k)
        to(j, k) = from(j, k);
      to_b[static_cast<std::size_t>(j)] = from_b[static_cast<std::size_t>(j)];
    }
  }
  return result;
}

std::shared_ptr<const Dataset> recoded(const std::shared_ptr<const Dataset>& data,
                                       const Activation& old_output, const Architecture& to) {
  const Activation& new_output = to.output_activation();
  const bool same_coding = old_output.low == new_output.low && old_output.high == new_output.high;
  if (same_coding && data->Y.rows() == to.outputs()) return data;
  auto result = std::make_shared<Dataset>();
  result->X = data->X;
  result->Y.resize(to.outputs(), data->size());
  const auto old_count = static_cast<std::size_t>(data->Y.rows());
  const auto new_count = static_cast<std::size_t>(to.outputs());
  std::vector<double> code(old_count);
  for (Index i = 0; i < data->size(); ++i) {
    const std::span<const double> old_target(&data->Y.view()(0, i), old_count);
    const std::span<double> new_target(&result->Y(0, i), new_count);
    const int label = decode_label(old_target, old_output);
    encode_label(label, old_output, code);
    const auto reachable = [&](double y) { return y >= new_output.low && y <= new_output.high; };
    const bool fits = !new_output.bounded || std::ranges::all_of(old_target, reachable);
    if (old_count == new_count && fits && !std::ranges::equal(code, old_target)) {
      std::ranges::copy(old_target, new_target.begin());
    } else {
      encode_label(label, new_output, new_target);
    }
  }
  return result;
}

int largest_label(const Dataset& data, const Activation& output) {
  int largest = -1;
  for (Index i = 0; i < data.size(); ++i) {
    largest = std::max(
        largest,
        decode_label({&data.Y.view()(0, i), static_cast<std::size_t>(data.Y.rows())}, output));
  }
  return largest;
}

}  // namespace deltascope
