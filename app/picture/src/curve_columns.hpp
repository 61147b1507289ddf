#pragma once

#include <deltascope/picture/axis.hpp>
#include <deltascope/series.hpp>

#include <optional>
#include <vector>

namespace deltascope::picture {

/// The buckets that fall into one column of pixels, as one.
struct CurveColumn {
  double step = 0;  ///< of the newest value
  double first = 0, last = 0;
  double min = 0, max = 0;
  bool gap = false;  ///< something that is not finite lies here: no line across
};

/// One bucket as it is shown: relative to `reference` at the same step if that is given. NaN where
/// there is nothing to divide by.
class CurveValues {
 public:
  CurveValues(const Series& series, const Series* reference)
      : buckets_(series.buckets()), reference_(reference) {}

  std::size_t size() const { return buckets_.size(); }
  /// Call with growing indices: the reference is walked alongside.
  Series::Bucket at(std::size_t index);
  /// The newest bucket that starts at or before `step`.
  std::optional<Series::Bucket> newest_at(double step);

 private:
  std::span<const Series::Bucket> buckets_;
  const Series* reference_;
  std::size_t reference_index_ = 0;
};

/// The curve on an axis `columns` pixels long, from the last point left of it to the first right of
/// it. One logarithm per column, not per bucket.
std::vector<CurveColumn> curve_columns(CurveValues values, const Axis& x, int columns);

}  // namespace deltascope::picture
