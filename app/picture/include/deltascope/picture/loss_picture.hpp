#pragma once
// The cost plot of a run and of those kept to be compared with it: the same in window and file.

#include <deltascope/dataset.hpp>
#include <deltascope/model.hpp>
#include <deltascope/picture/curves_picture.hpp>
#include <deltascope/walk/notation.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace deltascope::picture {

/// How the cost plot is looked at.
struct LossStyle {
  bool log_steps = false, log_cost = false;
  bool paper_scale = false;             ///< 2N·Cost; Cost where the loss has no such scale
  const RunMeasure* against = nullptr;  ///< the horizontal axis; null: steps
  /// The cost of each batch too, where Cost is drawn; pointless where a batch is all points.
  bool batches = true;
  const walk::Notation* notation = walk::notations().data();
};

/// The cost on the paper's scale: "2N·Cost".
std::string paper_scale_name(const walk::Notation& notation);

/// A run kept for comparison.
struct KeptRun {
  std::string_view name;
  const History* history = nullptr;
  std::size_t look = 0;  ///< below most_kept_runs: its colour and dashes, kept when others go
};

/// As many runs as can be kept apart by colour and dashes.
inline constexpr std::size_t most_kept_runs = 6;

/// Where `against` draws the steps of a run: for Curve::x. Null for steps.
const Series* curve_x(const History& history, const RunMeasure* against);

/// Cost over all points, solid; the trials of Levenberg–Marquardt if there were any, else behind
/// it, faint, with `batches` the cost of each batch. Then the kept runs, thin, each in its own
/// colour and dashes, cut off where they lie far above. Histories and names must outlive the
/// curves.
std::vector<Curve> loss_curves(const History& history, bool batches, std::span<const KeptRun> kept,
                               const RunMeasure* against, const Palette& palette);

/// The plateaus that the targets explain (reference_cost.hpp). Walks through all points: keep the
/// result for as long as model and points stay the same.
std::vector<ReferenceLine> reference_lines(const Model& model, const Dataset& data);

/// Axes, labels and scale of the plot for a run on `samples` points; curves and reference lines are
/// the caller's to put in.
CurvesPicture loss_axes(const LossStyle& style, const Model& model, Index samples);

}  // namespace deltascope::picture
