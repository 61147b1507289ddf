#include "eigen.hpp"
#include "lane_least_squares.hpp"
#include "least_squares.hpp"

#include <deltascope/levenberg_marquardt.hpp>
#include <deltascope/settings.hpp>
#include <deltascope/table.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace deltascope {
namespace {

constexpr double damping_factor = 10.0;

constexpr std::array<DampedSolve, 3> table{
    DampedSolve{"automatic", "the smaller system", "whichever has fewer unknowns",
                [](Index residuals, Index parameters) { return residuals < parameters; }},
    DampedSolve{"normal", "normal equations", "(JᵀJ + μI) Δp = Jᵀr",
                [](Index, Index) { return false; }},
    DampedSolve{"woodbury", "Woodbury form", "Δp = Jᵀ (JJᵀ + μI)⁻¹ r",
                [](Index, Index) { return true; }},
};
constexpr const DampedSolve& normal_solve = table[1];
constexpr const DampedSolve& woodbury_solve = table[2];

}  // namespace

std::span<const DampedSolve> damped_solves() {
  return table;
}

const DampedSolve* find_damped_solve(std::string_view name) {
  return find_row(damped_solves(), name);
}

std::string why_not_levenberg_marquardt(const Model& model, Index samples) {
  if (!model.loss->least_squares) {
    return "Levenberg–Marquardt works on the residuals y − a of the quadratic cost; " +
           std::string(model.loss->label) + " is not a sum of squares";
  }
  const LeastSquaresSize size = least_squares_size(model, samples);
  if (size.can_solve_for_parameters() || size.can_solve_for_residuals()) return {};
  return "Levenberg–Marquardt is for small problems: with " + std::to_string(size.parameters) +
         " parameters and " + std::to_string(size.residuals) +
         " residuals, one step would take too long";
}

struct LevenbergMarquardt::Memory {
  // What the systems were made from.
  std::shared_ptr<const Settings> settings;
  std::shared_ptr<const Dataset> data;
  std::vector<double> parameters;
  LinearSystems systems;
  bool by_kernels = false;

  TextbookLeastSquares textbook;
  LaneLeastSquares lanes;
  std::vector<double> trial_parameters, other_step;

  bool is_linearized_at(std::span<const double> at) const {
    return std::ranges::equal(at, parameters);
  }
  template <class LeastSquares>
  void propose(LeastSquares& problem, bool started, std::span<const double> at, double damping,
               bool compare, Trial& trial, std::span<double> gradient);
};

void LevenbergMarquardt::propose(const std::shared_ptr<const Settings>& settings,
                                 const std::shared_ptr<const Dataset>& data,
                                 std::span<const double> parameters, double damping, bool compare,
                                 Trial& trial, std::span<double> gradient) {
  Memory& work = memory_.get();
  const Model& model = settings->model;
  const LeastSquaresSize size = least_squares_size(model, data->size());
  bool by_residuals = settings->damped_solve->by_residuals(size.residuals, size.parameters);
  if (!size.can_solve_for_residuals()) by_residuals = false;
  if (!size.can_solve_for_parameters()) by_residuals = true;
  compare = compare && size.can_solve_for_parameters() && size.can_solve_for_residuals();

  const bool same = settings == work.settings && data == work.data;
  LinearSystems systems{by_residuals || compare, !by_residuals || compare, by_residuals};
  // After somebody has looked at a trial that was rejected, both are there.
  if (same && work.is_linearized_at(parameters) && work.systems.contain(systems))
    systems = work.systems;
  const bool started = same && systems == work.systems;
  if (!started) {
    work.settings = settings;
    work.data = data;
    work.systems = systems;
    work.by_kernels = LaneLeastSquares::suits(model, data->size());
    if (work.by_kernels) {
      work.lanes.start(model, *data, systems);
    } else {
      work.textbook.start(model, *data, systems);
    }
  }
  trial.residuals = size.residuals;
  if (work.by_kernels) {
    work.propose(work.lanes, started, parameters, damping, compare, trial, gradient);
  } else {
    work.propose(work.textbook, started, parameters, damping, compare, trial, gradient);
  }
}

template <class LeastSquares>
void LevenbergMarquardt::Memory::propose(LeastSquares& problem, bool started,
                                         std::span<const double> at, double damping, bool compare,
                                         Trial& trial, std::span<double> gradient) {
  if (!started || !is_linearized_at(at)) {
    parameters.assign(at.begin(), at.end());
    problem.linearize(at);
  }
  const bool by_residuals = systems.first_by_residuals;
  trial.damping = damping;
  trial.solve = by_residuals ? &woodbury_solve : &normal_solve;
  trial.step.resize(at.size());
  other_step.resize(at.size());
  trial.solve_difference = std::numeric_limits<double>::quiet_NaN();
  if (by_residuals || compare)
    problem.solve_for_residuals(damping, by_residuals ? trial.step : other_step);
  if (!by_residuals || compare)
    problem.solve_for_parameters(damping, by_residuals ? other_step : trial.step);
  const auto step = as_eigen(std::span<const double>(trial.step));
  if (compare && !step.isZero(0.0)) {
    trial.solve_difference =
        (step - as_eigen(std::span<const double>(other_step))).norm() / step.norm();
  }

  const Model& model = settings->model;
  const auto N = static_cast<double>(data->size());
  const auto Jtr = as_eigen(problem.Jtr());
  as_eigen(gradient) = -Jtr / N;
  trial_parameters.assign(at.begin(), at.end());
  model.operations->apply_update(model.architecture, trial.step, trial_parameters);
  const double before = problem.sum_of_squares();
  const double after = problem.sum_of_squares(trial_parameters);
  trial.cost = before / (2.0 * N);
  trial.trial_cost = after / (2.0 * N);
  trial.predicted_decrease = step.dot(damping * step + Jtr);
  // Below the rounding of ‖r‖² itself, a ratio would be of noise.
  const double noise = std::numeric_limits<double>::epsilon() * before;
  trial.gain_ratio = trial.predicted_decrease > noise ? (before - after) / trial.predicted_decrease
                                                      : std::numeric_limits<double>::quiet_NaN();
  trial.accepted = after < before;  // false for NaN
  trial.next_damping =
      std::clamp(trial.accepted ? damping / damping_factor : damping * damping_factor,
                 least_damping, largest_damping);
}

}  // namespace deltascope
