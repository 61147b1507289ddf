#include "eigen.hpp"

#include <deltascope/network.hpp>

#include <cassert>

namespace deltascope {

void predict(const Architecture& architecture, std::span<const double> parameters,
             ConstMatrixView X, Activity& activity) {
  assert(X.rows == architecture.inputs());
  const auto layers = static_cast<std::size_t>(architecture.layers());
  activity.z.resize(layers);
  activity.a.resize(layers);
  ConstMatrixView previous = X;  // (n_in × N)
  for (std::size_t l = 0; l < layers; ++l) {
    const auto layer = static_cast<Index>(l);
    Matrix& z = activity.z[l];  // (n_out × N)
    Matrix& a = activity.a[l];  // (n_out × N)
    z.resize(architecture.fan_out(layer), X.cols);
    a.resize(architecture.fan_out(layer), X.cols);
    as_eigen(z.view()).noalias() = as_eigen(architecture.W(parameters, layer)) * as_eigen(previous);
    as_eigen(z.view()).colwise() += as_eigen(architecture.b(parameters, layer));
    architecture.activation(layer).forward(z.view(), a.view());
    previous = a.view();
  }
}

}  // namespace deltascope
