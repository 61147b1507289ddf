// A batch that is only a part of the data, and the tiles of its samples.
#include "support/sessions.hpp"
#include "support/walk_checks.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/walk/phase.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

using deltascope::testing::ox_session;
using deltascope::testing::PreparedStep;
using deltascope::testing::sampled;
using deltascope::testing::settings_of;

/// The symbols of the rule of a worked example of the gradient phase, and its title.
std::string gradient_text(const Settings& settings, const Options& options = {}) {
  Session session = ox_session(settings);
  const PreparedStep prepared(session);
  const Phase phase = walk::phase(prepared.step(), {PhaseKind::gradient, 2}, options);
  const std::size_t last_of_dW = phase.stages.size() / 2 - 1;
  return phase.title + "; " + to_text(phase.stages[last_of_dW].rule) + "; " +
         to_text(worked(prepared.step(), {PhaseKind::gradient, 2}, last_of_dW, 0, 1, options).rule);
}

TEST(Phase, CallsTheMeanOverAPartOfTheDataTheBatchs) {
  Session session = ox_session(settings_of(3));
  const PreparedStep prepared(session);
  const Phase cost = walk::phase(prepared.step(), {PhaseKind::cost}, {});
  EXPECT_EQ(cost.title, "Cost of the batch");
  EXPECT_EQ(to_text(cost.stages.back().rule), "Cost_B = 1/|B|·Σ_(i = 1)^|B| C_(x^{i})");
  EXPECT_EQ(cost.stages.back().about,
            "The cost of the batch: the mean over this batch of 3 points, not over all 10.");
  const std::string gradient = gradient_text(settings_of(3));
  EXPECT_NE(gradient.find("∂Cost_B/∂w_12^[4]"), std::string::npos) << gradient;
  EXPECT_EQ(gradient.find("N"), std::string::npos) << gradient;
}

TEST(Phase, OfTheWholeDataKeepsTheNameOfTheCost) {
  Session session = ox_session(settings_of(0));
  const PreparedStep prepared(session);
  const Phase cost = walk::phase(prepared.step(), {PhaseKind::cost}, {});
  EXPECT_EQ(cost.title, "Cost");
  EXPECT_EQ(to_text(cost.stages.back().rule), "Cost = 1/N·Σ_(i = 1)^N C_(x^{i})");
  EXPECT_EQ(gradient_text(settings_of(0)), gradient_text(settings_of(10)));
  EXPECT_EQ(gradient_text(settings_of(0)).find("_B"), std::string::npos);
}

TEST(Phase, OfOnePointOfSeveralDifferentiatesItsLoss) {
  const std::string gradient = gradient_text(settings_of(1));
  EXPECT_EQ(gradient.find("Cost"), std::string::npos) << gradient;
  EXPECT_NE(gradient.find("∂C_x/∂W^[4]"), std::string::npos) << gradient;
}

TEST(Phase, CountsWeightsInTheCostButNotInAPointsLoss) {
  Session session = ox_session(settings_of(1, "gradient_descent", 0.1));
  const PreparedStep prepared(session);
  const Phase phase = walk::phase(prepared.step(), {PhaseKind::regularization}, {});
  EXPECT_EQ(to_text(phase.stages.front().rule), "∂Cost_B/∂W^[4] = ∂C_x/∂W^[4] + λ·W^[4]");
  Session of_batch = ox_session(settings_of(3, "gradient_descent", 0.1));
  const PreparedStep prepared_batch(of_batch);
  const Phase mean = walk::phase(prepared_batch.step(), {PhaseKind::regularization}, {});
  EXPECT_EQ(to_text(mean.stages.front().rule), "∂Cost_B/∂W^[4] = ∂Cost_0,B/∂W^[4] + λ·W^[4]");
}

TEST(Phase, TellsTheBatchsCostFromThatOfAllPointsInEveryNotation) {
  Session session = ox_session(settings_of(3));
  const PreparedStep prepared(session);
  for (const Notation& notation : notations()) {
    Options options;
    options.notation = &notation;
    const Phase cost = walk::phase(prepared.step(), {PhaseKind::cost}, options);
    const std::string rule = to_text(cost.stages.back().rule);
    EXPECT_EQ(rule.find(std::string(notation.cost) + "_B = "), 0U) << notation.name << rule;
    const Phase update = walk::phase(prepared.step(), {PhaseKind::update}, options);
    EXPECT_EQ(to_text(update.stages.back().numbers).find("_B"), std::string::npos);
  }
}

TEST(Phase, OfABatchWithAPointTwiceIsNotOfAllPoints) {
  Session session = ox_session(sampled("with_replacement", 10, "gradient_descent"));
  const PreparedStep prepared(session);
  const Phase cost = walk::phase(prepared.step(), {PhaseKind::cost}, {});
  EXPECT_EQ(cost.title, "Cost of the batch");
}

/// The matrices of the stage that adds up the tiles of a batch, and its text.
struct Tiles {
  explicit Tiles(Index batch) : session(ox_session(settings_of(batch))), prepared(session) {
    const Phase gradient = walk::phase(prepared.step(), {PhaseKind::gradient, 2}, {});
    numbers = gradient.stages[1].numbers;
    deltascope::testing::collect_grids(numbers, grids);
  }
  std::string caption(std::size_t i) const { return to_text(*grids[i]->caption); }

  Session session;
  PreparedStep prepared;
  Formula numbers;
  std::vector<const Grid*> grids;
};

TEST(Tiles, AreTheFirstAndTheLastOfManyAndTheirSum) {
  const Tiles tiles(0);
  ASSERT_EQ(tiles.grids.size(), 3U);
  EXPECT_EQ(tiles.caption(0), "point 1: δ^[4]·(a^[3])^T");
  EXPECT_EQ(tiles.caption(1), "point 10: δ^[4]·(a^[3])^T");
  EXPECT_NE(to_text(tiles.numbers).find("+ … +"), std::string::npos);
  const StepTrace& trace = *tiles.prepared.step().trace;
  EXPECT_EQ(tiles.grids[1]->value(1, 2), trace.delta[2](1, 9) * trace.a[1](2, 9));
}

TEST(Tiles, OfTwoSamplesAreBothThere) {
  const Tiles tiles(2);
  ASSERT_EQ(tiles.grids.size(), 3U);
  EXPECT_EQ(to_text(tiles.numbers).find("…"), std::string::npos);
  for (Index r = 0; r < tiles.grids[0]->rows; ++r) {
    const double sum = tiles.grids[0]->value(r, 0) + tiles.grids[1]->value(r, 0);
    EXPECT_NEAR(sum, tiles.grids[2]->value(r, 0), 1e-15);
  }
}

}  // namespace
}  // namespace deltascope::walk
