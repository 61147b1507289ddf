// Included inside an unnamed namespace, behind Doubles. From sums over a batch to new parameters,
// in the order of operations of optimizer.cpp, each of them rounded.

/// The gradient of a batch from its sum, as the textbook's average() and regularize() make it.
struct Mean {
  Doubles size;
  bool single;

  DELTASCOPE_INLINE explicit Mean(long count)
      : size(Doubles::all(static_cast<double>(count))), single(count == 1) {}
  DELTASCOPE_INLINE Doubles operator()(Doubles sum) const { return single ? sum : sum / size; }
};

/// Calls `each(propose)` with the function of `run.rule`: propose(g, i, spoilt) is the update of
/// the vector at offset i; it writes the new moments, and makes `spoilt` NaN where they are not
/// finite though the update is.
template <class Each>
DELTASCOPE_INLINE void with_rule(const SmallNet& net, const SmallRun& run, const SmallBatch& batch,
                                 Each each) {
  const Doubles rate = Doubles::all(-run.learning_rate), zero = Doubles::all(0.0);
  const double* moments = run.moments;
  double* next = run.next_moments;
  switch (run.rule) {
    case Rule::none:
      return;
    case Rule::gradient_descent:
      return each([=](Doubles g, long, Doubles&) { return rate * g; });
    case Rule::momentum: {
      const Doubles keep = Doubles::all(run.momentum);
      return each([=](Doubles g, long i, Doubles&) {
        const Doubles v = keep * Doubles::load(moments + i) + g;
        v.store(next + i);
        return rate * v;
      });
    }
    case Rule::adam: {
      const long second = net.parameters;
      const Doubles beta1 = Doubles::all(run.beta1), beta2 = Doubles::all(run.beta2);
      const Doubles rest1 = Doubles::all(1.0 - run.beta1), rest2 = Doubles::all(1.0 - run.beta2);
      const Doubles bias1 = Doubles::all(batch.bias_1), bias2 = Doubles::all(batch.bias_2);
      const Doubles epsilon = Doubles::all(run.epsilon);
      return each([=](Doubles g, long i, Doubles& spoilt) {
        const Doubles m = beta1 * Doubles::load(moments + i) + rest1 * g;
        const Doubles v = beta2 * Doubles::load(moments + second + i) + rest2 * g * g;
        m.store(next + i);
        v.store(next + second + i);
        spoilt = fma(v, zero, spoilt);
        return rate * (m / bias1) / (sqrt(v / bias2) + epsilon);
      });
    }
  }
}

/// From the sums in run.gradient to run.next_parameters and next_moments. NaN in some lane where an
/// update or a moment is not finite, else 0.
DELTASCOPE_INLINE Doubles update_all(const SmallNet& net, const SmallRun& run,
                                     const SmallBatch& batch) {
  const Doubles zero = Doubles::all(0.0), l2 = Doubles::all(net.l2);
  const Mean mean(batch.size);
  const double* from = run.parameters;
  double* to = run.next_parameters;
  const double* gradient = run.gradient;
  Doubles spoilt = zero;
  with_rule(net, run, batch, [&](auto propose) {
    const auto update = [&](long first, long end, bool decays) {
      for (long i = first; i < end; i += Doubles::lanes) {
        const Doubles p = Doubles::load(from + i);
        Doubles g = mean(Doubles::load(gradient + i));
        if (decays) g = g + l2 * p;
        const Doubles u = propose(g, i, spoilt);
        spoilt = fma(u, zero, spoilt);
        (p + u).store(to + i);
      }
    };
    for (const SmallLayer* layer = net.layers; layer != net.layers + net.depth; ++layer) {
      const long biases = layer->offset + layer->inputs * layer->padded_outputs;
      update(layer->offset, biases, net.l2 != 0.0);
      update(biases, biases + layer->padded_outputs, false);
    }
  });
  return spoilt;
}
