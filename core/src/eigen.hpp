#pragma once
// The only place where our views meet Eigen; private, because Eigen is expensive to include.

#include <deltascope/linalg.hpp>

#include <Eigen/Core>

namespace deltascope {

using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline auto as_eigen(MatrixView m) {
  return Eigen::Map<Eigen::MatrixXd>(m.data, m.rows, m.cols);
}
inline auto as_eigen(ConstMatrixView m) {
  return Eigen::Map<const Eigen::MatrixXd>(m.data, m.rows, m.cols);
}
inline auto as_eigen(WeightView m) {
  return Eigen::Map<RowMajorMatrix>(m.data, m.rows, m.cols);
}
inline auto as_eigen(ConstWeightView m) {
  return Eigen::Map<const RowMajorMatrix>(m.data, m.rows, m.cols);
}
inline auto as_eigen(std::span<double> v) {
  return Eigen::Map<Eigen::VectorXd>(v.data(), static_cast<Index>(v.size()));
}
inline auto as_eigen(std::span<const double> v) {
  return Eigen::Map<const Eigen::VectorXd>(v.data(), static_cast<Index>(v.size()));
}

}  // namespace deltascope
