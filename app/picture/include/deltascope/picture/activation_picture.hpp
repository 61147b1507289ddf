#pragma once

#include <deltascope/activation.hpp>
#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>

#include <optional>
#include <span>
#include <string>

namespace deltascope::picture {

/// The curve of an activation with the neurons of a layer as dots at (z, a), and tangents there.
struct ActivationPicture {
  const Activation* activation = nullptr;  ///< elementwise; nothing is drawn for softmax
  std::span<const double> z;               ///< a dot each
  std::optional<Index> chosen;             ///< this one is large and labelled
  bool tangents = false;
  std::string z_label, a_label, slope_label;  ///< script text
  bool blank = false;                         ///< no numbers
};

void draw_activation(Canvas& canvas, const Rect& rect, const ActivationPicture& picture,
                     const Palette& palette);

}  // namespace deltascope::picture
