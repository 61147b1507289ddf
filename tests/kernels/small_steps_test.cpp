// Small networks through the kernels of every instruction set, against the textbook and against
// themselves.

#include "fast_backprop.hpp"
#include "kernels/kernels.hpp"
#include "random_runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace deltascope::test {
namespace {

bool same_bits(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size()) return false;
  return a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

double largest(std::span<const double> values) {
  double result = 0.0;
  for (const double v : values)
    result = std::max(result, std::abs(v));
  return result;
}

class SmallSteps : public testing::TestWithParam<const kernels::Kernels*> {
 protected:
  static const Arithmetic& arithmetic() { return *find_arithmetic(GetParam()->name); }
};

State computed_by(const State& state, const Arithmetic& arithmetic) {
  State other = state;
  Settings settings = *state.settings;
  settings.model.arithmetic = &arithmetic;
  other.settings = std::make_shared<const Settings>(settings);
  return other;
}

/// Σ|W| over a row, the largest.
double largest_row(ConstWeightView W) {
  double result = 0.0;
  for (Index i = 0; i < W.rows; ++i) {
    double sum = 0.0;
    for (Index j = 0; j < W.cols; ++j)
      sum += std::abs(W(i, j));
    result = std::max(result, sum);
  }
  return result;
}

double largest_column(ConstWeightView W) {
  double result = 0.0;
  for (Index j = 0; j < W.cols; ++j) {
    double sum = 0.0;
    for (Index i = 0; i < W.rows; ++i)
      sum += std::abs(W(i, j));
    result = std::max(result, sum);
  }
  return result;
}

/// Both agree to 10⁻¹³ of `scale`: of the largest number that was added or subtracted on the way,
/// as two right computations do. Where numbers cancel (a − y, or the terms of a sum), no more can
/// be asked.
void expect_close(std::span<const double> found, std::span<const double> right, double scale,
                  const char* what, Index layer) {
  ASSERT_EQ(found.size(), right.size());
  for (std::size_t i = 0; i < right.size(); ++i) {
    if (std::abs(found[i] - right[i]) <= 1e-13 * scale) continue;
    ADD_FAILURE() << what << " of layer " << layer << ", entry " << i << ": " << found[i]
                  << " instead of " << right[i] << ", scale " << scale;
    return;
  }
}

void expect_close(const StepTrace& found, const StepTrace& right, const State& state) {
  const Architecture& net = state.settings->model.architecture;
  const std::span<const double> p = state.parameters;
  double input = largest(right.X.values()), z = 0.0, a = 0.0;
  std::vector<double> inputs;
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const auto l = static_cast<std::size_t>(layer);
    inputs.push_back(input);
    z = std::max(largest_row(net.W(p, layer)) * input, largest(net.b(p, layer)));
    expect_close(found.z[l].values(), right.z[l].values(), z, "z", layer);
    a = std::max(z, largest(right.a[l].values()));  // no slope is steeper than 1
    expect_close(found.a[l].values(), right.a[l].values(), a, "a", layer);
    input = a;
  }
  double delta = std::max(a, largest(right.Y.values()));  // δ is made of a − y
  for (Index layer = net.layers() - 1; layer >= 0; --layer) {
    const auto l = static_cast<std::size_t>(layer);
    expect_close(found.delta[l].values(), right.delta[l].values(), delta, "delta", layer);
    const auto W = net.W(p, layer);
    const double decay =
        state.settings->model.l2 * largest({W.data, static_cast<std::size_t>(W.size())});
    const auto dW = net.W(std::span<const double>(found.gradient), layer);
    const auto right_dW = net.W(std::span<const double>(right.gradient), layer);
    const auto size = static_cast<std::size_t>(W.size());
    expect_close({dW.data, size}, {right_dW.data, size}, delta * inputs[l] + decay, "dW", layer);
    expect_close(net.b(std::span<const double>(found.gradient), layer),
                 net.b(std::span<const double>(right.gradient), layer), delta, "db", layer);
    delta *= std::max(1.0, largest_column(W));
  }
  const double slopes = largest(right.delta.back().values());  // ∂C/∂z
  const double outputs = static_cast<double>(net.outputs());
  EXPECT_NEAR(found.cost(), right.cost(), 1e-13 * (right.cost() + outputs * slopes * z));
}

TEST_P(SmallSteps, AgreeWithTheTextbook) {
  RandomRuns runs(1);
  for (int i = 0; i < 10'000; ++i) {
    const State state = runs.next(arithmetic());
    StepTrace found, right;
    Trainer().prepare(state, &found);
    Trainer().prepare(computed_by(state, *find_arithmetic("textbook")), &right);
    ASSERT_EQ(found.samples, right.samples) << description(state);
    expect_close(found, right, state);
    ASSERT_FALSE(HasFailure()) << description(state);
  }
}

TEST_P(SmallSteps, TraceChangesNoBits) {
  RandomRuns runs(2);
  for (int i = 0; i < 1'000; ++i) {
    const State state = runs.next(arithmetic());
    Trainer plain, traced;
    StepTrace trace;
    const Proposal& a = plain.prepare(state);
    const Proposal& b = traced.prepare(state, &trace);
    ASSERT_TRUE(same_bits(a.gradient, b.gradient)) << description(state);
    ASSERT_TRUE(same_bits(a.update, b.update)) << description(state);
    ASSERT_TRUE(same_bits(a.gradient, trace.gradient)) << description(state);
    ASSERT_EQ(a.batch_cost, b.batch_cost) << description(state);
    ASSERT_EQ(a.batch_cost, trace.cost()) << description(state);
  }
}

TEST_P(SmallSteps, HaveTheBitsOfTheSampleLanes) {
  RandomRuns runs(5);
  FastBackprop sample_lanes(1);
  for (int i = 0; i < 10'000; ++i) {
    const State state = runs.next(arithmetic());
    StepTrace found;
    Trainer().prepare(state, &found);
    StepTrace other = found;
    for (auto* layers : {&other.z, &other.a, &other.delta}) {
      for (Matrix& layer : *layers)
        std::ranges::fill(layer.values(), -7.0);
    }
    std::ranges::fill(other.loss_per_sample, -7.0);
    sample_lanes.record(state.settings->model, state.parameters, *state.data, state.batches.next(),
                        other);
    for (std::size_t l = 0; l < found.z.size(); ++l) {
      ASSERT_TRUE(same_bits(found.z[l].values(), other.z[l].values())) << description(state);
      ASSERT_TRUE(same_bits(found.a[l].values(), other.a[l].values())) << description(state);
      ASSERT_TRUE(same_bits(found.delta[l].values(), other.delta[l].values()))
          << description(state);
    }
    ASSERT_TRUE(same_bits(found.loss_per_sample, other.loss_per_sample)) << description(state);
  }
}

/// How many of `costs` could be taken one by one.
std::size_t one_by_one(State& state, std::span<double> costs) {
  Trainer trainer;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    if (!trainer.prepare(state).is_finite()) return i;
    costs[i] = trainer.last().batch_cost;
    trainer.commit(state);
  }
  return costs.size();
}

void expect_same(const State& found, const State& right) {
  EXPECT_TRUE(same_bits(found.parameters, right.parameters)) << description(right);
  EXPECT_TRUE(same_bits(found.moments, right.moments)) << description(right);
  EXPECT_EQ(found.step, right.step) << description(right);
  EXPECT_EQ(found.moment_updates, right.moment_updates) << description(right);
  EXPECT_EQ(found.gradient_evaluations, right.gradient_evaluations) << description(right);
  EXPECT_EQ(found.batches.pending, right.batches.pending) << description(right);
  EXPECT_EQ(found.batches.epoch, right.batches.epoch) << description(right);
  EXPECT_EQ(found.batches.random, right.batches.random) << description(right);
}

TEST_P(SmallSteps, ManyInARowAreThoseTakenOneByOne) {
  RandomRuns runs(3);
  for (int i = 0; i < 10'000; ++i) {
    State right = runs.next(arithmetic());
    State found = right;
    std::vector<double> right_costs(12), found_costs(12);
    const std::size_t taken = one_by_one(right, right_costs);
    Trainer trainer;
    // In two calls: the second goes on from what the first left.
    const auto first = static_cast<std::size_t>(runs.whole(0, 12));
    std::size_t row = trainer.run(found, std::span(found_costs).first(first));
    if (row == first) row += trainer.run(found, std::span(found_costs).subspan(first));
    ASSERT_EQ(row, taken) << description(right);
    ASSERT_TRUE(same_bits(std::span(found_costs).first(taken), std::span(right_costs).first(taken)))
        << description(right);
    expect_same(found, right);
    if (HasFailure()) return;
  }
}

TEST_P(SmallSteps, EndBeforeTheStepThatIsNotFinite) {
  RandomRuns runs(4);
  int ended = 0;
  for (int i = 0; i < 2'000; ++i) {
    State right = runs.next(arithmetic());
    Settings settings = *right.settings;
    settings.rates.learning_rate = std::pow(10.0, runs.real(20.0, 300.0));
    if (settings.optimizer->moment_blocks == 1) settings.rates.momentum = 1e200;
    right.settings = std::make_shared<const Settings>(settings);
    State found = right;
    std::vector<double> right_costs(12), found_costs(12);
    const std::size_t taken = one_by_one(right, right_costs);
    if (taken < right_costs.size()) ++ended;
    ASSERT_EQ(Trainer().run(found, found_costs), taken) << description(right);
    expect_same(found, right);
    if (HasFailure()) return;
  }
  EXPECT_GT(ended, 500);
}

std::string name_of(const testing::TestParamInfo<const kernels::Kernels*>& info) {
  return std::string(info.param->name);
}
INSTANTIATE_TEST_SUITE_P(Kernels, SmallSteps,
                         testing::ValuesIn(kernels::usable_kernels().begin(),
                                           kernels::usable_kernels().end()),
                         name_of);

}  // namespace
}  // namespace deltascope::test
