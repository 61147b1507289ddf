#pragma once
// What Levenberg–Marquardt solves at one place: r, J, and the symmetric systems made of them. Two
// classes with the same functions compute it, one of them with kernels (lane_least_squares.hpp).

#include <deltascope/dataset.hpp>
#include <deltascope/jacobian.hpp>
#include <deltascope/model.hpp>

#include <memory>
#include <span>
#include <vector>

namespace deltascope {

/// By which formulas the step is solved for (see DampedSolve).
struct LinearSystems {
  bool by_residuals = false;        ///< JJᵀ
  bool by_parameters = false;       ///< JᵀJ
  bool first_by_residuals = false;  ///< which one the step is taken from, where there are both
  bool contain(const LinearSystems& wanted) const {
    return (by_residuals || !wanted.by_residuals) && (by_parameters || !wanted.by_parameters);
  }
  bool operator==(const LinearSystems&) const = default;
};

struct LeastSquaresSize {
  Index residuals, parameters;

  double entries() const {
    return static_cast<double>(residuals) * static_cast<double>(parameters);
  }
  /// Whether J is kept as a whole; beyond, JᵀJ is summed up block by block.
  bool fits_whole() const { return entries() <= static_cast<double>(most_entries); }
  bool can_solve_for_parameters() const;
  bool can_solve_for_residuals() const;

  static constexpr Index most_entries = Index{1} << 24;  // 128 MB
};

LeastSquaresSize least_squares_size(const Model& model, Index samples);

/// (A + μI) x = b for a symmetric A, by the pivoted LDLᵀ of Eigen, which ends with numbers also
/// where A + μI is not positive definite. Allocates in reserve() only, unless it is asked for more.
class PivotedSolver {
 public:
  PivotedSolver();
  ~PivotedSolver();
  void reserve(Index unknowns);
  /// A (n × n): its lower triangle column by column, or the upper one row by row, `stride` apart.
  void solve(const double* A, Index stride, double damping, std::span<const double> b,
             std::span<double> x);

 private:
  struct Workspace;
  std::unique_ptr<Workspace> workspace_;
};

/// As in the textbook. start() when model, points or systems are others; linearize() makes the
/// systems at `parameters`; both arguments of start() are looked at again later.
class TextbookLeastSquares {
 public:
  void start(const Model& model, const Dataset& data, LinearSystems systems);
  void linearize(std::span<const double> parameters);
  std::span<const double> Jtr() const { return Jtr_; }
  /// ‖r‖² where it was linearized, and anywhere.
  double sum_of_squares() const { return sum_of_squares_; }
  double sum_of_squares(std::span<const double> parameters);
  void solve_for_parameters(double damping, std::span<double> step);
  void solve_for_residuals(double damping, std::span<double> step);

 private:
  void add_weight_residuals(std::span<const double> parameters);

  const Model* model_ = nullptr;
  const Dataset* data_ = nullptr;
  LinearSystems systems_;
  Jacobian jacobian_;
  Matrix Jt_;                // (P × R), or a block of its columns where all are too many
  std::vector<double> r_;    // R, or that block's
  std::vector<double> Jtr_;  // P
  Matrix normal_, kernel_;   // JᵀJ (P × P) and JJᵀ (R × R), where needed; lower triangles
  double sum_of_squares_ = 0.0;
  PivotedSolver solver_;
  std::vector<double> solved_;
};

}  // namespace deltascope
