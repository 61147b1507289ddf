// What is given up when a run goes on from an earlier step or starts again, and how it comes back.

#include "support/moments.hpp"
#include "support/sessions.hpp"

#include <deltascope/session.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace deltascope {
namespace {

using testing::advance;
using testing::diverging_document;
using testing::expect_same_moment;
using ::testing::HasSubstr;
using testing::ox_session;
using testing::same_bits;
using testing::sampled;

TEST(Past, IsTheMomentAfterTheCommandsThere) {
  Session session = ox_session();
  advance(session, 10);
  session.apply({SetLearningRate{0.5}});
  session.apply({SetLayerSize{0, 4}});
  session.apply({SetInitializer{{find_initializer("xavier"), 1.0, 3}}});
  const std::vector<double> initial = session.initial_parameters();
  advance(session, 10);
  session.go_to(9);
  EXPECT_TRUE(session.in_past());
  EXPECT_EQ(session.settings().rates.learning_rate, 5.0);
  EXPECT_EQ(session.state().parameters.size(), session.initial_parameters().size());
  session.go_to(10);
  EXPECT_EQ(session.settings().rates.learning_rate, 0.5);
  EXPECT_EQ(session.initial_parameters(), initial);
  EXPECT_EQ(session.last_step(), 20U);
  EXPECT_EQ(session.newest().step, 20U);
  session.go_to(1000);
  EXPECT_FALSE(session.in_past());
  EXPECT_EQ(session.state().step, 20U);
}

TEST(Past, LookingAtItLeavesLogUndoAndCurves) {
  Session session = ox_session();
  advance(session, 10);
  session.apply({SetLearningRate{0.5}});
  advance(session, 20);
  session.take_history();
  const std::uint64_t revision = session.revision();
  session.go_to(3);
  advance(session, 12);
  EXPECT_TRUE(session.in_past());
  EXPECT_EQ(session.revision(), revision);
  EXPECT_EQ(session.log().size(), 1U);
  EXPECT_EQ(session.undo_label(), "Learning rate");
  const HistoryUpdate update = session.take_history();
  EXPECT_FALSE(update.discard_from || update.discard_records_from);
  EXPECT_TRUE(update.fresh.batch_cost.empty());
  EXPECT_TRUE(update.fresh.cost.empty());
}

TEST(Past, GoesOnTrainingWhereTheKnownEnds) {
  Session session = ox_session(sampled("with_replacement", 1, "adam"));
  Session straight = ox_session(sampled("with_replacement", 1, "adam"));
  advance(session, 500);
  session.go_to(123);
  advance(session, 500);
  advance(straight, 623);
  ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), straight.state()));
  EXPECT_FALSE(session.in_past());
}

TEST(Past, ADivergedRunCanBeLookedAtAndIsDivergedAtItsEnd) {
  Session session = make_session(diverging_document());
  while (session.advance()) {
  }
  const Divergence divergence = *session.divergence();
  session.go_to(70);
  EXPECT_FALSE(session.divergence().has_value());
  while (session.advance()) {
  }
  ASSERT_TRUE(session.divergence().has_value());
  EXPECT_EQ(session.divergence()->step, divergence.step);
  EXPECT_EQ(session.divergence()->last_finite_step, divergence.last_finite_step);
  session.go_to(5);
  ASSERT_TRUE(session.apply({Recover{0.5}}).accepted);  // acts on the end
  EXPECT_EQ(session.state().step, 76U);
}

TEST(Past, ACommandThereContinuesFromThere) {
  Session session = ox_session();
  advance(session, 100);
  const State end = session.state();
  session.go_to(40);
  const State there = session.state();
  const Outcome outcome = session.apply({SetLearningRate{0.5}});
  ASSERT_TRUE(outcome.accepted);
  EXPECT_THAT(outcome.notice, HasSubstr("Continued from step 40"));
  EXPECT_FALSE(session.in_past());
  EXPECT_EQ(session.last_step(), 40U);
  EXPECT_EQ(session.state().parameters, there.parameters);
  ASSERT_EQ(session.log().size(), 2U);
  EXPECT_EQ(session.log()[0].step, 100U);
  EXPECT_EQ(std::get<ContinueFrom>(session.log()[0].command.action).step, 40U);
  EXPECT_EQ(session.log()[1].step, 40U);
  session.apply({Undo{}});
  EXPECT_EQ(session.last_step(), 40U);
  EXPECT_EQ(session.settings().rates.learning_rate, 5.0);
  session.apply({Undo{}});
  ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), end));
}

TEST(Past, ARefusedCommandThereGivesNothingUp) {
  Session session = ox_session();
  advance(session, 100);
  const State end = session.state();
  session.go_to(40);
  const State there = session.state();
  for (const Action& action : std::vector<Action>{SetLearningRate{-1.0}, Undo{}, Redo{},
                                                  Recover{0.5}, ContinueFrom{100}}) {
    const Outcome outcome = session.apply({action});
    EXPECT_FALSE(outcome.accepted) << describe(action);
    EXPECT_FALSE(outcome.notice.empty()) << describe(action);
    ASSERT_TRUE(session.in_past()) << describe(action);
    ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), there));
  }
  EXPECT_TRUE(session.log().empty());
  EXPECT_FALSE(session.can_undo());
  session.go_to(100);
  ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), end));
}

TEST(Past, UndoThereFirstReturnsToTheNewestMoment) {
  Session session = ox_session();
  advance(session, 10);
  session.apply({SetLearningRate{0.5}});
  advance(session, 10);
  session.go_to(4);
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_FALSE(session.in_past());
  EXPECT_EQ(session.state().step, 20U);
  EXPECT_EQ(session.settings().rates.learning_rate, 5.0);
}

TEST(Past, ResetAfterContinuingUsesTheWeightsOfThatTime) {
  Session session = ox_session();
  const std::vector<double> initial = session.initial_parameters();
  advance(session, 20);
  session.apply({SetLayerSize{0, 6}});
  advance(session, 20);
  ASSERT_TRUE(session.apply({ContinueFrom{10}}).accepted);
  EXPECT_EQ(session.initial_parameters(), initial);
  ASSERT_TRUE(session.apply({Reset{}}).accepted);
  EXPECT_EQ(session.state().parameters, initial);
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_EQ(session.initial_parameters().size(), session.state().parameters.size());
  EXPECT_EQ(session.last_step(), 40U);
}

TEST(Past, TheLogKnowsWhatWasGivenUp) {
  Session session = ox_session();
  advance(session, 10);
  session.apply({SetLearningRate{1.0}});  // 0
  advance(session, 10);
  session.apply({SetLearningRate{2.0}});  // 1
  advance(session, 10);
  const auto given_up = [&] {
    std::string flags;
    for (std::size_t i = 0; i < session.log().size(); ++i)
      flags += session.is_given_up(i) ? 'x' : '.';
    return flags;
  };
  session.apply({ContinueFrom{15}});  // 2
  EXPECT_EQ(given_up(), ".x.");
  session.apply({SetLearningRate{3.0}});  // 3
  session.apply({Undo{}});                // 4
  session.apply({Undo{}});                // 5: what was given up comes back
  EXPECT_EQ(given_up(), "..xxx.");
  session.apply({Redo{}});  // 6
  EXPECT_EQ(given_up(), ".x...x.");
  session.apply({Reset{}});  // 7
  EXPECT_EQ(given_up(), "xxxxxxx.");
}

class StartingAgain : public ::testing::TestWithParam<Action> {};

TEST_P(StartingAgain, CanBeTakenBack) {
  Session session = ox_session(sampled("without_replacement", 3, "adam"));
  advance(session, 30);
  session.apply({SetLayerSize{0, 3}});
  std::vector<State> states;
  advance(session, 400);
  session.take_history();
  History curves;
  const State end = session.state();
  const std::vector<double> initial = session.initial_parameters();
  const std::size_t log = session.log().size();

  ASSERT_TRUE(session.apply({GetParam()}).accepted);
  EXPECT_EQ(session.last_step(), 0U);
  EXPECT_EQ(session.log().size(), log + 1);
  advance(session, 77);
  const State other = session.state();
  session.take_history().apply_to(curves);
  EXPECT_EQ(curves.batch_cost.buckets().size(), 77U);

  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), end));
  EXPECT_EQ(session.initial_parameters(), initial);
  session.take_history().apply_to(curves);
  EXPECT_EQ(curves.batch_cost.buckets().size(), 430U);
  session.go_to(29);
  EXPECT_NE(session.state().parameters.size(), end.parameters.size());
  ASSERT_TRUE(session.apply({Redo{}}).accepted);
  ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), other));
}

INSTANTIATE_TEST_SUITE_P(Session, StartingAgain, ::testing::Values(Reset{}, NewSeed{7}));

TEST(Past, ResetOfAFreshRunIsNothingToUndo) {
  Session session = ox_session();
  ASSERT_TRUE(session.apply({Reset{}}).accepted);
  EXPECT_FALSE(session.can_undo());
}

TEST(Past, UndoGivesBackARunThatDiverged) {
  Session session = make_session(diverging_document());
  while (session.advance()) {
  }
  const State end = session.state();
  ASSERT_TRUE(session.apply({ContinueFrom{20}}).accepted);
  while (session.advance()) {
  }
  ASSERT_TRUE(session.divergence().has_value());
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_TRUE(session.divergence().has_value());
  EXPECT_EQ(session.state().step, end.step);
  ASSERT_TRUE(session.apply({Recover{0.5}}).accepted);
  EXPECT_EQ(session.state().step, 76U);
}

TEST(Past, ManyRunsThatWereGivenUpStayUnderTheBound) {
  Session session = ox_session(sampled("with_replacement", 1, "adam"));
  constexpr std::size_t limit = 1'000'000;
  session.limit_history(limit);
  std::vector<State> ends;
  for (int i = 0; i < 300; ++i) {
    advance(session, 3000);
    ASSERT_LE(session.history_bytes(), limit);
    ends.push_back(session.state());
    ASSERT_TRUE(
        session.apply({i % 3 == 0 ? Action(Reset{}) : Action(ContinueFrom{session.first_step()})})
            .accepted);
    ASSERT_LE(session.history_bytes(), limit);
  }
  std::size_t taken_back = 0;
  while (session.can_undo()) {
    ASSERT_TRUE(session.apply({Undo{}}).accepted);
    ASSERT_LE(session.history_bytes(), limit);
    ASSERT_NO_FATAL_FAILURE(
        expect_same_moment(session.state(), ends[ends.size() - 1 - taken_back]));
    ++taken_back;
  }
  EXPECT_GT(taken_back, 20U);
}

TEST(Past, WhatIsForgottenCannotBeContinuedFrom) {
  Session session = ox_session(sampled("with_replacement", 1, "adam"));
  session.limit_history(100'000);
  for (int i = 0; i < 200; ++i) {
    advance(session, 10);
    session.apply({SetLearningRate{0.01 + 0.0001 * i}});
  }
  ASSERT_GT(session.first_step(), 0U);
  EXPECT_LE(session.history_bytes(), 100'000U);
  const Outcome outcome = session.apply({ContinueFrom{session.first_step() - 1}});
  EXPECT_FALSE(outcome.accepted);
  EXPECT_THAT(outcome.notice,
              HasSubstr("the history begins at step " + std::to_string(session.first_step())));
  session.go_to(0);
  EXPECT_EQ(session.state().step, session.first_step());
}

TEST(Past, ARunThatCameBackRecoversAsIfItHadNeverBeenGivenUp) {
  const auto diverged = [] {
    Session session = make_session(diverging_document());
    session.apply({SetLearningRate{0.001}});
    advance(session, 10);
    session.apply({SetLearningRate{1.0}});
    advance(session, 1000);
    return session;
  };
  Session straight = diverged(), back = diverged();
  ASSERT_TRUE(back.divergence().has_value());
  ASSERT_TRUE(back.apply({Reset{}}).accepted);
  ASSERT_TRUE(back.apply({Undo{}}).accepted);
  ASSERT_TRUE(straight.apply({Recover{0.5}}).accepted);
  ASSERT_TRUE(back.apply({Recover{0.5}}).accepted);
  expect_same_moment(back.state(), straight.state());
}

}  // namespace
}  // namespace deltascope
