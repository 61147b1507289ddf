// Steps in a row are the steps one by one.

#include "support/sessions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>

namespace deltascope {
namespace {

// Bit for bit: where a run diverges, numbers are NaN.
bool same_bits(const Series::Bucket& one, const Series::Bucket& other) {
  return std::memcmp(&one, &other, sizeof one) == 0;
}

void expect_same_curve(const Series& one, const Series& other, const std::string& where) {
  EXPECT_TRUE(std::ranges::equal(one.buckets(), other.buckets(), same_bits)) << where;
}

void expect_same_run(Session& one, Session& other, const std::string& where) {
  ASSERT_EQ(one.state().step, other.state().step) << where;
  EXPECT_EQ(one.state().parameters, other.state().parameters) << where;
  EXPECT_EQ(one.state().moments, other.state().moments) << where;
  EXPECT_EQ(one.state().batches.pending, other.state().batches.pending) << where;
  EXPECT_EQ(one.history_bytes(), other.history_bytes()) << where;
  EXPECT_EQ(one.divergence().has_value(), other.divergence().has_value()) << where;
  History of_one, of_other;
  one.take_history().apply_to(of_one);
  other.take_history().apply_to(of_other);
  expect_same_curve(of_one.batch_cost, of_other.batch_cost, where + ": batch cost");
  expect_same_curve(of_one.cost, of_other.cost, where + ": cost");
  expect_same_curve(of_one.gradient_evaluations, of_other.gradient_evaluations, where);
}

Document document_with(const Optimizer& optimizer, const SamplingRule& rule, Index batch_size) {
  Document document = testing::ox_document();
  auto settings = std::make_shared<Settings>(*document.settings);
  settings->optimizer = &optimizer;
  settings->rates.learning_rate = optimizer.default_rate;
  settings->sampling = &rule;
  settings->batch_size = batch_size;
  if (rule.needs_list)
    settings->batches = std::make_shared<const BatchList>(BatchList{{0, 1, 2}, {3}, {4, 4, 5, 9}});
  document.settings = std::move(settings);
  return document;
}

TEST(StepsInARow, AreTheStepsOneByOneForEveryOptimizerAndSamplingRule) {
  std::mt19937 random(1);
  for (const Optimizer& optimizer : optimizers()) {
    for (const SamplingRule& rule : sampling_rules()) {
      if (optimizer.least_squares && rule.needs_list) continue;  // refused by validation
      for (const Index batch_size : {1, 3, 0}) {
        if (optimizer.least_squares && batch_size != 0) continue;
        const std::string where = std::string(optimizer.name) + ", " + std::string(rule.name) +
                                  ", " + std::to_string(batch_size);
        const Document document = document_with(optimizer, rule, batch_size);
        Session one_by_one = make_session(document), in_rows = make_session(document);
        constexpr std::uint64_t steps = 3000;
        while (one_by_one.state().step < steps && one_by_one.advance()) {
        }
        while (in_rows.state().step < steps) {
          const std::uint64_t wanted = 1 + random() % 700;
          const std::uint64_t before = in_rows.state().step;
          const std::uint64_t taken = in_rows.advance_by(std::min(wanted, steps - before));
          ASSERT_EQ(taken, in_rows.state().step - before) << where;
          if (taken == 0) break;
        }
        expect_same_run(one_by_one, in_rows, where);
      }
    }
  }
}

TEST(StepsInARow, EndWhereTheRunDiverges) {
  const Document document = testing::diverging_document();
  Session one_by_one = make_session(document), in_rows = make_session(document);
  while (one_by_one.advance()) {
  }
  while (in_rows.advance_by(1000) > 0) {
  }
  ASSERT_TRUE(in_rows.divergence());
  EXPECT_EQ(in_rows.divergence()->step, one_by_one.divergence()->step);
  EXPECT_EQ(in_rows.divergence()->reason, one_by_one.divergence()->reason);
  EXPECT_EQ(in_rows.divergence()->last_finite_step, one_by_one.divergence()->last_finite_step);
  expect_same_run(one_by_one, in_rows, "diverged");
}

TEST(StepsInARow, GoAlongThePastAndOn) {
  Session session = make_session(testing::ox_document());
  while (session.state().step < 1000)
    session.advance_by(1000 - session.state().step);
  const std::vector<double> end = session.state().parameters;
  session.go_to(300);
  while (session.state().step < 1000)
    ASSERT_GT(session.advance_by(1000 - session.state().step), 0U);
  EXPECT_EQ(session.state().parameters, end);
  EXPECT_FALSE(session.in_past());
}

}  // namespace
}  // namespace deltascope
