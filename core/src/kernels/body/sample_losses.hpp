// Included inside an unnamed namespace, behind sample_lanes.hpp: losses of samples and their δ.

/// C_x = ½ Σ (y−a)², summed in the order of the outputs.
inline Doubles quadratic(Rows<Doubles> a, Rows<Doubles> y, long outputs, long n) {
  Doubles sum = Doubles::all(0.0);
  for (long j = 0; j < outputs; ++j) {
    const Doubles residual = y.load(j, n) - a.load(j, n);
    sum = sum + residual * residual;
  }
  return Doubles::all(0.5) * sum;
}

/// C_x = Σ y softplus(−z) + (1−y) softplus(z)
inline Doubles binary_cross_entropy(Rows<Doubles> z, Rows<Doubles> y, long outputs, long n) {
  Doubles sum = Doubles::all(0.0);
  for (long j = 0; j < outputs; ++j) {
    const Doubles z_j = z.load(j, n), y_j = y.load(j, n);
    sum =
        sum + (y_j * softplus(Doubles::all(0.0) - z_j) + (Doubles::all(1.0) - y_j) * softplus(z_j));
  }
  return sum;
}

/// C_x = Σ_j y_j ((max − z_j) + ln Σ_k e^(z_k − max))
inline Doubles softmax_cross_entropy(Rows<Doubles> z, Rows<Doubles> y, long outputs, long n) {
  Doubles largest = z.load(0, n);
  for (long j = 1; j < outputs; ++j) {
    const Doubles z_j = z.load(j, n);
    largest = where(less_or_equal(z_j, largest), largest, z_j);
  }
  Doubles sum = Doubles::all(0.0);
  for (long j = 0; j < outputs; ++j)
    sum = sum + exp(z.load(j, n) - largest);
  const Doubles log_sum = log(sum);
  Doubles loss = Doubles::all(0.0);
  for (long j = 0; j < outputs; ++j)
    loss = loss + y.load(j, n) * ((largest - z.load(j, n)) + log_sum);
  return loss;
}

inline void sample_losses(Misfit misfit, Rows<Doubles> z, Rows<Doubles> a, Rows<Doubles> y,
                          long outputs, long vectors, double* losses) {
  const auto each = [&](auto loss) {
    for (long n = 0; n < vectors; ++n)
      loss(n).store(losses + n * Doubles::lanes);
  };
  switch (misfit) {
    case Misfit::quadratic:
      return each([&](long n) { return quadratic(a, y, outputs, n); });
    case Misfit::binary_cross_entropy:
      return each([&](long n) { return binary_cross_entropy(z, y, outputs, n); });
    case Misfit::softmax_cross_entropy:
      return each([&](long n) { return softmax_cross_entropy(z, y, outputs, n); });
    case Misfit::none:
      return;
  }
}

/// δ = (a − y) g′ for the quadratic loss, a − y for binary cross-entropy, a Σy − y for softmax's;
/// it may take a's place.
inline void output_delta(Misfit misfit, Curve curve, Rows<Doubles> a, Rows<Doubles> y,
                         Rows<Doubles> delta, long outputs, long vectors) {
  if (misfit == Misfit::softmax_cross_entropy) {
    for (long n = 0; n < vectors; ++n) {
      Doubles total = Doubles::all(0.0);
      for (long j = 0; j < outputs; ++j)
        total = total + y.load(j, n);
      for (long j = 0; j < outputs; ++j)
        delta.store(j, n, a.load(j, n) * total - y.load(j, n));
    }
    return;
  }
  with_slope(misfit == Misfit::quadratic ? curve : Curve::linear, [&](auto slope) {
    for (long j = 0; j < outputs; ++j) {
      for (long n = 0; n < vectors; ++n) {
        const Doubles a_j = a.load(j, n);
        delta.store(j, n, (a_j - y.load(j, n)) * slope(a_j));
      }
    }
  });
}
