#include "support/sessions.hpp"

#include <deltascope/session.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace deltascope {
namespace {

using testing::advance;
using testing::ox_session;
using testing::sampled;

TEST(Session, LearnsTheTenPoints) {
  Session session = ox_session();
  advance(session, 10'000);
  const Evaluation evaluation = session.evaluate();
  EXPECT_EQ(evaluation.correct, 10);
  EXPECT_LT(evaluation.cost(), 1e-4);
  EXPECT_EQ(session.state().step, 10'000U);
}

TEST(Session, LookingAtStepsChangesNoBits) {
  for (const SamplingRule& rule : sampling_rules()) {
    if (rule.needs_list) continue;
    for (const Optimizer& optimizer : optimizers()) {
      Session plain = ox_session(sampled(rule.name, 3, optimizer.name));
      Session watched = ox_session(sampled(rule.name, 3, optimizer.name));
      StepTrace trace;
      for (int i = 0; i < 100; ++i) {
        plain.advance();
        watched.preview(trace);
        watched.evaluate();
        watched.trace_sample(i % 10);
        watched.advance(i % 2 == 0 ? &trace : nullptr);
      }
      EXPECT_EQ(plain.state().parameters, watched.state().parameters)
          << rule.name << " " << optimizer.name;
    }
  }
}

TEST(Session, ACopyOfTheStateContinuesWithTheSameBits) {
  Session session = ox_session(sampled("without_replacement", 3, "adam"));
  advance(session, 17);
  State copy = session.state();
  Trainer trainer;
  for (int i = 0; i < 50; ++i) {
    trainer.prepare(copy);
    trainer.commit(copy);
  }
  advance(session, 50);
  EXPECT_EQ(copy.parameters, session.state().parameters);
  EXPECT_EQ(copy.moments, session.state().moments);
  EXPECT_EQ(copy.batches.pending, session.state().batches.pending);
}

TEST(Session, ReplayingTheLogGivesTheSameBits) {
  Session session = ox_session(sampled("with_replacement", 2, "momentum"));
  advance(session, 40);
  session.apply({AddPoint{0.8, 0.8, 1}});
  advance(session, 13);
  session.apply({SetLayerSize{1, 5}});
  session.apply({SetLearningRate{0.2}, 5});
  session.apply({SetLearningRate{0.3}, 5});
  advance(session, 9);
  session.apply({Undo{}});
  session.apply({NewSeed{77}});
  advance(session, 25);
  session.apply({SetOptimizer{find_optimizer("adam")}});
  advance(session, 30);
  session.apply({Reset{}});
  advance(session, 12);
  session.apply({SetBatchSize{3}, 6});
  session.apply({SetBatchSize{4}, 6});
  session.apply({MovePoint{10, 0.7, 0.9}});
  session.apply({InsertLayer{1, 3}});
  advance(session, 8);

  Session again = ox_session(sampled("with_replacement", 2, "momentum"));
  Problems problems;
  ASSERT_TRUE(replay(again, session.log(), problems));
  advance(again, 8);
  EXPECT_EQ(again.state().parameters, session.state().parameters);
  EXPECT_EQ(again.data(), session.data());
  EXPECT_EQ(again.settings(), session.settings());
}

TEST(Session, ResetReturnsToTheSameWeightsAndRepeatsTheRun) {
  Session session = ox_session(sampled("with_replacement", 1, "momentum"));
  const std::vector<double> start = session.state().parameters;
  advance(session, 100);
  const std::vector<double> later = session.state().parameters;
  EXPECT_NE(start, later);
  session.apply({Reset{}});
  EXPECT_EQ(session.state().parameters, start);
  EXPECT_EQ(session.state().step, 0U);
  advance(session, 100);
  EXPECT_EQ(session.state().parameters, later);
}

TEST(Session, NewSeedDrawsOtherWeightsWhichResetThenKeeps) {
  Session session = ox_session();
  const std::vector<double> start = session.state().parameters;
  session.apply({NewSeed{7}});
  const std::vector<double> other = session.state().parameters;
  EXPECT_NE(start, other);
  advance(session, 5);
  session.apply({Reset{}});
  EXPECT_EQ(session.state().parameters, other);
}

TEST(Session, NewSeedMustBeOneOfTheStreams) {
  Settings settings = ox_settings();
  settings.stream = find_stream_rule("matlab");
  Session session = ox_session(settings);
  EXPECT_TRUE(session.apply({NewSeed{4294967295}}).accepted);
  const Outcome refused = session.apply({NewSeed{4294967296}});
  EXPECT_FALSE(refused.accepted);
  EXPECT_EQ(refused.notice, "Points are drawn as MATLAB does, whose seeds end at 4294967295.");
  EXPECT_EQ(session.settings().sampling_seed, 4294967295U);
}

TEST(Session, TheCurveShowsTheCostOfTheNetworkAndPointsThatAre) {
  Session session = ox_session();
  advance(session, 5);
  session.apply({SetActivation{1, find_activation("tanh")}});
  session.apply({AddPoint{0.9, 0.9, 0}});
  const History curves = session.take_history().fresh;
  ASSERT_EQ(curves.cost.buckets().back().first_step, 5U);
  EXPECT_EQ(curves.cost.buckets().back().min, session.evaluate().cost());
  EXPECT_EQ(curves.cost.buckets().back().max, session.evaluate().cost());
  EXPECT_EQ(curves.batch_cost.buckets().size(), 5U);
}

}  // namespace
}  // namespace deltascope
