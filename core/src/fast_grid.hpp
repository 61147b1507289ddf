#pragma once

#include "aligned.hpp"
#include "kernels/kernels.hpp"

#include <deltascope/decision_grid.hpp>

#include <span>
#include <vector>

namespace deltascope {

/// Whether the arithmetic has kernels that know all the network's activations.
bool has_kernels(const Architecture& architecture, const Arithmetic& arithmetic);

/// Neurons over the plane by kernels, with the memory that takes. Not for two threads at once.
class FastGrid {
 public:
  /// Fills the maps of weight layers [first_layer, last_layer], all of x.size() columns and
  /// y.size() rows.
  void fill(const Architecture& net, std::span<const double> parameters,
            const kernels::Kernels& kernels, std::span<const float> x, std::span<const float> y,
            Index first_layer, Index last_layer, DecisionGrid& grid);
  void fill(const Architecture& net, std::span<const double> parameters,
            const kernels::Kernels& kernels, std::span<const double> x, std::span<const double> y,
            Index first_layer, Index last_layer, ExactDecisionGrid& grid);

 private:
  /// Memory for one kind of number.
  template <class Number>
  struct Room {
    AlignedArray<Number> strip;
    std::vector<Number*> maps;
  };
  template <class Number>
  kernels::Plane<Number> prepare(const Architecture& net, std::span<const Number> x,
                                 std::span<const Number> y, Index first_layer, Index last_layer,
                                 DecisionGridOf<Number>& grid, Room<Number>& room);

  std::vector<kernels::Layer> layers_;
  std::vector<float> parameters_;
  Room<float> floats_;
  Room<double> doubles_;
};

}  // namespace deltascope
