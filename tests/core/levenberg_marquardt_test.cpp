// Levenberg–Marquardt against reference values of 50 digits, and by its defining equations where
// there are none.

#include "support/lm_oracle.hpp"
#include "support/sessions.hpp"

#include <deltascope/jacobian.hpp>
#include <deltascope/levenberg_marquardt.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace deltascope {
namespace {

using test::lm_oracle;
using test::LmCase;
using test::LmOracle;
using testing::ox_document;

struct Near {
  double rtol, atol;
  void operator()(double got, double expected, const std::string& where) const {
    EXPECT_TRUE(std::isfinite(got) && std::abs(got - expected) <= atol + rtol * std::abs(expected))
        << where << ": " << got << " instead of " << expected;
  }
  void operator()(std::span<const double> got, std::span<const double> expected,
                  const std::string& where) const {
    ASSERT_EQ(got.size(), expected.size()) << where;
    for (std::size_t i = 0; i < got.size(); ++i)
      (*this)(got[i], expected[i], where + "[" + std::to_string(i) + "]");
  }
};

/// A document of the case, solved by `solve` and with μ0 = `damping`.
Document with(const Document& document, const char* solve, double damping,
              const Arithmetic& arithmetic = automatic_arithmetic()) {
  Document changed = document;
  Settings settings = *document.settings;
  settings.damped_solve = find_damped_solve(solve);
  settings.rates.damping = damping;
  settings.model.arithmetic = &arithmetic;
  changed.settings = std::make_shared<const Settings>(settings);
  return changed;
}

struct Proposed {
  Trial trial;
  std::vector<double> gradient;
};

Proposed propose(const Document& document, const std::vector<double>& parameters,
                 bool compare = false) {
  Proposed result;
  result.gradient.resize(parameters.size());
  LevenbergMarquardt().propose(document.settings, document.data, parameters,
                               document.settings->rates.damping, compare, result.trial,
                               result.gradient);
  return result;
}

/// J and r of all samples.
struct Linearized {
  Matrix Jt;
  std::vector<double> r;
};

Linearized linearize(const Document& document, std::span<const double> parameters) {
  Linearized result;
  const Model& model = document.settings->model;
  const Index N = document.data->size();
  const Index rows = N * model.architecture.outputs();
  result.Jt.resize(model.architecture.parameters(), rows);
  result.r.resize(static_cast<std::size_t>(rows));
  Jacobian().rows(model, parameters, *document.data, 0, N, result.Jt.view(), result.r);
  return result;
}

TEST(Jacobian, IsTheReferences) {
  const LmOracle oracle = lm_oracle();
  const Near near{oracle.rtol, oracle.atol};
  ASSERT_EQ(oracle.cases.size(), 9U);
  for (const LmCase& one : oracle.cases) {
    SCOPED_TRACE(one.id);
    const Linearized got = linearize(one.document, one.document.parameters);
    near(got.r, one.r, "r");
    const auto P = static_cast<std::size_t>(got.Jt.rows());
    ASSERT_EQ(static_cast<std::size_t>(got.Jt.cols()), one.J.size());
    for (std::size_t row = 0; row < one.J.size(); ++row) {
      near(std::as_const(got.Jt).values().subspan(row * P, P), one.J[row],
           "J[" + std::to_string(row) + "]");
    }
  }
}

TEST(Jacobian, IsTheDerivativeOfEveryOutput) {
  // Every output activation that the quadratic cost admits, behind a layer of another kind.
  for (const Activation& output : activations()) {
    if (!find_loss("quadratic")->admits(output)) continue;
    SCOPED_TRACE(output.name);
    Settings settings = ox_settings();
    settings.model.architecture = Architecture({2, 3, 2}, {find_activation("tanh"), &output});
    const Document document = ox_document(settings);
    const std::vector<double> p = make_session(document).initial_parameters();
    const Linearized at = linearize(document, p);
    constexpr double h = 6e-6;  // ∛ε: truncation and rounding are then about 1e-10
    for (std::size_t k = 0; k < p.size(); ++k) {
      std::vector<double> up = p, down = p;
      up[k] += h;
      down[k] -= h;
      const Linearized above = linearize(document, up), below = linearize(document, down);
      for (std::size_t row = 0; row < at.r.size(); ++row) {
        const double numeric = -(above.r[row] - below.r[row]) / (2 * h);
        EXPECT_NEAR(at.Jt(static_cast<Index>(k), static_cast<Index>(row)), numeric, 1e-8);
      }
    }
  }
}

/// Through every arithmetic of this processor.
class LevenbergMarquardtBy : public ::testing::TestWithParam<const Arithmetic*> {};

TEST_P(LevenbergMarquardtBy, TakesTheReferencesSteps) {
  const LmOracle oracle = lm_oracle();
  const Near near{oracle.rtol, oracle.atol};
  for (const LmCase& one : oracle.cases) {
    for (const test::LmStep& expected : one.steps) {
      for (const char* solve : {"normal", "woodbury", "automatic"}) {
        SCOPED_TRACE(one.id + ", " + solve + ", μ " + std::to_string(expected.damping));
        const Document document = with(one.document, solve, expected.damping, *GetParam());
        const auto [trial, gradient] = propose(document, one.document.parameters);
        const double two_N = 2.0 * static_cast<double>(document.data->size());
        near(trial.step, expected.step, "Δp");
        near(trial.cost, one.cost, "cost");
        near(trial.cost * two_N, one.sum_of_squares, "‖r‖²");
        near(trial.trial_cost, expected.cost_after, "cost after");
        near(trial.trial_cost * two_N, expected.sum_of_squares_after, "‖r‖² after");
        near(trial.predicted_decrease, expected.predicted_decrease, "predicted decrease");
        EXPECT_EQ(trial.accepted, expected.accepted);
        EXPECT_EQ(std::isnan(trial.gain_ratio), std::isnan(expected.gain_ratio));
        if (!std::isnan(expected.gain_ratio)) near(trial.gain_ratio, expected.gain_ratio, "ρ");
        for (std::size_t k = 0; k < gradient.size(); ++k)
          near(gradient[k], -2.0 * one.JTr[k] / two_N, "∇Cost[" + std::to_string(k) + "]");
        // Steps of the session: p + Δp where it is accepted, p where not.
        Session session = make_session(document);
        ASSERT_TRUE(session.advance());
        near(session.state().parameters,
             expected.accepted ? expected.parameters_after : one.document.parameters, "p");
      }
    }
  }
}

TEST_P(LevenbergMarquardtBy, FollowsTheReferencesTrajectories) {
  const LmOracle oracle = lm_oracle();
  ASSERT_EQ(oracle.trajectories.size(), 2U);
  for (const test::LmTrajectory& expected : oracle.trajectories) {
    for (const char* solve : {"normal", "woodbury"}) {
      Session session =
          make_session(with(oracle.find(expected.case_id).document, solve, 0.01, *GetParam()));
      ASSERT_GE(expected.trials.size(), 40U);
      for (std::size_t i = 0; i < expected.trials.size(); ++i) {
        SCOPED_TRACE(expected.case_id + ", " + solve + ", trial " + std::to_string(i + 1));
        const Near near{1e-6, 0.0};  // as the reference states: the two forms differ by 5e-11
        ASSERT_TRUE(session.advance());
        const Trial& trial = session.last_trial().value();
        EXPECT_EQ(trial.accepted, expected.trials[i].accepted);
        EXPECT_DOUBLE_EQ(trial.damping, expected.trials[i].damping);
        near(trial.trial_cost, expected.trials[i].trial_cost, "cost of the trial");
        near(session.evaluate(false).cost(), expected.trials[i].cost, "cost");
        for (const auto& [after, values] : expected.parameters) {
          if (after == i + 1) near(session.state().parameters, values, "p");
        }
      }
    }
  }
}

std::vector<const Arithmetic*> usable_arithmetics() {
  std::vector<const Arithmetic*> result;
  for (const Arithmetic& row : arithmetics()) {
    if (row.usable) result.push_back(&row);
  }
  return result;
}
INSTANTIATE_TEST_SUITE_P(Arithmetics, LevenbergMarquardtBy,
                         ::testing::ValuesIn(usable_arithmetics()),
                         [](const auto& one) { return std::string(one.param->name); });

TEST(LevenbergMarquardt, SolvesTheSameStepByBothFormulas) {
  const Document document = with(ox_document(), "automatic", 0.01);
  const auto [trial, gradient] =
      propose(document, make_session(document).initial_parameters(), true);
  EXPECT_EQ(trial.solve, find_damped_solve("woodbury"));  // 20 residuals, 23 parameters
  EXPECT_EQ(trial.residuals, 20);
  // μ/σ_max² is about 1e-2, so the systems are conditioned to 1e2 and lose two digits of sixteen.
  EXPECT_LT(trial.solve_difference, 1e-12);
  EXPECT_GT(trial.solve_difference, 0.0);  // two computations, not one shown twice
}

TEST(LevenbergMarquardt, SolvesTheSmallerSystem) {
  Settings settings = ox_settings();
  settings.model.architecture = Architecture({2, 2}, {find_activation("sigmoid")});
  const Document document = ox_document(settings);  // 20 residuals, 6 parameters
  const auto [trial, gradient] = propose(document, make_session(document).initial_parameters());
  EXPECT_EQ(trial.solve, find_damped_solve("normal"));
}

TEST(LevenbergMarquardt, TakesTheOtherFormulaWhereTheForcedOneIsTooLarge) {
  Settings many = ox_settings();
  Document points;
  points.settings = std::make_shared<const Settings>(many);
  points.data =
      std::make_shared<const Dataset>(make_dataset(*find_dataset_recipe("spiral"), {5000, 0.1, 1},
                                                   2, many.model.architecture.output_activation()));
  const Document forced = with(points, "woodbury", 1e4);  // 10,000 residuals
  const auto [by_parameters, g1] = propose(forced, make_session(forced).initial_parameters());
  EXPECT_EQ(by_parameters.solve, find_damped_solve("normal"));
  EXPECT_TRUE(by_parameters.accepted);

  Settings wide = ox_settings();
  const Activation* sigmoid = find_activation("sigmoid");
  wide.model.architecture = Architecture({2, 60, 30, 2}, {sigmoid, sigmoid, sigmoid});
  const Document network = with(ox_document(wide), "normal", 1e4);  // 2,072 parameters
  const auto [by_residuals, g2] = propose(network, make_session(network).initial_parameters());
  EXPECT_EQ(by_residuals.solve, find_damped_solve("woodbury"));
  EXPECT_TRUE(by_residuals.accepted);
}

TEST(LevenbergMarquardt, ComparesTheFormulasAlsoWhereItKeptTheJacobian) {
  const LmOracle oracle = lm_oracle();
  const Document document = with(oracle.find("big_init").document, "automatic", 1e-3);
  LevenbergMarquardt method;
  Trial trial;
  std::vector<double> gradient(document.parameters.size());
  // Rejected, so that J is still good; then somebody looks.
  method.propose(document.settings, document.data, document.parameters, 1e-3, false, trial,
                 gradient);
  ASSERT_FALSE(trial.accepted);
  method.propose(document.settings, document.data, document.parameters, 1e-2, true, trial,
                 gradient);
  EXPECT_LT(trial.solve_difference, 1e-9);
}

TEST(LevenbergMarquardt, CountsWeightsAsResidualsUnderL2) {
  Settings settings = ox_settings();
  settings.model.l2 = 0.01;
  settings.optimizer = find_optimizer("levenberg_marquardt");
  const Document document = ox_document(settings);
  const std::vector<double> p = make_session(document).initial_parameters();
  std::vector<double> gradient(p.size());
  const double cost = Backprop().gradient(settings.model, p, *document.data, Batch{}, gradient);
  const Near near{1e-12, 1e-14};  // sums of 36 terms in another order
  std::vector<double> first;
  for (const char* solve : {"normal", "woodbury"}) {
    SCOPED_TRACE(solve);
    const auto [trial, lm_gradient] = propose(with(document, solve, 0.5), p);
    EXPECT_EQ(trial.residuals, 20 + 16);
    near(trial.cost, cost, "cost");
    near(lm_gradient, gradient, "∇Cost");
    if (first.empty()) first = trial.step;
    near(trial.step, first, "Δp");
  }
}

TEST(LevenbergMarquardt, IsGradientDescentForLargeDamping) {
  const Document document = with(ox_document(), "automatic", 1e9);
  const std::vector<double> p = make_session(document).initial_parameters();
  const auto [trial, gradient] = propose(document, p);
  // Δp = −(N/μ) ∇Cost (1 + O(σ²/μ)), σ² about 1.
  for (std::size_t k = 0; k < p.size(); ++k)
    EXPECT_NEAR(trial.step[k], -10.0 / 1e9 * gradient[k], 1e-8 * std::abs(trial.step[k]) + 1e-30);
}

TEST(LevenbergMarquardt, SumsUpManyPointsInBlocks) {
  // More residuals than are kept at once: JᵀJ is summed up in blocks, with and without λ.
  for (const double l2 : {0.0, 100.0}) {
    Settings settings = ox_settings();
    settings.model.l2 = l2;
    settings.optimizer = find_optimizer("levenberg_marquardt");
    settings.rates.damping = 1e6;
    Document document;
    document.settings = std::make_shared<const Settings>(settings);
    document.data = std::make_shared<const Dataset>(
        make_dataset(*find_dataset_recipe("spiral"), {400'000, 0.1, 1}, 2,
                     settings.model.architecture.output_activation()));
    const std::vector<double> p = make_session(document).initial_parameters();
    ASSERT_GT(residual_count(settings.model, document.data->size()) * 23, Index{1} << 24);
    const auto [trial, gradient] = propose(document, p, true);
    EXPECT_TRUE(trial.accepted);
    EXPECT_TRUE(std::isnan(trial.solve_difference));  // the other system has 800,000 unknowns
    std::vector<double> expected(p.size());
    const double cost = Backprop().gradient(settings.model, p, *document.data, Batch{}, expected);
    const Near near{1e-9, 1e-12};  // 800,000 terms in another order
    near(trial.cost, cost, "cost");
    near(gradient, expected, "∇Cost");
    if (l2 == 0.0) continue;
    // λ outweighs the data (‖J‖² ≤ N/4 or so) and μ: each weight is sent to nearly 0.
    const ConstWeightView W = settings.model.architecture.W(std::span(p), 0);
    for (Index i = 0; i < W.size(); ++i)
      EXPECT_NEAR(trial.step[static_cast<std::size_t>(i)], -W.data[i], 0.05 * std::abs(W.data[i]));
  }
}

TEST(LevenbergMarquardt, RejectsATrialThatOverflows) {
  Settings settings = ox_settings();
  settings.model.architecture = Architecture({1, 1}, {find_activation("relu")});
  settings.optimizer = find_optimizer("levenberg_marquardt");
  settings.rates.damping = 1e-100;
  Document document;
  document.settings = std::make_shared<const Settings>(settings);
  auto data = std::make_shared<Dataset>();
  data->X.resize(1, 1);
  data->Y.resize(1, 1);
  data->X(0, 0) = 1e-160;  // J is so small that the undamped step overflows
  data->Y(0, 0) = 1e150;
  document.data = data;
  const auto [trial, gradient] = propose(document, {1.0, 1e-3});
  EXPECT_FALSE(trial.accepted && !std::isfinite(trial.trial_cost));
  Session session = make_session(document);
  for (int i = 0; i < 300; ++i)
    ASSERT_TRUE(session.advance());
  EXPECT_TRUE(all_finite(session.state().parameters));
  EXPECT_TRUE(std::isfinite(session.state().damping));
}

TEST(LevenbergMarquardt, SaysWhyItDoesNotFit) {
  Model model = ox_settings().model;
  EXPECT_EQ(why_not_levenberg_marquardt(model, 10), "");
  model.loss = find_loss("bce");
  EXPECT_NE(why_not_levenberg_marquardt(model, 10).find("binary cross-entropy"), std::string::npos);
  model = ox_settings().model;
  const Activation* sigmoid = find_activation("sigmoid");
  model.architecture = Architecture({2, 256, 256, 2}, {sigmoid, sigmoid, sigmoid});
  EXPECT_EQ(why_not_levenberg_marquardt(model, 10), "");  // 20 unknowns by residuals
  EXPECT_NE(why_not_levenberg_marquardt(model, 100'000), "");
}

}  // namespace
}  // namespace deltascope
