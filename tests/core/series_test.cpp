#include <deltascope/random.hpp>
#include <deltascope/series.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace deltascope {
namespace {

double value_at(std::uint64_t step) {
  return std::sin(0.37 * static_cast<double>(step));
}

TEST(Series, KeepsEveryValueOfTheFirstTwoThousandSteps) {
  Series series;
  for (std::uint64_t step = 0; step < 2048; ++step)
    series.add(step, value_at(step));
  ASSERT_EQ(series.buckets().size(), 2048U);
  for (const Series::Bucket& bucket : series.buckets()) {
    EXPECT_EQ(bucket.min, value_at(bucket.first_step));
    EXPECT_EQ(bucket.max, value_at(bucket.first_step));
  }
}

TEST(Series, EveryBucketHoldsTheExactMinimumAndMaximumAndMemoryIsBounded) {
  Series series;
  constexpr std::uint64_t steps = 300'000;
  for (std::uint64_t step = 0; step < steps; ++step)
    series.add(step, value_at(step));
  EXPECT_LT(series.buckets().size(), 11'000U);
  std::uint64_t next = 0;
  for (const Series::Bucket& bucket : series.buckets()) {
    ASSERT_EQ(bucket.first_step, next);
    double min = std::numeric_limits<double>::infinity(), max = -min;
    for (std::uint64_t step = bucket.first_step; step <= bucket.last_step; ++step) {
      min = std::fmin(min, value_at(step));
      max = std::fmax(max, value_at(step));
    }
    ASSERT_EQ(bucket.min, min) << "from step " << bucket.first_step;
    ASSERT_EQ(bucket.max, max) << "from step " << bucket.first_step;
    ASSERT_EQ(bucket.last, value_at(bucket.last_step));
    next = bucket.last_step + 1;
  }
  EXPECT_EQ(next, steps);
}

TEST(Series, AppendingPiecesGivesTheSameAsAddingAll) {
  RandomStream random(1);
  Series whole, pieces, piece;
  for (std::uint64_t step = 0; step < 20'000; ++step) {
    whole.add(step, value_at(step));
    piece.add(step, value_at(step));
    if (random.below(50) == 0) {
      pieces.append(piece);
      piece.clear();
    }
  }
  pieces.append(piece);
  ASSERT_EQ(whole.buckets().size(), pieces.buckets().size());
  EXPECT_TRUE(std::equal(whole.buckets().begin(), whole.buckets().end(), pieces.buckets().begin()));
}

TEST(Series, NonFiniteValuesDoNotSpoilTheRange) {
  Series series;
  series.add(4096, 1.0);
  series.add(4097, std::numeric_limits<double>::quiet_NaN());
  series.add(4098, std::numeric_limits<double>::infinity());
  ASSERT_EQ(series.buckets().size(), 1U);
  EXPECT_EQ(series.buckets()[0].min, 1.0);
  EXPECT_EQ(series.buckets()[0].max, 1.0);
  EXPECT_TRUE(std::isinf(series.buckets()[0].last));
}

TEST(Series, DiscardingForgetsTheStepAndAllLaterOnes) {
  Series series;
  for (std::uint64_t step = 0; step < 100; ++step)
    series.add(step, 1.0);
  series.discard_from(40);
  EXPECT_EQ(series.buckets().back().last_step, 39U);
  series.add(40, 2.0);
  EXPECT_EQ(series.buckets().back().max, 2.0);
  EXPECT_EQ(series.buckets().size(), 41U);
}

TEST(HistoryUpdate, GoingBackTwiceForgetsFromTheEarlierStep) {
  History shown;
  for (std::uint64_t step = 0; step < 100; ++step)
    shown.cost.add(step, 1.0);
  HistoryUpdate first, second;
  first.discard(30);
  first.fresh.cost.add(30, 2.0);
  first.fresh.cost.add(31, 2.0);
  second.discard(31);
  second.fresh.cost.add(31, 3.0);
  first.append(second);
  first.apply_to(shown);
  ASSERT_EQ(shown.cost.buckets().size(), 32U);
  EXPECT_EQ(shown.cost.buckets()[29].last, 1.0);
  EXPECT_EQ(shown.cost.buckets()[30].last, 2.0);
  EXPECT_EQ(shown.cost.buckets()[31].last, 3.0);
}

TEST(RecordedSteps, AreEveryStepFirstAndThenAFixedNumberPerOctave) {
  for (std::uint64_t step = 0; step < 512; ++step)
    EXPECT_TRUE(is_recorded_step(step, 10, 1));
  int in_octave = 0;
  for (std::uint64_t step = 65'536; step < 131'072; ++step)
    in_octave += is_recorded_step(step, 10, 1);
  EXPECT_EQ(in_octave, 512);
  int of_many_points = 0;
  for (std::uint64_t step = 0; step < 65'536; ++step) {
    of_many_points += is_recorded_step(step, 1'000'000, 1);
  }
  EXPECT_EQ(of_many_points, 8);
}

TEST(RecordedSteps, FollowEachOtherAsTheyAreForeseen) {
  for (const std::uint64_t samples : {10U, 1000U, 1'000'000U}) {
    for (const std::uint64_t batch : {1U, 7U, 1000U}) {
      std::uint64_t next = next_recorded_step(0, samples, batch);
      for (std::uint64_t step = 1; step < 20'000; ++step) {
        ASSERT_EQ(step == next, is_recorded_step(step, samples, batch))
            << step << " of " << samples << " points, batch " << batch;
        if (step == next) next = next_recorded_step(step, samples, batch);
      }
    }
  }
}

TEST(RecordedSteps, ShowBothEndsOfACostThatAlternates) {
  Series cost;
  for (std::uint64_t step = 0; step < 40'000; ++step) {
    if (is_recorded_step(step, 10, 10)) cost.add(step, step % 2 == 0 ? 1.0 : 5.0);
  }
  int checked = 0;
  for (const Series::Bucket& bucket : cost.buckets()) {
    if (bucket.first_step < 2048) continue;
    EXPECT_EQ(bucket.min, 1.0) << bucket.first_step;
    EXPECT_EQ(bucket.max, 5.0) << bucket.first_step;
    ++checked;
  }
  EXPECT_GT(checked, 500);
}

TEST(Series, WhatWasSplitOffGivesTheSameBucketsAgain) {
  Series whole;
  for (std::uint64_t step = 0; step < 20'000; ++step)
    whole.add(step, std::sin(static_cast<double>(step)));
  for (const std::uint64_t at : {0U, 1U, 2047U, 4099U, 12'345U, 19'999U, 20'000U}) {
    Series series = whole;
    const Series later = series.split_from(at);
    Series shorter = whole;
    shorter.discard_from(at);
    EXPECT_TRUE(std::ranges::equal(series.buckets(), shorter.buckets())) << at;
    for (std::uint64_t step = at; step < at + 500; ++step)
      series.add(step, 7.0);
    series.discard_from(at);
    series.append(later);
    EXPECT_TRUE(std::ranges::equal(series.buckets(), whole.buckets())) << at;
  }
}

}  // namespace
}  // namespace deltascope
