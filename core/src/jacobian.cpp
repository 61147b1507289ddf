#include "eigen.hpp"

#include <deltascope/jacobian.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace deltascope {
namespace {

// As in backprop: a block's activity stays in cache.
constexpr Index block_columns = 256;

double weights_squared(const Model& model, std::span<const double> parameters) {
  double sum = 0.0;
  for (Index layer = 0; layer < model.architecture.layers(); ++layer) {
    sum += as_eigen(model.architecture.W(parameters, layer)).squaredNorm();
  }
  return sum;
}

}  // namespace

Index residual_count(const Model& model, Index samples) {
  Index count = samples * model.architecture.outputs();
  if (model.l2 == 0.0) return count;
  for (Index layer = 0; layer < model.architecture.layers(); ++layer) {
    count += model.architecture.fan_in(layer) * model.architecture.fan_out(layer);
  }
  return count;
}

void Jacobian::forward(const Model& model, std::span<const double> parameters, const Dataset& data,
                       Index first, Index count) {
  predict(model.architecture, parameters, data.X.view().columns(first, count), activity_);
}

void Jacobian::rows(const Model& model, std::span<const double> parameters, const Dataset& data,
                    Index first, Index count, MatrixView Jt, std::span<double> r) {
  const Architecture& net = model.architecture;
  const Operations& operations = *model.operations;
  const Index outputs = net.outputs();
  const Index last = net.layers() - 1;
  assert(Jt.rows == net.parameters() && Jt.cols == count * outputs &&
         static_cast<Index>(r.size()) == Jt.cols);
  forward(model, parameters, data, first, count);
  const ConstMatrixView X = data.X.view().columns(first, count);
  const ConstMatrixView Y = data.Y.view().columns(first, count);
  const ConstMatrixView a_out = activity_.a.back().view();
  for (Index k = 0; k < Jt.cols; ++k)
    r[static_cast<std::size_t>(k)] = Y.data[k] - a_out.data[k];

  delta_.resize(static_cast<std::size_t>(net.layers()));
  for (Index output = 0; output < outputs; ++output) {
    dA_.resize(outputs, count);
    std::ranges::fill(dA_.values(), 0.0);
    for (Index i = 0; i < count; ++i)
      dA_(output, i) = 1.0;
    for (Index layer = last; layer >= 0; --layer) {
      const auto l = static_cast<std::size_t>(layer);
      if (layer < last) {
        dA_.resize(net.fan_out(layer), count);
        operations.pull_back(net.W(parameters, layer + 1), delta_[l + 1].view(), dA_.view());
      }
      delta_[l].resize(net.fan_out(layer), count);
      const ConstMatrixView z = activity_.z[l].view(), a = activity_.a[l].view();
      if (layer == last) {  // of a residual, not of the loss: no operation of the table is meant
        net.activation(layer).backward(z, a, dA_.view(), delta_[l].view());
      } else {
        operations.through_activation(net.activation(layer), z, a, dA_.view(), delta_[l].view());
      }
    }
    for (Index i = 0; i < count; ++i) {
      const std::span<double> column(Jt.data + (i * outputs + output) * Jt.rows,
                                     static_cast<std::size_t>(Jt.rows));
      for (Index layer = 0; layer <= last; ++layer) {
        const auto l = static_cast<std::size_t>(layer);
        const ConstMatrixView a_prev = layer == 0 ? X : activity_.a[l - 1].view();
        const auto delta = as_eigen(delta_[l].view()).col(i);
        as_eigen(net.W(column, layer)) = delta.lazyProduct(as_eigen(a_prev).col(i).transpose());
        as_eigen(net.b(column, layer)) = delta;
      }
    }
  }
}

double Jacobian::sum_of_squares(const Model& model, std::span<const double> parameters,
                                const Dataset& data) {
  double sum = 0.0;
  for (Index first = 0; first < data.size(); first += block_columns) {
    const Index count = std::min(block_columns, data.size() - first);
    forward(model, parameters, data, first, count);
    sum += (as_eigen(data.Y.view().columns(first, count)) - as_eigen(activity_.a.back().view()))
               .squaredNorm();
  }
  if (model.l2 == 0.0) return sum;
  return sum + static_cast<double>(data.size()) * model.l2 * weights_squared(model, parameters);
}

}  // namespace deltascope
