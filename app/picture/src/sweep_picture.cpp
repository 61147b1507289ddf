#include "curves_parts.hpp"
#include "readout.hpp"

#include <deltascope/picture/curves_picture.hpp>
#include <deltascope/picture/sweep_picture.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace deltascope::picture {
namespace {

constexpr float bars_height = 40, bar_width = 9, caption_gap = 4;
// In place of ∞, which has no place on an axis: far above what any plot shows.
constexpr double beyond = 1e300;

/// The quantiles as curves: two bands, cut off where they lie far above the median, and the median.
struct Curves {
  Series tenths, quarters, median, run;
  std::vector<Curve> shown;
};

Series band(const SweepPicture& picture, std::size_t low, std::size_t high) {
  Series series;
  for (std::size_t i = 0; i < picture.result->steps.size(); ++i) {
    const Quantiles& quantiles = picture.summary->costs[i];
    if (!std::isfinite(quantiles[low])) break;
    series.add(picture.result->steps[i], std::min(quantiles[high], beyond));
    series.add(picture.result->steps[i], quantiles[low]);
  }
  return series;
}

void fill(Curves& curves, const SweepPicture& picture, const Palette& palette) {
  const SweepResult& result = *picture.result;
  curves.tenths = band(picture, 0, 4);
  curves.quarters = band(picture, 1, 3);
  for (std::size_t i = 0; i < result.steps.size(); ++i)
    curves.median.add(result.steps[i], picture.summary->costs[i][2]);
  curves.shown = {
      {.name = "10 … 90 %", .series = &curves.tenths, .color = faded(palette.positive, 0.55)},
      {.name = "25 … 75 %", .series = &curves.quarters, .color = palette.positive},
      {.name = "median", .series = &curves.median, .color = palette.text}};
  for (Curve& curve : std::span(curves.shown).first(2))
    curve.faint = curve.guest = true;
}

void fill_run(Curves& curves, const SweepPicture& picture, std::string& name,
              const Palette& palette) {
  if (!picture.run) return;
  const SweepRun& run = picture.result->runs[*picture.run];
  for (std::size_t i = 0; i < run.costs.size(); ++i)
    curves.run.add(picture.result->steps[i], run.costs[i]);
  name = fmt::format("seed {}", run.seed);
  curves.shown.push_back({.name = name,
                          .series = &curves.run,
                          .color = palette.warning,
                          .dash_px = 9,
                          .gap_px = 4,
                          .width_px = 1.5F,
                          .guest = true});
}

CurvesPicture curves_picture(const SweepPicture& picture, const Curves& curves,
                             std::span<const ReferenceLine> references) {
  CurvesPicture plot;
  plot.curves = curves.shown;
  plot.references = references;
  plot.x_label = "steps";
  plot.y_label = picture.cost_name;
  plot.log_x = picture.log_steps;
  plot.log_y = picture.log_cost;
  return plot;
}

float text_height(Canvas& canvas) {
  return canvas.measure("0", Font::small).height;
}

Rect plot_rect(Canvas& canvas, const Rect& rect) {
  const float below =
      bars_height * canvas.scale() + text_height(canvas) + 2 * caption_gap * canvas.scale();
  return {rect.x0, rect.y0, rect.x1, std::max(rect.y1 - below, rect.y0 + 1)};
}

Rect bars_rect(const Canvas& canvas, const Rect& rect, const CurvesLayout& layout) {
  return {layout.plot.x0, rect.y1 - bars_height * canvas.scale(), layout.plot.x1, rect.y1};
}

std::string caption(const SweepPicture& picture) {
  const SweepSummary& summary = *picture.summary;
  const std::size_t never = summary.arrived.total - summary.arrived.count;
  return fmt::format("First step with a cost of at most {}: {} {}, {} never",
                     format_number(picture.result->request.plan.threshold, 3),
                     summary.arrived.count, summary.arrived.count == 1 ? "run" : "runs", never);
}

/// How many runs came to the threshold in each part of the axis; those left of it in the first.
std::vector<std::size_t> counts(const SweepPicture& picture, const Axis& x, std::size_t bars) {
  std::vector<std::size_t> found(bars);
  for (const SweepRun& run : picture.result->runs) {
    if (!run.threshold_step) continue;
    const double fraction = x.fraction(static_cast<double>(*run.threshold_step));
    const double bar = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(bars);
    ++found[std::min(static_cast<std::size_t>(bar), bars - 1)];
  }
  return found;
}

void draw_bars(Canvas& canvas, const Rect& rect, const SweepPicture& picture,
               const CurvesLayout& layout, const Palette& palette) {
  const float s = canvas.scale();
  const Rect bars = bars_rect(canvas, rect, layout);
  canvas.text({bars.x0, bars.y0 - caption_gap * s}, caption(picture), Font::small,
              palette.secondary, AlignX::left, AlignY::bottom);
  canvas.fill_rect(bars, palette.plot_background);
  const auto wanted = static_cast<std::size_t>(bars.width() / (bar_width * s));
  const std::vector<std::size_t> heights =
      counts(picture, layout.x, std::max<std::size_t>(1, wanted));
  const auto tallest = static_cast<float>(std::ranges::max(heights));
  const float width = bars.width() / static_cast<float>(heights.size());
  for (std::size_t i = 0; i < heights.size(); ++i) {
    if (heights[i] == 0) continue;
    const float height =
        std::max(2 * s, static_cast<float>(heights[i]) / tallest * (bars.height() - 3 * s));
    const float x = bars.x0 + width * static_cast<float>(i);
    canvas.fill_rect({x + 0.5F * s, bars.y1 - height, x + width - 0.5F * s, bars.y1},
                     palette.positive, s);
  }
  canvas.stroke_rect(bars, {palette.border, s});
}

std::string cost_text(double cost) {
  return std::isfinite(cost) ? format_number(cost, 3) : "diverged";
}

/// Of the last step that was looked at.
void draw_cursor(Canvas& canvas, const Rect& rect, const SweepPicture& picture,
                 const CurvesLayout& layout, const Palette& palette) {
  const SweepResult& result = *picture.result;
  const double at = layout.x.value_at((picture.mouse->x - layout.plot.x0) / layout.plot.width());
  const auto after = std::ranges::upper_bound(
      result.steps, at, {}, [](std::uint64_t step) { return static_cast<double>(step); });
  if (after == result.steps.begin()) return;
  const auto index = static_cast<std::size_t>(after - result.steps.begin()) - 1;
  const std::uint64_t step = result.steps[index];
  const float s = canvas.scale(), x = x_px(layout, static_cast<double>(step));
  const Rect bars = bars_rect(canvas, rect, layout);
  canvas.line({x, layout.plot.y0}, {x, layout.plot.y1}, {palette.secondary, s});
  canvas.line({x, bars.y0}, {x, bars.y1}, {palette.secondary, s});
  const Quantiles& costs = picture.summary->costs[index];
  const auto came = std::ranges::count_if(result.runs, [step](const SweepRun& run) {
    return run.threshold_step && *run.threshold_step <= step;
  });
  const auto range = [&](std::size_t low, std::size_t high) {
    return cost_text(costs[low]) + " … " + cost_text(costs[high]);
  };
  std::vector<ReadoutLine> lines{
      {"step " + format_count(static_cast<double>(step)), {0, 0, 0, 0}},
      {"median  " + cost_text(costs[2]), palette.text},
      {"25 … 75 %  " + range(1, 3), palette.positive},
      {"10 … 90 %  " + range(0, 4), faded(palette.positive, 0.55)},
      {fmt::format("at most {} so far: {} of {} runs",
                   format_number(result.request.plan.threshold, 3), came, result.runs.size()),
       {0, 0, 0, 0}}};
  if (picture.run) {
    const SweepRun& run = result.runs[*picture.run];
    const bool known = index < run.costs.size();
    lines.push_back(
        {fmt::format("seed {}  {}", run.seed, known ? cost_text(run.costs[index]) : "diverged"),
         palette.warning});
  }
  draw_readout(canvas, {x, layout.plot.y0 + layout.plot.height() * 0.3F}, layout.plot, lines,
               palette);
}

/// The plot with all that it refers to.
struct Plot {
  Curves curves;
  std::string run_name;
  std::array<ReferenceLine, 1> threshold;
  CurvesPicture picture;

  Plot(const SweepPicture& sweep, const Palette& palette)
      : threshold{ReferenceLine{sweep.result->request.plan.threshold, "threshold"}} {
    fill(curves, sweep, palette);
    fill_run(curves, sweep, run_name, palette);
    picture = curves_picture(sweep, curves, threshold);
  }
  Plot(const Plot&) = delete;
  Plot& operator=(const Plot&) = delete;
};

}  // namespace

SweepLayout layout_sweep(Canvas& canvas, const Rect& rect, const SweepPicture& picture) {
  const Plot plot(picture, dark_palette());
  const CurvesLayout layout = layout_curves(canvas, plot_rect(canvas, rect), plot.picture);
  return {layout.plot, bars_rect(canvas, rect, layout)};
}

void draw_sweep(Canvas& canvas, const Rect& rect, const SweepPicture& picture,
                const Palette& palette) {
  const Plot plot(picture, palette);
  const Rect above = plot_rect(canvas, rect);
  draw_curves(canvas, above, plot.picture, palette);
  const CurvesLayout layout = layout_curves(canvas, above, plot.picture);
  draw_bars(canvas, rect, picture, layout, palette);
  const auto& mouse = picture.mouse;
  if (mouse && mouse->x >= layout.plot.x0 && mouse->x <= layout.plot.x1) {
    draw_cursor(canvas, rect, picture, layout, palette);
  }
}

}  // namespace deltascope::picture
