// Weights and biases typed by hand, and how the log names what was done.

#include "support/documents.hpp"
#include "support/sessions.hpp"

#include <deltascope/session.hpp>

#include <gtest/gtest.h>

#include <limits>

namespace deltascope {
namespace {

using testing::advance;
using testing::ox_session;

double weight(const Session& session) {
  return session.settings().model.architecture.W(
      std::span<const double>(session.state().parameters), 1)(2, 0);
}

TEST(Typed, AWeightIsSetAndTakenBack) {
  Session session = ox_session();
  advance(session, 7);
  const std::vector<double> before = session.state().parameters;
  ASSERT_TRUE(session.apply({SetWeight{1, 2, 0, 0.25}}).accepted);
  EXPECT_EQ(weight(session), 0.25);
  ASSERT_TRUE(session.apply({SetBias{2, 1, -3.0}}).accepted);
  EXPECT_NE(session.state().parameters, before);
  session.apply({Undo{}});
  session.apply({Undo{}});
  EXPECT_EQ(session.state().parameters, before);
}

TEST(Typed, NumbersThatAreNoneAndNeuronsThatAreNoneAreRefused) {
  Session session = ox_session();
  const std::vector<double> before = session.state().parameters;
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double inf = std::numeric_limits<double>::infinity();
  for (const Action& action : std::vector<Action>{
           SetWeight{0, 0, 0, nan}, SetWeight{0, 0, 0, inf}, SetWeight{0, 2, 0, 1.0},
           SetWeight{0, 0, 2, 1.0}, SetWeight{3, 0, 0, 1.0}, SetWeight{-1, 0, 0, 1.0},
           SetWeight{0, -1, 0, 1.0}, SetWeight{0, 0, -1, 1.0}, SetBias{0, 0, nan},
           SetBias{0, 2, 1.0}, SetBias{3, 0, 1.0}, SetBias{0, -1, 1.0}}) {
    const Outcome outcome = session.apply({action});
    EXPECT_FALSE(outcome.accepted) << describe_fully(action);
    EXPECT_FALSE(outcome.notice.empty()) << describe_fully(action);
  }
  EXPECT_EQ(session.state().parameters, before);
  EXPECT_TRUE(session.log().empty());
}

TEST(Typed, ADragIsOneEntryForUndoAndInTheLog) {
  Session session = ox_session();
  const double before = weight(session);
  for (int i = 1; i <= 10; ++i)
    session.apply({SetWeight{1, 2, 0, 0.1 * i}, 5});
  session.apply({SetWeight{1, 1, 0, 0.5}, 5});  // another weight
  EXPECT_EQ(session.log().size(), 2U);
  session.apply({Undo{}});
  session.apply({Undo{}});
  EXPECT_EQ(weight(session), before);
  EXPECT_FALSE(session.can_undo());
}

TEST(Typed, TheRecordedCostIsThatOfTheNewWeights) {
  Session session = ox_session();
  advance(session, 5);
  session.apply({SetWeight{1, 2, 0, 4.0}});
  const double cost = session.evaluate().cost();
  EXPECT_EQ(session.recorded_evaluation().cost(), cost);
  const History curves = session.take_history().fresh;
  EXPECT_EQ(curves.cost.buckets().back().first_step, 5U);
  EXPECT_EQ(curves.cost.buckets().back().min, cost);
  EXPECT_EQ(curves.cost.buckets().back().max, cost);
}

TEST(Typed, TheJacobianIsANewOne) {
  Settings settings = ox_settings();
  settings.optimizer = find_optimizer("levenberg_marquardt");
  Session session = ox_session(settings);
  do {
    ASSERT_TRUE(session.advance());
  } while (session.last_trial()->accepted);
  const std::uint64_t before = session.state().gradient_evaluations;
  session.apply({SetBias{0, 0, 0.5}});
  ASSERT_TRUE(session.advance());
  EXPECT_TRUE(session.last_trial()->new_jacobian);
  EXPECT_EQ(session.state().gradient_evaluations, before + 20);
}

TEST(Typed, GoesThroughAFile) {
  Session session = ox_session();
  advance(session, 5);
  session.apply({SetWeight{1, 2, 0, 0.1}});
  session.apply({SetBias{2, 1, -1.0 / 3}});
  advance(session, 5);
  const Document opened = test::open_document(to_json(make_document(session)));
  Problems problems;
  const std::optional<Session> replayed = replay(*opened.recording, problems);
  ASSERT_TRUE(replayed.has_value());
  EXPECT_EQ(replayed->state().parameters, session.state().parameters);
}

TEST(LogText, NamesValues) {
  const std::vector<std::pair<Action, std::string>> texts{
      {SetLearningRate{0.5}, "η = 0.5"},
      {MovePoint{2, 0.2, 0.7}, "point 3 → (0.2, 0.7)"},
      {AddPoint{0.2, 0.7, 1}, "new point (0.2, 0.7), class 2"},
      {SetWeight{0, 1, 0, 0.25}, "W[0][1][0] = 0.25"},
      {SetBias{2, 1, -3}, "b[2][1] = -3"},
      {SetBatchSize{0}, "batch: all"},
      {SetMistake{nullptr}, "mistake: none"},
      {SetMistake{&mistakes().front()}, "mistake: " + std::string(mistakes().front().label)},
      {SetLayerSize{0, 4}, "layer 1: 4 neurons"},
      {ContinueFrom{120}, "continued from step 120"}};
  for (const auto& [action, text] : texts)
    EXPECT_EQ(describe_fully(action), text);
}

}  // namespace
}  // namespace deltascope
