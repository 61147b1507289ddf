#include <deltascope/series.hpp>
#include <deltascope/table.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace deltascope {
namespace {

// 2¹⁰ buckets an octave: more than a screen has pixels to show them.
constexpr int buckets_per_octave_log2 = 10;
constexpr int recordings_per_octave_log2 = 8;

int floor_log2(std::uint64_t value) {
  return std::bit_width(value) - 1;
}

std::uint64_t recording_interval(std::uint64_t step, std::uint64_t samples, std::uint64_t batch) {
  const int by_octave = std::max(0, floor_log2(step | 1) - recordings_per_octave_log2);
  const int by_work = floor_log2(samples / (32 * std::max<std::uint64_t>(batch, 1)) | 1);
  return std::uint64_t{1} << std::max(by_octave, by_work);
}

void include(Series::Bucket& bucket, double min, double max) {
  // fmin and fmax ignore a NaN on one side.
  bucket.min = std::fmin(bucket.min, min);
  bucket.max = std::fmax(bucket.max, max);
}

}  // namespace

std::uint64_t Series::bucket_width(std::uint64_t step) {
  return std::uint64_t{1} << std::max(0, floor_log2(step | 1) - buckets_per_octave_log2);
}

void Series::add(std::uint64_t step, double value) {
  if (buckets_.empty() || step >= end_of_last_) {
    const std::uint64_t width = bucket_width(step);
    const std::uint64_t first = step / width * width;
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    buckets_.push_back({first, step, nothing, nothing, value});
    end_of_last_ = first + width;
  }
  Bucket& bucket = buckets_.back();
  bucket.last_step = step;
  bucket.last = value;
  if (!std::isfinite(value)) return;
  // True of the NaN that a bucket begins with, too; this is done at every step, where fmin takes
  // long.
  if (!(bucket.min <= value)) bucket.min = value;
  if (!(bucket.max >= value)) bucket.max = value;
}

void Series::append(const Series& later) {
  if (later.buckets_.empty()) return;
  auto next = later.buckets_.begin();
  if (!buckets_.empty() && buckets_.back().first_step == next->first_step) {
    Bucket& bucket = buckets_.back();
    include(bucket, next->min, next->max);
    bucket.last_step = next->last_step;
    bucket.last = next->last;
    ++next;
  }
  buckets_.insert(buckets_.end(), next, later.buckets_.end());
  end_of_last_ = later.end_of_last_;
}

void Series::discard_from(std::uint64_t step) {
  split_from(step);
}

Series Series::split_from(std::uint64_t step) {
  const auto first = std::ranges::lower_bound(buckets_, step, {}, &Bucket::last_step);
  Series later;
  later.buckets_.assign(first, buckets_.end());
  later.end_of_last_ = end_of_last_;
  buckets_.erase(first, buckets_.end());
  end_of_last_ =
      buckets_.empty() ? 0 : buckets_.back().first_step + bucket_width(buckets_.back().first_step);
  return later;
}

void History::append(const History& later) {
  batch_cost.append(later.batch_cost);
  cost.append(later.cost);
  accuracy.append(later.accuracy);
  gradient_evaluations.append(later.gradient_evaluations);
  seconds.append(later.seconds);
  trial_cost.append(later.trial_cost);
  if (rms_delta.size() < later.rms_delta.size()) rms_delta.resize(later.rms_delta.size());
  for (std::size_t l = 0; l < later.rms_delta.size(); ++l) {
    rms_delta[l].append(later.rms_delta[l]);
  }
}

void History::discard_from(std::uint64_t step) {
  split_from(step);
}

History History::split_from(std::uint64_t step) {
  History later;
  later.batch_cost = batch_cost.split_from(step);
  later.cost = cost.split_from(step);
  later.accuracy = accuracy.split_from(step);
  later.gradient_evaluations = gradient_evaluations.split_from(step);
  later.seconds = seconds.split_from(step);
  later.trial_cost = trial_cost.split_from(step);
  for (Series& layer : rms_delta)
    later.rms_delta.push_back(layer.split_from(step));
  return later;
}

std::size_t History::bytes() const {
  std::size_t buckets = batch_cost.buckets().size() + cost.buckets().size() +
                        accuracy.buckets().size() + gradient_evaluations.buckets().size() +
                        seconds.buckets().size() + trial_cost.buckets().size();
  for (const Series& layer : rms_delta)
    buckets += layer.buckets().size();
  return buckets * sizeof(Series::Bucket);
}

void History::discard_records_from(std::uint64_t step) {
  cost.discard_from(step);
  accuracy.discard_from(step);
  for (Series& layer : rms_delta)
    layer.discard_from(step);
}

std::span<const RunMeasure> run_measures() {
  static constexpr std::array<RunMeasure, 3> table{
      RunMeasure{"steps", "steps", "steps", nullptr},
      RunMeasure{"gradient_evaluations", "gradient evaluations", "gradients",
                 &History::gradient_evaluations},
      RunMeasure{"seconds", "seconds", "seconds", &History::seconds},
  };
  return table;
}

const RunMeasure* find_run_measure(std::string_view name) {
  return find_row(run_measures(), name);
}

void HistoryUpdate::discard(std::uint64_t step) {
  fresh.discard_from(step);
  discard_from = std::min(step, discard_from.value_or(step));
}

void HistoryUpdate::discard_records(std::uint64_t step) {
  fresh.discard_records_from(step);
  discard_records_from = std::min(step, discard_records_from.value_or(step));
}

void HistoryUpdate::append(const HistoryUpdate& later) {
  if (later.discard_from) discard(*later.discard_from);
  if (later.discard_records_from) discard_records(*later.discard_records_from);
  fresh.append(later.fresh);
}

void HistoryUpdate::apply_to(History& history) const {
  if (discard_from) history.discard_from(*discard_from);
  if (discard_records_from) history.discard_records_from(*discard_records_from);
  history.append(fresh);
}

bool is_recorded_step(std::uint64_t step, std::uint64_t samples, std::uint64_t batch) {
  // With the step behind it: a cost that jumps to and fro from step to step shows both its ends.
  return step % recording_interval(step, samples, batch) <= 1;
}

std::uint64_t next_recorded_step(std::uint64_t step, std::uint64_t samples, std::uint64_t batch) {
  // Where the interval grows, at a power of two, a step is recorded by either.
  const std::uint64_t interval = recording_interval(step + 1, samples, batch);
  const std::uint64_t behind = (step + 1) % interval;
  return behind <= 1 ? step + 1 : step + 1 - behind + interval;
}

}  // namespace deltascope
