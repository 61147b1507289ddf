// Levenberg–Marquardt by kernels against the textbook, on random networks and points.

#include <deltascope/jacobian.hpp>
#include <deltascope/levenberg_marquardt.hpp>
#include <deltascope/settings.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <vector>

namespace deltascope {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

struct Problem {
  std::shared_ptr<Settings> settings = std::make_shared<Settings>(ox_settings());
  std::shared_ptr<Dataset> data = std::make_shared<Dataset>();
  std::vector<double> parameters;
  double damping = 0.0;

  std::string description() const {
    std::string text = std::to_string(data->size()) + " points";
    const Architecture& net = settings->model.architecture;
    for (Index layer = 0; layer < net.layers(); ++layer) {
      text += ", " + std::to_string(net.fan_in(layer)) + " → " +
              std::to_string(net.fan_out(layer)) + ' ' + std::string(net.activation(layer).name);
    }
    return text + ", λ " + std::to_string(settings->model.l2) + ", μ " + std::to_string(damping) +
           ", " + std::string(settings->damped_solve->name);
  }
};

class RandomProblems {
 public:
  explicit RandomProblems(std::uint64_t seed) : random_(seed) {}

  Problem next(Index most_points) {
    Problem problem;
    Settings& settings = *problem.settings;
    std::vector<Index> sizes{whole(1, 4)};
    std::vector<const Activation*> activations;
    const Index layers = whole(1, 4);
    for (Index layer = 0; layer < layers; ++layer) {
      sizes.push_back(whole(1, layer + 1 == layers ? 4 : 9));
      const auto table = deltascope::activations();
      const Activation* g = nullptr;
      do {
        g = &table[static_cast<std::size_t>(whole(0, static_cast<Index>(table.size()) - 1))];
      } while (g->output_only);
      activations.push_back(g);
    }
    settings.model.architecture = Architecture(sizes, activations);
    settings.model.l2 = whole(0, 1) == 0 ? 0.0 : std::pow(10.0, real(-4.0, 0.0));
    const auto solves = damped_solves();
    settings.damped_solve =
        &solves[static_cast<std::size_t>(whole(0, static_cast<Index>(solves.size()) - 1))];
    const Index points = whole(1, most_points);
    problem.data->X.resize(sizes.front(), points);
    problem.data->Y.resize(sizes.back(), points);
    for (double& x : problem.data->X.values())
      x = real(-1.0, 1.0);
    for (double& y : problem.data->Y.values())
      y = real(-1.0, 1.0);
    problem.parameters.resize(static_cast<std::size_t>(settings.model.architecture.parameters()));
    for (double& p : problem.parameters)
      p = real(-1.0, 1.0);
    problem.damping = std::pow(10.0, real(-4.0, 4.0));
    return problem;
  }

 private:
  Index whole(Index low, Index high) {
    return std::uniform_int_distribution<Index>(low, high)(random_);
  }
  double real(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }
  std::mt19937_64 random_;
};

struct Proposed {
  Trial trial;
  std::vector<double> gradient;
};

Proposed propose(const Problem& problem, const Arithmetic& arithmetic, bool compare,
                 LevenbergMarquardt method = {}) {
  auto settings = std::make_shared<Settings>(*problem.settings);
  settings->model.arithmetic = &arithmetic;
  Proposed result;
  result.gradient.resize(problem.parameters.size());
  method.propose(settings, problem.data, problem.parameters, problem.damping, compare, result.trial,
                 result.gradient);
  return result;
}

/// JᵀJ + μI and Jᵀr by the textbook's J, λ included, in long double.
struct NormalEquations {
  std::vector<long double> A, b;
  std::size_t unknowns;
  long double trace = 0.0L, size_of_b = 0.0L;  // of Jᵀr: Σ |J| |r|

  explicit NormalEquations(const Problem& problem) : unknowns(problem.parameters.size()) {
    const Model& model = problem.settings->model;
    const Architecture& net = model.architecture;
    const Index N = problem.data->size();
    Matrix Jt(net.parameters(), N * net.outputs());
    std::vector<double> r(static_cast<std::size_t>(Jt.cols()));
    Jacobian().rows(model, problem.parameters, *problem.data, 0, N, Jt.view(), r);
    A.assign(unknowns * unknowns, 0.0L);
    b.assign(unknowns, 0.0L);
    for (Index q = 0; q < Jt.cols(); ++q) {
      for (std::size_t i = 0; i < unknowns; ++i) {
        const long double J = Jt(static_cast<Index>(i), q);
        b[i] += J * r[static_cast<std::size_t>(q)];
        size_of_b += std::abs(J * r[static_cast<std::size_t>(q)]);
        for (std::size_t j = 0; j < unknowns; ++j)
          A[i * unknowns + j] += J * Jt(static_cast<Index>(j), q);
      }
    }
    const long double weight = static_cast<long double>(N) * model.l2;
    for (Index layer = 0; layer < net.layers(); ++layer) {
      const ConstWeightView W = net.W(std::span<const double>(problem.parameters), layer);
      const auto first = static_cast<std::size_t>(W.data - problem.parameters.data());
      for (std::size_t i = first; i < first + static_cast<std::size_t>(W.size()); ++i) {
        A[i * unknowns + i] += weight;
        b[i] -= weight * problem.parameters[i];
        size_of_b += std::abs(weight * problem.parameters[i]);
      }
    }
    for (std::size_t i = 0; i < unknowns; ++i) {
      A[i * unknowns + i] += problem.damping;
      trace += A[i * unknowns + i];
    }
  }
};

double norm(std::span<const double> v) {
  double sum = 0.0;
  for (const double x : v)
    sum += x * x;
  return std::sqrt(sum);
}

class LeastSquaresKernels : public testing::TestWithParam<const Arithmetic*> {};

TEST_P(LeastSquaresKernels, SolveTheTextbooksEquations) {
  RandomProblems random(11);
  for (int i = 0; i < 1000; ++i) {
    const Problem problem = random.next(40);
    SCOPED_TRACE(std::to_string(i) + ": " + problem.description());
    const auto [found, gradient] = propose(problem, *GetParam(), false);
    const auto [right, right_gradient] = propose(problem, *find_arithmetic("textbook"), false);
    const NormalEquations equations(problem);
    const auto P = equations.unknowns;
    const auto terms = static_cast<double>(P) + static_cast<double>(right.residuals) + 50.0;
    const auto size = static_cast<double>(equations.trace);
    // Entries of J and r are good to some ten roundings for each layer, 50 in all; sums of R terms
    // and the elimination of P (or R) unknowns add one for each.
    const double rounding = terms * epsilon;

    ASSERT_EQ(found.solve, right.solve);
    ASSERT_EQ(found.residuals, right.residuals);
    ASSERT_NEAR(found.cost, right.cost, rounding * right.cost);
    const double N = static_cast<double>(problem.data->size());
    for (std::size_t k = 0; k < P; ++k) {
      ASSERT_NEAR(gradient[k], -static_cast<double>(equations.b[k]) / N,
                  rounding * static_cast<double>(equations.size_of_b) / N);
    }
    // The step satisfies the equations: what is solved is within a rounding of them. By residuals
    // Jᵀy is formed of the y = (r − JΔp) / μ of the other system, and carries its rounding.
    double scale = size * norm(found.step) + static_cast<double>(equations.size_of_b);
    if (found.solve == find_damped_solve("woodbury"))
      scale += size * std::sqrt(size) * std::sqrt(2.0 * N * right.cost) / problem.damping;
    for (std::size_t row = 0; row < P; ++row) {
      long double left = -equations.b[row];
      for (std::size_t j = 0; j < P; ++j)
        left += equations.A[row * P + j] * found.step[j];
      ASSERT_NEAR(static_cast<double>(left), 0.0, rounding * scale) << "equation " << row;
    }
    // And it is the textbook's but for rounding times the condition, at most ‖JᵀJ + μI‖ / μ.
    std::vector<double> difference(P);
    for (std::size_t k = 0; k < P; ++k)
      difference[k] = found.step[k] - right.step[k];
    ASSERT_LE(norm(difference), rounding * scale / problem.damping);
    // Where the trial is clearly good or bad both see it so.
    if (std::abs(right.trial_cost - right.cost) > 1e-6 * right.cost) {
      ASSERT_EQ(found.accepted, right.accepted);
    }
  }
}

TEST_P(LeastSquaresKernels, TakeTheSameStepWhileSomebodyIsLooking) {
  RandomProblems random(12);
  for (int i = 0; i < 300; ++i) {
    const Problem problem = random.next(i % 10 == 0 ? 400 : 40);
    SCOPED_TRACE(std::to_string(i) + ": " + problem.description());
    const auto [plain, gradient] = propose(problem, *GetParam(), false);
    const auto [looked_at, same_gradient] = propose(problem, *GetParam(), true);
    ASSERT_EQ(plain.step, looked_at.step);
    ASSERT_EQ(plain.trial_cost, looked_at.trial_cost);
    ASSERT_EQ(plain.gain_ratio == plain.gain_ratio, looked_at.gain_ratio == looked_at.gain_ratio);
    ASSERT_EQ(gradient, same_gradient);
    ASSERT_FALSE(std::isnan(looked_at.solve_difference) && norm(plain.step) > 0.0);
  }
}

// More points than a block has: the last block is a short one.
TEST_P(LeastSquaresKernels, SumUpBlocks) {
  RandomProblems random(13);
  for (int i = 0; i < 20; ++i) {
    Problem problem = random.next(2000);
    problem.settings->damped_solve = find_damped_solve("normal");
    SCOPED_TRACE(std::to_string(i) + ": " + problem.description());
    LevenbergMarquardt method;
    auto settings = std::make_shared<Settings>(*problem.settings);
    settings->model.arithmetic = GetParam();
    Proposed found;
    found.gradient.resize(problem.parameters.size());
    // Twice from different places: what the first left must not be seen by the second.
    std::vector<double> elsewhere = problem.parameters;
    for (double& p : elsewhere)
      p = -p;
    for (const auto& at : {elsewhere, problem.parameters}) {
      method.propose(settings, problem.data, at, problem.damping, false, found.trial,
                     found.gradient);
    }
    const auto [right, gradient] = propose(problem, *find_arithmetic("textbook"), false);
    const auto [alone, same] = propose(problem, *GetParam(), false);
    ASSERT_EQ(found.trial.step, alone.step);
    const NormalEquations equations(problem);
    const double rounding =
        (50.0 + static_cast<double>(right.residuals) + static_cast<double>(equations.unknowns)) *
        epsilon;
    ASSERT_NEAR(found.trial.cost, right.cost, rounding * right.cost);
    for (std::size_t k = 0; k < gradient.size(); ++k) {
      ASSERT_NEAR(found.gradient[k], gradient[k],
                  rounding * static_cast<double>(equations.size_of_b) /
                      static_cast<double>(problem.data->size()));
    }
  }
}

TEST_P(LeastSquaresKernels, EndAsTheTextbookDoesWhereNumbersEnd) {
  RandomProblems random(14);
  for (int i = 0; i < 300; ++i) {
    Problem problem = random.next(10);
    const double wrong[] = {std::nan(""), std::numeric_limits<double>::infinity(), 1e200, 1e308};
    problem.parameters[static_cast<std::size_t>(i) % problem.parameters.size()] = wrong[i % 4];
    SCOPED_TRACE(std::to_string(i) + ": " + problem.description());
    const auto [found, gradient] = propose(problem, *GetParam(), false);
    const auto [right, right_gradient] = propose(problem, *find_arithmetic("textbook"), false);
    ASSERT_EQ(std::isfinite(found.cost), std::isfinite(right.cost));
    ASSERT_FALSE(found.accepted && !std::isfinite(found.trial_cost));
  }
}

std::vector<const Arithmetic*> with_kernels() {
  std::vector<const Arithmetic*> result;
  for (const Arithmetic& row : arithmetics()) {
    if (row.usable && row.kernels != nullptr) result.push_back(&row);
  }
  return result;
}
std::string name_of(const testing::TestParamInfo<const Arithmetic*>& info) {
  return std::string(info.param->name);
}
INSTANTIATE_TEST_SUITE_P(Arithmetics, LeastSquaresKernels, testing::ValuesIn(with_kernels()),
                         name_of);

}  // namespace
}  // namespace deltascope
