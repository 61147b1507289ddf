// Included inside an unnamed namespace, behind sample_lanes.hpp. Single samples and small batches:
// a vector holds neurons of one layer. A number comes out the same for a sample alone and in a
// batch: sums run over the inputs (or the neurons, or the samples) in order.

namespace neuron_lanes {

#include "update.hpp"

/// start + Σ_k vectors[k] scalars[t][k] for each place t, whole vectors at once. With samples as
/// places and inputs as k it is z; with samples and neurons Wᵀδ; with inputs and samples dW.
struct Product {
  const double* start;  ///< nullptr: zero
  const double* vectors;
  long padded;  ///< numbers in each of the vectors
  const double* scalars;
  long place_step, k_step;
  long places, k_count;
};

/// Of a tile of places and vectors that stays in registers. finish(at, sum) gets each vector of the
/// result, at = t · padded + lane.
template <long places, long vectors, class Finish>
DELTASCOPE_INLINE void product_tile(const Product& p, long place, long lane, Finish finish) {
  Doubles sums[places][vectors];
#pragma GCC unroll 16
  for (long v = 0; v < vectors; ++v) {
    const Doubles start =
        p.start == nullptr ? Doubles::all(0.0) : Doubles::load(p.start + lane + v * Doubles::lanes);
#pragma GCC unroll 16
    for (long t = 0; t < places; ++t)
      sums[t][v] = start;
  }
  const double* vector = p.vectors + lane;
  const double* scalar = p.scalars + place * p.place_step;
#pragma GCC unroll 1
  for (long k = 0; k < p.k_count; ++k) {
    Doubles column[vectors];
#pragma GCC unroll 16
    for (long v = 0; v < vectors; ++v)
      column[v] = Doubles::load(vector + v * Doubles::lanes);
#pragma GCC unroll 16
    for (long t = 0; t < places; ++t) {
      const Doubles x = Doubles::all(scalar[t * p.place_step]);
#pragma GCC unroll 16
      for (long v = 0; v < vectors; ++v)
        sums[t][v] = fma(column[v], x, sums[t][v]);
    }
    vector += p.padded;
    scalar += p.k_step;
  }
#pragma GCC unroll 16
  for (long t = 0; t < places; ++t) {
#pragma GCC unroll 16
    for (long v = 0; v < vectors; ++v)
      finish((place + t) * p.padded + lane + v * Doubles::lanes, sums[t][v]);
  }
}

template <long places, class Finish>
DELTASCOPE_INLINE void product_row(const Product& p, long place, Finish finish) {
  constexpr long together = places <= 2 ? 4 : 1;
  long lane = 0;
  for (; lane + together * Doubles::lanes <= p.padded; lane += together * Doubles::lanes)
    product_tile<places, together>(p, place, lane, finish);
  if constexpr (together > 1) {
    for (; lane < p.padded; lane += Doubles::lanes)
      product_tile<places, 1>(p, place, lane, finish);
  }
}

template <class Finish>
DELTASCOPE_INLINE void product_rows(const Product& p, Finish finish) {
  long place = 0;
  for (; place + 8 <= p.places; place += 8)
    product_row<8>(p, place, finish);
  for (; place + 2 <= p.places; place += 2)
    product_row<2>(p, place, finish);
  if (place < p.places) product_row<1>(p, place, finish);
}

/// The places of one tile, as few tiles as there can be.
template <long most, class Finish>
DELTASCOPE_INLINE void product_of_vectors(const Product& p, long place, Finish finish) {
  if constexpr (most > 0) {
    if (p.places - place == most) return product_tile<most, 1>(p, place, 0, finish);
    return product_of_vectors<most - 1>(p, place, finish);
  }
}

template <class Finish>
DELTASCOPE_INLINE void product_of_vectors(const Product& p, Finish finish) {
  long place = 0;
  for (; place + most_places <= p.places; place += most_places)
    product_tile<most_places, 1>(p, place, 0, finish);
  product_of_vectors<most_places - 1>(p, place, finish);
}

template <class Finish>
DELTASCOPE_INLINE void product(Product p, Finish finish) {
  constexpr long lanes = Doubles::lanes;
  if (p.padded != lanes) return product_rows(p, finish);
  // Layers of one vector: with steps that are known, half the instructions fall away.
  p.padded = lanes;
  if (p.place_step == lanes && p.k_step == 1) {
    p.place_step = lanes;
    p.k_step = 1;
    return product_of_vectors(p, finish);
  }
  if (p.place_step == 1 && p.k_step == lanes) {
    p.place_step = 1;
    p.k_step = lanes;
    return product_of_vectors(p, finish);
  }
  product_rows(p, finish);
}

/// δ = ∂C_x/∂z and C_x of a sample whose outputs are of one vector's lanes: each lane's part of the
/// loss goes to `parts`.
DELTASCOPE_INLINE Doubles quadratic_delta(Curve curve, Doubles a, Doubles y, double* parts) {
  const Doubles residual = y - a;
  (residual * residual).store(parts);
  Doubles delta = a - y;
  with_slope(curve, [&](auto slope) { delta = delta * slope(a); });
  return delta;
}

DELTASCOPE_INLINE Doubles cross_entropy_delta(Doubles z, Doubles a, Doubles y, double* parts) {
  const Doubles zero = Doubles::all(0.0), one = Doubles::all(1.0);
  (y * softplus(zero - z) + (one - y) * softplus(z)).store(parts);
  return a - y;
}

/// a = softmax(z), δ and C_x of one sample; the sums run over the outputs in order.
DELTASCOPE_INLINE double softmax_output(const SmallLayer& layer, const double* y, const double* z,
                                        double* a, double* delta) {
  const long outputs = layer.outputs, lanes = Doubles::lanes;
  double largest = z[0];
  for (long j = 1; j < outputs; ++j) {
    // The negated comparison lets a NaN through, so that the whole sample becomes NaN.
    if (!(z[j] <= largest)) largest = z[j];
  }
  const Doubles top = Doubles::all(largest);
  for (long j = 0; j < outputs; j += lanes)
    exp(Doubles::load(z + j) - top).store(a + j);
  double sum = 0.0, total = 0.0;
  for (long j = 0; j < outputs; ++j) {
    sum += a[j];
    total += y[j];
  }
  alignas(64) double log_sum[lanes];
  log(Doubles::all(sum)).store(log_sum);
  double loss = 0.0;
  for (long j = 0; j < outputs; ++j)
    loss += y[j] * ((largest - z[j]) + log_sum[0]);
  for (long j = 0; j < outputs; j += lanes) {
    const Doubles p = Doubles::load(a + j) / Doubles::all(sum);
    const Doubles target = Doubles::load_first(y + j, outputs - j);
    p.store(a + j);
    only_first(p * Doubles::all(total) - target, outputs - j).store(delta + j);
  }
  return loss;
}

/// δ of the output layer and the loss of one sample.
DELTASCOPE_INLINE double output_sample(Misfit misfit, const SmallLayer& layer, const double* y,
                                       long sample) {
  const long outputs = layer.outputs, at = sample * layer.padded_outputs;
  const double *z = layer.z + at, *a = layer.a + at;
  double* delta = layer.delta + at;
  if (misfit == Misfit::softmax_cross_entropy)
    return softmax_output(layer, y, z, layer.a + at, delta);
  const bool quadratic = misfit == Misfit::quadratic;
  double loss = 0.0;
  for (long j = 0; j < outputs; j += Doubles::lanes) {
    alignas(64) double parts[Doubles::lanes];
    const Doubles target = Doubles::load_first(y + j, outputs - j);
    const Doubles found = Doubles::load(a + j);
    const Doubles d = quadratic ? quadratic_delta(layer.curve, found, target, parts)
                                : cross_entropy_delta(Doubles::load(z + j), found, target, parts);
    // Lanes of padding have an activation, too.
    only_first(d, outputs - j).store(delta + j);
    for (long k = 0; k < Doubles::lanes && j + k < outputs; ++k)
      loss += parts[k];
  }
  return quadratic ? 0.5 * loss : loss;
}

DELTASCOPE_INLINE long sample_at(const SmallBatch& batch, long i) {
  return batch.samples == nullptr ? i : static_cast<long>(batch.samples[i]);
}

void forward(const SmallNet& net, const double* parameters, const SmallBatch& batch) {
  const long inputs = net.layers[0].inputs;
  const double* previous = net.x;
  long previous_step = net.layers[0].padded_inputs;
  for (long s = 0; s < batch.size; ++s) {
    const double* x = net.X + sample_at(batch, s) * inputs;
    for (long j = 0; j < inputs; j += Doubles::lanes)
      Doubles::load_first(x + j, inputs - j).store(net.x + s * previous_step + j);
  }
  for (long l = 0; l < net.depth; ++l) {
    const SmallLayer& layer = net.layers[l];
    const long padded = layer.padded_outputs;
    const double* W = parameters + layer.offset;
    const Product product_of_layer{.start = W + layer.inputs * padded,
                                   .vectors = W,
                                   .padded = padded,
                                   .scalars = previous,
                                   .place_step = previous_step,
                                   .k_step = 1,
                                   .places = batch.size,
                                   .k_count = layer.inputs};
    double *z = layer.z, *a = layer.a;
    with_curve<Doubles>(layer.curve, [&](auto g) {
      product(product_of_layer, [=](long at, Doubles sum) {
        sum.store(z + at);
        g(sum).store(a + at);
      });
    });
    previous = layer.a;
    previous_step = padded;
  }
}

/// Each row of W from its columns.
void transpose(const SmallLayer& layer, const double* parameters) {
  constexpr long lanes = Doubles::lanes;
  const double* W = parameters + layer.offset;
  for (long i = 0; i < layer.outputs; i += lanes) {
    for (long j = 0; j < layer.inputs; j += lanes) {
      const double* from = W + j * layer.padded_outputs + i;
      double* to = layer.rows + i * layer.padded_inputs + j;
      Doubles block[lanes];
      const long columns = layer.inputs - j;
      for (long k = 0; k < lanes; ++k)
        block[k] = k < columns ? Doubles::load(from + k * layer.padded_outputs) : Doubles::all(0.0);
      transpose(block);
      const long rows = layer.outputs - i;
      for (long k = 0; k < lanes && k < rows; ++k)
        block[k].store(to + k * layer.padded_inputs);
    }
  }
}

void backward(const SmallNet& net, const SmallBatch& batch) {
  for (long l = net.depth - 1; l > 0; --l) {
    const SmallLayer& above = net.layers[l];
    const SmallLayer& layer = net.layers[l - 1];
    const long padded = layer.padded_outputs;
    const Product pulled{.start = nullptr,
                         .vectors = above.rows,
                         .padded = padded,
                         .scalars = above.delta,
                         .place_step = above.padded_outputs,
                         .k_step = 1,
                         .places = batch.size,
                         .k_count = above.outputs};
    const double* a = layer.a;
    double* delta = layer.delta;
    with_slope(layer.curve, [&](auto slope) {
      product(pulled, [=](long at, Doubles sum) {
        (sum * slope(Doubles::load(a + at))).store(delta + at);
      });
    });
  }
}

/// Σ δ a_prevᵀ and Σ δ over the samples of the batch: take(i, sum, of_weights) gets the vector that
/// belongs at offset i of a padded block.
template <class Take>
DELTASCOPE_INLINE void accumulate(const SmallNet& net, const SmallBatch& batch, Take take) {
  for (long l = 0; l < net.depth; ++l) {
    const SmallLayer& layer = net.layers[l];
    const long padded = layer.padded_outputs;
    const Product products{.start = nullptr,
                           .vectors = layer.delta,
                           .padded = padded,
                           .scalars = l == 0 ? net.x : net.layers[l - 1].a,
                           .place_step = 1,
                           .k_step = layer.padded_inputs,
                           .places = layer.inputs,
                           .k_count = batch.size};
    product(products, [&](long at, Doubles sum) { take(layer.offset + at, sum, true); });
    const long biases = layer.offset + layer.inputs * padded;
    for (long lane = 0; lane < padded; lane += Doubles::lanes) {
      Doubles sum = Doubles::all(0.0);
      for (long s = 0; s < batch.size; ++s)
        sum = sum + Doubles::load(layer.delta + s * padded + lane);
      take(biases + lane, sum, false);
    }
  }
}

double weight_cost(const SmallNet& net, const double* parameters) {
  if (net.l2 == 0.0) return 0.0;
  Doubles squares = Doubles::all(0.0);
  for (long l = 0; l < net.depth; ++l) {
    const SmallLayer& layer = net.layers[l];
    const double* W = parameters + layer.offset;
    for (long i = 0; i < layer.inputs * layer.padded_outputs; i += Doubles::lanes) {
      const Doubles w = Doubles::load(W + i);
      squares = fma(w, w, squares);
    }
  }
  return 0.5 * net.l2 * sum(squares);
}

/// z, a, δ and losses of the batch. The rows of W are those of `parameters` already.
SmallCost pass(const SmallNet& net, const double* parameters, const SmallBatch& batch) {
  forward(net, parameters, batch);
  const SmallLayer& output = net.layers[net.depth - 1];
  double loss_sum = 0.0;
  for (long s = 0; s < batch.size; ++s) {
    const double* y = net.Y + sample_at(batch, s) * output.outputs;
    net.losses[s] = output_sample(net.misfit, output, y, s);
    loss_sum += net.losses[s];
  }
  backward(net, batch);
  return {loss_sum / static_cast<double>(batch.size), weight_cost(net, parameters)};
}

void transpose_all(const SmallNet& net, const double* parameters) {
  for (long l = 1; l < net.depth; ++l)
    transpose(net.layers[l], parameters);
}

SmallCost small_gradient(const SmallNet& net, const double* parameters, const SmallBatch& batch,
                         double* gradient) {
  transpose_all(net, parameters);
  const SmallCost cost = pass(net, parameters, batch);
  const Mean mean(batch.size);
  accumulate(net, batch, [=](long i, Doubles sum, bool) { mean(sum).store(gradient + i); });
  return cost;
}

/// The step from run.parameters to run.next_parameters; false where it must not be taken.
bool small_step(const SmallNet& net, const SmallRun& run, const SmallBatch& batch, double& cost) {
  const SmallCost parts = pass(net, run.parameters, batch);
  cost = parts.data + parts.weights;
  Doubles spoilt = Doubles::all(0.0);
  with_update(net, run, batch, [&](auto update) {
    accumulate(net, batch, [&](long i, Doubles sum, bool of_weights) {
      spoilt = update(i, sum, of_weights, spoilt);
    });
  });
  transpose_all(net, run.next_parameters);
  return !any_nan(spoilt) && cost - cost == 0.0;  // not so for what is infinite or NaN
}

/// As small_step for one sample and gradient descent without weight decay, where each layer is one
/// vector: nothing but W goes through memory, and rows and columns of W are updated alike, so that
/// nothing is transposed.
DELTASCOPE_INLINE bool tiny_step(const SmallNet& net, const SmallRun& run, const SmallBatch& batch,
                                 double& cost) {
  constexpr long lanes = Doubles::lanes;
  const Doubles rate = Doubles::all(-run.learning_rate), zero = Doubles::all(0.0);
  const SmallLayer& first = net.layers[0];
  const SmallLayer& last = net.layers[net.depth - 1];
  const long sample = sample_at(batch, 0);
  const double* x = net.X + sample * first.inputs;
  Doubles a = zero, z = zero;
  for (long l = 0; l < net.depth; ++l) {
    const SmallLayer& layer = net.layers[l];
    const double* W = run.parameters + layer.offset;
    z = Doubles::load(W + layer.inputs * lanes);
    for (long j = 0; j < layer.inputs; ++j) {
      const Doubles input = l == 0 ? Doubles::all(x[j]) : spread(a, j);
      z = fma(Doubles::load(W + j * lanes), input, z);
    }
    with_curve<Doubles>(layer.curve, [&](auto g) { a = g(z); });
    a.store(layer.a);
  }
  alignas(64) double parts[lanes];
  const Doubles y = Doubles::load_first(net.Y + sample * last.outputs, last.outputs);
  const bool quadratic = net.misfit == Misfit::quadratic;
  Doubles delta = only_first(
      quadratic ? quadratic_delta(last.curve, a, y, parts) : cross_entropy_delta(z, a, y, parts),
      last.outputs);
  double loss = 0.0;
  for (long j = 0; j < last.outputs; ++j)
    loss += parts[j];
  cost = quadratic ? 0.5 * loss : loss;
  Doubles spoilt = zero;
  const auto update = [&](long at, Doubles g) {
    const Doubles u = rate * g;
    spoilt = fma(u, zero, spoilt);
    (Doubles::load(run.parameters + at) + u).store(run.next_parameters + at);
  };
  for (long l = net.depth - 1; l > 0; --l) {
    const SmallLayer& layer = net.layers[l];
    const SmallLayer& below = net.layers[l - 1];
    const Doubles previous = Doubles::load(below.a);
    // Lanes of padding have an activation, which must not get into the rows' padding.
    const Doubles filled = only_first(previous, layer.inputs);
    Doubles pulled = zero;
    for (long i = 0; i < layer.outputs; ++i) {
      const Doubles one = spread(delta, i);
      double* at = layer.rows + i * lanes;
      const Doubles row = Doubles::load(at);
      pulled = fma(row, one, pulled);
      (row + rate * fma(filled, one, zero)).store(at);
    }
    for (long j = 0; j < layer.inputs; ++j)
      update(layer.offset + j * lanes, fma(delta, spread(previous, j), zero));
    update(layer.offset + layer.inputs * lanes, zero + delta);
    with_slope(below.curve, [&](auto slope) { delta = pulled * slope(previous); });
  }
  for (long j = 0; j < first.inputs; ++j)
    update(j * lanes, fma(delta, Doubles::all(x[j]), zero));
  update(first.inputs * lanes, zero + delta);
  return !any_nan(spoilt) && cost - cost == 0.0;
}

/// Whether tiny_step() does what small_step() does with a single sample.
bool has_tiny_layers(const SmallNet& net, const SmallRun& run) {
  bool tiny = run.rule == Rule::gradient_descent && net.l2 == 0.0 &&
              net.misfit != Misfit::softmax_cross_entropy;
  for (long l = 0; l < net.depth; ++l)
    tiny = tiny && net.layers[l].padded_outputs == Doubles::lanes;
  return tiny;
}

DELTASCOPE_INLINE void swap(double*& a, double*& b) {
  double* const kept = a;
  a = b;
  b = kept;
}

template <class Step>
DELTASCOPE_INLINE long steps_in_a_row(SmallRun& run, SmallBatch& batch, Step step) {
  for (long taken = 0; taken < run.steps; ++taken) {
    if (!step(run.costs[taken])) return taken;
    swap(run.parameters, run.next_parameters);
    swap(run.moments, run.next_moments);
    if (!run.advance(run.context, batch)) return taken + 1;
  }
  return run.steps;
}

long small_run(const SmallNet& net, SmallRun& run, SmallBatch batch) {
  transpose_all(net, run.parameters);
  if (has_tiny_layers(net, run)) {
    return steps_in_a_row(run, batch, [&](double& cost) {
      if (batch.size == 1) return tiny_step(net, run, batch, cost);
      return small_step(net, run, batch, cost);
    });
  }
  return steps_in_a_row(run, batch,
                        [&](double& cost) { return small_step(net, run, batch, cost); });
}

}  // namespace neuron_lanes
