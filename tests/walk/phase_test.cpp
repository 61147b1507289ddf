#include "activation_formula.hpp"
#include "loss_formula.hpp"
#include "support/sessions.hpp"
#include "support/walk_checks.hpp"
#include "support/walk_steps.hpp"
#include "update_formula.hpp"

#include <deltascope/table.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

using deltascope::testing::expect_reproducible;
using deltascope::testing::for_each_example;
using deltascope::testing::for_each_way;
using deltascope::testing::last_grid;
using deltascope::testing::ox_session;
using deltascope::testing::PreparedStep;
using deltascope::testing::sampled;

Settings settings_of(Index batch, std::string_view optimizer = "gradient_descent",
                     double l2 = 0.0) {
  Settings settings = sampled("in_order", batch, optimizer);
  settings.model.l2 = l2;
  return settings;
}

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

bool is_count(const Formula& formula) {
  return formula.of && formula.of->kind == Kind::samples;
}

/// How often something is divided by the number of samples.
int divisions(const Formula& formula) {
  int count = formula.form == Form::fraction && is_count(formula.parts[1]) ? 1 : 0;
  for (const Formula& part : formula.parts)
    count += divisions(part);
  return count;
}

/// On the way to dW (or db) of a layer.
int divisions_on_the_way(const Step& step, const Options& options, Index layer, bool to_bias) {
  std::set<std::pair<int, std::size_t>> divided;
  for_each_example(
      step, options,
      [&](const Phase& phase, std::size_t s, const Stage& stage, Index row, Index col) {
        const bool of_delta =
            phase.id.kind == PhaseKind::output_delta || phase.id.kind == PhaseKind::hidden_delta;
        const bool of_gradient = phase.id.kind == PhaseKind::gradient && phase.id.layer == layer &&
                                 (stage.result.kind == Kind::db) == to_bias;
        if (!(of_delta && phase.id.layer >= layer) && !of_gradient) return;
        const Formula numbers = worked(step, phase.id, s, row, col, options).numbers;
        const int place = static_cast<int>(phase.id.kind) * 100 + static_cast<int>(phase.id.layer);
        if (divisions(numbers) > 0) divided.insert({place, s});
        EXPECT_LE(divisions(numbers), 1) << to_text(numbers);
      });
  return static_cast<int>(divided.size());
}

TEST(Phase, DividesByTheNumberOfSamplesInExactlyOnePlace) {
  for (const Index batch : {1, 3, 10}) {
    Session session = ox_session(settings_of(batch));
    const PreparedStep prepared(session);
    for_each_way(prepared.step(), "batch of " + std::to_string(batch),
                 [&](const Options& options, const std::string& id) {
                   for (Index layer = 0; layer < 3; ++layer) {
                     for (const bool to_bias : {false, true}) {
                       EXPECT_EQ(divisions_on_the_way(prepared.step(), options, layer, to_bias),
                                 batch == 1 ? 0 : 1)
                           << id << ", layer " << layer;
                     }
                   }
                 });
  }
}

TEST(Phase, EveryPlaceOfTheMeanGivesTheSameGradient) {
  Session session = ox_session(settings_of(0));
  const PreparedStep prepared(session);
  Options in_delta, in_gradient;
  in_delta.whole_batch = in_gradient.whole_batch = true;
  in_delta.mean_at = MeanAt::delta;
  for (Index layer = 0; layer < 3; ++layer) {
    const PhaseId id{PhaseKind::gradient, layer};
    const Phase by_delta = walk::phase(prepared.step(), id, in_delta);
    const Phase by_gradient = walk::phase(prepared.step(), id, in_gradient);
    // The product of the matrices as they are drawn, against the gradient as it is drawn.
    std::vector<const Grid*> grids;
    deltascope::testing::collect_grids(by_delta.stages.front().numbers, grids);
    const Grid &delta = *grids[0], &a = *grids[1];
    const Grid& gradient = *last_grid(by_gradient, Kind::dW);
    for (Index r = 0; r < gradient.rows; ++r) {
      for (Index c = 0; c < gradient.cols; ++c) {
        double sum = 0.0;
        for (Index i = 0; i < delta.cols; ++i)
          sum += delta.value(r, i) * a.value(i, c);
        EXPECT_NEAR(sum, gradient.value(r, c), 1e-15) << "layer " << layer;
      }
    }
  }
}

TEST(Phase, DividesDeltaOnlyInTheStageThatSaysSo) {
  for (const std::string_view loss : {"quadratic", "bce"}) {
    Settings settings = settings_of(3);
    settings.model.loss = find_loss(loss);
    Session session = ox_session(settings);
    const PreparedStep prepared(session);
    Options options;
    options.mean_at = MeanAt::delta;
    const Phase phase = walk::phase(prepared.step(), {PhaseKind::output_delta, 2}, options);
    ASSERT_EQ(phase.stages.size(), 3U) << loss;
    const double delta = prepared.step().trace->delta[2](1, 0);
    EXPECT_EQ(last_grid(phase.stages[2].numbers, Kind::delta)->value(1, 0), delta / 3.0) << loss;
    EXPECT_NEAR(last_grid(phase.stages[1].numbers, Kind::delta)->value(1, 0), delta, 1e-15) << loss;
  }
}

/// The output's δ after `factor` times the first parameters, of a batch of one.
Phase output_delta_of(std::string_view output, std::string_view loss, double factor,
                      const Options& options, std::vector<std::string>& examples) {
  Settings settings = settings_of(3);
  settings.model.architecture =
      Architecture({2, 3, 2}, {find_activation("tanh"), find_activation(output)});
  settings.model.loss = find_loss(loss);
  const Session start = ox_session(settings);
  std::vector<double> parameters = start.state().parameters;
  for (double& parameter : parameters)
    parameter *= factor;
  Session session(start.state().settings, start.state().data, parameters);
  const PreparedStep prepared(session);
  Phase phase = walk::phase(prepared.step(), {PhaseKind::output_delta, 1}, options);
  for (Index row = 0; row < phase.stages.front().rows; ++row) {
    const Worked example =
        worked(prepared.step(), {PhaseKind::output_delta, 1}, 0, row, 0, options);
    examples.push_back(to_text(example.rule));
    examples.push_back(to_text(example.numbers));
  }
  return phase;
}

TEST(Phase, DerivesOutputMinusTargetFromTheChainRule) {
  std::vector<std::string> examples;
  const Phase bce = output_delta_of("sigmoid", "bce", 1, {}, examples);
  EXPECT_EQ(to_text(bce.stages.front().rule), "δ_j^[3] = ∂C_x/∂a_j^[3]·σ′(z_j^[3])");
  EXPECT_TRUE(to_text(bce.stages.front().numbers)
                  .starts_with("δ_j^[3] = -y_j·(1 - a_j^[3]) + (1 - y_j)·a_j^[3] = a_j^[3] - y_j"))
      << to_text(bce.stages.front().numbers);
  const Phase softmax = output_delta_of("softmax", "softmax_ce", 1, {}, examples);
  EXPECT_EQ(to_text(softmax.stages.front().rule), "δ_j^[3] = Σ_k ∂C_x/∂a_k^[3]·∂a_k^[3]/∂z_j^[3]");
  EXPECT_TRUE(to_text(softmax.stages.front().numbers)
                  .starts_with("δ_j^[3] = -y_j·(1 - a_j^[3]) + a_j^[3]·Σ_(k ≠ j) y_k = "
                               "a_j^[3]·Σ_k y_k - y_j"))
      << to_text(softmax.stages.front().numbers);
}

TEST(Phase, WorksTheCancellationForEveryOutput) {
  std::vector<std::string> bce, softmax;
  const Phase phase = output_delta_of("sigmoid", "bce", 1, {}, bce);
  EXPECT_EQ(phase.stages.front().result, (Quantity{Kind::delta, 1, every, 0}));
  EXPECT_NE(last_grid(phase.stages.front().numbers, Kind::delta), nullptr);
  output_delta_of("softmax", "softmax_ce", 1, {}, softmax);
  ASSERT_EQ(bce.size(), 4U);
  EXPECT_EQ(bce[0], "δ_1^[3] = (-y_1/a_1^[3] + (1 - y_1)/(1 - a_1^[3]))·a_1^[3]·(1 - a_1^[3])");
  EXPECT_EQ(bce[1], "δ_1^[3] = (-1/0.4575)·0.4575·(1 - 0.4575) = -0.5425");
  EXPECT_EQ(bce[3], "δ_2^[3] = (1 - 0)/(1 - 0.6635)·0.6635·(1 - 0.6635) = 0.6635");
  ASSERT_EQ(softmax.size(), 4U);
  EXPECT_EQ(softmax[0],
            "δ_1^[3] = -y_1/a_1^[3]·a_1^[3]·(1 - a_1^[3]) + "
            "Σ_(k ≠ 1) y_k/a_k^[3]·a_k^[3]·a_1^[3]");
  EXPECT_EQ(softmax[1], "δ_1^[3] = -1/0.2996·0.2996·(1 - 0.2996) = -0.7004");
  EXPECT_EQ(softmax[3], "δ_2^[3] = 1/0.2996·0.2996·0.7004 = 0.7004");
}

TEST(Phase, OfASaturatedOutputSaysSoAndHasNoExampleOfTheCancellation) {
  for (const bool saturated : {false, true}) {
    std::vector<std::string> examples;
    const Phase phase = output_delta_of("sigmoid", "bce", saturated ? 1e6 : 1, {}, examples);
    const Stage& stage = phase.stages.front();
    EXPECT_EQ(stage.about.find("saturated") != std::string::npos, saturated) << stage.about;
    EXPECT_EQ(stage.result.kind == Kind::none, saturated);
  }
}

TEST(Phase, NamesNoDeltaBeforeItIsDivided) {
  std::vector<std::string> examples;
  Options options;
  options.mean_at = MeanAt::delta;
  const Phase phase = output_delta_of("sigmoid", "bce", 1, options, examples);
  EXPECT_TRUE(to_text(phase.stages.front().rule).starts_with("∂C_x/∂z_j^[3] = "));
  EXPECT_TRUE(examples.front().starts_with("∂C_x/∂z_1^[3] = ")) << examples.front();
  EXPECT_EQ(to_text(*last_grid(phase.stages.front().numbers, Kind::delta)->caption), "∂C_x/∂z^[3]");
}

/// All numbers of a walk: those of the matrices, and both sides of every worked example.
std::vector<std::string> numbers_of(const Step& step, Options options, const Notation& notation) {
  options.notation = &notation;
  std::vector<std::string> numbers;
  for (const PhaseId& id : phases(step)) {
    for (const Stage& stage : walk::phase(step, id, options).stages) {
      std::vector<const Grid*> grids;
      deltascope::testing::collect_grids(stage.numbers, grids);
      for (const Grid* grid : grids) {
        for (const double value : grid->values)
          numbers.push_back(std::to_string(value));
      }
    }
  }
  for_each_example(step, options,
                   [&](const Phase& phase, std::size_t s, const Stage&, Index row, Index col) {
                     const auto checked = deltascope::testing::check_equation(
                         to_text(worked(step, phase.id, s, row, col, options).numbers));
                     numbers.push_back(checked.left);
                     numbers.push_back(checked.result);
                   });
  return numbers;
}

TEST(Phase, KeepsItsNumbersInEveryNotation) {
  Session session = ox_session(settings_of(3, "adam", 0.1));
  const PreparedStep prepared(session);
  for_each_way(prepared.step(), "", [&](const Options& options, const std::string& id) {
    const auto expected = numbers_of(prepared.step(), options, notations().front());
    for (const Notation& notation : notations())
      EXPECT_EQ(numbers_of(prepared.step(), options, notation), expected) << notation.name << id;
  });
}

TEST(Phase, HasARowForEveryActivationLossAndOptimizer) {
  for (const Activation& row : activations())
    EXPECT_NE(find_row(activation_formulas(), row.name), nullptr) << row.name;
  for (const Loss& row : losses())
    EXPECT_NE(find_row(loss_formulas(), row.name), nullptr) << row.name;
  for (const Optimizer& row : optimizers())
    EXPECT_NE(find_row(update_formulas(), row.name), nullptr) << row.name;
}

TEST(Phase, ComesOutForEveryActivationWithEveryLoss) {
  for (const Activation& hidden : activations()) {
    if (hidden.output_only) continue;
    for (const Activation& output : activations()) {
      for (const Loss& loss : losses()) {
        if (!loss.admits(output)) continue;
        Settings settings = settings_of(3, "momentum", 0.01);
        settings.model.architecture = Architecture({2, 3, 2}, {&hidden, &output});
        settings.model.loss = &loss;
        Session session = ox_session(settings);
        session.advance();
        const PreparedStep prepared(session);
        expect_reproducible(prepared.step(), {},
                            std::string(hidden.name) + ", " + std::string(output.name) + ", " +
                                std::string(loss.name));
      }
    }
  }
}

TEST(Phase, ComesOutForEveryOptimizer) {
  for (const Optimizer& optimizer : optimizers()) {
    for (const double l2 : {0.0, 0.01}) {
      Session session = ox_session(settings_of(0, optimizer.name, l2));
      for (int step = 0; step < 20; ++step) {
        const PreparedStep prepared(session);
        if (step % 5 == 0) expect_reproducible(prepared.step(), {}, std::string(optimizer.name));
        session.advance();
      }
    }
  }
}

// Else the window would say of one sample's tile that it is dW.
TEST(Phase, MarksMatricesWithOtherNumbersThanThoseOfTheirQuantity) {
  for (const Optimizer& optimizer : optimizers()) {
    Session session = ox_session(settings_of(0, optimizer.name, 0.01));
    session.advance();
    const PreparedStep prepared(session);
    for_each_way(prepared.step(), std::string(optimizer.name),
                 [&](const Options& options, const std::string& way) {
                   const Walk walk(prepared.step(), options, false);
                   for (const PhaseId& id : phases(prepared.step())) {
                     for (const Stage& stage : walk::phase(prepared.step(), id, options).stages) {
                       std::vector<const Grid*> grids;
                       deltascope::testing::collect_grids(stage.numbers, grids);
                       for (const Grid* grid : grids) {
                         if (grid->of.kind == Kind::jacobian || grid->of.kind == Kind::step)
                           continue;
                         const double of_quantity = walk.value(grid->entry(0, 0));
                         EXPECT_EQ(!grid->other_numbers, grid->value(0, 0) == of_quantity)
                             << way << ", " << stage.about << " " << to_text(*grid->caption);
                       }
                     }
                   }
                 });
  }
}

TEST(Phase, ComesOutForEverySizeOfABatch) {
  for (const Index batch : {1, 3, 0}) {
    Session session = ox_session(settings_of(batch));
    const PreparedStep prepared(session);
    for_each_way(prepared.step(), "batch of " + std::to_string(batch),
                 [&](const Options& options, const std::string& id) {
                   expect_reproducible(prepared.step(), options, id);
                 });
  }
}

/// The O/X step with all parameters times `factor`.
Session scaled_session(double factor, const Settings& settings) {
  const Session start = ox_session(settings);
  std::vector<double> parameters = start.state().parameters;
  for (double& parameter : parameters)
    parameter *= factor;
  return Session(start.state().settings, start.state().data, parameters);
}

TEST(Phase, ComesOutForHugeAndTinyWeights) {
  for (const double factor : {1e6, 1e3, 50.0, 1e-3, 1e-12, 1e-160, 1e-310, 0.0}) {
    for (const std::string_view loss : {"quadratic", "bce"}) {
      Settings settings = settings_of(3, "gradient_descent", 0.01);
      settings.model.loss = find_loss(loss);
      Session session = scaled_session(factor, settings);
      const PreparedStep prepared(session);
      for (const bool whole : {false, true}) {
        Options options;
        options.whole_batch = whole;
        expect_reproducible(prepared.step(), options, "weights times " + std::to_string(factor));
      }
    }
  }
}

TEST(Worked, OfASoftmaxKeepsItsDigitsForHugeZ) {
  const std::array z{measured(1.166e14, {Kind::z}), measured(7.49e10, {Kind::z})};
  const Reproduced a = reproduce(activation_formula("softmax").work_value(z, 0), 1.0, {});
  EXPECT_EQ(to_text(a.result), "1") << to_text(a.left);
}

/// 100 points, of which a trace keeps 64.
Session many_points(Index batch) {
  const Settings settings = settings_of(batch);
  auto data = std::make_shared<Dataset>();
  data->X.resize(2, 100);
  data->Y.resize(2, 100);
  for (Index i = 0; i < 100; ++i) {
    data->X(0, i) = std::sin(static_cast<double>(i));
    data->X(1, i) = std::cos(2.0 * static_cast<double>(i));
    data->Y(0, i) = i % 2 == 0 ? 1.0 : 0.0;
    data->Y(1, i) = 1.0 - data->Y(0, i);
  }
  return Session(std::make_shared<const Settings>(settings), data);
}

TEST(Phase, CountsTheSamplesThatATraceDidNotKeep) {
  Session session = many_points(0);
  const PreparedStep prepared(session);
  Options options;
  options.whole_batch = true;
  const Phase batch = walk::phase(prepared.step(), {PhaseKind::batch}, options);
  EXPECT_EQ(batch.stages.front().about,
            "Every column is a sample. 64 of the 100 samples are shown; the other 36 are in every "
            "sum.");
  const Phase gradient = walk::phase(prepared.step(), {PhaseKind::gradient, 2}, options);
  EXPECT_NE(to_text(gradient.stages.front().numbers).find("… and 36 more"), std::string::npos);
  // Three terms, what the others add up to, and the result.
  const Worked sum = worked(prepared.step(), {PhaseKind::gradient, 2}, 0, 0, 0, options);
  EXPECT_EQ(sum.terms.size(), 5U);
}

int count_of_numbers(const Formula& formula) {
  int count = formula.form == Form::number ? 1 : 0;
  for (const Formula& part : formula.parts)
    count += count_of_numbers(part);
  return count;
}

TEST(Phase, WorksOutNoLineOfManyNumbersForManySamples) {
  Session session = many_points(0);
  const PreparedStep prepared(session);
  for (const PhaseId& id : {PhaseId{PhaseKind::cost}, PhaseId{PhaseKind::gradient, 1}}) {
    const Phase phase = walk::phase(prepared.step(), id, {});
    for (std::size_t s = 0; s < phase.stages.size(); ++s) {
      const Worked example = worked(prepared.step(), id, s, 0, 0, {});
      // The indices of the name, what is added up, N and the result.
      EXPECT_LE(count_of_numbers(example.numbers), 14) << to_text(example.numbers);
    }
  }
}

TEST(Phase, SaysWhichSamplesOfALongSumAreWrittenOut) {
  const auto about = [](Session session, PhaseId id, std::size_t stage) {
    const PreparedStep prepared(session);
    return walk::phase(prepared.step(), id, {}).stages[stage].about;
  };
  const std::string others = "The first 3 samples are written out; the last number is what the ";
  const PhaseId cost{PhaseKind::cost}, gradient{PhaseKind::gradient, 2};
  EXPECT_TRUE(about(many_points(0), cost, 2).ends_with(others + "other 97 add up to."));
  EXPECT_TRUE(about(many_points(0), gradient, 1).ends_with(others + "other 97 add up to."));
  EXPECT_EQ(about(ox_session(settings_of(0)), cost, 2), "The cost is the mean over all 10 points.");
  EXPECT_TRUE(
      about(ox_session(settings_of(0)), gradient, 1).ends_with(others + "other 7 add up to."));
}

TEST(Phase, AddsUpManySquaresOfWeightsByLayer) {
  Session session = ox_session(settings_of(0, "gradient_descent", 0.5));
  const PreparedStep prepared(session);
  const Phase phase = walk::phase(prepared.step(), {PhaseKind::cost}, {});
  const std::string numbers = to_text(phase.stages.back().numbers);
  EXPECT_EQ(numbers.find("‖W^[2]‖^2 = "), 0U) << numbers;
  EXPECT_TRUE(numbers.ends_with("λ = 0.5")) << numbers;
  const Worked example =
      worked(prepared.step(), {PhaseKind::cost}, phase.stages.size() - 1, 0, 0, {});
  EXPECT_EQ(count_of_numbers(example.numbers), 1 + 2 + 3 + 1) << to_text(example.numbers);
}

TEST(Phase, ComesOutForMoreSamplesThanATraceKeeps) {
  Session session = many_points(0);
  const PreparedStep prepared(session);
  for (const MeanAt mean_at : {MeanAt::gradient, MeanAt::delta}) {
    for (const bool whole : {false, true}) {
      Options options;
      options.whole_batch = whole;
      options.mean_at = mean_at;
      options.column = 63;
      expect_reproducible(prepared.step(), options, "100 points");
    }
  }
}

TEST(Phase, OfATrialComparesWithWhatWasPredicted) {
  Session session = ox_session(settings_of(0, "levenberg_marquardt"));
  const PreparedStep prepared(session);
  const Phase jacobian = walk::phase(prepared.step(), {PhaseKind::jacobian}, {});
  EXPECT_EQ(jacobian.stages.front().about,
            "How far each output falls short of its target; F are the outputs.");
  const Phase trial = walk::phase(prepared.step(), {PhaseKind::trial}, {});
  EXPECT_TRUE(to_text(trial.stages.back().rule).ends_with("/predicted"));
  EXPECT_NE(to_text(trial.stages.front().numbers).find("μ = "), std::string::npos);
  const Phase verdict = walk::phase(prepared.step(), {PhaseKind::verdict}, {});
  EXPECT_NE(verdict.stages.front().about.find("would be smaller"), std::string::npos);
}

TEST(Phase, OfARejectedTrialKeepsTheParameters) {
  Settings settings = settings_of(0, "levenberg_marquardt");
  settings.rates.damping = 1e-12;
  Session session = ox_session(settings);
  bool seen = false;
  for (int step = 0; step < 50 && !seen; ++step) {
    const PreparedStep prepared(session);
    if (!prepared.step().trial->accepted) {
      seen = true;
      const Phase verdict = walk::phase(prepared.step(), {PhaseKind::verdict}, {});
      EXPECT_EQ(verdict.title, "Rejected");
      EXPECT_EQ(last_grid(verdict, Kind::W_after), nullptr);
      expect_reproducible(prepared.step(), {}, "a rejected trial");
    }
    session.advance();
  }
  EXPECT_TRUE(seen);
}

TEST(Phase, OfAnUpdateThatExplodesDoesNotSayThatNothingChanged) {
  Settings settings = settings_of(0);
  settings.rates.learning_rate = 1e300;
  settings.model.architecture =
      Architecture({2, 2, 2}, {find_activation("linear"), find_activation("softmax")});
  settings.model.loss = find_loss("softmax_ce");
  Session session = ox_session(settings);
  const PreparedStep prepared(session);
  ASSERT_FALSE(std::isfinite(*prepared.step().cost_after));
  const Phase update = walk::phase(prepared.step(), {PhaseKind::update}, {});
  EXPECT_NE(update.stages.back().about.find("cost over all points leaves the range"),
            std::string::npos)
      << update.stages.back().about;
}

// ‖r‖² of the trial counts them.
TEST(Phase, OfTheResidualsSaysThatWeightsHaveThemToo) {
  for (const double l2 : {0.0, 0.1}) {
    Session session = ox_session(settings_of(0, "levenberg_marquardt", l2));
    const PreparedStep prepared(session);
    const Phase phase = walk::phase(prepared.step(), {PhaseKind::jacobian}, {});
    EXPECT_EQ(phase.stages.front().about.find("every weight") != std::string::npos, l2 > 0.0);
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
