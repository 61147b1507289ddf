#include "fast_backprop.hpp"

#include "kernel_layers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace deltascope {
namespace {

// A block's rows should stay in the second cache, with room for W and the sums.
constexpr Index block_bytes = 512 * 1024;
constexpr Index smallest_block = 48, largest_block = 1008;
// Multiplications and additions of a chunk: enough that handing it to another thread pays.
constexpr double chunk_operations = 20e6;
constexpr Index most_chunks = 16;

constexpr Index number_bytes = sizeof(double);
constexpr Index lane_unit = kernels::alignment_bytes / number_bytes;

kernels::Samples samples_of(const Dataset& data, Batch batch, Index first, Index count) {
  return {data.X.values().data(), data.Y.values().data(),
          batch.all ? nullptr : batch.samples.data(), first, count};
}

}  // namespace

bool has_kernels(const Model& model) {
  if (model.arithmetic->kernels == nullptr || *model.operations != textbook_operations())
    return false;
  return model.loss->misfit != kernels::Misfit::none &&
         model.loss->admits(model.architecture.output_activation()) &&
         kernels_know(model.architecture);
}

FastBackprop::Cut FastBackprop::prepare(const Model& model, Index samples) {
  const Architecture& net = model.architecture;
  list_layers(net, layers_);
  // x, every a, z and y of the output, losses
  const Index rows = net.inputs() + net.neurons() + 2 * net.outputs() + 1;
  network_ = {layers_.data(), net.layers(), model.loss->misfit};

  const Index fitting = block_bytes / number_bytes / rows;
  const Index block =
      std::min(std::clamp(fitting, smallest_block, largest_block) / block_unit * block_unit,
               round_up(samples, lane_unit));
  const Index blocks = (samples + block - 1) / block;
  const double operations =
      6.0 * static_cast<double>(samples) * static_cast<double>(net.parameters());
  const Index wanted =
      std::clamp(static_cast<Index>(operations / chunk_operations), Index{1}, most_chunks);
  const Index chunk = (blocks + wanted - 1) / wanted * block;
  const Index chunks = (samples + chunk - 1) / chunk;
  if (chunks > 1 && threads_ > 1 && team_ == nullptr)
    team_ = std::make_unique<Team>(std::min(threads_, static_cast<std::size_t>(most_chunks)));
  const std::size_t workers = chunks > 1 && team_ != nullptr ? team_->size() : 1;
  // Those that a smaller batch does not need keep their memory for the next large one.
  rooms_.resize(std::max(rooms_.size(), workers));
  for (Room& room : std::span(rooms_).first(workers))
    room.block.resize(static_cast<std::size_t>(rows * row_stride(block, number_bytes)));
  losses_.assign(static_cast<std::size_t>(chunks), 0.0);
  return {block, chunk, chunks};
}

template <class Work>
void FastBackprop::for_chunks(const Cut& cut, Index samples, const Work& work) {
  const auto one = [&](std::size_t chunk, std::size_t worker) {
    const Index first = static_cast<Index>(chunk) * cut.chunk;
    work(chunk, first, std::min(cut.chunk, samples - first), worker);
  };
  const auto chunks = static_cast<std::size_t>(cut.chunks);
  if (chunks > 1 && team_ != nullptr) {
    team_->run(chunks, std::ref(one));
  } else {
    for (std::size_t chunk = 0; chunk < chunks; ++chunk)
      one(chunk, 0);
  }
}

kernels::Scratch FastBackprop::scratch(const Cut& cut, std::size_t worker) {
  return {rooms_[worker].block.data(), cut.block, row_stride(cut.block, number_bytes)};
}

double FastBackprop::sum_gradient(const Model& model, std::span<const double> parameters,
                                  const Dataset& data, Batch batch, std::span<double> gradient) {
  const Index samples = batch.size(data.size());
  const Cut cut = prepare(model, samples);
  const std::size_t P = gradient.size();
  sums_.assign(static_cast<std::size_t>(cut.chunks) * P, 0.0);
  for_chunks(cut, samples, [&](std::size_t chunk, Index first, Index count, std::size_t worker) {
    losses_[chunk] = model.arithmetic->kernels->add_gradient(
        network_, parameters.data(), samples_of(data, batch, first, count), scratch(cut, worker),
        sums_.data() + chunk * P);
  });
  std::ranges::fill(gradient, 0.0);
  for (std::size_t at = 0; at < sums_.size(); at += P) {
    for (std::size_t i = 0; i < P; ++i)
      gradient[i] += sums_[at + i];
  }
  return std::accumulate(losses_.begin(), losses_.end(), 0.0);
}

void FastBackprop::record(const Model& model, std::span<const double> parameters,
                          const Dataset& data, Batch batch, StepTrace& trace) {
  const Index traced = trace.X.cols();
  if (traced == 0) return;
  const Cut cut = prepare(model, traced);
  std::vector<double*> z, a, delta;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    z.push_back(trace.z[l].values().data());
    a.push_back(trace.a[l].values().data());
    delta.push_back(trace.delta[l].values().data());
  }
  model.arithmetic->kernels->trace(
      network_, parameters.data(), samples_of(data, batch, 0, traced), scratch(cut, 0),
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
  const auto n_out = static_cast<std::size_t>(net.outputs());
  const std::size_t layers = result.rms_delta.size();
  sums_.assign(static_cast<std::size_t>(cut.chunks) * layers, 0.0);
  correct_.assign(static_cast<std::size_t>(cut.chunks), 0);
  for_chunks(cut, samples, [&](std::size_t chunk, Index first, Index count, std::size_t worker) {
    std::vector<double>& outputs = rooms_[worker].outputs;
    outputs.resize(static_cast<std::size_t>(count) * n_out);
    losses_[chunk] = model.arithmetic->kernels->evaluate(
        network_, parameters.data(), samples_of(data, Batch{}, first, count), scratch(cut, worker),
        outputs.data(), with_delta ? sums_.data() + chunk * layers : nullptr);
    const double* targets = data.Y.view().columns(first, count).data;
    for (std::size_t at = 0; at < outputs.size(); at += n_out) {
      const int decided = decide({outputs.data() + at, n_out}, net.output_activation());
      if (decided == decode_label({targets + at, n_out}, net.output_activation()))
        ++correct_[chunk];
    }
  });
  result.correct = std::accumulate(correct_.begin(), correct_.end(), Index{0});
  result.data_cost =
      std::accumulate(losses_.begin(), losses_.end(), 0.0) / static_cast<double>(samples);
  for (std::size_t i = 0; i < sums_.size(); ++i)
    result.rms_delta[i % layers] += sums_[i];
  for (std::size_t l = 0; l < result.rms_delta.size(); ++l) {
    const Index cells = samples * net.fan_out(static_cast<Index>(l));
    result.rms_delta[l] = std::sqrt(result.rms_delta[l] / static_cast<double>(cells));
  }
  return result;
}

}  // namespace deltascope
