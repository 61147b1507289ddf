// Included inside an unnamed namespace, behind elementary.hpp and the set's tile sizes: one layer
// with **a sample in each lane**. Rows are neurons, [neuron][sample]; weights are read from the
// flat block of parameters as they stand there. A sample's own numbers come out of the same
// operations in the same order wherever it stands and whoever stands beside it.

/// Row j begins at at + j · stride; whole vectors, aligned.
template <class Lanes>
struct Rows {
  using Scalar = typename Lanes::Scalar;
  Scalar* at;
  long stride;

  DELTASCOPE_INLINE Scalar* row(long j) const { return at + j * stride; }
  DELTASCOPE_INLINE Lanes load(long j, long vector) const {
    return Lanes::load(row(j) + vector * Lanes::lanes);
  }
  DELTASCOPE_INLINE void store(long j, long vector, Lanes x) const {
    x.store(row(j) + vector * Lanes::lanes);
  }
  DELTASCOPE_INLINE Rows from(long j, long vector) const {
    return {row(j) + vector * Lanes::lanes, stride};
  }
};

/// Entry (i, k) stands at at[i · per_row + k · per_term]: W or its transpose.
template <class Scalar>
struct Weights {
  const Scalar* at;
  long per_row, per_term;
  DELTASCOPE_INLINE Weights from(long i) const { return {at + i * per_row, per_row, per_term}; }
};

template <int n>
struct Count {
  static constexpr int value = n;
};

/// Calls each(Count<n>, first) for groups of n = whole entries, then for what is left over.
template <int whole, class Each>
DELTASCOPE_INLINE void in_groups(long first, long count, Each each) {
  for (; first + whole <= count; first += whole)
    each(Count<whole>{}, first);
  if constexpr (whole > 1) {
    if (first < count) in_groups<whole / 2>(first, count, each);
  }
}

/// finish(i, n, start_i + Σ_k w_ik from_kn), the sum in the order of k, for a tile of rows and
/// vectors that stays in registers. Without `start`, from zero.
template <class Lanes, int rows, int vectors, class Finish>
DELTASCOPE_INLINE void tile(Weights<typename Lanes::Scalar> w, long terms,
                            const typename Lanes::Scalar* start, Rows<Lanes> from, Finish finish) {
  Lanes sums[rows][vectors];
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i) {
    const Lanes first = start == nullptr ? Lanes::all(0) : Lanes::all(start[i]);
#pragma GCC unroll 16
    for (int n = 0; n < vectors; ++n)
      sums[i][n] = first;
  }
#pragma GCC unroll 1
  for (long k = 0; k < terms; ++k) {
    Lanes terms_k[vectors];
#pragma GCC unroll 16
    for (int n = 0; n < vectors; ++n)
      terms_k[n] = from.load(k, n);
#pragma GCC unroll 16
    for (int i = 0; i < rows; ++i) {
      const Lanes w_ik = Lanes::all(w.at[i * w.per_row + k * w.per_term]);
#pragma GCC unroll 16
      for (int n = 0; n < vectors; ++n)
        sums[i][n] = fma(w_ik, terms_k[n], sums[i][n]);
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i) {
#pragma GCC unroll 16
    for (int n = 0; n < vectors; ++n)
      finish(i, n, sums[i][n]);
  }
}

/// The same for all rows and vectors of a block: finish(row, vector, sum).
template <class Lanes, class Finish>
DELTASCOPE_INLINE void product(Weights<typename Lanes::Scalar> w, long rows, long terms,
                               const typename Lanes::Scalar* start, Rows<Lanes> from, long vectors,
                               Finish finish) {
  in_groups<tile_rows>(0, rows, [&](auto group, long row) {
    const auto strip = [&](auto width, long vector) {
      tile<Lanes, group.value, width.value>(
          w.from(row), terms, start == nullptr ? nullptr : start + row, from.from(0, vector),
          [&](long i, long n, Lanes sum) { finish(row + i, vector + n, sum); });
    };
    long vector = 0;
    for (; vector + tile_vectors <= vectors; vector += tile_vectors)
      strip(Count<tile_vectors>{}, vector);
    for (; vector < vectors; ++vector)
      strip(Count<1>{}, vector);
  });
}

/// a = g(z) for whole rows; the same memory or another.
template <class Lanes>
void apply_curve(Curve curve, Rows<Lanes> z, Rows<Lanes> a, long rows, long vectors) {
  with_curve<Lanes>(curve, [&](auto g) {
    for (long j = 0; j < rows; ++j) {
      for (long n = 0; n < vectors; ++n)
        a.store(j, n, g(z.load(j, n)));
    }
  });
}

/// z = b, then fma(W_ij, a_j, z) for j in order.
template <class Lanes>
void weighted_sums(const typename Lanes::Scalar* parameters, const Layer& layer,
                   Rows<Lanes> previous, Rows<Lanes> z, long vectors) {
  const auto* W = parameters + layer.weights;
  product<Lanes>({W, layer.fan_in, 1}, layer.fan_out, layer.fan_in,
                 W + layer.fan_out * layer.fan_in, previous, vectors,
                 [z](long i, long n, Lanes sum) { z.store(i, n, sum); });
}

/// a = g(z) of a hidden layer.
template <class Lanes>
void forward_layer(const typename Lanes::Scalar* parameters, const Layer& layer,
                   Rows<Lanes> previous, Rows<Lanes> a, long vectors) {
  weighted_sums<Lanes>(parameters, layer, previous, a, vectors);
  apply_curve<Lanes>(layer.curve, a, a, layer.fan_out, vectors);
}

/// Calls `each(slope)` with g′ of `curve` in terms of a.
template <class Each>
DELTASCOPE_INLINE void with_slope(Curve curve, Each each) {
  const Doubles one = Doubles::all(1.0), zero = Doubles::all(0.0);
  switch (curve) {
    case Curve::sigmoid:
      return each([=](Doubles a) { return a * (one - a); });
    case Curve::tanh:
      return each([=](Doubles a) { return one - a * a; });
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

/// δ of the layer below: 0, then fma(W_ij, δ_i, e) for i in order, times g′(a). It may take a's
/// place.
inline void pull_back(const double* parameters, const Layer& layer, Rows<Doubles> delta,
                      Curve curve_below, Rows<Doubles> a_below, Rows<Doubles> delta_below,
                      long vectors) {
  with_slope(curve_below, [&](auto slope) {
    product<Doubles>({parameters + layer.weights, 1, layer.fan_in}, layer.fan_in, layer.fan_out,
                     nullptr, delta, vectors, [=](long i, long n, Doubles sum) {
                       delta_below.store(i, n, sum * slope(a_below.load(i, n)));
                     });
  });
}

/// dW_ij += Σ_samples δ_i a_j for a tile that stays in registers: lanes first, then across them.
template <int rows, int columns>
DELTASCOPE_INLINE void add_tile(Rows<Doubles> delta, Rows<Doubles> a, long vectors, double* dW,
                                long stride) {
  Doubles sums[rows][columns];
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i) {
#pragma GCC unroll 16
    for (int j = 0; j < columns; ++j)
      sums[i][j] = Doubles::all(0.0);
  }
#pragma GCC unroll 1
  for (long n = 0; n < vectors; ++n) {
    Doubles a_n[columns];
#pragma GCC unroll 16
    for (int j = 0; j < columns; ++j)
      a_n[j] = a.load(j, n);
#pragma GCC unroll 16
    for (int i = 0; i < rows; ++i) {
      const Doubles delta_n = delta.load(i, n);
#pragma GCC unroll 16
      for (int j = 0; j < columns; ++j)
        sums[i][j] = fma(delta_n, a_n[j], sums[i][j]);
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < rows; ++i) {
#pragma GCC unroll 16
    for (int j = 0; j < columns; ++j)
      dW[i * stride + j] += sum(sums[i][j]);
  }
}

/// dW += δ aᵀ and db += δ 1 over the block's samples.
inline void add_products(const Layer& layer, Rows<Doubles> delta, Rows<Doubles> a_below,
                         long vectors, double* gradient) {
  double* dW = gradient + layer.weights;
  double* db = dW + layer.fan_out * layer.fan_in;
  in_groups<dot_rows>(0, layer.fan_out, [&](auto group, long i) {
    in_groups<dot_columns>(0, layer.fan_in, [&](auto columns, long j) {
      add_tile<group.value, columns.value>(delta.from(i, 0), a_below.from(j, 0), vectors,
                                           dW + i * layer.fan_in + j, layer.fan_in);
    });
    Doubles sums[group.value];
#pragma GCC unroll 16
    for (int k = 0; k < group.value; ++k)
      sums[k] = Doubles::all(0.0);
    for (long n = 0; n < vectors; ++n) {
#pragma GCC unroll 16
      for (int k = 0; k < group.value; ++k)
        sums[k] = sums[k] + delta.load(i + k, n);
    }
#pragma GCC unroll 16
    for (int k = 0; k < group.value; ++k)
      db[i + k] += sum(sums[k]);
  });
}

/// a = softmax(z): e^(z_j − max) / Σ, the sum in the order of j.
template <class Lanes>
void softmax(Rows<Lanes> z, Rows<Lanes> a, long outputs, long vectors) {
  for (long n = 0; n < vectors; ++n) {
    Lanes largest = z.load(0, n);
    for (long j = 1; j < outputs; ++j) {
      const Lanes z_j = z.load(j, n);
      largest = where(less_or_equal(z_j, largest), largest, z_j);  // a NaN comes through
    }
    Lanes sum = Lanes::all(0);
    for (long j = 0; j < outputs; ++j) {
      const Lanes e = exp(z.load(j, n) - largest);
      a.store(j, n, e);
      sum = sum + e;
    }
    for (long j = 0; j < outputs; ++j)
      a.store(j, n, a.load(j, n) / sum);
  }
}
