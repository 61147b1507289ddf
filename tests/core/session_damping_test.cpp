// Levenberg–Marquardt as one more optimizer of a session: what choosing it changes, what it
// refuses, what is counted.

#include "support/sessions.hpp"

#include <deltascope/session.hpp>

#include <gtest/gtest.h>

namespace deltascope {
namespace {

using testing::advance;
using testing::ox_session;
using testing::sampled;

const Optimizer* const lm = find_optimizer("levenberg_marquardt");

Session lm_session() {
  Settings settings = ox_settings();
  settings.optimizer = lm;
  return ox_session(settings);
}

TEST(Damping, ChoosingTheMethodTakesAllPointsAndUndoGivesTheBatchBack) {
  Session session = ox_session(sampled("with_replacement", 3, "momentum"));
  advance(session, 5);
  const Settings before = session.settings();
  const std::vector<double> weights = session.state().parameters;
  const Outcome outcome = session.apply({SetOptimizer{lm}});
  ASSERT_TRUE(outcome.accepted);
  EXPECT_NE(outcome.notice.find("all points"), std::string::npos);
  EXPECT_EQ(session.settings().batch_size, 0);
  EXPECT_TRUE(session.state().batches.all);
  EXPECT_EQ(session.state().parameters, weights);
  EXPECT_EQ(session.settings().rates.learning_rate, before.rates.learning_rate);
  advance(session, 3);
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_EQ(session.settings(), before);
  ASSERT_TRUE(session.apply({Redo{}}).accepted);
  EXPECT_EQ(session.settings().optimizer, lm);
  EXPECT_EQ(session.settings().batch_size, 0);
}

TEST(Damping, IsNotForCrossEntropyAndSaysWhy) {
  Session session = ox_session(sampled("in_order", 0, "adam"));
  session.apply({SetLoss{find_loss("bce")}});
  advance(session, 3);
  const std::vector<double> moments = session.state().moments;
  const Outcome outcome = session.apply({SetOptimizer{lm}});
  EXPECT_FALSE(outcome.accepted);
  EXPECT_NE(outcome.notice.find("residuals"), std::string::npos);
  EXPECT_EQ(session.state().moments, moments);
  EXPECT_EQ(session.state().moment_updates, 3U);
}

TEST(Damping, RefusesWhatItCannotTrain) {
  Session session = lm_session();
  advance(session, 4);
  const State before = session.state();
  const Activation* softmax = find_activation("softmax");
  const std::vector<Action> refused{
      SetLoss{find_loss("bce")}, SetActivation{2, softmax}, SetBatchSize{3},  SetDamping{0.0},
      SetDamping{-1.0},          SetDampedSolve{nullptr},   SetDamping{1e101}};
  for (const Action& action : refused) {
    SCOPED_TRACE(describe(action));
    const Outcome outcome = session.apply({action});
    EXPECT_FALSE(outcome.accepted);
    EXPECT_FALSE(outcome.notice.empty());
    EXPECT_EQ(session.state().parameters, before.parameters);
    EXPECT_EQ(session.state().damping, before.damping);
    EXPECT_EQ(*session.state().settings, *before.settings);
    EXPECT_EQ(*session.state().data, *before.data);
  }
  EXPECT_FALSE(session.can_undo());
  EXPECT_TRUE(session.log().empty());
}

TEST(Damping, RefusesToGrowBeyondWhatOneStepCanSolve) {
  Settings settings = ox_settings();
  const Activation* sigmoid = find_activation("sigmoid");
  settings.model.architecture = Architecture({2, 60, 30, 2}, {sigmoid, sigmoid, sigmoid});
  settings.optimizer = lm;
  Session session = ox_session(settings);
  // 2,072 parameters: 20 residuals can be solved for, 10,000 of neither.
  EXPECT_TRUE(session.advance());
  const Outcome outcome =
      session.apply({ChooseDataset{find_dataset_recipe("spiral"), {5000, 0.1, 1}}});
  EXPECT_FALSE(outcome.accepted);
  EXPECT_NE(outcome.notice.find("another optimizer"), std::string::npos);
  EXPECT_EQ(session.data().size(), 10);
  EXPECT_TRUE(session.advance());
}

TEST(Damping, CountsEveryTrialAsAStepAndAJacobianOnlyWhereItIsNew) {
  Session session = lm_session();
  std::uint64_t accepted = 0, rejected = 0, jacobians = 0;
  bool known = false;
  for (int i = 0; i < 60; ++i) {
    if (!known) ++jacobians;
    const std::vector<double> before = session.state().parameters;
    ASSERT_TRUE(session.advance());
    const Trial& trial = session.last_trial().value();
    ++(trial.accepted ? accepted : rejected);
    EXPECT_EQ(trial.accepted, session.state().parameters != before);
    EXPECT_DOUBLE_EQ(session.state().damping, trial.damping * (trial.accepted ? 0.1 : 10.0));
    known = !trial.accepted;
  }
  EXPECT_GT(accepted, 0U);
  EXPECT_GT(rejected, 0U);
  EXPECT_EQ(session.state().step, 60U);
  EXPECT_EQ(session.state().accepted_trials, accepted);
  EXPECT_EQ(session.state().rejected_trials, rejected);
  EXPECT_EQ(session.state().gradient_evaluations, jacobians * 20);
  EXPECT_EQ(session.take_history().fresh.trial_cost.buckets().size(), 60U);
}

TEST(Damping, CountsANewJacobianWhenAPointWasMovedAfterARejectedTrial) {
  Session session = lm_session();
  do {
    ASSERT_TRUE(session.advance());
  } while (session.last_trial()->accepted);
  const std::uint64_t before = session.state().gradient_evaluations;
  session.apply({MovePoint{0, 0.2, 0.2}});
  session.advance();
  EXPECT_EQ(session.state().gradient_evaluations, before + 20);
}

TEST(Damping, StartsAgainWhenTheProblemChanges) {
  Session session = lm_session();
  advance(session, 30);
  ASSERT_NE(session.state().damping, 0.01);
  session.apply({MovePoint{0, 0.2, 0.2}});
  EXPECT_EQ(session.state().damping, 0.01);
  advance(session, 2);
  session.apply({SetDamping{0.5}});
  EXPECT_EQ(session.state().damping, 0.5);
  session.apply({Reset{}});
  EXPECT_EQ(session.state().damping, 0.5);
  EXPECT_EQ(session.state().accepted_trials + session.state().rejected_trials, 0U);
}

TEST(Damping, LookingChangesNoBits) {
  Session looked_at = lm_session(), alone = lm_session();
  StepTrace trace;
  for (int i = 0; i < 40; ++i) {
    looked_at.preview(trace);
    looked_at.advance(&trace);
    alone.advance();
  }
  EXPECT_EQ(looked_at.state().parameters, alone.state().parameters);
  EXPECT_EQ(looked_at.state().damping, alone.state().damping);
  EXPECT_EQ(looked_at.state().gradient_evaluations, alone.state().gradient_evaluations);
}

TEST(Damping, ReplaysToTheSameBits) {
  Session session = lm_session();
  advance(session, 7);
  session.apply({SetDamping{2.0}});
  advance(session, 5);
  session.apply({SetDampedSolve{find_damped_solve("normal")}});
  advance(session, 5);
  session.apply({AddPoint{0.3, 0.7, 1}});
  advance(session, 20);
  Session again = lm_session();
  Problems problems;
  ASSERT_TRUE(replay(again, session.log(), problems));
  advance(again, 20);
  EXPECT_EQ(again.state().parameters, session.state().parameters);
  EXPECT_EQ(again.state().damping, session.state().damping);
}

}  // namespace
}  // namespace deltascope
