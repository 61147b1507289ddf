// Every number of the oracle files, through the real program.
#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <string>

namespace deltascope::test {
namespace {

OracleTrace trace(const std::string& document, const std::string& where) {
  const ProgramResult result = run({"trace", "-"}, document);
  EXPECT_EQ(result.exit_code, 0) << where;
  EXPECT_EQ(result.err, "") << where;
  return parse_trace(result.out);
}

Summary train(const std::string& document, int steps, const std::string& where) {
  const ProgramResult result = run({"train", "-", "--steps", std::to_string(steps)}, document);
  EXPECT_EQ(result.exit_code, 0) << where;
  EXPECT_EQ(result.err, "") << where;
  return parse_summary(result.out);
}

std::string text_of(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17e", value);
  return text;
}

TEST(CliOracle, ForwardAndBackwardPass) {
  for (const OracleCase& oracle : oracle_cases())
    expect_close(trace(document_text(oracle), oracle.id), oracle.expect, oracle.id);
}

TEST(CliOracle, TrainingRuns) {
  for (const OracleCase& oracle : oracle_cases()) {
    for (const OracleRun& run : oracle.runs) {
      const std::string where = oracle.id + " " + run.name;
      const Summary summary = train(document_text(oracle, &run), run.steps, where);
      expect_close(summary, run.expect, where);
      expect_symmetry(summary.W, oracle, where);
      EXPECT_EQ(summary.steps, run.steps) << where;
    }
  }
}

/// A network 1-1 that hands its input to one activation: z = x.
std::string single_neuron(const std::string& activation, const std::string& loss, double x,
                          double y) {
  return R"({"deltascope": 1, "sizes": [1, 1], "W": [[[1]]], "b": [[0]], "activations": [")" +
         activation + R"("], "loss": ")" + loss + R"(", "X": [[)" + text_of(x) + R"(]], "Y": [[)" +
         text_of(y) + "]]}";
}

// The traps' own tolerances, as in the library's test.
void expect_relative(double got, double expected, const std::string& where) {
  const bool normal = std::abs(expected) >= std::numeric_limits<double>::min();
  EXPECT_NEAR(got, expected, normal ? 1e-14 * std::abs(expected) : 1e-300) << where;
}

TEST(CliTraps, ScalarsAreStable) {
  for (const ScalarTrap& trap : oracle_traps().scalar) {
    const std::string at = "z = " + text_of(trap.z);
    for (const double y : {0.0, 1.0}) {
      const OracleTrace bce = trace(single_neuron("sigmoid", "bce", trap.z, y), at);
      expect_relative(bce.a[0][0][0], trap.sigmoid, at);
      expect_relative(bce.loss_per_sample[0], y == 1.0 ? trap.bce_y1 : trap.bce_y0, at);
      EXPECT_NEAR(bce.delta[0][0][0], y == 1.0 ? trap.dz_y1 : trap.dz_y0, 1e-15) << at;
    }
    // δ = g′(z) (a − y): with y = −2 the second factor is between 1 and 3.
    const OracleTrace sigmoid = trace(single_neuron("sigmoid", "quadratic", trap.z, -2.0), at);
    EXPECT_NEAR(sigmoid.delta[0][0][0] / (trap.sigmoid + 2.0), trap.sigmoid_prime, 1e-15) << at;
    const OracleTrace tanh = trace(single_neuron("tanh", "quadratic", trap.z, -2.0), at);
    expect_relative(tanh.a[0][0][0], trap.tanh, at);
    EXPECT_NEAR(tanh.delta[0][0][0] / (trap.tanh + 2.0), trap.tanh_prime, 1e-15) << at;
  }
}

TEST(CliTraps, SoftmaxIsStable) {
  for (const SoftmaxTrap& trap : oracle_traps().softmax) {
    const std::size_t classes = trap.logits.size();
    std::string W, b, x;
    for (std::size_t j = 0; j < classes; ++j) {
      const std::string comma = j == 0 ? "" : ",";
      W += comma + "[";
      for (std::size_t k = 0; k < classes; ++k)
        W += std::string(k == 0 ? "" : ",") + (j == k ? "1" : "0");
      W += "]";
      b += comma + "0";
      x += comma + text_of(trap.logits[j]);
    }
    for (std::size_t label = 0; label < classes; ++label) {
      std::string y;
      for (std::size_t j = 0; j < classes; ++j)
        y += std::string(j == 0 ? "" : ",") + (j == label ? "1" : "0");
      const std::string n = std::to_string(classes);
      const OracleTrace got =
          trace(R"({"deltascope": 1, "sizes": [)" + n + "," + n +
                    R"(], "activations": ["softmax"], "loss": "softmax_ce",
                                            "W": [[)" +
                    W + R"(]], "b": [[)" + b + R"(]], "X": [[)" + x + R"(]], "Y": [[)" + y + "]]}",
                x);
      EXPECT_NEAR(got.loss_per_sample[0], trap.ce[label], 1e-12 + 1e-14 * trap.ce[label]) << x;
      for (std::size_t j = 0; j < classes; ++j)
        EXPECT_NEAR(got.a[0][0][j], trap.softmax[j], 1e-15) << x;
    }
  }
}

TEST(CliTraps, KinksTakeTheLowerBranch) {
  const KinkTrap kinks = oracle_traps().zero_kinks;
  // δ = g′(0) (a − y) with a = 0 and y = −1 is g′(0) itself.
  for (const double zero : {0.0, -0.0}) {
    const OracleTrace relu = trace(single_neuron("relu", "quadratic", zero, -1.0), "relu");
    EXPECT_EQ(relu.a[0][0][0], kinks.relu_at_0);
    EXPECT_EQ(relu.delta[0][0][0],
              std::signbit(zero) ? kinks.relu_prime_at_minus0 : kinks.relu_prime_at_0);
    const OracleTrace leaky = trace(single_neuron("leaky_relu", "quadratic", zero, -1.0), "leaky");
    EXPECT_EQ(leaky.delta[0][0][0], kinks.leaky_relu_prime_at_0);
  }
}

TEST(CliTraps, DivergenceFollowsTheOracleAndStops) {
  const DivergenceTrap trap = oracle_traps().divergence;
  for (const auto& expected : trap.first_steps) {
    const Summary summary = train(diverging_text, expected.step, "divergence");
    EXPECT_DOUBLE_EQ(summary.W[0][0][0], expected.w);
    EXPECT_DOUBLE_EQ(summary.b[0][0], expected.b);
    EXPECT_DOUBLE_EQ(summary.cost, expected.cost);
  }
  const ProgramResult last_finite =
      run({"train", "-", "--steps", std::to_string(trap.first_step_with_nonfinite_cost - 1)},
          diverging_text);
  EXPECT_EQ(last_finite.exit_code, 0) << last_finite.err;
  const ProgramResult result = run({"train", "-", "--steps", "200"}, diverging_text);
  EXPECT_EQ(result.exit_code, 1);
  const std::string step = "step " + std::to_string(trap.first_step_with_nonfinite_cost) + ":";
  EXPECT_NE(result.err.find(step), std::string::npos) << result.err;
  EXPECT_NE(result.out.find(R"("note": "diverged at )" + step), std::string::npos) << result.out;
}

TEST(CliTraps, FirstAdamStep) {
  for (const AdamTrap& trap : oracle_traps().first_adam_step) {
    // With W = b = 0, x = 1 and y = −g the gradient of W is g.
    const std::string document =
        R"({"deltascope": 1, "sizes": [1, 1], "activations": ["linear"], "loss": "quadratic",
            "W": [[[0]]], "b": [[0]], "X": [[1]], "Y": [[)" +
        text_of(-trap.g) + R"(]], "training": {"optimizer": "adam", "learning_rate": )" +
        text_of(trap.lr) + "}}";
    const Summary summary = train(document, 1, "adam");
    EXPECT_NEAR(summary.W[0][0][0], trap.delta, 1e-12 * std::abs(trap.delta)) << trap.g;
  }
}

TEST(CliTraps, AdamStandsStillWithoutGradient) {
  const Summary summary = train(
      R"({"deltascope": 1, "sizes": [1, 1], "activations": ["linear"], "loss": "quadratic",
          "W": [[[0.5]]], "b": [[0.25]], "X": [[1]], "Y": [[0.75]],
          "training": {"optimizer": "adam"}})",
      5, "adam");
  EXPECT_EQ(summary.W[0][0][0], 0.5);
  EXPECT_EQ(summary.b[0][0], 0.25);
}

}  // namespace
}  // namespace deltascope::test
