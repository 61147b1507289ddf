#pragma once
// The reference values for Levenberg–Marquardt (tests/data/lm_oracle.json) as plain data.
// Parameters stand in the order of our flat block, residuals sample by sample.

#include <deltascope/session_file.hpp>

#include <limits>
#include <string>
#include <vector>

namespace deltascope::test {

struct LmStep {
  double damping = 0.0;
  std::vector<double> step, parameters_after;
  double sum_of_squares_after = 0.0, cost_after = 0.0, predicted_decrease = 0.0;
  double gain_ratio = std::numeric_limits<double>::quiet_NaN();  // NaN: not defined
  bool accepted = false;
};

struct LmCase {
  std::string id;
  Document document;
  std::vector<double> F, r, JTr;
  std::vector<std::vector<double>> J;  // a row is a residual
  double sum_of_squares = 0.0, cost = 0.0;
  std::vector<LmStep> steps;
};

struct LmTrial {
  double damping = 0.0, cost = 0.0, trial_cost = 0.0;
  bool accepted = false;
};

struct LmTrajectory {
  std::string case_id;  // where it starts
  std::vector<LmTrial> trials;
  struct Parameters {
    std::size_t after = 0;
    std::vector<double> values;
  };
  std::vector<Parameters> parameters;
};

struct LmOracle {
  double rtol = 0.0, atol = 0.0;
  std::vector<LmCase> cases;
  std::vector<LmTrajectory> trajectories;

  const LmCase& find(const std::string& id) const;
};

LmOracle lm_oracle();

}  // namespace deltascope::test
