#include "eigen.hpp"
#include "fast_backprop.hpp"
#include "small_steps.hpp"

#include <deltascope/backprop.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace deltascope {
namespace {

// Enough columns that a matrix product pays off, few enough that a block's activity stays in cache.
constexpr Index block_columns = 256;

void copy_columns(ConstMatrixView from, Matrix& to, Index first) {
  std::copy_n(from.data, from.size(), to.view().columns(first, from.cols).data);
}

void start_trace(StepTrace& trace, const Architecture& architecture, const Dataset& data,
                 Batch batch, Index traced) {
  trace.batch_size = batch.size(data.size());
  trace.samples.resize(static_cast<std::size_t>(traced));
  for (std::size_t i = 0; i < trace.samples.size(); ++i) {
    trace.samples[i] = batch.all ? static_cast<std::uint32_t>(i) : batch.samples[i];
  }
  const auto layers = static_cast<std::size_t>(architecture.layers());
  trace.X.resize(architecture.inputs(), traced);
  trace.Y.resize(architecture.outputs(), traced);
  for (auto* per_layer : {&trace.z, &trace.a, &trace.delta}) {
    per_layer->resize(layers);
    for (std::size_t l = 0; l < layers; ++l) {
      (*per_layer)[l].resize(architecture.fan_out(static_cast<Index>(l)), traced);
    }
  }
  trace.loss_per_sample.resize(static_cast<std::size_t>(traced));
  for (Index i = 0; i < traced; ++i) {
    const Index sample = static_cast<Index>(trace.samples[static_cast<std::size_t>(i)]);
    copy_columns(data.X.view().columns(sample, 1), trace.X, i);
    copy_columns(data.Y.view().columns(sample, 1), trace.Y, i);
  }
}

}  // namespace

double l2_cost(const Model& model, std::span<const double> parameters) {
  if (model.l2 == 0.0) return 0.0;
  double sum = 0.0;
  for (Index layer = 0; layer < model.architecture.layers(); ++layer) {
    sum += as_eigen(model.architecture.W(parameters, layer)).squaredNorm();
  }
  return 0.5 * model.l2 * sum;
}

void Backprop::forward_block(const Model& model, std::span<const double> parameters,
                             const Dataset& data, Batch batch, Index first, Index count) {
  X_.resize(data.X.rows(), count);
  Y_.resize(data.Y.rows(), count);
  for (Index i = 0; i < count; ++i) {
    const Index sample =
        batch.all ? first + i
                  : static_cast<Index>(batch.samples[static_cast<std::size_t>(first + i)]);
    copy_columns(data.X.view().columns(sample, 1), X_, i);
    copy_columns(data.Y.view().columns(sample, 1), Y_, i);
  }
  predict(model.architecture, parameters, X_.view(), activity_);
  losses_.resize(static_cast<std::size_t>(count));
  model.loss->per_sample(activity_.z.back().view(), activity_.a.back().view(), Y_.view(), losses_);
}

void Backprop::backward_block(const Model& model, std::span<const double> parameters) {
  const Architecture& net = model.architecture;
  const Index last = net.layers() - 1;
  const Index count = X_.cols();
  delta_.resize(static_cast<std::size_t>(net.layers()));
  for (Index layer = last; layer >= 0; --layer) {
    const auto l = static_cast<std::size_t>(layer);
    const ConstMatrixView z = activity_.z[l].view();
    const ConstMatrixView a = activity_.a[l].view();
    delta_[l].resize(net.fan_out(layer), count);
    if (layer == last) {
      model.operations->output_delta(*model.loss, net.activation(layer), z, a, Y_.view(),
                                     delta_[l].view());
    } else {
      dA_.resize(net.fan_out(layer), count);
      model.operations->pull_back(net.W(parameters, layer + 1), delta_[l + 1].view(), dA_.view());
      model.operations->through_activation(net.activation(layer), z, a, dA_.view(),
                                           delta_[l].view());
    }
  }
}

// Σ dW and Σ db over the batch, as the textbook's operations give them; returns the losses' sum.
double Backprop::sum_gradient(const Model& model, std::span<const double> parameters,
                              const Dataset& data, Batch batch, std::span<double> gradient,
                              StepTrace* trace, std::span<const double> back_through) {
  const Architecture& net = model.architecture;
  const Index batch_size = batch.size(data.size());
  const Index traced = trace == nullptr ? 0 : trace->X.cols();
  std::fill(gradient.begin(), gradient.end(), 0.0);
  double loss_sum = 0.0;
  for (Index first = 0; first < batch_size; first += block_columns) {
    const Index count = std::min(block_columns, batch_size - first);
    forward_block(model, parameters, data, batch, first, count);
    loss_sum = std::accumulate(losses_.begin(), losses_.end(), loss_sum);
    backward_block(model, back_through.empty() ? parameters : back_through);
    for (Index layer = 0; layer < net.layers(); ++layer) {
      const auto l = static_cast<std::size_t>(layer);
      const ConstMatrixView a_prev = layer == 0 ? X_.view() : activity_.a[l - 1].view();
      model.operations->accumulate(delta_[l].view(), a_prev, net.W(gradient, layer),
                                   net.b(gradient, layer));
    }
    if (first < traced) {
      const Index kept = std::min(count, traced - first);
      for (std::size_t l = 0; l < delta_.size(); ++l) {
        copy_columns(activity_.z[l].view().columns(0, kept), trace->z[l], first);
        copy_columns(activity_.a[l].view().columns(0, kept), trace->a[l], first);
        copy_columns(delta_[l].view().columns(0, kept), trace->delta[l], first);
      }
      std::copy_n(losses_.begin(), kept, trace->loss_per_sample.begin() + first);
    }
  }
  return loss_sum;
}

double Backprop::gradient(const Model& model, std::span<const double> parameters,
                          const Dataset& data, Batch batch, std::span<double> gradient,
                          StepTrace* trace, Index max_traced,
                          std::span<const double> back_through) {
  const Architecture& net = model.architecture;
  const Operations& operations = *model.operations;
  const Index batch_size = batch.size(data.size());
  assert(batch_size > 0 && static_cast<Index>(gradient.size()) == net.parameters());
  if (back_through.empty() && SmallSteps::suits(model, batch_size)) {
    return small_steps_.get().gradient(model, parameters, data, batch, gradient, trace, max_traced);
  }
  if (trace != nullptr) start_trace(*trace, net, data, batch, std::min(batch_size, max_traced));

  double loss_sum = 0.0;
  if (back_through.empty() && has_kernels(model)) {
    loss_sum = fast_.get(threads_).sum_gradient(model, parameters, data, batch, gradient);
    if (trace != nullptr) fast_.get(threads_).record(model, parameters, data, batch, *trace);
  } else {
    loss_sum = sum_gradient(model, parameters, data, batch, gradient, trace, back_through);
  }
  operations.average(gradient, batch_size);
  if (trace != nullptr) trace->gradient_data.assign(gradient.begin(), gradient.end());
  if (model.l2 != 0.0) {
    for (Index layer = 0; layer < net.layers(); ++layer) {
      operations.regularize(net.W(parameters, layer), net.b(parameters, layer), model.l2,
                            net.W(gradient, layer), net.b(gradient, layer));
    }
  }
  const double data_cost = loss_sum / static_cast<double>(batch_size);
  const double weight_cost = l2_cost(model, parameters);
  if (trace != nullptr) {
    trace->gradient.assign(gradient.begin(), gradient.end());
    trace->data_cost = data_cost;
    trace->l2_cost = weight_cost;
  }
  return data_cost + weight_cost;
}

Evaluation Backprop::evaluate(const Model& model, std::span<const double> parameters,
                              const Dataset& data, bool with_delta) {
  const Architecture& net = model.architecture;
  if (has_kernels(model)) {
    Evaluation result = fast_.get(threads_).evaluate(model, parameters, data, with_delta);
    result.l2_cost = l2_cost(model, parameters);
    return result;
  }
  Evaluation result;
  result.total = data.size();
  result.rms_delta.assign(with_delta ? static_cast<std::size_t>(net.layers()) : 0, 0.0);
  double loss_sum = 0.0;
  for (Index first = 0; first < data.size(); first += block_columns) {
    const Index count = std::min(block_columns, data.size() - first);
    forward_block(model, parameters, data, Batch{}, first, count);
    loss_sum = std::accumulate(losses_.begin(), losses_.end(), loss_sum);
    const auto outputs = static_cast<std::size_t>(net.outputs());
    for (Index i = 0; i < count; ++i) {
      const std::span<const double> output(&activity_.a.back().view()(0, i), outputs);
      const std::span<const double> target(&Y_.view()(0, i), outputs);
      const int decided = decide(output, net.output_activation());
      if (decided == decode_label(target, net.output_activation())) ++result.correct;
    }
    if (!with_delta) continue;
    backward_block(model, parameters);
    for (std::size_t l = 0; l < delta_.size(); ++l) {
      result.rms_delta[l] += as_eigen(delta_[l].view()).squaredNorm();
    }
  }
  for (std::size_t l = 0; l < result.rms_delta.size(); ++l) {
    const Index cells = data.size() * net.fan_out(static_cast<Index>(l));
    result.rms_delta[l] =
        cells == 0 ? 0.0 : std::sqrt(result.rms_delta[l] / static_cast<double>(cells));
  }
  if (data.size() > 0) result.data_cost = loss_sum / static_cast<double>(data.size());
  result.l2_cost = l2_cost(model, parameters);
  return result;
}

SampleTrace Backprop::trace_sample(const Model& model, std::span<const double> parameters,
                                   std::span<const double> x, std::span<const double> y) {
  Dataset single;
  single.X.resize(static_cast<Index>(x.size()), 1);
  single.Y.resize(static_cast<Index>(y.size()), 1);
  std::copy(x.begin(), x.end(), single.X.values().begin());
  std::copy(y.begin(), y.end(), single.Y.values().begin());
  StepTrace step;
  start_trace(step, model.architecture, single, Batch{}, 1);
  if (has_kernels(model)) {
    fast_.get(threads_).record(model, parameters, single, Batch{}, step);
  } else {
    forward_block(model, parameters, single, Batch{}, 0, 1);
    backward_block(model, parameters);
    step.z = activity_.z;
    step.a = activity_.a;
    step.delta = delta_;
    step.loss_per_sample = losses_;
  }
  SampleTrace result;
  result.x.assign(x.begin(), x.end());
  result.y.assign(y.begin(), y.end());
  for (std::size_t l = 0; l < step.delta.size(); ++l) {
    const auto copy = [](const Matrix& m) {
      return std::vector<double>(m.values().begin(), m.values().end());
    };
    result.z.push_back(copy(step.z[l]));
    result.a.push_back(copy(step.a[l]));
    result.delta.push_back(copy(step.delta[l]));
  }
  result.loss = step.loss_per_sample.front();
  return result;
}

}  // namespace deltascope
