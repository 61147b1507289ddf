#include "loss_formula.hpp"
#include "support/sessions.hpp"
#include "support/walk_checks.hpp"
#include "support/walk_steps.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

using deltascope::testing::for_each_example;
using deltascope::testing::last_grid;
using deltascope::testing::ox_session;
using deltascope::testing::PreparedStep;
using deltascope::testing::settings_of;

std::vector<std::string> names_of(const std::vector<PhaseId>& ids) {
  std::vector<std::string> names;
  for (const PhaseId& id : ids) {
    constexpr std::array kinds{"batch", "forward", "cost", "output δ", "hidden δ", "gradient",
                               "+ λW",  "update",  "r, J", "trial",    "verdict"};
    names.push_back(std::string(kinds[static_cast<std::size_t>(id.kind)]) + " " +
                    std::to_string(id.layer));
  }
  return names;
}

std::vector<std::string> phase_names(const Settings& settings) {
  Session session = ox_session(settings);
  return names_of(phases(PreparedStep(session).step()));
}

using Names = std::vector<std::string>;

TEST(Phases, AreTheTextbooksInItsOrder) {
  EXPECT_EQ(
      phase_names(settings_of(1)),
      (Names{"batch 0", "forward 0", "forward 1", "forward 2", "cost 0", "output δ 2", "hidden δ 1",
             "hidden δ 0", "gradient 2", "gradient 1", "gradient 0", "update 0"}));
}

TEST(Phases, AddWeightsToTheGradientOnlyWithLambda) {
  const Names names = phase_names(settings_of(1, "adam", 0.1));
  EXPECT_EQ(names[names.size() - 2], "+ λW 0");
  EXPECT_EQ(names.size(), phase_names(settings_of(1, "adam")).size() + 1);
}

TEST(Phases, OfLevenbergMarquardtLeaveBackpropagationAfterTheCost) {
  for (const double l2 : {0.0, 0.1}) {
    EXPECT_EQ(phase_names(settings_of(0, "levenberg_marquardt", l2)),
              (Names{"batch 0", "forward 0", "forward 1", "forward 2", "cost 0", "r, J 0",
                     "trial 0", "verdict 0"}));
  }
}

TEST(Phases, OfANetworkWithoutHiddenLayersHaveNoHiddenDelta) {
  Settings settings = settings_of(1);
  settings.model.architecture = Architecture({2, 2}, {find_activation("sigmoid")});
  EXPECT_EQ(phase_names(settings),
            (Names{"batch 0", "forward 0", "cost 0", "output δ 0", "gradient 0", "update 0"}));
}

TEST(Phase, OfAHiddenDeltaTurnsWPullsBackAndPassesTheSlope) {
  Session session = ox_session(settings_of(1));
  const PreparedStep prepared(session);
  const Phase phase = walk::phase(prepared.step(), {PhaseKind::hidden_delta, 1}, {});
  ASSERT_EQ(phase.stages.size(), 5U);
  EXPECT_FALSE(last_grid(phase.stages[0].numbers, Kind::W)->turned);
  EXPECT_TRUE(last_grid(phase.stages[1].numbers, Kind::W)->turned);
  EXPECT_EQ(phase.stages[2].result.kind, Kind::pulled);
  EXPECT_EQ(phase.stages[2].flow, Flow::backward);
  EXPECT_EQ(phase.stages[3].result.kind, Kind::slope);
  EXPECT_TRUE(phase.stages[3].tangent);
  EXPECT_EQ(phase.stages[3].curve_of_layer, Index{1});
  EXPECT_EQ(phase.stages[4].result.kind, Kind::delta);
}

TEST(Phase, ShowsWBesideItsTranspose) {
  Session session = ox_session(settings_of(1));
  const PreparedStep prepared(session);
  // W^[4] of a 2-2-3-2 network: 2 rows, 3 columns.
  const Phase phase = walk::phase(prepared.step(), {PhaseKind::hidden_delta, 1}, {});
  const Stage& stage = phase.stages[1];
  EXPECT_EQ(to_text(stage.rule), "W^[4] → (W^[4])^T");
  std::vector<const Grid*> grids;
  deltascope::testing::collect_grids(stage.numbers, grids);
  ASSERT_EQ(grids.size(), 2U);
  EXPECT_EQ(to_text(*grids[0]->caption), "W^[4]");
  EXPECT_EQ(to_text(*grids[1]->caption), "(W^[4])^T");
  for (Index r = 0; r < 2; ++r) {
    for (Index c = 0; c < 3; ++c)
      EXPECT_EQ(grids[0]->value(r, c), grids[1]->value(c, r));
  }
}

TEST(Phase, CallsWhatIsPulledBackByBothItsNamesWhereverItStands) {
  Session session = ox_session(settings_of(1));
  const PreparedStep prepared(session);
  const Phase phase = walk::phase(prepared.step(), {PhaseKind::hidden_delta, 1}, {});
  const std::string names = "(W^[4])^T·δ^[4] = ∂C_x/∂a^[3]";
  for (const std::size_t stage : {std::size_t{2}, std::size_t{4}}) {
    const Grid* pulled = last_grid(phase.stages[stage].numbers, Kind::pulled);
    ASSERT_NE(pulled, nullptr);
    EXPECT_EQ(to_text(*pulled->caption), names);
  }
  EXPECT_EQ(to_text(phase.stages[2].rule), "∂C_x/∂a^[3] = (W^[4])^T·δ^[4]");
}

Names titles(std::string_view notation, double l2 = 0.0) {
  Session session = ox_session(settings_of(1, "gradient_descent", l2));
  const PreparedStep prepared(session);
  Options options;
  options.notation = find_notation(notation);
  Names result;
  for (const PhaseId& id : phases(prepared.step()))
    result.push_back(walk::phase(prepared.step(), id, options).title);
  return result;
}

TEST(Phase, HasATitleThatSaysWhichWayItGoes) {
  const std::string cost = titles("ng")[4];  // of the batch, or of one point
  EXPECT_EQ(titles("ng"),
            (Names{"Batch", "Forward: z^[1], a^[1]", "Forward: z^[2], a^[2]",
                   "Forward: z^[3], a^[3]", cost, "Backward: dz^[3]", "Backward: dz^[2]",
                   "Backward: dz^[1]", "Gradient: dW^[3], db^[3]", "Gradient: dW^[2], db^[2]",
                   "Gradient: dW^[1], db^[1]", titles("ng").back()}));
  EXPECT_EQ(titles("higham")[5], "Backward: δ^[4]");
  EXPECT_EQ(titles("higham")[8], "Gradient: W^[4], b^[4]");
  EXPECT_EQ(titles("ng", 0.1)[8], "Gradient: W^[3], b^[3]");
  EXPECT_EQ(titles("ufldl")[8], "Gradient: W^{(3)}, b^{(3)}");
}

TEST(Phase, TurnedMatrixFitsWhatItIsMultipliedWith) {
  Session session = ox_session(settings_of(3));
  const PreparedStep prepared(session);
  Options options;
  options.whole_batch = true;
  const Phase phase = walk::phase(prepared.step(), {PhaseKind::hidden_delta, 1}, options);
  std::vector<const Grid*> grids;
  deltascope::testing::collect_grids(phase.stages[2].numbers, grids);
  ASSERT_EQ(grids.size(), 3U);
  EXPECT_EQ(grids[0]->cols, grids[1]->rows);
  EXPECT_EQ(grids[2]->rows, grids[0]->rows);
  EXPECT_EQ(grids[2]->cols, grids[1]->cols);
  EXPECT_EQ(grids[2]->cols, 3);
  for (const Grid* grid : grids)
    EXPECT_FALSE(grid->caption->empty());
}

TEST(Phase, OfABatchOfOneHasNeitherSumNorDivision) {
  Session session = ox_session(settings_of(1));
  const PreparedStep prepared(session);
  for (const MeanAt mean_at : {MeanAt::gradient, MeanAt::delta}) {
    Options options;
    options.mean_at = mean_at;
    EXPECT_EQ(walk::phase(prepared.step(), {PhaseKind::gradient, 2}, options).stages.size(), 2U);
    EXPECT_EQ(walk::phase(prepared.step(), {PhaseKind::output_delta, 2}, options).stages.size(),
              2U);
  }
}

/// All letters below a large Σ, and where something has an index of its own.
void expect_sums_name_their_samples(const Formula& formula, const std::string& where) {
  if (formula.form == Form::sum) {
    const std::string below = to_text(formula.parts[0]);
    EXPECT_NE(below, "x") << where;
    // Over samples a sum has an end; over neurons and layers none is written.
    EXPECT_EQ(below == "i = 1", !formula.parts[1].empty()) << where;
    EXPECT_NE(below, "i") << where;
  }
  for (const Formula& part : formula.parts)
    expect_sums_name_their_samples(part, where);
}

TEST(Phase, AddsUpSamplesOneToNInRulesAndExamples) {
  Session session = ox_session(settings_of(3, "adam", 0.1));
  const PreparedStep prepared(session);
  for (const Notation& notation : notations()) {
    Options options;
    options.notation = &notation;
    for (const PhaseId& id : phases(prepared.step())) {
      const Phase phase = walk::phase(prepared.step(), id, options);
      for (const Stage& stage : phase.stages)
        expect_sums_name_their_samples(stage.rule, phase.title);
    }
    for_each_example(prepared.step(), options,
                     [&](const Phase& phase, std::size_t s, const Stage&, Index row, Index col) {
                       expect_sums_name_their_samples(
                           worked(prepared.step(), phase.id, s, row, col, options).rule,
                           phase.title);
                     });
  }
}

TEST(Phase, SumsTheLossesOfNamedSamples) {
  Session session = ox_session(settings_of(0));
  const PreparedStep prepared(session);
  const std::array<const char*, 4> sums{
      "Cost = 1/N·Σ_(i = 1)^N C_(x^{i})", "J = 1/m·Σ_(i = 1)^m L^(i)",
      "J = 1/m·Σ_(i = 1)^m J_(x^(i))", "J = 1/m·Σ_(i = 1)^m J·(W, b; x^(i), y^(i))"};
  for (std::size_t n = 0; n < notations().size(); ++n) {
    const Phase cost = walk::phase(prepared.step(), {PhaseKind::cost}, {&notations()[n]});
    EXPECT_EQ(to_text(cost.stages.back().rule), sums.at(n));
  }
}

TEST(Phase, OfABatchSumsToTheSizeOfTheBatch) {
  Session session = ox_session(settings_of(3));
  const PreparedStep prepared(session);
  const Phase cost = walk::phase(prepared.step(), {PhaseKind::cost}, {});
  EXPECT_EQ(to_text(cost.stages.back().rule), "Cost_B = 1/|B|·Σ_(i = 1)^|B| C_(x^{i})");
}

TEST(Phase, OfTheCostComparesWithTheTargetsOnlyWhereTheLossDoes) {
  for (const Loss& loss : losses()) {
    Settings settings = settings_of(1);
    settings.model.loss = &loss;
    if (loss.name == std::string_view("softmax_ce")) {
      settings.model.architecture =
          Architecture({2, 3, 2}, {find_activation("sigmoid"), find_activation("softmax")});
    }
    Session session = ox_session(settings);
    const PreparedStep prepared(session);
    const Phase cost = walk::phase(prepared.step(), {PhaseKind::cost}, {});
    const bool shows = cost.stages.front().result.kind == Kind::residual;
    EXPECT_EQ(shows, loss.name == std::string_view("quadratic")) << loss.name;
  }
}

/// How many "ln" there are, and how many stand right behind a factor.
void count_logarithms(const Formula& formula, int& all, int& touching) {
  const Formula* before = nullptr;
  for (const Formula& part : formula.parts) {
    if (part.form == Form::symbol && part.text == "ln") {
      ++all;
      if (before == nullptr || before->form != Form::space) ++touching;
    }
    count_logarithms(part, all, touching);
    before = &part;
  }
}

TEST(Phase, SetsALogarithmApartFromTheFactorBeforeIt) {
  for (const LossFormula& written : loss_formulas()) {
    Session session = ox_session(settings_of(1));
    const PreparedStep prepared(session);
    const Options options;
    int all = 0, touching = 0;
    count_logarithms(written.loss(Walk(prepared.step(), options, false)), all, touching);
    EXPECT_EQ(all, written.name == "bce"          ? 2
                   : written.name == "softmax_ce" ? 1
                                                  : 0)
        << written.name;
    EXPECT_EQ(touching, 0) << written.name;
  }
}

TEST(Worked, ShowsAnEdgeAfterTheOtherAndTheBiasLast) {
  Session session = ox_session(settings_of(1));
  const PreparedStep prepared(session);
  const Worked z = worked(prepared.step(), {PhaseKind::forward, 1}, 0, 2, 0, {});
  ASSERT_EQ(z.terms.size(), 4U);
  EXPECT_EQ(z.terms[0], (Quantity{Kind::W, 1, 2, 0}));
  EXPECT_EQ(z.terms[1], (Quantity{Kind::W, 1, 2, 1}));
  EXPECT_EQ(z.terms[2], (Quantity{Kind::b, 1, 2}));
  EXPECT_EQ(z.terms[3], (Quantity{Kind::z, 1, 2, 0}));
}

TEST(Worked, LightsTheEdgesOfANeuronBackwards) {
  Session session = ox_session(settings_of(1));
  const PreparedStep prepared(session);
  const Worked pulled = worked(prepared.step(), {PhaseKind::hidden_delta, 1}, 2, 2, 0, {});
  ASSERT_EQ(pulled.terms.size(), 3U);
  EXPECT_EQ(pulled.terms[0], (Quantity{Kind::W, 2, 0, 2}));
  EXPECT_EQ(pulled.terms[1], (Quantity{Kind::W, 2, 1, 2}));
}

}  // namespace
}  // namespace deltascope::walk
