// The gradient check beside an independent computation of the same differences.
#include "support/differences.hpp"

#include <deltascope/gradient_check.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace deltascope::test {
namespace {

GradientCheckReport check(const Document& document) {
  const Session session = make_session(document);
  const Model& model = session.settings().model;
  std::vector<double> gradient(session.state().parameters.size());
  Backprop().gradient(model, session.state().parameters, session.data(), {}, gradient);
  return check_gradient(model, session.state().parameters, session.data(), {}, gradient);
}

// Both sides of the check, each against the other computation, which is right to about 10⁻¹² of the
// cost: 10⁻⁹ of the smallest scale below. The check's own differences have its tolerance, 10⁻⁶.
TEST(GradientCheckOracle, AgreesWithIndependentDifferences) {
  std::size_t compared = 0;
  for (const OracleCase& oracle : oracle_cases()) {
    const Document document = open_document(document_text(oracle));
    const GradientCheckReport report = check(document);
    EXPECT_TRUE(report.passed()) << oracle.id << ": " << report.worst_error;
    for (const GradientCheckEntry& entry : report.entries) {
      if (entry.kink) continue;
      const auto i = static_cast<std::size_t>(entry.parameter);
      const double expected = derivative_of(oracle, document.parameters, i);
      const double scale = std::max({std::abs(expected), 1e-3, 1e-3 * oracle.expect.cost});
      EXPECT_NEAR(entry.numeric, expected, 1e-6 * scale) << oracle.id << ", parameter " << i;
      EXPECT_NEAR(entry.analytic, expected, 1e-8 * scale) << oracle.id << ", parameter " << i;
      ++compared;
    }
  }
  EXPECT_GT(compared, 500U);
}

TEST(GradientCheckOracle, ReportsKinksAsKinks) {
  int nonsmooth = 0;
  for (const OracleCase& oracle : oracle_cases()) {
    const Document document = open_document(document_text(oracle));
    const GradientCheckReport report = check(document);
    const auto& rows = document.settings->model.architecture.activations();
    if (std::ranges::none_of(rows, &Activation::has_kink)) {
      EXPECT_EQ(report.kinks, 0) << oracle.id;
    }
    if (!oracle.nonsmooth) continue;
    EXPECT_GT(report.kinks, 0) << oracle.id;
    EXPECT_TRUE(report.passed()) << oracle.id;
    EXPECT_EQ(report.kinks, std::ranges::count(report.entries, true, &GradientCheckEntry::kink));
    ++nonsmooth;
  }
  EXPECT_EQ(nonsmooth, 3);
}

}  // namespace
}  // namespace deltascope::test
