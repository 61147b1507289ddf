#pragma once
// What a sweep over seeds came to: the same in window and file.

#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>
#include <deltascope/sweep_summary.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace deltascope::picture {

/// Quantiles of the cost over the steps, as bands around their median; below it, on the same axis,
/// how many runs first came to the threshold when. What is infinite leaves the plot at its top.
struct SweepPicture {
  const SweepResult* result = nullptr;    ///< with runs
  const SweepSummary* summary = nullptr;  ///< of `result`
  std::string_view cost_name = "Cost";
  bool log_steps = false, log_cost = false;
  std::optional<std::size_t> run = {};  ///< one of result->runs, drawn as a line
  std::optional<Point> mouse = {};      ///< a vertical line there, with what is known of that step
};

/// Where things stand: both with the same horizontal axis.
struct SweepLayout {
  Rect plot, bars;
};

SweepLayout layout_sweep(Canvas& canvas, const Rect& rect, const SweepPicture& picture);
void draw_sweep(Canvas& canvas, const Rect& rect, const SweepPicture& picture,
                const Palette& palette);

}  // namespace deltascope::picture
