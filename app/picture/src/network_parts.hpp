#pragma once

#include <deltascope/picture/network_picture.hpp>

#include <cstddef>
#include <vector>

namespace deltascope::picture {

// What the drawing of a network, of its edges and of its read-out share.

/// The lights of a picture, to be asked of each neuron and weight. What the network does not have
/// is ignored.
class LitParts {
 public:
  explicit LitParts(const NetworkPicture& picture);
  /// Whether something is lit, so that the rest steps back.
  bool any() const { return any_; }
  bool neuron(const NeuronId& id) const;
  bool weight(const WeightId& id) const;
  /// Whether a neuron of the layer is lit after the first `shown`.
  bool beyond(std::size_t layer, std::size_t shown) const;

 private:
  bool any_ = false;
  std::vector<std::vector<bool>> neurons_;  ///< [layer][index]
  std::vector<std::vector<bool>> weights_;  ///< [weight layer][to · fan_in + from]
  const Architecture* architecture_ = nullptr;
};

/// The weights, and on those lit which way numbers run.
void draw_network_edges(Canvas& canvas, const NetworkLayout& layout, const NetworkPicture& picture,
                        const LitParts& lit, const Palette& palette);

/// The picture's sample if it is of this network, else null.
const SampleTrace* fitting_sample(const NetworkPicture& picture);
/// "δ -0.0400", with the notation's own letter.
std::string delta_text(const NetworkPicture& picture, std::string_view number);
double delta_of(const SampleTrace& sample, Index layer, Index neuron);
double activation_of(const SampleTrace& sample, const NeuronId& id);

/// All that is known of the neuron or weight under the mouse, to six digits.
void draw_network_readout(Canvas& canvas, const NetworkLayout& layout,
                          const NetworkPicture& picture, const SampleTrace* sample,
                          const Palette& palette);

}  // namespace deltascope::picture
