#pragma once

#include <deltascope/dataset.hpp>
#include <deltascope/model.hpp>
#include <deltascope/network.hpp>
#include <deltascope/workspace.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace deltascope {

/// Which samples a gradient is averaged over: all of them in order, or the listed ones (repeats
/// count).
struct Batch {
  bool all = true;
  std::span<const std::uint32_t> samples = {};  ///< used when not `all`

  Index size(Index dataset_size) const {
    return all ? dataset_size : static_cast<Index>(samples.size());
  }
};

/// Everything one step computes, exactly as computed. Index l is a weight layer, 0 … L−1.
struct StepTrace {
  std::vector<std::uint32_t>
      samples;                      ///< the traced samples, in batch order (at most `max_traced`)
  Matrix X;                         ///< their inputs (n_in × S)
  Matrix Y;                         ///< their targets (n_out × S)
  std::vector<Matrix> z, a, delta;  ///< (n_{l+1} × S); δ per sample, no 1/N inside
  std::vector<double> loss_per_sample;  ///< C_x of the traced samples, without L2
  std::vector<double> gradient;         ///< P: dW, db of the mean cost, λW included
  std::vector<double> gradient_data;    ///< P: the same without λW
  Index batch_size = 0;
  double data_cost = 0.0;  ///< mean of C_x over the batch
  double l2_cost = 0.0;    ///< λ/2 Σ‖W‖²
  double cost() const { return data_cost + l2_cost; }
};

/// One sample's forward and backward pass; never part of training.
struct SampleTrace {
  std::vector<double> x, y;
  std::vector<std::vector<double>> z, a, delta;  ///< [l][neuron]
  double loss = 0.0;
};

/// How good a model is on a whole data set.
struct Evaluation {
  double data_cost = 0.0;
  double l2_cost = 0.0;
  Index correct = 0;
  Index total = 0;
  std::vector<double> rms_delta;  ///< per layer, √(mean over samples and neurons of δ²)
  double cost() const { return data_cost + l2_cost; }
  double accuracy() const {
    return total == 0 ? 0.0 : static_cast<double>(correct) / static_cast<double>(total);
  }
};

class SmallSteps;
class FastBackprop;

/// Backpropagation as in the textbook, with a workspace that is reused. It computes and never
/// changes parameters. Samples pass in blocks of a fixed number of columns and are summed in a
/// fixed order, so that a result does not depend on who else is looking. Where the model's
/// arithmetic has kernels for it they compute the same formulas. Not for two threads at once.
///
/// Source: Higham & Higham (2019), Lemma 5.1: δ^[L] = g′(z^[L]) ∘ (a^[L]−y),
/// δ^[l] = g′(z^[l]) ∘ (W^[l+1])ᵀ δ^[l+1], ∂C/∂b = δ, ∂C/∂W = δ (a^[l−1])ᵀ.
class Backprop {
 public:
  /// `threads`: for large batches, at most; 0: one for each core.
  explicit Backprop(std::size_t threads = 0) : threads_(threads) {}

  /// Gradient of the batch's mean cost (λW included) into `gradient` (P); returns that cost,
  /// λ/2‖W‖² included. With `trace` the step is also recorded, for at most `max_traced` samples.
  /// δ is pulled back through the W of `back_through` (P); empty: of `parameters`, as it should be.
  double gradient(const Model& model, std::span<const double> parameters, const Dataset& data,
                  Batch batch, std::span<double> gradient, StepTrace* trace = nullptr,
                  Index max_traced = 64, std::span<const double> back_through = {});

  /// Cost, accuracy and (if asked for) RMS δ over the whole data set.
  Evaluation evaluate(const Model& model, std::span<const double> parameters, const Dataset& data,
                      bool with_delta);

  /// z, a, δ of one pair (x, y) that need not belong to any data set.
  SampleTrace trace_sample(const Model& model, std::span<const double> parameters,
                           std::span<const double> x, std::span<const double> y);

 private:
  void forward_block(const Model& model, std::span<const double> parameters, const Dataset& data,
                     Batch batch, Index first, Index count);
  void backward_block(const Model& model, std::span<const double> parameters);
  double sum_gradient(const Model& model, std::span<const double> parameters, const Dataset& data,
                      Batch batch, std::span<double> gradient, StepTrace* trace,
                      std::span<const double> back_through);

  Workspace<SmallSteps> small_steps_;
  std::size_t threads_;
  Workspace<FastBackprop> fast_;
  Activity activity_;
  Matrix X_, Y_;
  std::vector<Matrix> delta_;
  Matrix dA_;
  std::vector<double> losses_;
};

/// λ/2 Σ ‖W‖²_F over all layers; biases are not counted.
double l2_cost(const Model& model, std::span<const double> parameters);

}  // namespace deltascope
