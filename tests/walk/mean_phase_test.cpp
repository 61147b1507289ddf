// Where 1/N is taken, and what cancels in the δ of the output.
#include "support/sessions.hpp"
#include "support/walk_checks.hpp"
#include "support/walk_steps.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

using deltascope::testing::for_each_example;
using deltascope::testing::for_each_way;
using deltascope::testing::last_grid;
using deltascope::testing::ox_session;
using deltascope::testing::PreparedStep;
using deltascope::testing::settings_of;

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

}  // namespace
}  // namespace deltascope::walk
