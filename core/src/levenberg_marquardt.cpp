#include "eigen.hpp"

#include <deltascope/levenberg_marquardt.hpp>
#include <deltascope/settings.hpp>
#include <deltascope/table.hpp>

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace deltascope {
namespace {

// A symmetric system of so many unknowns takes 32 MB and about a second.
constexpr Index most_unknowns = 2048;
// Up to so many numbers (128 MB) J is kept as a whole; beyond, JᵀJ is summed up block by block.
constexpr Index most_entries = Index{1} << 24;
constexpr Index block_entries = Index{1} << 20;
// Multiplications for JᵀJ or JJᵀ; more would take minutes a step.
constexpr double most_work = 1e11;

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

struct Size {
  Index residuals, parameters;
  double work_per_unknown() const {
    return static_cast<double>(residuals) * static_cast<double>(parameters);
  }
  bool fits_whole() const { return work_per_unknown() <= static_cast<double>(most_entries); }
  bool can_solve_for_parameters() const {
    return parameters <= most_unknowns &&
           work_per_unknown() * static_cast<double>(parameters) <= most_work;
  }
  bool can_solve_for_residuals() const { return residuals <= most_unknowns && fits_whole(); }
};

Size size_of(const Model& model, Index samples) {
  return {residual_count(model, samples), model.architecture.parameters()};
}

/// (A + μI) x = b with the symmetric A given by its lower triangle.
Eigen::VectorXd solve_damped(const Matrix& A, double damping, const Eigen::VectorXd& b) {
  Eigen::MatrixXd damped = as_eigen(A.view());
  damped.diagonal().array() += damping;
  return damped.ldlt().solve(b);
}

void start(Matrix& symmetric, Index size) {
  symmetric.resize(size, size);
  std::ranges::fill(symmetric.values(), 0.0);
}

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
  const Size size = size_of(model, samples);
  if (size.can_solve_for_parameters() || size.can_solve_for_residuals()) return {};
  return "Levenberg–Marquardt is for small problems: with " + std::to_string(size.parameters) +
         " parameters and " + std::to_string(size.residuals) +
         " residuals, one step would take too long";
}

bool LevenbergMarquardt::is_known(const std::shared_ptr<const Settings>& settings,
                                  const std::shared_ptr<const Dataset>& data,
                                  std::span<const double> parameters) const {
  return settings == settings_ && data == data_ && std::ranges::equal(parameters, parameters_);
}

void LevenbergMarquardt::linearize(const Model& model, const Dataset& data, bool by_residuals,
                                   bool by_parameters) {
  const Size size = size_of(model, data.size());
  const Index outputs = model.architecture.outputs();
  const Index block = size.fits_whole()
                          ? data.size()
                          : std::max<Index>(1, block_entries / (size.parameters * outputs));
  Jtr_.assign(static_cast<std::size_t>(size.parameters), 0.0);
  if (by_parameters) start(normal_, size.parameters);
  for (Index first = 0; first < data.size(); first += block) {
    const Index count = std::min(block, data.size() - first);
    const Index columns = count * outputs;
    Jt_.resize(size.parameters, size.fits_whole() ? size.residuals : columns);
    r_.resize(static_cast<std::size_t>(Jt_.cols()));
    jacobian_.rows(model, parameters_, data, first, count, Jt_.view().columns(0, columns),
                   std::span(r_).first(static_cast<std::size_t>(columns)));
    if (size.fits_whole() && model.l2 != 0.0) add_weight_residuals(model, data);
    as_eigen(std::span(Jtr_)).noalias() +=
        as_eigen(Jt_.view()) * as_eigen(std::span<const double>(r_));
    if (by_parameters) {
      as_eigen(normal_.view()).selfadjointView<Eigen::Lower>().rankUpdate(as_eigen(Jt_.view()));
    }
  }
  if (by_residuals) {
    start(kernel_, size.residuals);
    as_eigen(kernel_.view())
        .selfadjointView<Eigen::Lower>()
        .rankUpdate(as_eigen(Jt_.view()).transpose());
  }
  if (!size.fits_whole() && model.l2 != 0.0) {
    const double weight = static_cast<double>(data.size()) * model.l2;
    const Architecture& net = model.architecture;
    const double* const start_of_block = parameters_.data();
    for (Index layer = 0; layer < net.layers(); ++layer) {
      const ConstWeightView W = net.W(std::span<const double>(parameters_), layer);
      for (Index i = W.data - start_of_block; i < W.data - start_of_block + W.size(); ++i) {
        normal_(i, i) += weight;
        Jtr_[static_cast<std::size_t>(i)] -= weight * parameters_[static_cast<std::size_t>(i)];
      }
    }
  }
  sum_of_squares_ = jacobian_.sum_of_squares(model, parameters_, data);
}

void LevenbergMarquardt::add_weight_residuals(const Model& model, const Dataset& data) {
  const Architecture& net = model.architecture;
  const double root = std::sqrt(static_cast<double>(data.size()) * model.l2);
  Index column = data.size() * net.outputs();
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const ConstWeightView W = net.W(std::span<const double>(parameters_), layer);
    for (Index i = 0; i < W.size(); ++i, ++column) {
      as_eigen(Jt_.view()).col(column).setZero();
      Jt_(W.data - parameters_.data() + i, column) = root;
      r_[static_cast<std::size_t>(column)] = -root * W.data[i];
    }
  }
}

void LevenbergMarquardt::solve_for_parameters(double damping, std::span<double> step) {
  as_eigen(step) = solve_damped(normal_, damping, as_eigen(std::span<const double>(Jtr_)));
}

void LevenbergMarquardt::solve_for_residuals(double damping, std::span<double> step) {
  as_eigen(step).noalias() =
      as_eigen(Jt_.view()) * solve_damped(kernel_, damping, as_eigen(std::span<const double>(r_)));
}

void LevenbergMarquardt::propose(const std::shared_ptr<const Settings>& settings,
                                 const std::shared_ptr<const Dataset>& data,
                                 std::span<const double> parameters, double damping, bool compare,
                                 Trial& trial, std::span<double> gradient) {
  const Model& model = settings->model;
  const Size size = size_of(model, data->size());
  const auto N = static_cast<double>(data->size());
  bool by_residuals = settings->damped_solve->by_residuals(size.residuals, size.parameters);
  if (!size.can_solve_for_residuals()) by_residuals = false;
  if (!size.can_solve_for_parameters()) by_residuals = true;
  compare = compare && size.can_solve_for_parameters() && size.can_solve_for_residuals();

  if (!is_known(settings, data, parameters) || (compare && !compared_)) {
    settings_ = settings;
    data_ = data;
    parameters_.assign(parameters.begin(), parameters.end());
    compared_ = compare;
    linearize(model, *data, compare || by_residuals, compare || !by_residuals);
  }

  trial.damping = damping;
  trial.residuals = size.residuals;
  trial.solve = by_residuals ? &woodbury_solve : &normal_solve;
  trial.step.resize(parameters.size());
  other_step_.resize(parameters.size());
  trial.solve_difference = std::numeric_limits<double>::quiet_NaN();
  if (by_residuals || compare)
    solve_for_residuals(damping, by_residuals ? trial.step : other_step_);
  if (!by_residuals || compare)
    solve_for_parameters(damping, by_residuals ? other_step_ : trial.step);
  const auto step = as_eigen(std::span<const double>(trial.step));
  if (compare && !step.isZero(0.0)) {
    trial.solve_difference =
        (step - as_eigen(std::span<const double>(other_step_))).norm() / step.norm();
  }

  const auto Jtr = as_eigen(std::span<const double>(Jtr_));
  as_eigen(gradient) = -Jtr / N;
  trial_parameters_.assign(parameters.begin(), parameters.end());
  model.operations->apply_update(model.architecture, trial.step, trial_parameters_);
  const double after = jacobian_.sum_of_squares(model, trial_parameters_, *data);
  trial.cost = sum_of_squares_ / (2.0 * N);
  trial.trial_cost = after / (2.0 * N);
  trial.predicted_decrease = step.dot(damping * step + Jtr);
  // Below the rounding of ‖r‖² itself, a ratio would be of noise.
  const double noise = std::numeric_limits<double>::epsilon() * sum_of_squares_;
  trial.gain_ratio = trial.predicted_decrease > noise
                         ? (sum_of_squares_ - after) / trial.predicted_decrease
                         : std::numeric_limits<double>::quiet_NaN();
  trial.accepted = after < sum_of_squares_;  // false for NaN
  trial.next_damping =
      std::clamp(trial.accepted ? damping / damping_factor : damping * damping_factor,
                 least_damping, largest_damping);
}

}  // namespace deltascope
