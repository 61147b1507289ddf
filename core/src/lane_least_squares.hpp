#pragma once

#include "aligned.hpp"
#include "kernels/kernels.hpp"
#include "least_squares.hpp"

#include <span>
#include <vector>

namespace deltascope {

/// TextbookLeastSquares' functions by kernels, a sample in each lane. Nothing is allocated behind
/// start().
class LaneLeastSquares {
 public:
  /// Whether `model.arithmetic` computes here: with kernels, those of the textbook's operations
  /// that J is made by, activations that the kernels know, and a J that is not mostly padding.
  static bool suits(const Model& model, Index samples);

  void start(const Model& model, const Dataset& data, LinearSystems systems);
  void linearize(std::span<const double> parameters);
  std::span<const double> Jtr() const {
    return Jtr_.values().first(static_cast<std::size_t>(parameters_));
  }
  double sum_of_squares() const { return sum_of_squares_; }
  double sum_of_squares(std::span<const double> parameters);
  void solve_for_parameters(double damping, std::span<double> step);
  void solve_for_residuals(double damping, std::span<double> step);

 private:
  /// n equations: (n + spare rows) × stride, the right-hand side in column n.
  struct System {
    AlignedArray<double> values;
    Index unknowns = 0, stride = 0;
    void resize(Index n, Index lanes);
    double& rhs(Index row) { return values.values()[at(row, unknowns)]; }
    double& diagonal(Index row) { return values.values()[at(row, row)]; }
    std::size_t at(Index row, Index column) const {
      return static_cast<std::size_t>(row * stride + column);
    }
  };

  void start_net(const Dataset& data);
  /// The samples of one block.
  kernels::ResidualNet block_from(Index first) const;
  void add_weight_residuals(std::span<const double> parameters);
  void solve(System& system, double damping);
  double squares_of_weights(std::span<const double> parameters) const;

  const Model* model_ = nullptr;
  const kernels::Kernels* kernels_ = nullptr;
  LinearSystems systems_;
  Index parameters_ = 0, samples_ = 0, block_ = 0;

  std::vector<kernels::ResidualLayer> layers_;
  kernels::ResidualNet net_;
  AlignedArray<double> data_, activity_;

  // Jᵀ with r as one more row: a row for each parameter, as many columns as unknowns by residuals;
  // one block of them where the system for the parameters is all that is wanted.
  AlignedArray<double> Jt_;
  Index Jt_stride_ = 0;
  Index first_weight_column_ = 0;
  Index last_count_ = 0;  // samples of the block in it

  System normal_, kernel_;
  AlignedArray<double> workspace_, solved_, product_, Jtr_;
  double sum_of_squares_ = 0.0;
  PivotedSolver pivoted_;
  std::vector<double> rhs_;
};

}  // namespace deltascope
