#include "lane_least_squares.hpp"

#include <algorithm>
#include <cmath>

namespace deltascope {
namespace {

// Two groups of rows of so many columns stay in the first cache.
constexpr Index block_columns = 512;

Index padded(Index count, Index lanes) {
  return (count + lanes - 1) / lanes * lanes;
}

Index samples_per_block(Index outputs, Index lanes) {
  return padded(std::max(Index{1}, block_columns / outputs), lanes);
}

Index weight_count(const Architecture& net) {
  Index count = 0;
  for (Index layer = 0; layer < net.layers(); ++layer)
    count += net.fan_in(layer) * net.fan_out(layer);
  return count;
}

/// `values` begins anew, with `count` zeros.
void start(AlignedArray<double>& values, Index count) {
  values.resize(static_cast<std::size_t>(count));
  std::ranges::fill(values.values(), 0.0);
}

}  // namespace

bool LaneLeastSquares::suits(const Model& model, Index samples) {
  const kernels::Kernels* kernels = model.arithmetic->kernels;
  if (kernels == nullptr) return false;
  const auto known = [](const Activation* g) {
    return g->curve != kernels::Curve::none && g->curve != kernels::Curve::softmax;
  };
  const Architecture& net = model.architecture;
  const Operations &used = *model.operations, &right = textbook_operations();
  const bool as_the_textbook =
      net.layers() == 1 ||
      (used.pull_back == right.pull_back && used.through_activation == right.through_activation);
  if (!as_the_textbook) return false;
  if (!std::ranges::all_of(net.activations(), known)) return false;
  const LeastSquaresSize size = least_squares_size(model, samples);
  const LeastSquaresSize with_padding{size.residuals + 2 * kernels->lanes, size.parameters};
  return !size.fits_whole() || with_padding.entries() <= 2.0 * LeastSquaresSize::most_entries;
}

void LaneLeastSquares::System::resize(Index n, Index lanes) {
  unknowns = n;
  stride = padded(n + 1 + kernels::spare_rows, lanes);
  deltascope::start(values, (n + kernels::spare_rows) * stride);
}

void LaneLeastSquares::start(const Model& model, const Dataset& data, LinearSystems systems) {
  model_ = &model;
  kernels_ = model.arithmetic->kernels;
  systems_ = systems;
  const Architecture& net = model.architecture;
  const Index lanes = kernels_->lanes;
  parameters_ = net.parameters();
  samples_ = data.size();
  block_ = samples_per_block(net.outputs(), lanes);
  start_net(data);

  Index columns = std::min(block_, samples_) * net.outputs();
  if (systems.by_residuals) {
    columns = samples_ * net.outputs();
    first_weight_column_ = padded(columns, lanes);
    if (model.l2 != 0.0) columns = first_weight_column_ + weight_count(net);
    kernel_.resize(columns, lanes);
  }
  if (systems.by_parameters) normal_.resize(parameters_, lanes);
  Jt_stride_ = padded(columns + lanes, lanes);
  deltascope::start(Jt_, (parameters_ + 1 + kernels::spare_rows) * Jt_stride_);
  last_count_ = 0;

  const auto room = [&](const System& system) {
    return (system.unknowns + kernels::solve_rows) * system.stride;
  };
  deltascope::start(workspace_, std::max(systems.by_residuals ? room(kernel_) : 0,
                                         systems.by_parameters ? room(normal_) : 0));
  const Index longest = std::max(columns, parameters_) + kernels::spare_rows + lanes;
  deltascope::start(solved_, longest);
  deltascope::start(product_, longest);
  deltascope::start(Jtr_, longest);
  rhs_.resize(static_cast<std::size_t>(longest));
  pivoted_.reserve(systems.first_by_residuals ? columns : parameters_);
}

void LaneLeastSquares::start_net(const Dataset& data) {
  const Architecture& net = model_->architecture;
  const Index lanes = kernels_->lanes;
  net_.data_stride = padded(samples_, lanes);
  net_.activity_stride = padded(std::min(block_, samples_), lanes);
  net_.depth = net.layers();

  const Index inputs = net.inputs(), outputs = net.outputs();
  deltascope::start(data_, (inputs + outputs + 1) * net_.data_stride);
  double* const X = data_.data();
  double* const Y = X + inputs * net_.data_stride;
  double* const exists = Y + outputs * net_.data_stride;
  for (Index i = 0; i < net_.data_stride; ++i) {
    const Index sample = std::min(i, samples_ - 1);
    for (Index j = 0; j < inputs; ++j)
      X[j * net_.data_stride + i] = data.X(j, sample);
    for (Index j = 0; j < outputs; ++j)
      Y[j * net_.data_stride + i] = data.Y(j, sample);
    exists[i] = i < samples_ ? 1.0 : 0.0;
  }
  net_.X = X;
  net_.Y = Y;
  net_.exists = exists;

  deltascope::start(activity_, 2 * net.neurons() * net_.activity_stride);
  layers_.resize(static_cast<std::size_t>(net.layers()));
  double* free = activity_.data();
  Index offset = 0;
  for (Index layer = 0; layer < net.layers(); ++layer) {
    kernels::ResidualLayer& one = layers_[static_cast<std::size_t>(layer)];
    one = {net.fan_in(layer),
           net.fan_out(layer),
           net.activation(layer).curve,
           offset,
           nullptr,
           nullptr};
    one.a = free;
    one.delta = free + one.outputs * net_.activity_stride;
    free += 2 * one.outputs * net_.activity_stride;
    offset += one.outputs * (one.inputs + 1);
  }
  net_.layers = layers_.data();
}

kernels::ResidualNet LaneLeastSquares::block_from(Index first) const {
  kernels::ResidualNet block = net_;
  block.samples = std::min(block_, samples_ - first);
  block.X += first;
  block.Y += first;
  block.exists += first;
  return block;
}

void LaneLeastSquares::linearize(std::span<const double> parameters) {
  const Index outputs = model_->architecture.outputs();
  sum_of_squares_ = squares_of_weights(parameters);
  for (Index first = 0; first < samples_; first += block_) {
    const kernels::ResidualNet block = block_from(first);
    double* const Jt = Jt_.data() + (systems_.by_residuals ? first * outputs : 0);
    if (!systems_.by_residuals && block.samples != last_count_) {
      // What is zero stands elsewhere.
      std::ranges::fill(Jt_.values(), 0.0);
      last_count_ = block.samples;
    }
    sum_of_squares_ += kernels_->residuals(block, parameters.data(), Jt + parameters_ * Jt_stride_);
    kernels_->jacobian(block, parameters.data(), Jt, Jt_stride_);
    if (systems_.by_parameters) {
      kernels_->products_of_rows(Jt, parameters_ + 1, block.samples * outputs, Jt_stride_,
                                 first > 0, normal_.values.data(), normal_.stride);
    }
  }
  if (model_->l2 != 0.0) add_weight_residuals(parameters);
  if (systems_.by_residuals) {
    kernels_->products_of_columns(Jt_.data(), parameters_, kernel_.unknowns, Jt_stride_,
                                  kernel_.values.data(), kernel_.stride);
    const double* const r = Jt_.data() + parameters_ * Jt_stride_;
    for (Index i = 0; i < kernel_.unknowns; ++i)
      kernel_.rhs(i) = r[i];
  }
  if (systems_.first_by_residuals) {
    kernels_->times_vector(Jt_.data(), parameters_, kernel_.unknowns, Jt_stride_,
                           Jt_.data() + parameters_ * Jt_stride_, Jtr_.data());
  } else {
    for (Index i = 0; i < parameters_; ++i)
      Jtr_.data()[i] = normal_.rhs(i);
  }
}

// With λ > 0 each weight has a residual √(Nλ)·(0 − w): see Jacobian.
void LaneLeastSquares::add_weight_residuals(std::span<const double> parameters) {
  const double weight = static_cast<double>(samples_) * model_->l2;
  const double root = std::sqrt(weight);
  Index column = first_weight_column_;
  for (const kernels::ResidualLayer& layer : layers_) {
    for (Index i = layer.offset; i < layer.offset + layer.inputs * layer.outputs; ++i, ++column) {
      const double w = parameters[static_cast<std::size_t>(i)];
      if (systems_.by_parameters) {
        normal_.diagonal(i) += weight;
        normal_.rhs(i) -= weight * w;
      }
      if (systems_.by_residuals) {
        Jt_.data()[i * Jt_stride_ + column] = root;
        Jt_.data()[parameters_ * Jt_stride_ + column] = -root * w;
      }
    }
  }
}

double LaneLeastSquares::squares_of_weights(std::span<const double> parameters) const {
  if (model_->l2 == 0.0) return 0.0;
  double sum = 0.0;
  for (const kernels::ResidualLayer& layer : layers_) {
    for (Index i = layer.offset; i < layer.offset + layer.inputs * layer.outputs; ++i) {
      const double w = parameters[static_cast<std::size_t>(i)];
      sum += w * w;
    }
  }
  return static_cast<double>(samples_) * model_->l2 * sum;
}

double LaneLeastSquares::sum_of_squares(std::span<const double> parameters) {
  double sum = squares_of_weights(parameters);
  for (Index first = 0; first < samples_; first += block_)
    sum += kernels_->residuals(block_from(first), parameters.data(), nullptr);
  return sum;
}

void LaneLeastSquares::solve(System& system, double damping) {
  if (kernels_->solve_damped(system.values.data(), system.unknowns, system.stride, damping,
                             workspace_.data(), solved_.data())) {
    return;
  }
  const auto n = static_cast<std::size_t>(system.unknowns);
  for (Index i = 0; i < system.unknowns; ++i)
    rhs_[static_cast<std::size_t>(i)] = system.rhs(i);
  pivoted_.solve(system.values.data(), system.stride, damping, std::span(rhs_).first(n),
                 solved_.values().first(n));
  std::ranges::fill(solved_.values().subspan(n), 0.0);
}

void LaneLeastSquares::solve_for_parameters(double damping, std::span<double> step) {
  solve(normal_, damping);
  std::copy_n(solved_.data(), step.size(), step.data());
}

void LaneLeastSquares::solve_for_residuals(double damping, std::span<double> step) {
  solve(kernel_, damping);
  kernels_->times_vector(Jt_.data(), parameters_, kernel_.unknowns, Jt_stride_, solved_.data(),
                         product_.data());
  std::copy_n(product_.data(), step.size(), step.data());
}

}  // namespace deltascope
