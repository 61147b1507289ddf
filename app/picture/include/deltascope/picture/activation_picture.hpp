#pragma once

#include <deltascope/activation.hpp>
#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>

#include <optional>
#include <span>
#include <string>

namespace deltascope::picture {

/// How one layer's activation maps z to a. Elementwise: its curve with the neurons as dots at
/// (z, a), and tangents there. Where outputs are coupled (softmax): a as bars.
struct ActivationPicture {
  const Activation* activation = nullptr;
  std::span<const double> z;    ///< of one sample: one for each neuron of the layer
  std::optional<Index> chosen;  ///< this neuron is large, with lines to the axes and its numbers
  bool tangents = false;
  /// Names of z, a and g′(z), as script text; the numbers of the chosen neuron follow them: "z =
  /// +0.52". One that is empty is left out.
  std::string z_label, a_label, slope_label;
  bool blank = false;  ///< "?" in place of the chosen neuron's numbers, none on the axes
};

/// Readable from about 180 × 130 px at 100 %.
void draw_activation(Canvas& canvas, const Rect& rect, const ActivationPicture& picture,
                     const Palette& palette);

}  // namespace deltascope::picture
