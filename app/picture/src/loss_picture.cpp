#include <deltascope/picture/loss_picture.hpp>
#include <deltascope/reference_cost.hpp>

#include <fmt/format.h>

#include <array>
#include <utility>

namespace deltascope::picture {

const Series* curve_x(const History& history, const RunMeasure* against) {
  if (against == nullptr || against->values == nullptr) return nullptr;
  return &(history.*against->values);
}

std::vector<Curve> loss_curves(const History& history, bool batches, std::span<const KeptRun> kept,
                               const RunMeasure* against, const Palette& palette) {
  constexpr float thin_px = 1.5F;
  constexpr std::array<std::array<float, 2>, 4> dashes{{{9, 4}, {3, 3}, {0, 0}, {14, 4}}};
  std::vector<Curve> curves;
  Curve behind{"batch", &history.batch_cost, palette.positive, true};
  if (!history.trial_cost.empty()) {
    behind.name = "trials";
    behind.series = &history.trial_cost;
    // A step's batch is all points: its cost is what the trial starts from.
    behind.tried_from = &history.batch_cost;
    behind.guest = true;
  }
  if (batches || !history.trial_cost.empty()) curves.push_back(behind);
  curves.push_back({"all points", &history.cost, palette.text});
  for (Curve& curve : curves)
    curve.x = curve_x(history, against);
  for (const KeptRun& run : kept) {
    const auto& dash = dashes[run.look % dashes.size()];
    const Color color = palette.runs[run.look % palette.runs.size()];
    curves.push_back({run.name, &run.history->cost, color, false, dash[0], dash[1], thin_px,
                      curve_x(*run.history, against), true});
  }
  return curves;
}

std::vector<ReferenceLine> reference_lines(const Model& model, const Dataset& data) {
  std::vector<ReferenceLine> lines;
  for (ReferenceCost& reference : reference_costs(model, data))
    lines.push_back({reference.cost, std::move(reference.text)});
  return lines;
}

std::string paper_scale_name(const walk::Notation& notation) {
  return fmt::format("2{}·{}", notation.samples, notation.cost);
}

CurvesPicture loss_axes(const LossStyle& style, const Model& model, Index samples) {
  const auto scale = style.paper_scale ? paper_scale(model, samples) : std::nullopt;
  CurvesPicture picture;
  picture.x_label = style.against != nullptr ? style.against->label : "steps";
  picture.log_x = style.log_steps;
  picture.log_y = style.log_cost;
  picture.y_factor = scale.value_or(1.0);
  picture.y_label = scale ? paper_scale_name(*style.notation) : std::string(style.notation->cost);
  if (scale && model.l2 == 0.0) picture.y_label += " = Σ‖y−a‖²";
  return picture;
}

}  // namespace deltascope::picture
