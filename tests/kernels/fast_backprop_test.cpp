// Every kernel against the textbook, on random networks and batches.

#include "fast_backprop.hpp"

#include <deltascope/backprop.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace deltascope {
namespace {

/// A network, its points and a batch of them.
struct Problem {
  Model model;
  std::vector<double> parameters;
  Dataset data;
  std::vector<std::uint32_t> listed;
  Batch batch() const {
    if (listed.empty()) return {};
    return {false, listed};
  }
  std::string name() const {
    std::ostringstream out;
    for (Index l = 0; l < model.architecture.layers(); ++l)
      out << model.architecture.fan_in(l) << ' ' << model.architecture.activation(l).name << ' ';
    out << model.architecture.outputs() << ' ' << model.loss->name << ", λ = " << model.l2 << ", "
        << batch().size(data.size()) << " of " << data.size();
    return out.str();
  }
};

class Problems {
 public:
  explicit Problems(std::uint64_t seed) : random_(seed) {}

  Problem next(Index most_samples) {
    Problem made;
    std::vector<Index> sizes{whole(1, 5)};
    std::vector<const Activation*> curves;
    const Index layers = whole(1, 5), widest = whole(0, 9) == 0 ? 40 : 9;
    for (Index l = 0; l < layers; ++l) {
      sizes.push_back(whole(1, widest));
      curves.push_back(&activations()[static_cast<std::size_t>(whole(0, 4))]);  // all but softmax
    }
    made.model.loss = &losses()[static_cast<std::size_t>(whole(0, 2))];
    if (!made.model.loss->admits(*curves.back()))
      curves.back() = find_activation(made.model.loss->preferred_output);
    made.model.architecture = Architecture(sizes, curves);
    made.model.l2 = whole(0, 1) == 0 ? 0.0 : real(0.0, 0.1);
    made.parameters.resize(static_cast<std::size_t>(made.model.architecture.parameters()));
    for (double& p : made.parameters)
      p = real(-1.0, 1.0);
    const Index samples = whole(1, most_samples);
    made.data.X.resize(sizes.front(), samples);
    made.data.Y.resize(sizes.back(), samples);
    for (double& x : made.data.X.values())
      x = real(-2.0, 2.0);
    for (double& y : made.data.Y.values())
      y = real(0.0, 1.0);  // of a softmax, Σy ≠ 1
    if (whole(0, 2) == 0) {
      made.listed.resize(static_cast<std::size_t>(whole(1, most_samples)));
      for (std::uint32_t& sample : made.listed)
        sample = static_cast<std::uint32_t>(whole(0, samples - 1));
    }
    return made;
  }

  Index whole(Index low, Index high) {
    return std::uniform_int_distribution<Index>(low, high)(random_);
  }
  double real(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }

 private:
  std::mt19937_64 random_;
};

/// All that a step and an evaluation give.
struct Answer {
  double cost = 0.0;
  std::vector<double> gradient;
  StepTrace trace;
  Evaluation evaluation;
};

Answer answer(Problem problem, const Arithmetic& arithmetic) {
  problem.model.arithmetic = &arithmetic;
  Answer found;
  found.gradient.resize(problem.parameters.size());
  Backprop backprop;
  found.cost =
      backprop.gradient(problem.model, problem.parameters, problem.data, problem.batch(),
                        found.gradient, &found.trace, problem.batch().size(problem.data.size()));
  found.evaluation = backprop.evaluate(problem.model, problem.parameters, problem.data, true);
  return found;
}

double largest(std::span<const double> values) {
  double result = 0.0;
  for (const double v : values)
    result = std::max(result, std::abs(v));
  return result;
}

/// Per layer, what rounding is relative to: the largest entry of what is added up, which may
/// cancel.
///
/// z: |b| + |W| |a below|. A slope is rounded relative to 1 (1 − a², where a tanh is flat), so δ:
/// |Wᵀ| |δ above|, which g′ multiplies, and g′ times the same of the layers above; of the output
/// |a| Σ|y| + |y|. dW, db: that of δ times that of the signal.
struct Scales {
  std::vector<double> z, delta, gradient;
};

Scales scales_of(const Problem& problem, const StepTrace& trace) {
  const Architecture& net = problem.model.architecture;
  const auto layers = static_cast<std::size_t>(net.layers());
  Scales scales{std::vector<double>(layers), std::vector<double>(layers),
                std::vector<double>(layers)};
  const auto W = [&](std::size_t l) {
    return net.W(std::span(problem.parameters), static_cast<Index>(l));
  };
  for (Index sample = 0; sample < trace.X.cols(); ++sample) {
    std::vector<double> terms;
    for (std::size_t l = layers; l-- > 0;) {
      const Matrix& a = trace.a[l];
      const Matrix& below = l == 0 ? trace.X : trace.a[l - 1];
      std::vector<double> above = std::exchange(terms, {});
      double targets = 0.0;
      for (Index i = 0; i < trace.Y.rows(); ++i)
        targets += std::abs(trace.Y(i, sample));
      for (Index i = 0; i < a.rows(); ++i) {
        double z = std::abs(net.b(std::span(problem.parameters),
                                  static_cast<Index>(l))[static_cast<std::size_t>(i)]);
        for (Index j = 0; j < below.rows(); ++j)
          z += std::abs(W(l)(i, j) * below(j, sample));
        scales.z[l] = std::max({scales.z[l], z, std::abs(a(i, sample))});
        if (l + 1 == layers) {
          terms.push_back(std::abs(a(i, sample)) * (1.0 + targets) + targets);
        } else {
          double inherited = 0.0, own = 0.0;
          for (Index k = 0; k < W(l + 1).rows; ++k) {
            inherited += std::abs(W(l + 1)(k, i)) * above[static_cast<std::size_t>(k)];
            own += std::abs(W(l + 1)(k, i) * trace.delta[l + 1](k, sample));
          }
          const Activation& g = net.activation(static_cast<Index>(l));
          terms.push_back(std::abs(g.slope(trace.z[l](i, sample), a(i, sample))) * inherited + own);
        }
        scales.delta[l] = std::max(scales.delta[l], terms.back());
      }
      scales.gradient[l] = scales.delta[l] * std::max(1.0, largest(below.values()));
    }
  }
  return scales;
}

// 1e-13 is 450 ε: a layer adds up to 40 terms, five layers follow each other, and a batch adds 600
// samples.
void expect_close(std::span<const double> found, std::span<const double> wanted, double scale,
                  const std::string& what) {
  ASSERT_EQ(found.size(), wanted.size()) << what;
  for (std::size_t i = 0; i < found.size(); ++i)
    ASSERT_NEAR(found[i], wanted[i], 1e-13 * scale) << what << " at " << i;
}

void expect_close(const Answer& found, const Answer& wanted, const Problem& problem) {
  const Architecture& net = problem.model.architecture;
  const Scales scales = scales_of(problem, wanted.trace);
  EXPECT_NEAR(found.cost, wanted.cost, 1e-13 * std::max(1.0, wanted.cost));
  EXPECT_EQ(found.trace.samples, wanted.trace.samples);
  EXPECT_EQ(found.trace.X, wanted.trace.X);
  EXPECT_EQ(found.trace.Y, wanted.trace.Y);
  expect_close(found.trace.loss_per_sample, wanted.trace.loss_per_sample,
               std::max(1.0, largest(wanted.trace.loss_per_sample)), "losses");
  double all_layers = 0.0;
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const auto l = static_cast<std::size_t>(layer);
    const std::string where = " of layer " + std::to_string(layer);
    expect_close(found.trace.z[l].values(), wanted.trace.z[l].values(), scales.z[l], "z" + where);
    expect_close(found.trace.a[l].values(), wanted.trace.a[l].values(), scales.z[l], "a" + where);
    expect_close(found.trace.delta[l].values(), wanted.trace.delta[l].values(), scales.delta[l],
                 "δ" + where);
    const double weights = problem.model.l2 * largest(problem.parameters);
    const auto block = [&](const std::vector<double>& gradient) {
      const ConstWeightView dW = net.W(std::span(gradient), layer);
      return std::span(dW.data, static_cast<std::size_t>(dW.size() + dW.rows));
    };
    expect_close(block(found.gradient), block(wanted.gradient), scales.gradient[l] + weights,
                 "dW, db" + where);
    all_layers = std::max(all_layers, scales.gradient[l]);
    EXPECT_NEAR(found.evaluation.rms_delta[l], wanted.evaluation.rms_delta[l],
                1e-13 * std::max(scales.delta[l], wanted.evaluation.rms_delta[l]));
  }
  EXPECT_EQ(found.trace.gradient, found.gradient);
  expect_close(found.trace.gradient_data, wanted.trace.gradient_data, all_layers, "without λW");
  EXPECT_NEAR(found.evaluation.cost(), wanted.evaluation.cost(),
              1e-13 * std::max(1.0, wanted.evaluation.cost()));
  EXPECT_EQ(found.evaluation.correct, wanted.evaluation.correct);
  EXPECT_EQ(found.evaluation.total, wanted.evaluation.total);
}

class FastBackpropTest : public testing::TestWithParam<const Arithmetic*> {};

TEST_P(FastBackpropTest, ComputesWhatTheTextbookDoes) {
  Problems problems(1);
  const Arithmetic& textbook = *find_arithmetic("textbook");
  for (int round = 0; round < 10'000; ++round) {
    const Problem problem = problems.next(round % 10 == 0 ? 600 : 40);
    SCOPED_TRACE(std::to_string(round) + ": " + problem.name());
    expect_close(answer(problem, *GetParam()), answer(problem, textbook), problem);
    if (HasFailure()) return;
  }
}

TEST_P(FastBackpropTest, TracesTheVeryBitsOfTheStep) {
  Problems problems(2);
  for (int round = 0; round < 300; ++round) {
    Problem problem = problems.next(100);
    problem.listed = {static_cast<std::uint32_t>(problem.data.size() - 1)};
    problem.model.l2 = 0.0;
    const Answer found = answer(problem, *GetParam());
    const Architecture& net = problem.model.architecture;
    for (Index layer = 0; layer < net.layers(); ++layer) {
      const auto l = static_cast<std::size_t>(layer);
      const Matrix& below = layer == 0 ? found.trace.X : found.trace.a[l - 1];
      const ConstWeightView dW = net.W(std::span(found.gradient), layer);
      for (Index i = 0; i < dW.rows; ++i) {
        EXPECT_EQ(net.b(std::span(found.gradient), layer)[static_cast<std::size_t>(i)],
                  found.trace.delta[l](i, 0));
        for (Index j = 0; j < dW.cols; ++j)
          EXPECT_EQ(dW(i, j), found.trace.delta[l](i, 0) * below(j, 0)) << problem.name();
      }
    }
    EXPECT_EQ(found.cost, found.trace.loss_per_sample[0]);
  }
}

TEST_P(FastBackpropTest, GivesASampleTheSameBitsWhoeverStandsBesideIt) {
  Problems problems(3);
  for (int round = 0; round < 300; ++round) {
    Problem problem = problems.next(60);
    problem.model.arithmetic = GetParam();
    problem.listed.clear();
    const Answer all = answer(problem, *GetParam());
    const Index sample = problems.whole(0, problem.data.size() - 1);
    const auto column = [sample](const Matrix& m) {
      const auto rows = static_cast<std::size_t>(m.rows());
      const double* begin = m.values().data() + static_cast<std::size_t>(sample) * rows;
      return std::vector<double>(begin, begin + rows);
    };
    const SampleTrace alone = Backprop().trace_sample(
        problem.model, problem.parameters, column(problem.data.X), column(problem.data.Y));
    for (std::size_t l = 0; l < alone.z.size(); ++l) {
      EXPECT_EQ(alone.z[l], column(all.trace.z[l])) << problem.name();
      EXPECT_EQ(alone.a[l], column(all.trace.a[l])) << problem.name();
      EXPECT_EQ(alone.delta[l], column(all.trace.delta[l])) << problem.name();
    }
    EXPECT_EQ(alone.loss, all.trace.loss_per_sample[static_cast<std::size_t>(sample)]);
  }
}

TEST_P(FastBackpropTest, KeepsEqualNeuronsEqual) {
  Problem problem;
  const Activation* tanh = find_activation("tanh");
  problem.model.architecture = Architecture({2, 7, 7, 1}, {tanh, tanh, tanh});
  problem.model.loss = find_loss("quadratic");
  problem.parameters.assign(static_cast<std::size_t>(problem.model.architecture.parameters()), 0.3);
  Problems problems(4);
  for (Matrix* m : {&problem.data.X, &problem.data.Y}) {
    m->resize(m == &problem.data.X ? 2 : 1, 333);
    for (double& v : m->values())
      v = problems.real(-1.0, 1.0);
  }
  const Answer found = answer(problem, *GetParam());
  for (const Index layer : {0, 1, 2}) {
    const ConstWeightView dW = problem.model.architecture.W(std::span(found.gradient), layer);
    for (Index i = 0; i < dW.rows; ++i) {
      for (Index j = 0; j < dW.cols; ++j)
        EXPECT_EQ(dW(i, j), dW(0, layer == 0 ? j : 0)) << layer << ' ' << i << ' ' << j;
    }
  }
}

TEST_P(FastBackpropTest, LetsNoInfinityOfOneSampleReachAnother) {
  Problem problem = Problems(5).next(30);
  problem.model.architecture = Architecture({1, 2}, {find_activation("linear")});
  problem.model.loss = find_loss("quadratic");
  problem.model.l2 = 0.0;
  problem.parameters = {1.0, 1.0, 0.0, 0.0};
  problem.listed.clear();
  problem.data.X = Matrix(1, 13);
  problem.data.Y = Matrix(2, 13);
  problem.data.X(0, 3) = std::numeric_limits<double>::infinity();
  const Answer found = answer(problem, *GetParam());
  EXPECT_EQ(found.trace.a[0](0, 3), std::numeric_limits<double>::infinity());
  EXPECT_EQ(found.trace.a[0](0, 12), 0.0);
  EXPECT_FALSE(std::isfinite(found.cost));
}

std::vector<const Arithmetic*> with_kernels() {
  std::vector<const Arithmetic*> result;
  for (const Arithmetic& arithmetic : arithmetics()) {
    const bool own = !arithmetic.by_shape;  // "automatic" is one of the others
    if (own && arithmetic.usable && arithmetic.kernels != nullptr) result.push_back(&arithmetic);
  }
  return result;
}
std::string name_of(const testing::TestParamInfo<const Arithmetic*>& info) {
  return std::string(info.param->name);
}
INSTANTIATE_TEST_SUITE_P(Arithmetics, FastBackpropTest, testing::ValuesIn(with_kernels()), name_of);

TEST(HasKernels, ForTheTextbooksOwnOperationsAndRowsThatKernelsKnow) {
  Model model = Problems(6).next(1).model;
  EXPECT_TRUE(has_kernels(model));
  Operations operations = textbook_operations();
  model.operations = &operations;
  EXPECT_TRUE(has_kernels(model)) << "a copy of the textbook's";
  operations.average = [](std::span<double>, Index) {};
  EXPECT_FALSE(has_kernels(model)) << "a mistake";
  model.operations = &textbook_operations();
  model.arithmetic = find_arithmetic("textbook");
  EXPECT_FALSE(has_kernels(model)) << "the textbook";
  model.arithmetic = &automatic_arithmetic();
  Loss unknown = *model.loss;
  unknown.misfit = kernels::Misfit::none;
  model.loss = &unknown;
  EXPECT_FALSE(has_kernels(model)) << "a loss without kernels";
}

}  // namespace
}  // namespace deltascope
