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

/// Calls `each(update)`: update(i, sum, decays, spoilt) makes the parameters and moments at offset
/// i from the sum of their gradient over the batch. It returns `spoilt`, which becomes NaN in some
/// lane where an update or a moment is not finite, else stays 0.
template <class Each>
DELTASCOPE_INLINE void with_update(const SmallNet& net, const SmallRun& run,
                                   const SmallBatch& batch, Each each) {
  const Doubles zero = Doubles::all(0.0), l2 = Doubles::all(net.l2);
  const bool has_decay = net.l2 != 0.0;
  const Mean mean(batch.size);
  const double* from = run.parameters;
  double* to = run.next_parameters;
  with_rule(net, run, batch, [&](auto propose) {
    each([=](long i, Doubles sum, bool decays, Doubles spoilt) {
      const Doubles p = Doubles::load(from + i);
      Doubles g = mean(sum);
      if (has_decay && decays) g = g + l2 * p;
      const Doubles u = propose(g, i, spoilt);
      (p + u).store(to + i);
      return fma(u, zero, spoilt);
    });
  });
}
