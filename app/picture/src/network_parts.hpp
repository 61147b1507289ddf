#pragma once

#include <deltascope/picture/network_picture.hpp>

namespace deltascope::picture {

// What the drawing of a network and of its read-out share.

/// The picture's sample if it is of this network, else null.
const SampleTrace* fitting_sample(const NetworkPicture& picture);
double delta_of(const SampleTrace& sample, Index layer, Index neuron);
double activation_of(const SampleTrace& sample, const NeuronId& id);

/// All that is known of the neuron or weight under the mouse, to six digits.
void draw_network_readout(Canvas& canvas, const NetworkLayout& layout,
                          const NetworkPicture& picture, const SampleTrace* sample,
                          const Palette& palette);

}  // namespace deltascope::picture
