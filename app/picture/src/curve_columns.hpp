#pragma once

#include <deltascope/picture/axis.hpp>
#include <deltascope/series.hpp>

#include <optional>
#include <span>
#include <vector>

namespace deltascope::picture {

/// Where on the horizontal axis the steps of a run lie: at their own number, or at what `x` says of
/// them. Straight between the steps that `x` knows, level outside; never goes back.
class StepPositions {
 public:
  explicit StepPositions(const Series* x)
      : numbered_(x == nullptr),
        known_(numbered_ ? std::span<const Series::Bucket>() : x->buckets()) {}

  /// Call with growing steps: `x` is walked alongside.
  double at(std::uint64_t step);
  /// The newest step that lies at or left of `position`; nullopt where all lie right of it.
  std::optional<double> step_at(double position) const;

 private:
  bool numbered_;
  std::span<const Series::Bucket> known_;
  std::size_t next_ = 0;  // the first known step not before the one asked for last
  double newest_ = 0;
};

/// The buckets that fall into one column of pixels, as one.
struct CurveColumn {
  double x = 0;     ///< of the newest value
  double last = 0;  ///< the newest value
  double min = 0, max = 0;
  double first = 0;     ///< the oldest value
  bool upright = true;  ///< all values lie at x itself
  bool gap = false;     ///< something that is not finite lies here: no line across
};

/// The buckets as they are shown: relative to `reference` at the same step if that is given (NaN
/// where there is nothing to divide by), times `factor`.
class CurveValues {
 public:
  CurveValues(const Series& series, const Series* reference, double factor)
      : buckets_(series.buckets()), reference_(reference), factor_(factor) {}

  std::size_t size() const { return buckets_.size(); }
  /// Call with growing indices: the reference is walked alongside.
  Series::Bucket at(std::size_t index);
  /// The newest bucket that starts at or before `step`.
  std::optional<Series::Bucket> newest_at(double step);

 private:
  double divisor_at(std::uint64_t step);

  std::span<const Series::Bucket> buckets_;
  const Series* reference_;
  double factor_;
  std::size_t reference_index_ = 0;
};

/// The curve on an axis `columns` pixels long, from the last point left of it to the first right of
/// it. One logarithm per column, not per bucket.
std::vector<CurveColumn> curve_columns(CurveValues values, StepPositions positions, const Axis& x,
                                       int columns);

}  // namespace deltascope::picture
