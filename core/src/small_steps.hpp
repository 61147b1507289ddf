#pragma once
// Small networks on single samples and small batches: between the library's flat parameters and the
// padded ones of the kernels.

#include "aligned.hpp"
#include "kernels/kernels.hpp"

#include <deltascope/backprop.hpp>
#include <deltascope/trainer.hpp>

#include <span>
#include <vector>

namespace deltascope {

/// Steps through the kernels with a neuron in each lane. Its memory is made once for a shape and a
/// size of batch; nothing is allocated in a step after the first.
class SmallSteps {
 public:
  SmallSteps() = default;
  SmallSteps(const SmallSteps&) = delete;
  SmallSteps& operator=(const SmallSteps&) = delete;

  /// Beyond, samples go better into the lanes.
  static constexpr Index most_samples = 64;

  /// Whether `model.arithmetic` computes such a batch here: with its kernels, the textbook's own
  /// operations, and strategies that the kernels know.
  static bool suits(const Model& model, Index batch_size);

  /// As Backprop::gradient; the batch must suit.
  double gradient(const Model& model, std::span<const double> parameters, const Dataset& data,
                  Batch batch, std::span<double> gradient, StepTrace* trace, Index max_traced);

  /// As Trainer::run, but it ends before a batch that does not suit, too; then 0 may be returned.
  std::size_t run(State& state, std::span<double> batch_costs);

 private:
  struct Run;
  static bool advance(void* run, kernels::SmallBatch& batch);

  void fit(const Model& model, Index batch_size);
  void aim(const Model& model, const Dataset& data);
  void pack(std::span<const double> flat, double* padded) const;
  void unpack(const double* padded, std::span<double> flat) const;
  void record(StepTrace& trace, const Dataset& data, Batch batch, Index traced) const;

  Architecture architecture_;  // that it is made for
  const kernels::Kernels* kernels_ = nullptr;
  Index capacity_ = 0;  // samples
  std::vector<kernels::SmallLayer> layers_;
  kernels::SmallNet net_;
  AlignedArray<double> activity_, blocks_;
  double *parameters_ = nullptr, *next_parameters_ = nullptr, *gradient_ = nullptr;
  AlignedArray<double> moments_;
};

}  // namespace deltascope
