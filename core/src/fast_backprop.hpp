#pragma once

#include "aligned.hpp"
#include "kernels/kernels.hpp"
#include "team.hpp"

#include <deltascope/backprop.hpp>

#include <memory>
#include <span>
#include <thread>
#include <vector>

namespace deltascope {

/// Whether the model's arithmetic has kernels for it: for the textbook's operations alone, with
/// activations and a loss that kernels know.
bool has_kernels(const Model& model);

/// Forward and backward passes by kernels, a sample in each lane, with the workspace they need; it
/// is for models that has_kernels() admits. Not for two threads at once.
///
/// A batch is cut into chunks by its size and the network's alone; each has its own sum, and the
/// sums are added in order: the same bits for any number of threads. The threads are made when a
/// batch first has more than one chunk.
class FastBackprop {
 public:
  /// `threads`: at most; 0: one for each core.
  explicit FastBackprop(std::size_t threads = 0)
      : threads_(threads == 0 ? std::thread::hardware_concurrency() : threads) {}

  /// Σ dW and Σ db of the batch into `gradient` (P), not yet a mean; returns the sum of its losses.
  double sum_gradient(const Model& model, std::span<const double> parameters, const Dataset& data,
                      Batch batch, std::span<double> gradient);
  /// z, a, δ and losses of the first samples of the batch into the trace's matrices, whose sizes
  /// say how many. The same bits as without a trace.
  void record(const Model& model, std::span<const double> parameters, const Dataset& data,
              Batch batch, StepTrace& trace);
  /// As Backprop::evaluate, without λ/2‖W‖².
  Evaluation evaluate(const Model& model, std::span<const double> parameters, const Dataset& data,
                      bool with_delta);

 private:
  /// Into how many samples a batch is cut.
  struct Cut {
    Index block;  ///< samples that pass together and stay in the cache
    Index chunk;  ///< samples with one sum; whole blocks
    Index chunks;
  };
  Cut prepare(const Model& model, Index samples);
  /// work(chunk, first sample, count, worker) for each chunk, on several threads if it pays.
  template <class Work>
  void for_chunks(const Cut& cut, Index samples, const Work& work);
  kernels::Scratch scratch(const Cut& cut, std::size_t worker);

  std::size_t threads_;
  std::unique_ptr<Team> team_;
  std::vector<kernels::Layer> layers_;
  kernels::Network network_;
  /// For each worker.
  struct Room {
    AlignedArray<double> block;
    std::vector<double> outputs;
  };
  std::vector<Room> rooms_;
  /// For each chunk.
  std::vector<double> sums_, losses_;
  std::vector<Index> correct_;
};

}  // namespace deltascope
