#pragma once

#include <deltascope/architecture.hpp>
#include <deltascope/dataset.hpp>

#include <memory>
#include <span>
#include <vector>

namespace deltascope {

inline constexpr Index max_layer_size = 256;  ///< neurons of one layer
inline constexpr Index max_layers = 16;       ///< weight layers

/// A network's new shape and which of its weight layers continue which old ones (−1: none).
struct Reshaping {
  Architecture architecture;
  std::vector<Index> layer_map;
};

/// Weight layer `layer` gets `neurons` outputs.
Reshaping with_layer_size(const Architecture& old, Index layer, Index neurons);
/// A hidden layer of `neurons` before weight layer `layer`, which goes on behind it.
Reshaping with_layer_inserted(const Architecture& old, Index layer, Index neurons);
/// Without the hidden layer that weight layer `layer` makes; layer < L − 1.
Reshaping with_layer_removed(const Architecture& old, Index layer);
Reshaping with_activation(const Architecture& old, Index layer, const Activation* activation);
/// The map from the new shape back to the old one.
std::vector<Index> inverted(const std::vector<Index>& layer_map, Index old_layers);

/// A block of parameters in another shape: what exists in both keeps its value, the rest is
/// `fill`'s.
std::vector<double> carried_over(const Architecture& old, std::span<const double> block,
                                 const Reshaping& reshaping, std::span<const double> fill);

/// The same points with targets for another output layer. Targets that code a label exactly are
/// coded anew; others stay as they are where the number of outputs and their range allow.
std::shared_ptr<const Dataset> recoded(const std::shared_ptr<const Dataset>& data,
                                       const Activation& old_output, const Architecture& to);
/// The largest label in use, or −1 without points.
int largest_label(const Dataset& data, const Activation& output);

}  // namespace deltascope
