#include "small_steps.hpp"

#include "fast_backprop.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace deltascope {
namespace {

using kernels::SmallLayer;

// m and v.
constexpr Index most_moment_blocks = 2;

/// Padding must be zero, and nothing else makes it so.
void clear(AlignedArray<double>& array, Index count) {
  array.resize(static_cast<std::size_t>(count));
  std::ranges::fill(array.values(), 0.0);
}

Index padded_to(Index count, Index lanes) {
  return (count + lanes - 1) / lanes * lanes;
}

void copy_samples(const double* from, Index step, Matrix& to) {
  for (Index sample = 0; sample < to.cols(); ++sample)
    std::copy_n(from + sample * step, to.rows(), to.view().columns(sample, 1).data);
}

kernels::SmallBatch listed(Batch batch, Index size) {
  return {batch.all ? nullptr : batch.samples.data(), static_cast<long>(size)};
}

}  // namespace

bool SmallSteps::suits(const Model& model, Index batch_size) {
  return batch_size >= 1 && batch_size <= most_samples && has_kernels(model);
}

void SmallSteps::fit(const Model& model, Index batch_size) {
  const Architecture& net = model.architecture;
  const bool same_shape = kernels_ == model.arithmetic->kernels && architecture_ == net;
  if (same_shape && batch_size <= capacity_) return;
  kernels_ = model.arithmetic->kernels;
  architecture_ = net;
  capacity_ = batch_size;
  const Index lanes = std::max<Index>(kernels_->lanes, 1);
  layers_.assign(static_cast<std::size_t>(net.layers()), SmallLayer());
  Index parameters = 0, rows = 0, neurons = 0;
  for (Index l = 0; l < net.layers(); ++l) {
    SmallLayer& layer = layers_[static_cast<std::size_t>(l)];
    layer.inputs = net.fan_in(l);
    layer.outputs = net.fan_out(l);
    layer.padded_inputs = padded_to(layer.inputs, lanes);
    layer.padded_outputs = padded_to(layer.outputs, lanes);
    layer.curve = net.activation(l).curve;
    layer.offset = parameters;
    parameters += (layer.inputs + 1) * layer.padded_outputs;
    rows += layer.outputs * layer.padded_inputs;
    neurons += layer.padded_outputs;
  }
  // Every array is a whole number of vectors and begins at one, so that all are aligned.
  const Index others = padded_to(capacity_ * (padded_to(net.inputs(), lanes) + 1), lanes);
  clear(activity_, rows + 3 * neurons * capacity_ + others);
  double* free = activity_.data();
  const auto take = [&free](Index count) {
    double* taken = free;
    free += count;
    return taken;
  };
  for (SmallLayer& layer : layers_) {
    layer.rows = take(layer.outputs * layer.padded_inputs);
    for (double** array : {&layer.z, &layer.a, &layer.delta})
      *array = take(layer.padded_outputs * capacity_);
  }
  net_.x = take(capacity_ * layers_.front().padded_inputs);
  net_.losses = take(capacity_);
  clear(blocks_, 3 * parameters);
  parameters_ = blocks_.data();
  next_parameters_ = parameters_ + parameters;
  gradient_ = next_parameters_ + parameters;
  clear(moments_, 2 * most_moment_blocks * parameters);
  net_.layers = layers_.data();
  net_.depth = net.layers();
  net_.parameters = parameters;
}

void SmallSteps::aim(const Model& model, const Dataset& data) {
  net_.misfit = model.loss->misfit;
  net_.l2 = model.l2;
  net_.X = data.X.values().data();
  net_.Y = data.Y.values().data();
}

void SmallSteps::pack(std::span<const double> flat, double* padded) const {
  for (Index l = 0; l < architecture_.layers(); ++l) {
    const SmallLayer& layer = layers_[static_cast<std::size_t>(l)];
    const ConstWeightView W = architecture_.W(flat, l);
    double* columns = padded + layer.offset;
    for (Index i = 0; i < layer.outputs; ++i) {
      for (Index j = 0; j < layer.inputs; ++j)
        columns[j * layer.padded_outputs + i] = W(i, j);
    }
    std::ranges::copy(architecture_.b(flat, l), columns + layer.inputs * layer.padded_outputs);
  }
}

void SmallSteps::unpack(const double* padded, std::span<double> flat) const {
  for (Index l = 0; l < architecture_.layers(); ++l) {
    const SmallLayer& layer = layers_[static_cast<std::size_t>(l)];
    const WeightView W = architecture_.W(flat, l);
    const double* columns = padded + layer.offset;
    for (Index i = 0; i < layer.outputs; ++i) {
      for (Index j = 0; j < layer.inputs; ++j)
        W(i, j) = columns[j * layer.padded_outputs + i];
    }
    std::copy_n(columns + layer.inputs * layer.padded_outputs, layer.outputs,
                architecture_.b(flat, l).begin());
  }
}

double SmallSteps::gradient(const Model& model, std::span<const double> parameters,
                            const Dataset& data, Batch batch, std::span<double> gradient,
                            StepTrace* trace, Index max_traced) {
  const Index size = batch.size(data.size());
  assert(suits(model, size));
  fit(model, size);
  aim(model, data);
  pack(parameters, parameters_);
  const kernels::SmallCost cost =
      kernels_->small_gradient(net_, parameters_, listed(batch, size), gradient_);
  unpack(gradient_, gradient);
  if (trace != nullptr) {
    record(*trace, data, batch, std::min(size, max_traced));
    trace->batch_size = size;
    trace->gradient_data.assign(gradient.begin(), gradient.end());
    trace->data_cost = cost.data;
    trace->l2_cost = cost.weights;
  }
  if (model.l2 != 0.0) {
    for (Index l = 0; l < architecture_.layers(); ++l) {
      model.operations->regularize(architecture_.W(parameters, l), architecture_.b(parameters, l),
                                   model.l2, architecture_.W(gradient, l),
                                   architecture_.b(gradient, l));
    }
  }
  if (trace != nullptr) trace->gradient.assign(gradient.begin(), gradient.end());
  return cost.data + cost.weights;
}

void SmallSteps::record(StepTrace& trace, const Dataset& data, Batch batch, Index traced) const {
  trace.samples.resize(static_cast<std::size_t>(traced));
  trace.X.resize(data.X.rows(), traced);
  trace.Y.resize(data.Y.rows(), traced);
  for (Index i = 0; i < traced; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const std::uint32_t sample = batch.all ? static_cast<std::uint32_t>(i) : batch.samples[at];
    trace.samples[at] = sample;
    std::copy_n(data.X.view().columns(sample, 1).data, data.X.rows(),
                trace.X.view().columns(i, 1).data);
    std::copy_n(data.Y.view().columns(sample, 1).data, data.Y.rows(),
                trace.Y.view().columns(i, 1).data);
  }
  for (auto* per_layer : {&trace.z, &trace.a, &trace.delta})
    per_layer->resize(layers_.size());
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const SmallLayer& layer = layers_[l];
    for (auto* matrix : {&trace.z[l], &trace.a[l], &trace.delta[l]})
      matrix->resize(layer.outputs, traced);
    copy_samples(layer.z, layer.padded_outputs, trace.z[l]);
    copy_samples(layer.a, layer.padded_outputs, trace.a[l]);
    copy_samples(layer.delta, layer.padded_outputs, trace.delta[l]);
  }
  trace.loss_per_sample.assign(net_.losses, net_.losses + traced);
}

struct SmallSteps::Run {
  State& state;
  Index capacity;

  /// The pending batch; false where it is too large.
  bool describe(kernels::SmallBatch& batch) const {
    const Index size = state.batches.next().size(state.data->size());
    if (size < 1 || size > capacity) return false;
    batch = listed(state.batches.next(), size);
    const Settings& settings = *state.settings;
    if (settings.optimizer->rule == kernels::Rule::adam) {
      const auto t = static_cast<double>(state.moment_updates + 1);
      batch.bias_1 = 1.0 - std::pow(settings.rates.beta1, t);
      batch.bias_2 = 1.0 - std::pow(settings.rates.beta2, t);
    }
    return true;
  }
};

bool SmallSteps::advance(void* run, kernels::SmallBatch& batch) {
  const Run& of = *static_cast<Run*>(run);
  State& state = of.state;
  state.gradient_evaluations += static_cast<std::uint64_t>(batch.size);
  ++state.moment_updates;
  ++state.step;
  advance_stream(state.batches, *state.settings->sampling, state.plan());
  return of.describe(batch);
}

std::size_t SmallSteps::run(State& state, std::span<double> batch_costs) {
  const Settings& settings = *state.settings;
  const Index size = state.batches.next().size(state.data->size());
  if (settings.optimizer->rule == kernels::Rule::none || !suits(settings.model, size)) return 0;
  fit(settings.model, size);
  aim(settings.model, *state.data);
  const Rates& rates = settings.rates;
  const auto count = static_cast<Index>(state.parameters.size());
  const Index blocks = settings.optimizer->moment_blocks;
  const auto flat_moments = [&](Index block) {
    return std::span(state.moments)
        .subspan(static_cast<std::size_t>(block * count), static_cast<std::size_t>(count));
  };
  kernels::SmallRun run{
      .rule = settings.optimizer->rule,
      .learning_rate = rates.learning_rate,
      .momentum = rates.momentum,
      .beta1 = rates.beta1,
      .beta2 = rates.beta2,
      .epsilon = rates.epsilon,
      .parameters = parameters_,
      .next_parameters = next_parameters_,
      .moments = moments_.data(),
      .next_moments = moments_.data() + most_moment_blocks * net_.parameters,
      .costs = batch_costs.data(),
      .steps = static_cast<long>(batch_costs.size()),
      .advance = advance,
  };
  Run context{state, capacity_};
  run.context = &context;
  kernels::SmallBatch first;
  if (!context.describe(first)) return 0;
  pack(state.parameters, run.parameters);
  for (Index block = 0; block < blocks; ++block)
    pack(flat_moments(block), run.moments + block * net_.parameters);
  const long taken = kernels_->small_run(net_, run, first);
  unpack(run.parameters, state.parameters);
  for (Index block = 0; block < blocks; ++block)
    unpack(run.moments + block * net_.parameters, flat_moments(block));
  return static_cast<std::size_t>(taken);
}

}  // namespace deltascope
