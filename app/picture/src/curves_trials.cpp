#include "curve_columns.hpp"
#include "curves_parts.hpp"

#include <cmath>

namespace deltascope::picture {

namespace {

constexpr std::size_t most_marks = 300;
constexpr float dot_px = 2.5F, cross_px = 3, cross_width_px = 1.5F;

}  // namespace

std::vector<TrialMark> trial_marks(const CurvesLayout& layout, const CurvesPicture& picture,
                                   const Curve& curve) {
  std::vector<TrialMark> marks;
  if (curve.tried_from == nullptr) return marks;
  CurveValues trials(*curve.series, picture.divide_by, picture.y_factor);
  CurveValues tried_from(*curve.tried_from, picture.divide_by, picture.y_factor);
  StepPositions positions(curve.x);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const Series::Bucket trial = trials.at(i);
    const double x = positions.at(trial.last_step + 1);
    const double fraction = layout.x.fraction(x);
    if (!(fraction >= 0 && fraction <= 1)) continue;
    const auto before = tried_from.newest_at(static_cast<double>(trial.last_step));
    const bool single = trial.first_step == trial.last_step && before &&
                        before->first_step == trial.first_step &&
                        before->last_step == trial.last_step;
    if (!single || marks.size() == most_marks) return {};
    // A trial that is not finite has no place, and is rejected.
    if (std::isfinite(trial.last)) marks.push_back({x, trial.last, trial.last < before->last});
  }
  return marks;
}

void draw_trial_mark(Canvas& canvas, Point at, bool accepted, Color color) {
  const float s = canvas.scale();
  if (accepted) {
    canvas.fill_circle(at, dot_px * s, color);
    return;
  }
  const float r = cross_px * s;
  const Stroke stroke{color, cross_width_px * s};
  canvas.line({at.x - r, at.y - r}, {at.x + r, at.y + r}, stroke);
  canvas.line({at.x - r, at.y + r}, {at.x + r, at.y - r}, stroke);
}

void draw_trial_marks(Canvas& canvas, const CurvesLayout& layout, const Curve& curve,
                      const std::vector<TrialMark>& marks) {
  const float inset = cross_px * canvas.scale();
  for (const TrialMark& mark : marks) {
    const double fraction = layout.y.fraction(mark.value);
    float y = y_px(layout, mark.value);
    if (fraction > 1) y = layout.plot.y0 + inset;
    if (fraction < 0) y = layout.plot.y1 - inset;
    draw_trial_mark(canvas, {x_px(layout, mark.x), y}, mark.accepted, curve.color);
  }
}

}  // namespace deltascope::picture
