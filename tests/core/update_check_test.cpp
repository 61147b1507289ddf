// What a step does to the parameters, beside what it should do.
#include "support/sessions.hpp"

#include <deltascope/mistake.hpp>
#include <deltascope/update_check.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace deltascope {
namespace {

using testing::advance;
using testing::ox_session;
using testing::sampled;

State state_with(const Settings& settings, const char* mistake) {
  Session session = ox_session(settings);
  advance(session, 2);
  session.apply({SetMistake{find_mistake(mistake)}});
  return session.state();
}

TEST(UpdateCheck, PassesForEveryOptimizer) {
  for (const Optimizer& optimizer : optimizers()) {
    const UpdateCheckReport report =
        check_update(state_with(sampled("in_order", 0, optimizer.name), "none"));
    EXPECT_TRUE(report.passed()) << optimizer.name << ": " << report.worst_error;
    ASSERT_EQ(report.entries.size(), 23U);
    EXPECT_NE(report.entries[7].actual, 0.0) << optimizer.name;
    EXPECT_EQ(report.entries[7].parameter, 7);
  }
}

TEST(UpdateCheck, ExpectsMinusEtaTimesTheGradient) {
  const State state = state_with(sampled("in_order", 3, "gradient_descent"), "none");
  std::vector<double> gradient(state.parameters.size());
  Backprop().gradient(state.settings->model, state.parameters, *state.data, state.batches.next(),
                      gradient);
  const UpdateCheckReport report = check_update(state);
  for (std::size_t i = 0; i < gradient.size(); ++i)
    EXPECT_EQ(report.entries[i].expected, -0.05 * gradient[i]) << i;
}

TEST(UpdateCheck, SeesTheWrongSignAsTheErrorTwo) {
  const UpdateCheckReport report =
      check_update(state_with(sampled("in_order", 0, "gradient_descent"), "sign"));
  for (const UpdateCheckEntry& entry : report.entries)
    EXPECT_NEAR(entry.error, 2.0, 1e-9) << entry.parameter;
}

TEST(UpdateCheck, SeesTheBiasesThatStay) {
  const State state = state_with(sampled("in_order", 0, "adam"), "biases_not_updated");
  const UpdateCheckReport report = check_update(state);
  const Architecture& net = state.settings->model.architecture;
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const auto first = net.b(std::span(state.parameters), layer).data() - state.parameters.data();
    for (const UpdateCheckEntry& entry : report.entries) {
      const bool is_bias = entry.parameter >= first && entry.parameter < first + net.fan_out(layer);
      if (!is_bias) continue;
      EXPECT_EQ(entry.actual, 0.0) << entry.parameter;
      EXPECT_NEAR(entry.error, 1.0, 1e-9) << entry.parameter;
    }
  }
  EXPECT_EQ(report.entries[0].error, 0.0);
}

// Layer by layer by hand: the loop that updates W and b of a layer before it goes on.
TEST(UpdateCheck, SeesLayersThatAreUpdatedInTurn) {
  const State state = state_with(sampled("in_order", 0, "gradient_descent"), "layers_in_turn");
  const Architecture& net = state.settings->model.architecture;
  const ConstMatrixView X = state.data->X.view(), Y = state.data->Y.view();
  Activity activity;
  predict(net, state.parameters, X, activity);
  std::vector<double> p = state.parameters;
  Matrix delta(net.outputs(), X.cols);
  state.settings->model.loss->output_delta(net.output_activation(), activity.z.back().view(),
                                           activity.a.back().view(), Y, delta.view());
  for (Index layer = net.layers() - 1; layer >= 0; --layer) {
    const auto l = static_cast<std::size_t>(layer);
    const ConstMatrixView a_prev = layer == 0 ? X : activity.a[l - 1].view();
    const WeightView W = net.W(std::span(p), layer);
    for (Index to = 0; to < W.rows; ++to) {
      for (Index i = 0; i < X.cols; ++i) {
        const double d = 0.05 * delta(to, i) / static_cast<double>(X.cols);
        for (Index from = 0; from < W.cols; ++from)
          W(to, from) -= d * a_prev(from, i);
        net.b(std::span(p), layer)[static_cast<std::size_t>(to)] -= d;
      }
    }
    if (layer == 0) break;
    Matrix dA(W.cols, X.cols), next(W.cols, X.cols);
    for (Index from = 0; from < W.cols; ++from) {
      for (Index i = 0; i < X.cols; ++i) {
        dA(from, i) = 0.0;
        for (Index to = 0; to < W.rows; ++to)
          dA(from, i) += W(to, from) * delta(to, i);
      }
    }
    net.activation(layer - 1).backward(activity.z[l - 1].view(), activity.a[l - 1].view(),
                                       dA.view(), next.view());
    delta = next;
  }
  const UpdateCheckReport report = check_update(state);
  EXPECT_FALSE(report.passed());
  for (std::size_t i = 0; i < p.size(); ++i)
    EXPECT_NEAR(report.entries[i].actual, p[i] - state.parameters[i], 1e-15) << i;
  const auto last = net.W(std::span(state.parameters), net.layers() - 1);
  const auto first_of_last = static_cast<std::size_t>(last.data - state.parameters.data());
  for (std::size_t i = 0; i < p.size(); ++i)
    EXPECT_EQ(report.entries[i].error <= report.tolerance, i >= first_of_last) << i;
}

TEST(UpdateCheck, LetsNoNaNPass) {
  State state = state_with(sampled("in_order", 0, "gradient_descent"), "none");
  state.parameters[3] = std::nan("");
  EXPECT_FALSE(check_update(state).passed());
}

TEST(UpdateCheck, LeavesTheStateAsItWas) {
  const State state = state_with(sampled("with_replacement", 1, "adam"), "layers_in_turn");
  State kept = state;
  check_update(state);
  EXPECT_EQ(state.parameters, kept.parameters);
  EXPECT_EQ(state.moments, kept.moments);
  EXPECT_EQ(state.batches.pending, kept.batches.pending);
}

}  // namespace
}  // namespace deltascope
