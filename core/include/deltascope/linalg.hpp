#pragma once
// Scalars, matrices and views without Eigen, so that our headers stay light. Sources that do
// algebra include the private "eigen.hpp" and map these views.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace deltascope {

using Index = std::ptrdiff_t;

enum class Order { column_major, row_major };

/// A rows × cols window on numbers that somebody else owns.
template <class T, Order order>
struct View {
  T* data = nullptr;
  Index rows = 0;
  Index cols = 0;

  T& operator()(Index row, Index col) const {
    return order == Order::row_major ? data[row * cols + col] : data[col * rows + row];
  }
  Index size() const { return rows * cols; }
  operator View<const T, order>() const { return {data, rows, cols}; }
  /// Columns [first, first + count). Only a column-major window keeps a block of columns
  /// contiguous.
  View columns(Index first, Index count) const requires(order == Order::column_major) {
    return {data + first * rows, rows, count};
  }
};

/// Samples: **a column is a sample**, so X is (n_in × N) and one sample is contiguous.
using MatrixView = View<double, Order::column_major>;
using ConstMatrixView = View<const double, Order::column_major>;
/// Weights: **a row is a receiving neuron**, so W is (n_out × n_in) and W[to][from] reads like the
/// document.
using WeightView = View<double, Order::row_major>;
using ConstWeightView = View<const double, Order::row_major>;

/// An owning column-major matrix. Growing and shrinking keeps the capacity: no allocation in a
/// loop.
class Matrix {
 public:
  Matrix() = default;
  Matrix(Index rows, Index cols) { resize(rows, cols); }

  /// The values are unspecified afterwards, except that new memory is zero.
  void resize(Index rows, Index cols) {
    values_.resize(static_cast<std::size_t>(rows * cols));
    rows_ = rows;
    cols_ = cols;
  }
  Index rows() const { return rows_; }
  Index cols() const { return cols_; }
  Index size() const { return rows_ * cols_; }
  double& operator()(Index row, Index col) { return values_[at(row, col)]; }
  double operator()(Index row, Index col) const { return values_[at(row, col)]; }
  MatrixView view() { return {values_.data(), rows_, cols_}; }
  ConstMatrixView view() const { return {values_.data(), rows_, cols_}; }
  std::span<double> values() { return values_; }
  std::span<const double> values() const { return values_; }
  bool operator==(const Matrix&) const = default;

 private:
  std::size_t at(Index row, Index col) const { return static_cast<std::size_t>(col * rows_ + row); }

  std::vector<double> values_;
  Index rows_ = 0;
  Index cols_ = 0;
};

inline bool all_finite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

}  // namespace deltascope
