#include "eigen.hpp"

#include <deltascope/operations.hpp>

namespace deltascope {
namespace {

void output_delta(const Loss& loss, const Activation& output, ConstMatrixView z, ConstMatrixView a,
                  ConstMatrixView y, MatrixView delta) {
  loss.output_delta(output, z, a, y, delta);
}

void pull_back(ConstWeightView W, ConstMatrixView delta, MatrixView dA) {
  as_eigen(dA).noalias() = as_eigen(W).transpose() * as_eigen(delta);
}

void through_activation(const Activation& activation, ConstMatrixView z, ConstMatrixView a,
                        ConstMatrixView dA, MatrixView delta) {
  activation.backward(z, a, dA, delta);
}

void accumulate(ConstMatrixView delta, ConstMatrixView a_prev, WeightView dW,
                std::span<double> db) {
  as_eigen(dW).noalias() += as_eigen(delta) * as_eigen(a_prev).transpose();
  // Column by column, every neuron in the same order: Eigen's rowwise().sum() adds the last rows in
  // another, and neurons that are equal would part.
  for (Index sample = 0; sample < delta.cols; ++sample)
    as_eigen(db) += as_eigen(delta).col(sample);
}

void average(std::span<double> gradient, Index batch_size) {
  // Divided, not multiplied by a rounded 1/N: the mean of N equal numbers is that number.
  as_eigen(gradient) /= static_cast<double>(batch_size);
}

void regularize(ConstWeightView W, std::span<const double>, double l2, WeightView dW,
                std::span<double>) {
  as_eigen(dW) += l2 * as_eigen(W);
}

void apply_update(const Architecture&, std::span<const double> update,
                  std::span<double> parameters) {
  as_eigen(parameters) += as_eigen(update);
}

constexpr Operations textbook{output_delta, pull_back,  through_activation, accumulate,
                              average,      regularize, apply_update};

}  // namespace

const Operations& textbook_operations() {
  return textbook;
}

}  // namespace deltascope
