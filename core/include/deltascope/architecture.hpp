#pragma once

#include <deltascope/activation.hpp>
#include <deltascope/linalg.hpp>

#include <span>
#include <vector>

namespace deltascope {

/// The shape of a fully connected network, and where each layer lies in a flat block of parameters.
///
/// With L = layers(), weight layer l = 0 … L−1 maps sizes()[l] to sizes()[l+1] (the paper's
/// W^[l+2]). Parameters are one block of doubles: for each layer W row by row (n_out × n_in), then
/// b (n_out). The same offsets serve gradients, updates and optimizer moments.
class Architecture {
 public:
  Architecture() = default;
  /// `sizes`: at least two entries, all ≥ 1. `activations`: one per weight layer, none nullptr.
  Architecture(std::vector<Index> sizes, std::vector<const Activation*> activations);

  const std::vector<Index>& sizes() const { return sizes_; }
  const std::vector<const Activation*>& activations() const { return activations_; }
  Index layers() const { return static_cast<Index>(activations_.size()); }
  Index inputs() const { return sizes_.front(); }
  Index outputs() const { return sizes_.back(); }
  Index fan_in(Index layer) const { return sizes_[static_cast<std::size_t>(layer)]; }
  Index fan_out(Index layer) const { return sizes_[static_cast<std::size_t>(layer) + 1]; }
  const Activation& activation(Index layer) const {
    return *activations_[static_cast<std::size_t>(layer)];
  }
  const Activation& output_activation() const { return *activations_.back(); }
  /// Number of parameters, P.
  Index parameters() const { return offsets_.empty() ? 0 : offsets_.back(); }
  /// Hidden and output neurons together.
  Index neurons() const;

  /// W of `layer` (n_out × n_in) inside a block of P doubles.
  WeightView W(std::span<double> block, Index layer) const;
  ConstWeightView W(std::span<const double> block, Index layer) const;
  /// b of `layer` (n_out) inside a block of P doubles.
  std::span<double> b(std::span<double> block, Index layer) const;
  std::span<const double> b(std::span<const double> block, Index layer) const;

  bool operator==(const Architecture& other) const {
    return sizes_ == other.sizes_ && activations_ == other.activations_;
  }

 private:
  std::vector<Index> sizes_;
  std::vector<const Activation*> activations_;
  std::vector<Index> offsets_;  // of each layer's W; one more for the end
};

}  // namespace deltascope
