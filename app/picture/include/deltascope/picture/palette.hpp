#pragma once

#include <deltascope/picture/canvas.hpp>

#include <array>
#include <span>

namespace deltascope::picture {

/// Every colour of a theme. Text on `panel` and `frame` has a contrast of at least 4.5:1;
/// `positive` and `negative` stay apart under protan, deutan and tritan vision, and sign is also
/// shown by dashes, class by shape.
struct Palette {
  bool dark = true;
  Color background, panel, frame, frame_hovered, border;
  Color text, secondary;
  Color positive, negative, zero;  ///< the diverging colour map: −1, 0, +1
  Color accent, on_accent;
  Color delta;  ///< δ, wherever it stands
  Color walk;   ///< what a walk through a step is at: no sign, no δ
  // Of the other quantities in formulas, whose letters say the same.
  Color activation;  ///< a, z and y
  Color weight, bias;
  Color gradient;  ///< dW, db, and what an optimizer makes of them
  Color slope;     ///< g′(z)
  Color cost;      ///< C_x, the cost, and the differences they are made of
  Color warning;   ///< graphics of warnings
  Color plot_background, grid, grid_minor;
  Color boundary;                ///< the decision line
  Color marker_outline;          ///< around O and X
  std::array<Color, 6> runs;     ///< curves of runs kept to be compared with
  std::array<Color, 8> classes;  ///< class 0 (O) is positive, class 1 (X) is negative
};

const Palette& dark_palette();
const Palette& light_palette();

/// The diverging colour map: t = −1 negative, 0 zero, +1 positive; clamped; NaN is `frame`.
Color diverging(const Palette& palette, double t);

/// Contrast of two opaque colours, 1 … 21 (WCAG 2.1, relative luminance).
double contrast(Color a, Color b);
/// Black or white, whichever reads better on `background`: always at least 4.5:1.
Color readable_on(Color background);

}  // namespace deltascope::picture
