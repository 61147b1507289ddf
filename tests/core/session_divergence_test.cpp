#include "support/sessions.hpp"

#include <deltascope/session.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace deltascope {
namespace {

using testing::advance;
using testing::diverging_document;
using ::testing::HasSubstr;
using testing::ox_session;
using testing::sampled;

TEST(Session, ReplayingTheLogPassesThroughDivergence) {
  for (const Action& action : std::vector<Action>{Recover{0.5}, Reset{}, SetLearningRate{1e-3}}) {
    Session session = make_session(diverging_document());
    while (session.advance()) {
    }
    ASSERT_TRUE(session.apply({action}).accepted) << describe(action);
    Session again = make_session(diverging_document());
    Problems problems;
    ASSERT_TRUE(replay(again, session.log(), problems));
    EXPECT_EQ(again.state().parameters, session.state().parameters) << describe(action);
    EXPECT_EQ(again.state().step, session.state().step) << describe(action);
    EXPECT_EQ(again.settings(), session.settings()) << describe(action);
  }
}

TEST(Session, StopsAtTheFirstCostThatIsNotFinite) {
  Session session = make_session(diverging_document());
  while (session.advance()) {
  }
  ASSERT_TRUE(session.divergence().has_value());
  EXPECT_EQ(session.divergence()->step, 77U);
  EXPECT_EQ(session.divergence()->last_finite_step, 76U);
  EXPECT_THAT(session.divergence()->reason, HasSubstr("cost"));
  EXPECT_FALSE(session.advance());
}

TEST(Session, RecoversToTheLastFiniteStateWithHalfTheRate) {
  Session session = make_session(diverging_document());
  while (session.advance()) {
  }
  ASSERT_TRUE(session.apply({Recover{0.5}}).accepted);
  EXPECT_EQ(session.state().step, 76U);
  EXPECT_EQ(session.settings().rates.learning_rate, 0.5);
  EXPECT_TRUE(std::isfinite(session.evaluate().cost()));
  EXPECT_FALSE(session.divergence().has_value());

  Session straight = make_session(diverging_document());
  advance(straight, 76);
  EXPECT_EQ(session.state().parameters, straight.state().parameters);
}

TEST(Session, RecoversAfterARunOfSingleSamples) {
  Settings settings = sampled("with_replacement", 1, "gradient_descent");
  settings.model.architecture =
      Architecture({2, 3, 2}, {find_activation("relu"), find_activation("linear")});
  Session session = ox_session(settings);
  advance(session, 1500);
  session.apply({SetLearningRate{50.0}});
  while (session.advance()) {
  }
  ASSERT_TRUE(session.divergence().has_value());
  ASSERT_TRUE(session.apply({Recover{0.001}}).accepted);
  EXPECT_TRUE(std::isfinite(session.evaluate().cost()));
  EXPECT_GE(session.state().step, 1500U);
}

TEST(Session, TheCurvesOfARecoveredRunHaveNoGapAndNoOverlap) {
  Session session = make_session(diverging_document());
  History shown;
  while (session.advance()) {
  }
  session.take_history().apply_to(shown);
  EXPECT_EQ(shown.batch_cost.buckets().size(), 77U);
  session.apply({Recover{0.001}});
  advance(session, 10);
  session.take_history().apply_to(shown);
  ASSERT_EQ(shown.batch_cost.buckets().size(), 86U);
  for (std::size_t i = 0; i < 86; ++i)
    EXPECT_EQ(shown.batch_cost.buckets()[i].first_step, i);
}

TEST(Session, APointThatMakesTheCostOverflowCanBeTakenBack) {
  Session session = ox_session();
  session.apply({SetActivation{0, find_activation("relu")}});
  session.apply({SetActivation{1, find_activation("relu")}});
  session.apply({SetActivation{2, find_activation("linear")}});
  session.apply({SetLearningRate{0.01}});
  advance(session, 100);
  session.apply({AddPoint{1e200, 1e200, 0}});
  while (session.advance() && session.state().step < 200) {
  }
  ASSERT_TRUE(session.divergence().has_value());
  const Outcome recovered = session.apply({Recover{0.5}});
  EXPECT_FALSE(recovered.accepted);
  EXPECT_THAT(recovered.notice, HasSubstr("undo"));
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_EQ(session.data().size(), 10);
  EXPECT_TRUE(session.advance());
  EXPECT_TRUE(std::isfinite(session.evaluate().cost()));
}

Document overflowing_moment_document() {
  Document document = diverging_document();
  auto settings = std::make_shared<Settings>(*document.settings);
  settings->optimizer = find_optimizer("adam");
  document.settings = settings;
  auto data = std::make_shared<Dataset>(*document.data);
  data->X(0, 0) = 1e80;
  document.data = data;
  document.parameters = {1e60, 0.0};
  return document;
}

TEST(Session, AnOverflowingMomentIsDivergenceToo) {
  Session session = make_session(overflowing_moment_document());
  EXPECT_FALSE(session.advance());
  EXPECT_TRUE(session.divergence().has_value());
}

TEST(Session, ReplayingTheLogTakesTheStepThatCouldNotBeTaken) {
  Session session = make_session(overflowing_moment_document());
  session.advance();
  ASSERT_TRUE(session.apply({Recover{0.5}}).accepted);
  Session again = make_session(overflowing_moment_document());
  Problems problems;
  ASSERT_TRUE(replay(again, session.log(), problems));
  EXPECT_EQ(again.settings(), session.settings());
}

}  // namespace
}  // namespace deltascope
