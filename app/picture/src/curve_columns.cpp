#include "curve_columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace deltascope::picture {

Series::Bucket CurveValues::at(std::size_t index) {
  Series::Bucket bucket = buckets_[index];
  if (reference_ == nullptr) return bucket;
  const auto others = reference_->buckets();
  while (reference_index_ + 1 < others.size() &&
         others[reference_index_ + 1].first_step <= bucket.first_step) {
    ++reference_index_;
  }
  double divisor = others.empty() ? 0.0 : others[reference_index_].last;
  if (divisor == 0) divisor = std::numeric_limits<double>::quiet_NaN();
  bucket.last /= divisor;
  const double min = bucket.min / divisor;
  const double max = bucket.max / divisor;
  bucket.min = std::min(min, max);
  bucket.max = std::max(min, max);
  return bucket;
}

std::optional<Series::Bucket> CurveValues::newest_at(double step) {
  const auto after = std::upper_bound(buckets_.begin(), buckets_.end(), step,
                                      [](double wanted, const Series::Bucket& bucket) {
                                        return wanted < static_cast<double>(bucket.first_step);
                                      });
  if (after == buckets_.begin()) return std::nullopt;
  return at(static_cast<std::size_t>(after - buckets_.begin()) - 1);
}

std::vector<CurveColumn> curve_columns(CurveValues values, const Axis& x, int columns) {
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
      const auto step = static_cast<double>(bucket.last_step);
      if (!(step < end)) break;
      ++next;
      if (x.log && step <= 0) continue;  // step 0 has no place on a logarithmic axis
      const bool known = std::isfinite(bucket.last) && std::isfinite(bucket.min);
      if (!merged || column < 0) {
        merged = CurveColumn{step, bucket.last, bucket.last, bucket.min, bucket.max, !known};
        if (column == columns) break;
        continue;
      }
      merged->gap = merged->gap || !known;
      merged->step = step;
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
