#pragma once

#include "support/person.hpp"

#include <deltascope/trainer.hpp>

#include <gtest/gtest.h>

namespace deltascope::testing {

/// Bit for bit, everything that a run is at one moment.
inline void expect_same_moment(const State& one, const State& other) {
  ASSERT_EQ(one.step, other.step);
  const std::string at = "step " + std::to_string(one.step);
  ASSERT_TRUE(same_bits(one.parameters, other.parameters)) << at;
  ASSERT_TRUE(same_bits(one.moments, other.moments)) << at;
  ASSERT_EQ(one.moment_updates, other.moment_updates) << at;
  ASSERT_EQ(one.gradient_evaluations, other.gradient_evaluations) << at;
  ASSERT_EQ(one.damping, other.damping) << at;
  ASSERT_EQ(one.accepted_trials, other.accepted_trials) << at;
  ASSERT_EQ(one.rejected_trials, other.rejected_trials) << at;
  ASSERT_EQ(one.jacobian_known, other.jacobian_known) << at;
  ASSERT_EQ(one.batches.random, other.batches.random) << at;
  ASSERT_EQ(one.batches.pending, other.batches.pending) << at;
  ASSERT_EQ(one.batches.position, other.batches.position) << at;
  ASSERT_EQ(one.batches.epoch, other.batches.epoch) << at;
  ASSERT_EQ(one.batches.epoch_draws, other.batches.epoch_draws) << at;
  ASSERT_EQ(one.batches.ends_epoch, other.batches.ends_epoch) << at;
  ASSERT_EQ(one.batches.all, other.batches.all) << at;
  ASSERT_EQ(*one.settings, *other.settings) << at;
  ASSERT_EQ(*one.data, *other.data) << at;
}

}  // namespace deltascope::testing
