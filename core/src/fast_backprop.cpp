#include "fast_backprop.hpp"

#include <algorithm>
#include <cmath>

namespace deltascope {
namespace {

// A block's rows should stay in the second cache, with room for W and the sums.
constexpr Index block_bytes = 512 * 1024;
constexpr Index smallest_block = 64, largest_block = 1024;
// Multiplications and additions of a chunk: enough that handing it to another thread pays.
constexpr double chunk_operations = 20e6;
constexpr Index most_chunks = 16;

Index round_up(Index count, Index unit) {
  return (count + unit - 1) / unit * unit;
}

constexpr Index lane_unit = kernels::alignment_bytes / static_cast<Index>(sizeof(double));

// An odd number of cache lines, so that the rows of one sample do not compete for the same places
// in the cache.
Index row_stride(Index block) {
  return (block / lane_unit | 1) * lane_unit;
}

kernels::Samples samples_of(const Dataset& data, Batch batch, Index first, Index count) {
  return {data.X.values().data(), data.Y.values().data(),
          batch.all ? nullptr : batch.samples.data(), first, count};
}

}  // namespace

bool has_kernels(const Model& model) {
  if (model.arithmetic->kernels == nullptr || *model.operations != textbook_operations())
    return false;
  const Architecture& net = model.architecture;
  const auto known = [](const Activation* g) { return g->curve != kernels::Curve::none; };
  const auto hidden = [](const Activation* g) { return !g->output_only; };
  const auto& curves = net.activations();
  return model.loss->misfit != kernels::Misfit::none &&
         model.loss->admits(net.output_activation()) && std::ranges::all_of(curves, known) &&
         std::all_of(curves.begin(), curves.end() - 1, hidden);
}

FastBackprop::Cut FastBackprop::prepare(const Model& model, Index samples) {
  const Architecture& net = model.architecture;
  layers_.clear();
  Index weights = 0;
  Index rows = net.inputs() + 2 * net.outputs() + 1;  // x, z and y of the output, losses
  for (Index l = 0; l < net.layers(); ++l) {
    layers_.push_back({net.fan_in(l), net.fan_out(l), weights, net.activation(l).curve});
    weights += (net.fan_in(l) + 1) * net.fan_out(l);
    rows += net.fan_out(l);
  }
  network_ = {layers_.data(), net.layers(), model.loss->misfit};

  const Index fitting = block_bytes / static_cast<Index>(sizeof(double)) / rows;
  const Index block = std::min(std::clamp(fitting, smallest_block, largest_block) / 32 * 32,
                               round_up(samples, lane_unit));
  const Index blocks = (samples + block - 1) / block;
  const double operations =
      6.0 * static_cast<double>(samples) * static_cast<double>(net.parameters());
  const Index wanted =
      std::clamp(static_cast<Index>(operations / chunk_operations), Index{1}, most_chunks);
  const Index chunk = (blocks + wanted - 1) / wanted * block;
  memory_.resize(static_cast<std::size_t>(rows * row_stride(block)));
  return {block, chunk, (samples + chunk - 1) / chunk};
}

kernels::Scratch FastBackprop::scratch(const Cut& cut) {
  return {memory_.data(), cut.block, row_stride(cut.block)};
}

double FastBackprop::sum_gradient(const Model& model, std::span<const double> parameters,
                                  const Dataset& data, Batch batch, std::span<double> gradient) {
  const Index samples = batch.size(data.size());
  const Cut cut = prepare(model, samples);
  const kernels::Kernels& kernels = *model.arithmetic->kernels;
  std::ranges::fill(gradient, 0.0);
  double losses = 0.0;
  for (Index chunk = 0; chunk < cut.chunks; ++chunk) {
    const Index first = chunk * cut.chunk;
    chunk_gradient_.assign(gradient.size(), 0.0);
    losses +=
        kernels.add_gradient(network_, parameters.data(),
                             samples_of(data, batch, first, std::min(cut.chunk, samples - first)),
                             scratch(cut), chunk_gradient_.data());
    for (std::size_t i = 0; i < gradient.size(); ++i)
      gradient[i] += chunk_gradient_[i];
  }
  return losses;
}

void FastBackprop::record(const Model& model, std::span<const double> parameters,
                          const Dataset& data, Batch batch, StepTrace& trace) {
  const Index traced = trace.X.cols();
  const Cut cut = prepare(model, traced);
  std::vector<double*> z, a, delta;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    z.push_back(trace.z[l].values().data());
    a.push_back(trace.a[l].values().data());
    delta.push_back(trace.delta[l].values().data());
  }
  model.arithmetic->kernels->trace(
      network_, parameters.data(), samples_of(data, batch, 0, traced), scratch(cut),
      {z.data(), a.data(), delta.data(), trace.loss_per_sample.data()});
}

Evaluation FastBackprop::evaluate(const Model& model, std::span<const double> parameters,
                                  const Dataset& data, bool with_delta) {
  const Architecture& net = model.architecture;
  const Index samples = data.size();
  Evaluation result;
  result.total = samples;
  result.rms_delta.assign(with_delta ? static_cast<std::size_t>(net.layers()) : 0, 0.0);
  if (samples == 0) return result;
  const Cut cut = prepare(model, samples);
  const Index n_out = net.outputs();
  outputs_.resize(static_cast<std::size_t>(cut.chunk * n_out));
  double losses = 0.0;
  for (Index first = 0; first < samples; first += cut.chunk) {
    const Index count = std::min(cut.chunk, samples - first);
    losses += model.arithmetic->kernels->evaluate(
        network_, parameters.data(), samples_of(data, Batch{}, first, count), scratch(cut),
        outputs_.data(), with_delta ? result.rms_delta.data() : nullptr);
    for (Index i = 0; i < count; ++i) {
      const auto size = static_cast<std::size_t>(n_out);
      const std::span<const double> output(outputs_.data() + i * n_out, size);
      const std::span<const double> target(data.Y.values().data() + (first + i) * n_out, size);
      if (decide(output, net.output_activation()) == decode_label(target, net.output_activation()))
        ++result.correct;
    }
  }
  result.data_cost = losses / static_cast<double>(samples);
  for (std::size_t l = 0; l < result.rms_delta.size(); ++l) {
    const Index cells = samples * net.fan_out(static_cast<Index>(l));
    result.rms_delta[l] = std::sqrt(result.rms_delta[l] / static_cast<double>(cells));
  }
  return result;
}

}  // namespace deltascope
