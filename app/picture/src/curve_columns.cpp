#include "curve_columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace deltascope::picture {

double StepPositions::at(std::uint64_t step) {
  if (numbered_) return static_cast<double>(step);
  if (known_.empty()) return std::numeric_limits<double>::quiet_NaN();
  while (next_ < known_.size() && known_[next_].last_step < step)
    ++next_;
  double position = known_[std::min(next_, known_.size() - 1)].last;
  if (next_ > 0 && next_ < known_.size()) {
    const Series::Bucket &before = known_[next_ - 1], &after = known_[next_];
    const double way = static_cast<double>(step - before.last_step) /
                       static_cast<double>(after.last_step - before.last_step);
    position = before.last + way * (after.last - before.last);
  }
  newest_ = std::max(newest_, position);
  return newest_;
}

std::optional<double> StepPositions::step_at(double position) const {
  if (numbered_) return position;
  const auto after = std::upper_bound(
      known_.begin(), known_.end(), position,
      [](double wanted, const Series::Bucket& known) { return wanted < known.last; });
  if (after == known_.begin()) return std::nullopt;
  const Series::Bucket& before = *(after - 1);
  const auto step = static_cast<double>(before.last_step);
  if (after == known_.end()) return step;
  const double way = (position - before.last) / (after->last - before.last);
  return step + std::floor(way * static_cast<double>(after->last_step - before.last_step));
}

Series::Bucket CurveValues::at(std::size_t index) {
  Series::Bucket bucket = buckets_[index];
  double factor = factor_;
  if (reference_ != nullptr) factor /= divisor_at(bucket.first_step);
  bucket.last *= factor;
  const double min = bucket.min * factor;
  const double max = bucket.max * factor;
  bucket.min = std::min(min, max);
  bucket.max = std::max(min, max);
  return bucket;
}

double CurveValues::divisor_at(std::uint64_t step) {
  const auto others = reference_->buckets();
  while (reference_index_ + 1 < others.size() && others[reference_index_ + 1].first_step <= step) {
    ++reference_index_;
  }
  const double divisor = others.empty() ? 0.0 : others[reference_index_].last;
  return divisor == 0 ? std::numeric_limits<double>::quiet_NaN() : divisor;
}

std::optional<Series::Bucket> CurveValues::newest_at(double step) {
  const auto after = std::upper_bound(buckets_.begin(), buckets_.end(), step,
                                      [](double wanted, const Series::Bucket& bucket) {
                                        return wanted < static_cast<double>(bucket.first_step);
                                      });
  if (after == buckets_.begin()) return std::nullopt;
  return at(static_cast<std::size_t>(after - buckets_.begin()) - 1);
}

std::vector<CurveColumn> curve_columns(CurveValues values, StepPositions positions, const Axis& x,
                                       int columns) {
  std::vector<CurveColumn> result;
  std::size_t next = 0;
  // Column −1 is everything left of the axis, the last one everything right of it; of those only
  // the nearest value matters, which gives the line its direction across the border.
  for (int column = -1; column <= columns && next < values.size(); ++column) {
    const double end = column == columns ? std::numeric_limits<double>::infinity()
                                         : x.value_at(static_cast<double>(column + 1) / columns);
    std::optional<CurveColumn> merged;
    while (next < values.size()) {
      const Series::Bucket bucket = values.at(next);
      const double position = positions.at(bucket.last_step);
      if (!(position < end)) break;
      ++next;
      if (x.log && position <= 0) continue;  // step 0 has no place on a logarithmic axis
      const bool known = std::isfinite(bucket.last) && std::isfinite(bucket.min);
      if (!merged || column < 0) {
        const bool single = bucket.first_step == bucket.last_step;
        merged =
            CurveColumn{position, bucket.last, bucket.min, bucket.max, bucket.last, single, !known};
        if (column == columns) break;
        continue;
      }
      merged->gap = merged->gap || !known;
      merged->upright = merged->upright && position == merged->x;
      merged->x = position;
      if (!known) continue;
      merged->last = bucket.last;
      merged->min = std::isfinite(merged->min) ? std::min(merged->min, bucket.min) : bucket.min;
      merged->max = std::isfinite(merged->max) ? std::max(merged->max, bucket.max) : bucket.max;
    }
    if (merged) result.push_back(*merged);
  }
  return result;
}

}  // namespace deltascope::picture
