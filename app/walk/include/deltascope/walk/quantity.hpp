#pragma once

#include <deltascope/linalg.hpp>

#include <vector>

namespace deltascope::walk {

/// What a symbol, a cell of a matrix, a neuron or an edge stands for.
enum class Kind {
  none,
  // Of a layer's neurons, a column per sample: `row` is the neuron, `col` the column of the trace.
  a,         ///< activations; layer −1 is the input x
  y,         ///< targets
  z,         ///< pre-activations
  residual,  ///< a − y of the output layer
  slope,     ///< g′(z)
  pulled,    ///< Wᵀ δ of the layer behind: ∂C_x/∂a
  delta,     ///< ∂C_x/∂z
  neuron,    ///< the neuron itself: any of the above, b and db
  // Of a layer's weights: `row` is the receiving neuron, `col` the sending one.
  W,
  dW_data,  ///< gradient without λW
  dW,       ///< gradient of the cost
  W_m,      ///< what the optimizer remembers after the step: Adam's m
  W_v,      ///< momentum's and Adam's v
  W_after,
  edge,  ///< the connection itself: any of these
  // Of a layer's biases: `row` is the neuron.
  b,
  db,
  b_m,
  b_v,
  b_after,
  // Single numbers, and the vectors of Levenberg–Marquardt.
  loss,  ///< C_x; `col` is the column of the trace
  cost,
  samples,  ///< the batch's size
  learning_rate,
  l2,
  damping,
  least_squares_residual,  ///< r = y − F
  jacobian,                ///< ∂F/∂p
  step                     ///< Δp
};

inline constexpr Index every = -1;

/// One quantity of a step, or one entry of it. The same value is the symbol in a formula, the cells
/// of a matrix, and what the network and the plane light up.
struct Quantity {
  Kind kind = Kind::none;
  Index layer = 0;    ///< weight layer of the code, 0 … L−1; the input is {Kind::a, −1}
  Index row = every;  ///< an entry, or every one
  Index col = every;

  Quantity at(Index row_given, Index col_given) const {
    return {kind, layer, row_given, col_given};
  }
  bool operator==(const Quantity&) const = default;
};

/// Whether the mouse on one of them lights up the other: they are of one kind and layer and agree
/// where both name an entry; or one of them is the neuron or the edge that the other belongs to.
/// Symmetric; nothing lights up Kind::none.
bool same(const Quantity& focus, const Quantity& shown);

/// What one entry is computed from by its textbook formula: dW_jk from δ_j and a_k, z_j from row j
/// of W, the activations before it and b_j, Wᵀδ from a column of the next W and its δ. Empty for a
/// whole quantity, and where there is nothing to point at.
std::vector<Quantity> made_of(const Quantity& quantity);

}  // namespace deltascope::walk
