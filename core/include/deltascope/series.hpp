#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace deltascope {

/// A curve over steps in bounded memory: exact minimum and maximum of every bucket of steps.
///
/// The width of a bucket depends on its first step alone: 1 below 2048, then 2, 4, … so that each
/// octave has 1024 buckets. A linear and a logarithmic axis both find at least one bucket per
/// pixel, and the curve only ever grows at its end: 10⁷ steps take about 15,000 buckets.
class Series {
 public:
  struct Bucket {
    std::uint64_t first_step = 0;
    std::uint64_t last_step = 0;  ///< of the values seen, not of the bucket's range
    double min = 0.0;
    double max = 0.0;
    double last = 0.0;
    bool operator==(const Bucket&) const = default;
  };

  /// Steps must not decrease. Non-finite values are kept in `last` and leave min and max alone
  /// (a bucket of nothing else has NaN there).
  void add(std::uint64_t step, double value);
  /// Appends `later`, which starts in this series' last bucket or behind it. Same result as if its
  /// values had been added here.
  void append(const Series& later);
  /// Forgets every bucket that holds `step` or a later one: with it, at most the bucket's width of
  /// earlier steps.
  void discard_from(std::uint64_t step);
  /// The same, and returns what was forgotten: append() gives it back.
  Series split_from(std::uint64_t step);
  void clear() { buckets_.clear(); }
  bool empty() const { return buckets_.empty(); }
  std::span<const Bucket> buckets() const { return buckets_; }

  static std::uint64_t bucket_width(std::uint64_t step);

 private:
  std::vector<Bucket> buckets_;
  std::uint64_t end_of_last_ = 0;
};

/// The curves of a run.
struct History {
  Series batch_cost;              ///< of each step's batch, before its update, at every step
  Series cost;                    ///< over all points, at steps fixed by their number
  Series accuracy;                ///< fraction, at the same steps
  std::vector<Series> rms_delta;  ///< per weight layer, at the same steps
  Series gradient_evaluations;    ///< of single samples so far, at the same steps
  Series seconds;                 ///< of work so far; a Session is told by who owns a clock
  Series trial_cost;  ///< of each Levenberg–Marquardt trial, also of a rejected one; else empty

  void append(const History& later);
  void discard_from(std::uint64_t step);
  /// The same, and returns what was forgotten.
  History split_from(std::uint64_t step);
  std::size_t bytes() const;
  /// Cost, accuracy and RMS δ only.
  void discard_records_from(std::uint64_t step);
};

/// One row: what a run can be measured against. Methods whose steps cost differently are compared
/// fairly by gradient evaluations or seconds, not by steps.
struct RunMeasure {
  std::string_view name;
  std::string_view label;
  std::string_view short_label;  ///< where there is room for a word only
  Series History::*values;       ///< its value at each recorded step; null: the step itself
};

std::span<const RunMeasure> run_measures();
const RunMeasure* find_run_measure(std::string_view name);

/// What became of the curves since somebody last asked: first forget, then append.
struct HistoryUpdate {
  std::optional<std::uint64_t> discard_from;  ///< set when the run went back to an earlier step
  /// Set when the network or the points changed: what was recorded there was of others. The
  /// batches' costs stay, they belong to the step before.
  std::optional<std::uint64_t> discard_records_from;
  History fresh;

  void discard(std::uint64_t step);
  void discard_records(std::uint64_t step);
  void append(const HistoryUpdate& later);
  void apply_to(History& history) const;
};

/// Whether Cost, accuracy and RMS δ are recorded at `step`: every step up to 1024, then 256 pairs
/// of neighbouring steps per octave, so that a cost that alternates does not look smooth;
/// never more often than twice in `samples / batch` / 32 steps, so that looking at all points stays
/// cheap beside training on a few of them.
bool is_recorded_step(std::uint64_t step, std::uint64_t samples, std::uint64_t batch);
/// The first recorded step behind `step`.
std::uint64_t next_recorded_step(std::uint64_t step, std::uint64_t samples, std::uint64_t batch);

}  // namespace deltascope
