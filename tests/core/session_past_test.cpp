// Looking at earlier moments, going on from them, and taking that back.

#include "support/moments.hpp"
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
using testing::expect_same_moment;
using ::testing::HasSubstr;
using testing::ox_session;
using testing::sampled;

using States = std::vector<State>;

/// Trains `steps` steps; `act` is called after each. The states after that, by step.
template <class Act>
void watch(Session& session, int steps, States& states, Act act) {
  for (int i = 0; i < steps; ++i) {
    ASSERT_TRUE(session.advance());
    act();
    ASSERT_EQ(states.size(), session.state().step);
    states.push_back(session.state());
  }
}

void watch(Session& session, int steps, States& states) {
  watch(session, steps, states, [] {});
}

void expect_each_can_be_gone_to(Session& session, const States& states) {
  RandomStream random(1);
  for (int i = 0; i < 300; ++i) {
    const std::uint64_t step = random.below(states.size());
    session.go_to(step);
    ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), states[step]));
  }
}

void expect_same(const Series& one, const Series& other) {
  ASSERT_EQ(one.buckets().size(), other.buckets().size());
  for (std::size_t i = 0; i < one.buckets().size(); ++i)
    ASSERT_EQ(one.buckets()[i], other.buckets()[i]) << i;
}

void expect_same_curves(const History& one, const History& other) {
  for (Series History::*series : {&History::batch_cost, &History::cost, &History::accuracy,
                                  &History::gradient_evaluations, &History::seconds}) {
    ASSERT_NO_FATAL_FAILURE(expect_same(one.*series, other.*series));
  }
  ASSERT_EQ(one.rms_delta.size(), other.rms_delta.size());
  for (std::size_t l = 0; l < one.rms_delta.size(); ++l)
    ASSERT_NO_FATAL_FAILURE(expect_same(one.rms_delta[l], other.rms_delta[l]));
}

struct Way {
  const Optimizer* optimizer;
  const SamplingRule* rule;
};

void PrintTo(const Way& way, std::ostream* out) {
  *out << way.optimizer->name << ", " << way.rule->name;
}

std::vector<Way> ways() {
  std::vector<Way> result;
  for (const Optimizer& optimizer : optimizers()) {
    for (const SamplingRule& rule : sampling_rules()) {
      if (optimizer.least_squares && rule.needs_list) continue;  // excluded by validate()
      result.push_back({&optimizer, &rule});
    }
  }
  return result;
}

class Scrubbing : public ::testing::TestWithParam<Way> {
 protected:
  static Session session() {
    const auto& [optimizer, rule] = GetParam();
    Settings settings = sampled(rule->name, optimizer->least_squares ? 0 : 3, optimizer->name);
    if (rule->needs_list) {
      settings.batches = std::make_shared<const BatchList>(BatchList{{0, 3}, {9}, {4, 4}});
    }
    return ox_session(settings);
  }
};

TEST_P(Scrubbing, ReturnsTheSameBitsAtEachStep) {
  Session session = this->session();
  States states{session.state()};
  ASSERT_NO_FATAL_FAILURE(watch(session, 10'000, states));
  ASSERT_NO_FATAL_FAILURE(expect_each_can_be_gone_to(session, states));
  // Along the whole way and back to the end.
  session.go_to(0);
  for (std::size_t step = 1; step < states.size(); ++step) {
    ASSERT_TRUE(session.in_past());
    ASSERT_TRUE(session.advance());
    ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), states[step]));
  }
  EXPECT_FALSE(session.in_past());
}

TEST_P(Scrubbing, GoesThroughCommandsOfAnyKind) {
  Session session = this->session();
  States states{session.state()};
  const std::vector<Action> actions{AddPoint{0.3, 0.8, 1},
                                    SetLearningRate{0.02},
                                    SetWeight{1, 2, 0, 0.25},
                                    SetLayerSize{0, 4},
                                    SetMistake{&mistakes().front()},
                                    Undo{},
                                    Undo{},
                                    SetBias{0, 1, -0.5},
                                    SetDamping{0.5},
                                    Redo{},
                                    SetInitializer{{find_initializer("xavier"), 1.0, 3}},
                                    MovePoint{10, 0.2, 0.2},
                                    InsertLayer{1, 3}};
  std::size_t next = 0;
  ASSERT_NO_FATAL_FAILURE(watch(session, 1000, states, [&] {
    if (session.state().step % 70 == 3) session.apply({actions[next++ % actions.size()]});
  }));
  EXPECT_GT(next, actions.size());
  ASSERT_NO_FATAL_FAILURE(expect_each_can_be_gone_to(session, states));
  session.go_to(0);
  for (std::size_t step = 1; step < states.size(); ++step) {
    session.advance();
    ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), states[step]));
  }
}

TEST_P(Scrubbing, WhatWasGivenUpComesBackWithUndo) {
  Session session = this->session();
  History curves;
  States states{session.state()};
  ASSERT_NO_FATAL_FAILURE(watch(session, 3000, states, [&] {
    session.note_seconds(0.5 * static_cast<double>(session.state().step));
    if (session.state().step == 1700) session.apply({AddPoint{0.3, 0.8, 1}});
    if (session.state().step % 500 == 0) session.take_history().apply_to(curves);
  }));
  session.take_history().apply_to(curves);
  const History before = curves;

  ASSERT_TRUE(session.apply({ContinueFrom{1234}}).accepted);
  EXPECT_EQ(session.last_step(), 1234U);
  ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), states[1234]));
  States other(states.begin(), states.begin() + 1235);
  session.apply({SetL2{0.01}});
  other.back() = session.state();
  ASSERT_NO_FATAL_FAILURE(watch(session, 900, other));
  session.take_history().apply_to(curves);
  EXPECT_EQ(curves.batch_cost.buckets().back().last_step, 2133U);
  ASSERT_NO_FATAL_FAILURE(expect_each_can_be_gone_to(session, other));

  ASSERT_TRUE(session.apply({Undo{}}).accepted);  // of λ
  other.back() = session.state();
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_EQ(session.last_step(), 3000U);
  ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), states.back()));
  session.take_history().apply_to(curves);
  ASSERT_NO_FATAL_FAILURE(expect_same_curves(curves, before));
  ASSERT_NO_FATAL_FAILURE(expect_each_can_be_gone_to(session, states));

  session.go_to(3000);
  ASSERT_TRUE(session.apply({Redo{}}).accepted);
  EXPECT_EQ(session.last_step(), 2134U);
  ASSERT_NO_FATAL_FAILURE(expect_each_can_be_gone_to(session, other));
}

/// 2-40-40-2: so large that the keyframe behind a command has no numbers of its own.
Settings large_network() {
  Settings settings = sampled("with_replacement", 4, "adam");
  const Activation* sigmoid = find_activation("sigmoid");
  settings.model.architecture = Architecture({2, 40, 40, 2}, {sigmoid, sigmoid, sigmoid});
  return settings;
}

TEST(LargeNetwork, IsScrubbedThroughCommandsThatLeaveItsNumbersAlone) {
  Session session = ox_session(large_network());
  States states{session.state()};
  ASSERT_NO_FATAL_FAILURE(watch(session, 300, states, [&] {
    const std::uint64_t step = session.state().step;
    if (step % 13 == 0) session.apply({SetLearningRate{1e-4 * static_cast<double>(step)}});
  }));
  ASSERT_NO_FATAL_FAILURE(expect_each_can_be_gone_to(session, states));
  session.go_to(0);
  for (std::size_t step = 1; step < states.size(); ++step) {
    session.advance();
    ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), states[step]));
  }
}

// It parts between two keyframes, and the run that took its place was long enough to forget both.
TEST(LargeNetwork, ComesBackWholeThoughItsBeginningWasForgotten) {
  Session session = ox_session(large_network());
  session.limit_history(4'000'000);
  States states{session.state()};
  ASSERT_NO_FATAL_FAILURE(watch(session, 30, states, [&] {
    const std::uint64_t step = session.state().step;
    if (step == 21 || step == 25)
      session.apply({SetLearningRate{0.01 * static_cast<double>(step)}});
  }));
  ASSERT_TRUE(session.apply({ContinueFrom{21}}).accepted);
  for (int i = 0; session.first_step() <= 21; ++i) {
    ASSERT_LT(i, 3000);
    ASSERT_TRUE(session.advance());
    ASSERT_TRUE(session.apply({SetWeight{0, 0, 0, 0.001 * i}, 0}).accepted);
  }
  while (session.last_step() != 30)
    ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_EQ(session.first_step(), 21U);
  for (const std::uint64_t step : {29U, 21U, 24U, 25U, 22U}) {
    session.go_to(step);
    ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), states[step]));
  }
}

INSTANTIATE_TEST_SUITE_P(Session, Scrubbing, ::testing::ValuesIn(ways()));

}  // namespace
}  // namespace deltascope
