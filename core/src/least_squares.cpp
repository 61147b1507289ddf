#include "least_squares.hpp"

#include "eigen.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace deltascope {
namespace {

// A symmetric system of so many unknowns takes 32 MB and about a second.
constexpr Index most_unknowns = 2048;
constexpr Index block_entries = Index{1} << 20;
// Multiplications for JᵀJ or JJᵀ; more would take minutes a step.
constexpr double most_work = 1e11;

void clear(Matrix& symmetric, Index size) {
  symmetric.resize(size, size);
  std::ranges::fill(symmetric.values(), 0.0);
}

}  // namespace

bool LeastSquaresSize::can_solve_for_parameters() const {
  return parameters <= most_unknowns && entries() * static_cast<double>(parameters) <= most_work;
}

bool LeastSquaresSize::can_solve_for_residuals() const {
  return residuals <= most_unknowns && fits_whole();
}

LeastSquaresSize least_squares_size(const Model& model, Index samples) {
  return {residual_count(model, samples), model.architecture.parameters()};
}

struct PivotedSolver::Workspace {
  Eigen::MatrixXd damped;
  Eigen::LDLT<Eigen::MatrixXd> factors;
};

PivotedSolver::PivotedSolver() : workspace_(std::make_unique<Workspace>()) {}
PivotedSolver::~PivotedSolver() = default;

void PivotedSolver::reserve(Index unknowns) {
  auto& [damped, factors] = *workspace_;
  if (damped.rows() == unknowns) return;
  damped.resize(unknowns, unknowns);
  factors = Eigen::LDLT<Eigen::MatrixXd>(unknowns);
}

void PivotedSolver::solve(const double* A, Index stride, double damping, std::span<const double> b,
                          std::span<double> x) {
  const auto n = static_cast<Index>(b.size());
  auto& [damped, factors] = *workspace_;
  damped = Eigen::Map<const Eigen::MatrixXd, 0, Eigen::OuterStride<>>(A, n, n, {stride});
  damped.diagonal().array() += damping;
  factors.compute(damped);
  as_eigen(x) = factors.solve(as_eigen(b));
}

void TextbookLeastSquares::start(const Model& model, const Dataset& data, LinearSystems systems) {
  model_ = &model;
  data_ = &data;
  systems_ = systems;
}

void TextbookLeastSquares::linearize(std::span<const double> parameters) {
  const Model& model = *model_;
  const Dataset& data = *data_;
  const LeastSquaresSize size = least_squares_size(model, data.size());
  const Index outputs = model.architecture.outputs();
  const Index block = size.fits_whole()
                          ? data.size()
                          : std::max<Index>(1, block_entries / (size.parameters * outputs));
  Jtr_.assign(static_cast<std::size_t>(size.parameters), 0.0);
  if (systems_.by_parameters) clear(normal_, size.parameters);
  for (Index first = 0; first < data.size(); first += block) {
    const Index count = std::min(block, data.size() - first);
    const Index columns = count * outputs;
    Jt_.resize(size.parameters, size.fits_whole() ? size.residuals : columns);
    r_.resize(static_cast<std::size_t>(Jt_.cols()));
    jacobian_.rows(model, parameters, data, first, count, Jt_.view().columns(0, columns),
                   std::span(r_).first(static_cast<std::size_t>(columns)));
    if (size.fits_whole() && model.l2 != 0.0) add_weight_residuals(parameters);
    as_eigen(std::span(Jtr_)).noalias() +=
        as_eigen(Jt_.view()) * as_eigen(std::span<const double>(r_));
    if (systems_.by_parameters) {
      as_eigen(normal_.view()).selfadjointView<Eigen::Lower>().rankUpdate(as_eigen(Jt_.view()));
    }
  }
  if (systems_.by_residuals) {
    clear(kernel_, size.residuals);
    as_eigen(kernel_.view())
        .selfadjointView<Eigen::Lower>()
        .rankUpdate(as_eigen(Jt_.view()).transpose());
  }
  if (!size.fits_whole() && model.l2 != 0.0) {
    const double weight = static_cast<double>(data.size()) * model.l2;
    const Architecture& net = model.architecture;
    for (Index layer = 0; layer < net.layers(); ++layer) {
      const ConstWeightView W = net.W(parameters, layer);
      const Index first = W.data - parameters.data();
      for (Index i = first; i < first + W.size(); ++i) {
        normal_(i, i) += weight;
        Jtr_[static_cast<std::size_t>(i)] -= weight * parameters[static_cast<std::size_t>(i)];
      }
    }
  }
  sum_of_squares_ = sum_of_squares(parameters);
}

void TextbookLeastSquares::add_weight_residuals(std::span<const double> parameters) {
  const Architecture& net = model_->architecture;
  const double root = std::sqrt(static_cast<double>(data_->size()) * model_->l2);
  Index column = data_->size() * net.outputs();
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const ConstWeightView W = net.W(parameters, layer);
    for (Index i = 0; i < W.size(); ++i, ++column) {
      as_eigen(Jt_.view()).col(column).setZero();
      Jt_(W.data - parameters.data() + i, column) = root;
      r_[static_cast<std::size_t>(column)] = -root * W.data[i];
    }
  }
}

double TextbookLeastSquares::sum_of_squares(std::span<const double> parameters) {
  return jacobian_.sum_of_squares(*model_, parameters, *data_);
}

void TextbookLeastSquares::solve_for_parameters(double damping, std::span<double> step) {
  solver_.solve(normal_.values().data(), normal_.rows(), damping, Jtr_, step);
}

void TextbookLeastSquares::solve_for_residuals(double damping, std::span<double> step) {
  solved_.resize(r_.size());
  solver_.solve(kernel_.values().data(), kernel_.rows(), damping, r_, solved_);
  as_eigen(step).noalias() = as_eigen(Jt_.view()) * as_eigen(std::span<const double>(solved_));
}

}  // namespace deltascope
