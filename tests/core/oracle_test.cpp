// Every number of the oracle files, through the library.
#include "support/oracle.hpp"

#include <deltascope/activation.hpp>
#include <deltascope/backprop.hpp>
#include <deltascope/loss.hpp>
#include <deltascope/session_file.hpp>
#include <deltascope/trainer.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

namespace deltascope::test {
namespace {

/// Those that this processor can run: the reference values hold for each.
std::vector<const Arithmetic*> usable_arithmetics() {
  std::vector<const Arithmetic*> result;
  for (const Arithmetic& arithmetic : arithmetics()) {
    if (arithmetic.usable) result.push_back(&arithmetic);
  }
  return result;
}

OracleTrace trace_of(const Document& document, const Arithmetic& arithmetic) {
  Model model = document.settings->model;
  model.arithmetic = &arithmetic;
  StepTrace trace;
  std::vector<double> gradient(document.parameters.size());
  Backprop().gradient(model, document.parameters, *document.data, Batch{}, gradient, &trace,
                      document.data->size());
  return to_oracle(trace, model.architecture);
}

OracleParameters train(const OracleCase& oracle, const OracleRun& run,
                       const Arithmetic& arithmetic) {
  Document document = open_document(document_text(oracle, &run));
  auto settings = std::make_shared<Settings>(*document.settings);
  settings->model.arithmetic = &arithmetic;
  document.settings = settings;
  Session session = make_session(document);
  for (int step = 0; step < run.steps; ++step)
    EXPECT_TRUE(session.advance()) << oracle.id;
  const Architecture& net = session.settings().model.architecture;
  return {weights_of(net, session.state().parameters), biases_of(net, session.state().parameters),
          session.evaluate(false).cost()};
}

TEST(Oracle, HasAllItsCases) {
  const auto cases = oracle_cases();
  EXPECT_EQ(cases.size(), 48U);
  std::size_t runs = 0, symmetric = 0;
  for (const OracleCase& oracle : cases) {
    runs += oracle.runs.size();
    symmetric += oracle.symmetric_hidden.size();
  }
  EXPECT_EQ(runs, 48U * 4 + 19U);
  EXPECT_EQ(symmetric, 5U);
}

TEST(Oracle, ForwardAndBackwardPass) {
  for (const Arithmetic* arithmetic : usable_arithmetics()) {
    SCOPED_TRACE(arithmetic->name);
    for (const OracleCase& oracle : oracle_cases())
      expect_close(trace_of(open_document(document_text(oracle)), *arithmetic), oracle.expect,
                   oracle.id);
  }
}

TEST(Oracle, TrainingRuns) {
  for (const Arithmetic* arithmetic : usable_arithmetics()) {
    SCOPED_TRACE(arithmetic->name);
    for (const OracleCase& oracle : oracle_cases()) {
      for (const OracleRun& run : oracle.runs)
        expect_close(train(oracle, run, *arithmetic), run.expect, oracle.id + " " + run.name);
    }
  }
}

TEST(Oracle, SymmetricNeuronsStayIdentical) {
  for (const Arithmetic* arithmetic : usable_arithmetics()) {
    SCOPED_TRACE(arithmetic->name);
    for (const OracleCase& oracle : oracle_cases()) {
      for (const OracleRun& run : oracle.runs)
        expect_symmetry(train(oracle, run, *arithmetic).W, oracle, oracle.id + " " + run.name);
    }
  }
}

// The traps state their own tolerances: 1e-14 relative for values that are normal doubles, 1e-15
// absolute for slopes, whose rounding is relative to 1.
void expect_relative(double got, double expected, const std::string& where) {
  const bool normal = std::abs(expected) >= std::numeric_limits<double>::min();
  EXPECT_NEAR(got, expected, normal ? 1e-14 * std::abs(expected) : 1e-300) << where;
}

double value_of(const char* activation, double z) {
  double a = 0.0;
  find_activation(activation)->forward({&z, 1, 1}, {&a, 1, 1});
  return a;
}

double slope_of(const char* activation, double z) {
  const double a = value_of(activation, z), one = 1.0;
  double slope = 0.0;
  find_activation(activation)->backward({&z, 1, 1}, {&a, 1, 1}, {&one, 1, 1}, {&slope, 1, 1});
  return slope;
}

TEST(Traps, ScalarsAreStable) {
  for (const ScalarTrap& trap : oracle_traps().scalar) {
    const std::string at = " at z = " + std::to_string(trap.z);
    expect_relative(value_of("sigmoid", trap.z), trap.sigmoid, "sigmoid" + at);
    expect_relative(value_of("tanh", trap.z), trap.tanh, "tanh" + at);
    EXPECT_NEAR(slope_of("sigmoid", trap.z), trap.sigmoid_prime, 1e-15) << at;
    EXPECT_NEAR(slope_of("tanh", trap.z), trap.tanh_prime, 1e-15) << at;
    const Loss& bce = *find_loss("bce");
    const double a = value_of("sigmoid", trap.z);
    for (const double y : {0.0, 1.0}) {
      double loss = 0.0, delta = 0.0;
      bce.per_sample({&trap.z, 1, 1}, {&a, 1, 1}, {&y, 1, 1}, {&loss, 1});
      bce.output_delta(*find_activation("sigmoid"), {&trap.z, 1, 1}, {&a, 1, 1}, {&y, 1, 1},
                       {&delta, 1, 1});
      expect_relative(loss, y == 1.0 ? trap.bce_y1 : trap.bce_y0, "bce" + at);
      EXPECT_NEAR(delta, y == 1.0 ? trap.dz_y1 : trap.dz_y0, 1e-15) << at;
    }
  }
}

TEST(Traps, SoftmaxIsStable) {
  const Loss& loss = *find_loss("softmax_ce");
  for (const SoftmaxTrap& trap : oracle_traps().softmax) {
    const auto classes = static_cast<Index>(trap.logits.size());
    const ConstMatrixView z{trap.logits.data(), classes, 1};
    Matrix a(classes, 1), y(classes, 1);
    find_activation("softmax")->forward(z, a.view());
    for (Index j = 0; j < classes; ++j) {
      const auto k = static_cast<std::size_t>(j);
      EXPECT_NEAR(a(j, 0), trap.softmax[k], 1e-15) << "z_0 = " << trap.logits[0];
      std::fill(y.values().begin(), y.values().end(), 0.0);
      y(j, 0) = 1.0;
      double ce = 0.0;
      loss.per_sample(z, a.view(), y.view(), {&ce, 1});
      EXPECT_NEAR(ce, trap.ce[k], 1e-12 + 1e-14 * trap.ce[k]) << "z_0 = " << trap.logits[0];
      EXPECT_NEAR(ce, -trap.log_softmax[k], 1e-12 + 1e-14 * trap.ce[k]);
    }
  }
}

TEST(Traps, KinksTakeTheLowerBranch) {
  const KinkTrap kinks = oracle_traps().zero_kinks;
  EXPECT_EQ(value_of("relu", 0.0), kinks.relu_at_0);
  EXPECT_EQ(slope_of("relu", 0.0), kinks.relu_prime_at_0);
  EXPECT_EQ(slope_of("relu", -0.0), kinks.relu_prime_at_minus0);
  EXPECT_EQ(slope_of("leaky_relu", 0.0), kinks.leaky_relu_prime_at_0);
}

TEST(Traps, NaNStaysNaN) {
  for (const Activation& activation : activations()) {
    EXPECT_TRUE(std::isnan(value_of(activation.name.data(), std::nan("")))) << activation.name;
  }
}

constexpr const char* diverging = R"({"deltascope": 1, "sizes": [1, 1], "activations": ["linear"],
    "loss": "quadratic", "W": [[[1]]], "b": [[0]], "X": [[10]], "Y": [[0]],
    "training": {"learning_rate": 1}})";

TEST(Traps, DivergenceHappensAtTheVerySteps) {
  const DivergenceTrap trap = oracle_traps().divergence;
  const Document document = open_document(diverging);
  State state = initial_state(document.settings, document.data);
  state.parameters = document.parameters;
  Trainer trainer;
  int first_nonfinite_cost = 0, first_nan = 0;
  for (int step = 1; step <= 200; ++step) {
    trainer.prepare(state);
    trainer.commit(state);
    const double w = state.parameters[0], b = state.parameters[1];
    const double cost =
        Backprop()
            .evaluate(document.settings->model, state.parameters, *document.data, false)
            .cost();
    for (const auto& expected : trap.first_steps) {
      if (expected.step != step) continue;
      EXPECT_DOUBLE_EQ(w, expected.w);
      EXPECT_DOUBLE_EQ(b, expected.b);
      EXPECT_DOUBLE_EQ(cost, expected.cost);
    }
    if (first_nonfinite_cost == 0 && !std::isfinite(cost)) first_nonfinite_cost = step;
    if (first_nan == 0 && (std::isnan(w) || std::isnan(b))) first_nan = step;
  }
  EXPECT_EQ(first_nonfinite_cost, trap.first_step_with_nonfinite_cost);
  EXPECT_EQ(first_nan, trap.first_step_with_nan_parameter);
}

TEST(Traps, ASessionStopsAtTheFirstNonFiniteCost) {
  Session session = make_session(open_document(diverging));
  while (session.state().step < 200 && session.advance()) {
  }
  ASSERT_TRUE(session.divergence().has_value());
  EXPECT_EQ(session.divergence()->step,
            static_cast<std::uint64_t>(oracle_traps().divergence.first_step_with_nonfinite_cost));
  EXPECT_FALSE(session.advance());
}

TEST(Traps, FirstAdamStep) {
  const Optimizer& adam = *find_optimizer("adam");
  for (const AdamTrap& trap : oracle_traps().first_adam_step) {
    Rates rates;
    rates.learning_rate = trap.lr;
    const double g = trap.g;
    const std::vector<double> old_moments(2, 0.0);
    std::vector<double> moments(2);
    double update = 0.0;
    adam.propose(rates, 1, {&g, 1}, old_moments, moments, {&update, 1});
    EXPECT_NEAR(update, trap.delta, 1e-12 * std::abs(trap.delta)) << "g = " << g;
  }
}

TEST(Traps, AdamStandsStillWithoutGradient) {
  Rates rates;
  const double g = 0.0;
  const std::vector<double> old_moments(2, 0.0);
  std::vector<double> moments(2);
  double update = 1.0;
  find_optimizer("adam")->propose(rates, 1, {&g, 1}, old_moments, moments, {&update, 1});
  EXPECT_EQ(update, 0.0);
}

}  // namespace
}  // namespace deltascope::test
