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

struct UndoCase {
  const char* name;
  Action action;
};

void PrintTo(const UndoCase& undo_case, std::ostream* out) {
  *out << undo_case.name;
}

std::vector<UndoCase> undoable() {
  return {
      {"AddPoint", AddPoint{0.5, 0.5, 1}},
      {"MovePoint", MovePoint{3, 0.1, 0.9}},
      {"RelabelPoint", RelabelPoint{3, 1}},
      {"RemovePoint", RemovePoint{3}},
      {"ClearPoints", ClearPoints{}},
      {"ChooseDataset", ChooseDataset{find_dataset_recipe("xor"), {40, 0.0, 1}}},
      {"ChooseThreeClasses", ChooseDataset{find_dataset_recipe("blobs"), {}}},
      {"SetLearningRate", SetLearningRate{0.3}},
      {"SetMomentum", SetMomentum{0.5}},
      {"SetDamping", SetDamping{0.5}},
      {"SetDampedSolve", SetDampedSolve{find_damped_solve("normal")}},
      {"SetL2", SetL2{0.01}},
      {"SetBatchSize", SetBatchSize{2}},
      {"SetSampling", SetSampling{find_sampling_rule("with_replacement")}},
      {"SetOptimizer", SetOptimizer{find_optimizer("adam")}},
      {"SetActivation", SetActivation{1, find_activation("tanh")}},
      {"SetOutputActivation", SetActivation{2, find_activation("softmax")}},
      {"SetLoss", SetLoss{find_loss("softmax_ce")}},
      {"GrowLayer", SetLayerSize{0, 5}},
      {"ShrinkLayer", SetLayerSize{1, 1}},
      {"MoreOutputs", SetLayerSize{2, 4}},
      {"OneOutput", SetLayerSize{2, 1}},
      {"InsertLayer", InsertLayer{1, 4}},
      {"RemoveLayer", RemoveLayer{0}},
      {"SetInitializer", SetInitializer{{find_initializer("xavier"), 1.0, 3}}},
  };
}

class Undoing : public ::testing::TestWithParam<UndoCase> {};

TEST_P(Undoing, TakesBackAndRedoesExactly) {
  Session session = ox_session();
  advance(session, 20);
  const Settings settings = session.settings();
  const Dataset data = session.data();
  const std::vector<double> parameters = session.state().parameters;
  const std::vector<double> initial = session.initial_parameters();

  ASSERT_TRUE(session.apply({GetParam().action}).accepted);
  const Settings changed_settings = session.settings();
  const Dataset changed_data = session.data();
  const std::vector<double> changed_parameters = session.state().parameters;
  EXPECT_FALSE(settings == changed_settings && data == changed_data);

  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_EQ(session.settings(), settings);
  EXPECT_EQ(session.data(), data);
  EXPECT_EQ(session.state().parameters, parameters);
  EXPECT_EQ(session.initial_parameters(), initial);
  EXPECT_EQ(session.state().step, 20U);

  ASSERT_TRUE(session.apply({Redo{}}).accepted);
  EXPECT_EQ(session.settings(), changed_settings);
  EXPECT_EQ(session.data(), changed_data);
  EXPECT_EQ(session.state().parameters, changed_parameters);
  EXPECT_FALSE(session.can_redo());
  EXPECT_EQ(session.advance(), session.data().size() > 0);
}

TEST_P(Undoing, NeverRewindsSteps) {
  Session session = ox_session();
  advance(session, 20);
  ASSERT_TRUE(session.apply({GetParam().action}).accepted);
  advance(session, 10);
  const std::uint64_t step = session.data().size() > 0 ? 30 : 20;
  const double kept_before = session.state().parameters[0];
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_EQ(session.state().step, step);
  if (!std::holds_alternative<RemoveLayer>(GetParam().action)) {
    EXPECT_EQ(session.state().parameters[0], kept_before);
  }
  EXPECT_TRUE(session.advance());
}

TEST_P(Undoing, AfterDivergenceFirstGoesBackToFiniteNumbers) {
  Settings settings = ox_settings();
  settings.model.architecture = Architecture(
      {2, 2, 3, 2}, {find_activation("relu"), find_activation("relu"), find_activation("linear")});
  settings.rates.learning_rate = 1e6;
  Session session = ox_session(settings);
  while (session.advance()) {
  }
  ASSERT_TRUE(session.divergence().has_value());
  const std::uint64_t last_finite = session.divergence()->last_finite_step;
  const Outcome outcome = session.apply({GetParam().action});
  if (!outcome.accepted) {
    EXPECT_TRUE(session.divergence().has_value());
    return;
  }
  EXPECT_FALSE(session.divergence().has_value());
  EXPECT_EQ(session.state().step, last_finite);
  EXPECT_TRUE(all_finite(session.state().parameters));
  const Architecture& net = session.settings().model.architecture;
  EXPECT_EQ(static_cast<Index>(session.state().parameters.size()), net.parameters());
  session.apply({Undo{}});
  session.apply({Reset{}});
  EXPECT_EQ(static_cast<Index>(session.state().parameters.size()),
            session.settings().model.architecture.parameters());
  session.advance();
}

INSTANTIATE_TEST_SUITE_P(Session, Undoing, ::testing::ValuesIn(undoable()),
                         [](const auto& test) { return test.param.name; });

TEST(Session, ADragIsOneEntry) {
  Session session = ox_session();
  const Dataset before = session.data();
  for (int i = 1; i <= 10; ++i)
    session.apply({MovePoint{2, 0.05 * i, 0.5}, 77});
  session.apply({MovePoint{2, 0.9, 0.9}, 78});
  session.apply({Undo{}});
  EXPECT_DOUBLE_EQ(session.data().X(0, 2), 0.5);
  session.apply({Undo{}});
  EXPECT_EQ(session.data(), before);
  EXPECT_FALSE(session.can_undo());
  session.apply({Redo{}});
  EXPECT_DOUBLE_EQ(session.data().X(0, 2), 0.5);
}

TEST(Session, UndoingAResizeBringsBackTheDroppedWeightsAndKeepsTheTrainedOnes) {
  Session session = ox_session();
  advance(session, 10);
  const Architecture full = session.settings().model.architecture;
  const std::vector<double> before = session.state().parameters;
  session.apply({SetLayerSize{1, 2}});
  advance(session, 10);
  const Architecture small = session.settings().model.architecture;
  const std::vector<double> trained = session.state().parameters;
  session.apply({Undo{}});
  const std::vector<double>& now = session.state().parameters;
  EXPECT_EQ(full.W(now, 1)(2, 0), full.W(before, 1)(2, 0));
  EXPECT_EQ(full.b(std::span<const double>(now), 1)[2],
            full.b(std::span<const double>(before), 1)[2]);
  EXPECT_EQ(full.W(now, 1)(0, 0), small.W(trained, 1)(0, 0));
  EXPECT_NE(full.W(now, 1)(0, 0), full.W(before, 1)(0, 0));
}

TEST(Session, OneGestureOverSeveralPointsTakesBackAllOfThem) {
  Session session = ox_session();
  const Dataset before = session.data();
  session.apply({MovePoint{0, 0.9, 0.9}, 5});
  session.apply({MovePoint{1, 0.8, 0.8}, 5});
  session.apply({RemovePoint{2}, 6});
  session.apply({RemovePoint{2}, 6});
  while (session.can_undo())
    session.apply({Undo{}});
  EXPECT_EQ(session.data(), before);
}

TEST(Session, ABatchThatOutlivedItsPointsCanBeRestored) {
  Session session = ox_session();
  session.apply({SetBatchSize{5}});
  for (int i = 0; i < 7; ++i)
    session.apply({RemovePoint{0}});
  session.apply({SetBatchSize{2}});
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  EXPECT_EQ(session.settings().batch_size, 5);
  EXPECT_TRUE(session.advance());
  while (session.can_undo())
    session.apply({Undo{}});
  EXPECT_EQ(session.data().size(), 10);
  EXPECT_EQ(session.settings().batch_size, 0);
}

TEST(Session, UndoingANewSeedGivesBackTheWeightsOfReset) {
  Session session = ox_session();
  const std::vector<double> first = session.initial_parameters();
  session.apply({SetLayerSize{0, 3}});
  session.apply({NewSeed{7}});
  session.apply({Undo{}});
  EXPECT_EQ(session.settings().initial.seed, 5000U);
  EXPECT_EQ(session.settings().sampling_seed, 5000U);
  session.apply({Undo{}});
  session.apply({Reset{}});
  EXPECT_EQ(session.state().parameters, first);
}

TEST(Session, ANewCommandForgetsWhatCouldBeRedone) {
  Session session = ox_session();
  session.apply({SetLearningRate{0.1}});
  session.apply({Undo{}});
  EXPECT_TRUE(session.can_redo());
  session.apply({AddPoint{0.2, 0.2, 0}});
  EXPECT_FALSE(session.can_redo());
}

}  // namespace
}  // namespace deltascope
