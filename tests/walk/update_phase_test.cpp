// The update: old and new, the rates, and the order of its stages.
#include "support/sessions.hpp"
#include "support/walk_checks.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/walk/phase.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::walk {
namespace {

using deltascope::testing::ox_session;
using deltascope::testing::PreparedStep;
using deltascope::testing::settings_of;

std::vector<std::string> rules_of(const Phase& phase) {
  std::vector<std::string> rules;
  for (const Stage& stage : phase.stages)
    rules.push_back(to_text(stage.rule));
  return rules;
}

TEST(Update, GoesLayerByLayerThenShowsAllThenTheEffect) {
  Session session = ox_session(settings_of(0));
  const PreparedStep prepared(session);
  const Phase update = walk::phase(prepared.step(), {PhaseKind::update}, {});
  ASSERT_EQ(update.stages.size(), 8U);
  for (std::size_t i = 0; i < 6; ++i) {
    const Kind after = i % 2 == 0 ? Kind::W_after : Kind::b_after;
    EXPECT_EQ(update.stages[i].result, (Quantity{after, static_cast<Index>(i / 2)})) << i;
  }
  EXPECT_EQ(update.stages[6].about, "All weights and biases after this step.");
  EXPECT_NE(update.stages[7].about.find("would be smaller"), std::string::npos);
}

TEST(Update, HasARuleForEveryLayer) {
  const auto rule = [](std::string_view optimizer) {
    Session session = ox_session(settings_of(0, optimizer));
    const PreparedStep prepared(session);
    const Phase update = walk::phase(prepared.step(), {PhaseKind::update}, {});
    EXPECT_EQ(rules_of(update).back(), to_text(update.rule));
    return to_text(update.rule);
  };
  EXPECT_EQ(rule("gradient_descent"), "W^[l]new = W^[l] - η·∂Cost/∂W^[l]");
  EXPECT_EQ(rule("momentum"), "W^[l]new = W^[l] - η·v_(W^[l])^(new)");
  EXPECT_EQ(rule("adam"), "W^[l]new = W^[l] - η·m̂_(W^[l])/(sqrt(v̂_(W^[l])) + ε)");
}

TEST(Update, TellsOldMomentsFromNewOnes) {
  Session session = ox_session(settings_of(0, "momentum"));
  session.advance();
  const PreparedStep prepared(session);
  const Phase update = walk::phase(prepared.step(), {PhaseKind::update}, {});
  const Stage& velocity = update.stages.front();
  EXPECT_EQ(to_text(velocity.rule), "v_(W^[2])^(new) = μ·v_(W^[2]) + ∂Cost/∂W^[2]");
  std::vector<const Grid*> grids;
  deltascope::testing::collect_grids(velocity.numbers, grids);
  ASSERT_EQ(grids.size(), 3U);
  EXPECT_EQ(to_text(*grids[0]->caption), "v_(W^[2])");
  EXPECT_EQ(to_text(*grids[2]->caption), "v_(W^[2])^(new)");
  EXPECT_NE(grids[0]->values, grids[2]->values);
}

/// How many fractions, roots and matrices lie in each other.
int depth_of(const Formula& formula) {
  int depth = 0;
  for (const Formula& part : formula.parts)
    depth = std::max(depth, depth_of(part));
  const bool is_tall = formula.form == Form::fraction || formula.form == Form::grid;
  return depth + (is_tall ? 1 : 0);
}

TEST(Update, OfAdamIsWorkedOutInStagesWithoutTowersOfFractions) {
  Session session = ox_session(settings_of(0, "adam"));
  session.advance();
  const PreparedStep prepared(session);
  const Phase update = walk::phase(prepared.step(), {PhaseKind::update}, {});
  const std::vector<std::string> rules = rules_of(update);
  ASSERT_GE(rules.size(), 5U);
  EXPECT_EQ(rules[2], "m̂_(W^[2]) = 1/(1 - β_1^t)·m_(W^[2])^(new)");
  EXPECT_EQ(rules[3], "v̂_(W^[2]) = 1/(1 - β_2^t)·v_(W^[2])^(new)");
  EXPECT_EQ(update.stages[4].result.kind, Kind::W_after);
  for (std::size_t s = 0; s < 5; ++s) {
    EXPECT_LE(depth_of(update.stages[s].numbers), 1) << rules[s];
    const Worked example = worked(prepared.step(), {PhaseKind::update}, s, 0, 0, {});
    EXPECT_LE(depth_of(example.numbers), 1) << to_text(example.numbers);
  }
}

TEST(Update, SaysTheValueOfEveryRate) {
  const auto numbers = [](std::string_view optimizer, std::size_t stage) {
    Session session = ox_session(settings_of(0, optimizer));
    const PreparedStep prepared(session);
    const Phase update = walk::phase(prepared.step(), {PhaseKind::update}, {});
    return to_text(update.stages[stage].numbers);
  };
  const auto ends_with = [](const std::string& text, std::string_view end) {
    EXPECT_TRUE(text.ends_with(end)) << text;
  };
  ends_with(numbers("gradient_descent", 0), "η = 0.05");
  ends_with(numbers("momentum", 0), "μ = 0.9");
  ends_with(numbers("adam", 0), "β_1 = 0.9");
  ends_with(numbers("adam", 1), "β_2 = 0.999");
  ends_with(numbers("adam", 2), "β_1 = 0.9, t = 1");
  ends_with(numbers("adam", 3), "β_2 = 0.999, t = 1");
}

TEST(Phase, OfRegularizationSaysTheValueOfLambda) {
  Session session = ox_session(settings_of(0, "gradient_descent", 0.25));
  const PreparedStep prepared(session);
  const Phase phase = walk::phase(prepared.step(), {PhaseKind::regularization}, {});
  EXPECT_TRUE(to_text(phase.stages.front().numbers).ends_with("λ = 0.25"));
}

TEST(Phase, OfAVerdictTellsTheOldDampingFromTheNew) {
  Session session = ox_session(settings_of(0, "levenberg_marquardt"));
  const PreparedStep prepared(session);
  ASSERT_TRUE(prepared.step().trial->accepted);
  const Phase verdict = walk::phase(prepared.step(), {PhaseKind::verdict}, {});
  EXPECT_EQ(to_text(verdict.rule), "p^new = p + Δp");
  EXPECT_EQ(to_text(verdict.stages.front().rule), "μ^new = μ/10");
  const Worked example = worked(prepared.step(), {PhaseKind::verdict}, 0, 0, 0, {});
  EXPECT_EQ(to_text(example.rule), "μ^new = μ/10");
}

}  // namespace
}  // namespace deltascope::walk
