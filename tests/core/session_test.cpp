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

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Settings sampled(std::string_view rule, Index batch, std::string_view optimizer) {
  Settings settings = ox_settings();
  settings.sampling = find_sampling_rule(rule);
  settings.batch_size = batch;
  settings.optimizer = find_optimizer(optimizer);
  settings.rates.learning_rate = 0.05;
  return settings;
}

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
  session.apply({MovePoint{10, 0.7, 0.9}});
  session.apply({InsertLayer{1, 3}});
  advance(session, 8);

  Session again = ox_session(sampled("with_replacement", 2, "momentum"));
  replay(again, session.log());
  advance(again, 8);
  EXPECT_EQ(again.state().parameters, session.state().parameters);
  EXPECT_EQ(again.data(), session.data());
  EXPECT_EQ(again.settings(), session.settings());
}

TEST(Session, ReplayingTheLogPassesThroughDivergence) {
  for (const Action& action : std::vector<Action>{Recover{0.5}, Reset{}, SetLearningRate{1e-3}}) {
    Session session = make_session(diverging_document());
    while (session.advance()) {
    }
    ASSERT_TRUE(session.apply({action}).accepted) << describe(action);
    Session again = make_session(diverging_document());
    replay(again, session.log());
    EXPECT_EQ(again.state().parameters, session.state().parameters) << describe(action);
    EXPECT_EQ(again.state().step, session.state().step) << describe(action);
    EXPECT_EQ(again.settings(), session.settings()) << describe(action);
  }
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

// Undo.

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

// Changes that keep what they can.

TEST(Session, AGrownLayerKeepsAllOldWeights) {
  Session session = ox_session();
  advance(session, 5);
  const Architecture old_net = session.settings().model.architecture;
  const std::vector<double> before = session.state().parameters;
  const Outcome outcome = session.apply({SetLayerSize{0, 4}});
  EXPECT_THAT(outcome.notice, HasSubstr("2 neurons added"));
  const Architecture net = session.settings().model.architecture;
  EXPECT_EQ(net.sizes(), (std::vector<Index>{2, 4, 3, 2}));
  const std::vector<double>& after = session.state().parameters;
  for (Index layer = 0; layer < 3; ++layer) {
    const ConstWeightView old_W = old_net.W(before, layer), W = net.W(after, layer);
    for (Index j = 0; j < old_W.rows; ++j) {
      for (Index k = 0; k < old_W.cols; ++k)
        EXPECT_EQ(W(j, k), old_W(j, k)) << layer;
    }
  }
}

TEST(Session, ChoosingALossChangesTheOutputVisibly) {
  Session session = ox_session();
  const Outcome outcome = session.apply({SetLoss{find_loss("softmax_ce")}});
  EXPECT_THAT(outcome.notice, HasSubstr("softmax"));
  EXPECT_EQ(session.settings().model.architecture.output_activation().name, "softmax");
  EXPECT_TRUE(session.advance());
}

TEST(Session, AnotherOutputActivationCodesTheTargetsAnew) {
  Session session = ox_session();
  session.apply({SetActivation{2, find_activation("tanh")}});
  EXPECT_EQ(session.data().Y(0, 0), 1.0);
  EXPECT_EQ(session.data().Y(1, 0), -1.0);
  session.apply({SetLayerSize{2, 1}});
  EXPECT_EQ(session.data().Y.rows(), 1);
  EXPECT_EQ(session.data().Y(0, 0), 1.0);
  EXPECT_EQ(session.data().Y(0, 9), -1.0);
  EXPECT_EQ(session.evaluate().total, 10);
}

TEST(Session, PointsMayComeAndGoWhileItTrains) {
  for (const SamplingRule& rule : sampling_rules()) {
    if (rule.needs_list) continue;
    Session session = ox_session(sampled(rule.name, 4, "adam"));
    for (int i = 0; i < 50; ++i) {
      advance(session, 3);
      ASSERT_TRUE(session.apply({AddPoint{0.02 * i, 0.5, i % 2}}).accepted);
      advance(session, 2);
      ASSERT_TRUE(session.apply({RemovePoint{i % session.data().size()}}).accepted);
    }
    EXPECT_EQ(session.data().size(), 10) << rule.name;
    EXPECT_EQ(session.state().step, 250U) << rule.name;
  }
}

TEST(Session, WithoutPointsItWaits) {
  Session session = ox_session();
  session.apply({ClearPoints{}});
  EXPECT_FALSE(session.advance());
  EXPECT_FALSE(session.divergence().has_value());
  session.apply({AddPoint{0.5, 0.5, 0}});
  EXPECT_TRUE(session.advance());
}

// Refusals.

TEST(Session, RefusedCommandsSayWhyAndChangeNothing) {
  const std::vector<Action> refused{
      AddPoint{nan, 0.5, 0},
      AddPoint{0.5, 0.5, 2},
      AddPoint{0.5, 0.5, -1},
      MovePoint{10, 0.5, 0.5},
      MovePoint{0, 0.5, std::numeric_limits<double>::infinity()},
      RemovePoint{-1},
      RelabelPoint{0, 8},
      ChooseDataset{nullptr, {}},
      ChooseDataset{find_dataset_recipe("xor"), {max_samples + 1, 0, 0}},
      ChooseDataset{find_dataset_recipe("xor"), {10, nan, 0}},
      ChooseDataset{find_dataset_recipe("xor"), {10, 1e308, 0}},
      SetLearningRate{0.0},
      SetLearningRate{-1.0},
      SetLearningRate{nan},
      SetMomentum{1.0},
      SetL2{-0.1},
      SetBatchSize{11},
      SetBatchSize{-1},
      SetSampling{find_sampling_rule("listed")},
      SetOptimizer{nullptr},
      SetActivation{0, find_activation("softmax")},
      SetActivation{3, find_activation("tanh")},
      SetLayerSize{0, 0},
      SetLayerSize{0, 1000},
      InsertLayer{5, 2},
      RemoveLayer{2},
      SetInitializer{{find_initializer("normal"), nan, 1}},
      Recover{0.5},
      Undo{},
      Redo{},
  };
  Session session = ox_session();
  advance(session, 3);
  const std::vector<double> parameters = session.state().parameters;
  const Dataset data = session.data();
  const Settings settings = session.settings();
  for (const Action& action : refused) {
    const Outcome outcome = session.apply({action});
    EXPECT_FALSE(outcome.accepted) << describe(action);
    EXPECT_FALSE(outcome.notice.empty()) << describe(action);
    EXPECT_EQ(session.state().parameters, parameters) << describe(action);
    EXPECT_EQ(session.data(), data) << describe(action);
    EXPECT_EQ(session.settings(), settings) << describe(action);
  }
  EXPECT_TRUE(session.log().empty());
  EXPECT_EQ(session.revision(), 0U);
}

TEST(Session, ListedBatchesKeepThePointsTheyName) {
  Settings settings = sampled("listed", 1, "gradient_descent");
  settings.batches = std::make_shared<const BatchList>(BatchList{{8}, {0}});
  Session session = ox_session(settings);
  EXPECT_TRUE(session.apply({RemovePoint{9}}).accepted);
  EXPECT_FALSE(session.apply({RemovePoint{8}}).accepted);
  EXPECT_FALSE(session.apply({RemovePoint{3}}).accepted);
  EXPECT_FALSE(session.apply({ClearPoints{}}).accepted);
  EXPECT_FALSE(session.apply({ChooseDataset{find_dataset_recipe("xor"), {}}}).accepted);
  session.apply({SetSampling{find_sampling_rule("in_order")}});
  EXPECT_TRUE(session.apply({RemovePoint{0}}).accepted);
  const Outcome back = session.apply({SetSampling{find_sampling_rule("listed")}});
  EXPECT_FALSE(back.accepted);
  EXPECT_THAT(back.notice, HasSubstr("do not exist"));
  advance(session, 20);
  session.apply({Undo{}});
  session.apply({Undo{}});
  EXPECT_EQ(session.settings().sampling->name, "listed");
  advance(session, 4);
}

// Divergence.

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

TEST(Session, AnOverflowingMomentIsDivergenceToo) {
  Document document = diverging_document();
  auto settings = std::make_shared<Settings>(*document.settings);
  settings->optimizer = find_optimizer("adam");
  document.settings = settings;
  auto data = std::make_shared<Dataset>(*document.data);
  data->X(0, 0) = 1e80;
  document.data = data;
  document.parameters = {1e60, 0.0};
  Session session = make_session(document);
  EXPECT_FALSE(session.advance());
  EXPECT_TRUE(session.divergence().has_value());
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
