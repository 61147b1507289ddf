// Included inside an unnamed namespace, behind elementary.hpp. Residuals and their Jacobian, a
// sample in each lane.

namespace least_squares {

/// Calls `each(g′)` with g′ of `curve` as a function of a, which has the sign of z.
template <class Each>
DELTASCOPE_INLINE void with_slope_at(Curve curve, Each each) {
  const Doubles zero = Doubles::all(0.0), one = Doubles::all(1.0);
  switch (curve) {
    case Curve::sigmoid:
      return each([=](Doubles a) { return a * (one - a); });
    case Curve::tanh:
      return each([=](Doubles a) { return fnma(a, a, one); });
    case Curve::relu:
      return each([=](Doubles a) { return where(greater(a, zero), one, zero); });
    case Curve::leaky_relu:
      return each([=](Doubles a) { return where(greater(a, zero), one, Doubles::all(0.01)); });
    case Curve::none:
    case Curve::linear:
    case Curve::softmax:
      return each([=](Doubles) { return one; });
  }
}

DELTASCOPE_INLINE const double* inputs_of(const ResidualNet& net, long layer) {
  return layer == 0 ? net.X : net.layers[layer - 1].a;
}
DELTASCOPE_INLINE long stride_of_inputs(const ResidualNet& net, long layer) {
  return layer == 0 ? net.data_stride : net.activity_stride;
}

void predict_for_residuals(const ResidualNet& net, const double* parameters) {
  for (long l = 0; l < net.depth; ++l) {
    const ResidualLayer& layer = net.layers[l];
    const double* const W = parameters + layer.offset;
    const double* const b = W + layer.inputs * layer.outputs;
    const double* const from = inputs_of(net, l);
    const long stride = stride_of_inputs(net, l);
    with_curve<Doubles>(layer.curve, [&](auto g) {
      for (long s = 0; s < net.samples; s += Doubles::lanes) {
        for (long i = 0; i < layer.outputs; ++i) {
          Doubles z = Doubles::all(b[i]);
          for (long j = 0; j < layer.inputs; ++j)
            z = fma(Doubles::all(W[i * layer.inputs + j]), Doubles::load(from + j * stride + s), z);
          g(z).store(layer.a + i * net.activity_stride + s);
        }
      }
    });
  }
}

double residuals(const ResidualNet& net, const double* parameters, double* r) {
  predict_for_residuals(net, parameters);
  const ResidualLayer& last = net.layers[net.depth - 1];
  Doubles squares = Doubles::all(0.0);
  for (long k = 0; k < last.outputs; ++k) {
    for (long s = 0; s < net.samples; s += Doubles::lanes) {
      const Doubles difference = Doubles::load(net.Y + k * net.data_stride + s) -
                                 Doubles::load(last.a + k * net.activity_stride + s);
      const Doubles one = Doubles::load(net.exists + s) * difference;
      squares = fma(one, one, squares);
      if (r != nullptr) one.store_unaligned(r + k * net.samples + s);
    }
  }
  return sum(squares);
}

/// Entries of Jᵀ for one layer: δ_i a_j for W, δ_i for b, of the neurons [first, last).
DELTASCOPE_INLINE void put_rows(const ResidualNet& net, long l, long first, long last, double* Jt,
                                long Jt_stride) {
  const ResidualLayer& layer = net.layers[l];
  const double* const from = inputs_of(net, l);
  const long stride = stride_of_inputs(net, l);
  double* const b = Jt + (layer.offset + layer.inputs * layer.outputs) * Jt_stride;
  for (long i = first; i < last; ++i) {
    const double* const delta = layer.delta + i * net.activity_stride;
    double* const W = Jt + (layer.offset + i * layer.inputs) * Jt_stride;
    for (long s = 0; s < net.samples; s += Doubles::lanes) {
      const Doubles one = Doubles::load(delta + s);
      for (long j = 0; j < layer.inputs; ++j)
        (one * Doubles::load(from + j * stride + s)).store_unaligned(W + j * Jt_stride + s);
      one.store_unaligned(b + i * Jt_stride + s);
    }
  }
}

/// δ of layer l from that of the neurons [first, last) of the layer behind it.
DELTASCOPE_INLINE void pull_back(const ResidualNet& net, const double* parameters, long l,
                                 long first, long last) {
  const ResidualLayer& layer = net.layers[l];
  const ResidualLayer& behind = net.layers[l + 1];
  const double* const W = parameters + behind.offset;
  with_slope_at(layer.curve, [&](auto slope) {
    for (long s = 0; s < net.samples; s += Doubles::lanes) {
      for (long j = 0; j < layer.outputs; ++j) {
        Doubles dA = Doubles::all(0.0);
        for (long i = first; i < last; ++i)
          dA = fma(Doubles::all(W[i * behind.inputs + j]),
                   Doubles::load(behind.delta + i * net.activity_stride + s), dA);
        const Doubles a = Doubles::load(layer.a + j * net.activity_stride + s);
        (dA * slope(a)).store(layer.delta + j * net.activity_stride + s);
      }
    }
  });
}

void jacobian(const ResidualNet& net, const double* parameters, double* Jt, long Jt_stride) {
  const long end = net.depth - 1;
  const ResidualLayer& last = net.layers[end];
  for (long k = 0; k < last.outputs; ++k, Jt += net.samples) {
    with_slope_at(last.curve, [&](auto slope) {
      for (long s = 0; s < net.samples; s += Doubles::lanes) {
        const Doubles a = Doubles::load(last.a + k * net.activity_stride + s);
        (Doubles::load(net.exists + s) * slope(a)).store(last.delta + k * net.activity_stride + s);
      }
    });
    put_rows(net, end, k, k + 1, Jt, Jt_stride);
    for (long l = end - 1; l >= 0; --l) {
      const bool next_to_last = l + 1 == end;
      pull_back(net, parameters, l, next_to_last ? k : 0,
                next_to_last ? k + 1 : net.layers[l + 1].outputs);
      put_rows(net, l, 0, net.layers[l].outputs, Jt, Jt_stride);
    }
  }
}

}  // namespace least_squares
