#pragma once

#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>
#include <deltascope/series.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::picture {

struct Curve {
  std::string_view name;  ///< may have raised and lowered parts: "δ^[2]"
  const Series* series = nullptr;
  Color color;
  bool faint = false;  ///< drawn as the band between minimum and maximum, behind the others
  float dash_px = 0, gap_px = 0;  ///< at 100 %
  float width_px = 2;             ///< at 100 %; of the line, not of the band
  /// Its value at a step is where that step is drawn, straight between the steps it knows; null: at
  /// the step itself. Each run brings its own, so that several can be compared in one plot.
  const Series* x = nullptr;
  /// Where it lies far above the other curves it is cut off: no axis grows for it.
  bool guest = false;
  /// Set for trials: what each was a try to improve, known at the same steps. A trial is marked one
  /// step on, where its result would stand: a dot where it is lower, else a ×. As a band where they
  /// are too many to be told apart.
  const Series* tried_from = nullptr;
};

/// One curve per layer, told apart by colour and by dashes. `names` must outlive the curves.
std::vector<Curve> layer_curves(std::span<const Series> series, std::span<const std::string> names,
                                const Palette& palette);

/// A dashed line across the plot, where its value is on the axis: no axis grows for it. Its value
/// stands at the right of the plot, with the label where there is room, else in the read-out.
struct ReferenceLine {
  double value = 0;  ///< as in the series: `y_factor` acts on it too
  std::string label;
};

/// An upright line where a step stands, and a dot on it: the step on screen, among later ones.
struct StepMarker {
  std::uint64_t step = 0;
  std::optional<double> value;  ///< of the dot, as in the series; none: a line alone
  const Series* x = nullptr;    ///< Curve::x of the run it belongs to
};

struct CurvesPicture {
  std::span<const Curve> curves;
  std::span<const ReferenceLine> references;  ///< the more important first
  std::string_view x_label;
  std::string y_label;
  bool log_x = false, log_y = false;
  std::optional<Axis> x, y;        ///< zoomed by hand; else fitted to the curves
  std::optional<double> cursor_x;  ///< a vertical line with the values of all curves there
  std::optional<StepMarker> marker;
  const Series* divide_by = nullptr;  ///< each curve is shown relative to this one
  double y_factor = 1;                ///< positive; what every value is shown times
};

struct CurvesLayout {
  Rect plot;
  Axis x, y;
};

/// Axes fitted to the curves (or as given) and where the plot lies after its labels.
CurvesLayout layout_curves(Canvas& canvas, const Rect& rect, const CurvesPicture& picture);
/// Where the legend names a curve.
struct LegendPlace {
  const Curve* curve = nullptr;
  Rect rect;
};
std::vector<LegendPlace> legend_places(Canvas& canvas, const Rect& rect,
                                       const CurvesPicture& picture);
void draw_curves(Canvas& canvas, const Rect& rect, const CurvesPicture& picture,
                 const Palette& palette);

}  // namespace deltascope::picture
