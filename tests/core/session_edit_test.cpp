#include "support/sessions.hpp"

#include <deltascope/session.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace deltascope {
namespace {

using testing::advance;
using ::testing::HasSubstr;
using testing::ox_session;
using testing::sampled;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

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

}  // namespace
}  // namespace deltascope
