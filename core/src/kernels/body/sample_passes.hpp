// Included inside an unnamed namespace, behind sample_lanes.hpp and sample_losses.hpp: whole
// networks, forth and back, in blocks of samples that stay in the cache.

/// One block in the scratch: rows of every layer's activity, then z, y and losses of the output.
/// On the way back each layer's δ takes the place of its a, which nothing needs any more.
class Block {
 public:
  Block(const Network& network, const double* parameters, const Scratch& scratch)
      : net_(network), parameters_(parameters), stride_(scratch.stride), x_(scratch.memory) {
    rows_ = net_.layers[0].fan_in;
    for (long l = 0; l < net_.count; ++l)
      rows_ += net_.layers[l].fan_out;
  }

  long count() const { return count_; }
  long outputs() const { return net_.layers[net_.count - 1].fan_out; }
  Rows<Doubles> x() const { return {x_, stride_}; }
  Rows<Doubles> z_out() const { return x().from(rows_, 0); }
  Rows<Doubles> a_out() const { return x().from(rows_ - outputs(), 0); }
  Rows<Doubles> y() const { return x().from(rows_ + outputs(), 0); }
  const double* losses() const { return y().row(outputs()); }

  /// Takes the samples in. Lanes that are left over repeat the last one: they meet no infinity
  /// that it does not, and their δ is zero.
  void gather(const Samples& samples, long first, long count) {
    count_ = count;
    vectors_ = (count + Doubles::lanes - 1) / Doubles::lanes;
    const long inputs = net_.layers[0].fan_in;
    for (long i = 0; i < vectors_ * Doubles::lanes; ++i) {
      const long at = samples.first + first + (i < count ? i : count - 1);
      const long sample = samples.listed == nullptr ? at : static_cast<long>(samples.listed[at]);
      for (long j = 0; j < inputs; ++j)
        x().row(j)[i] = samples.X[sample * inputs + j];
      for (long j = 0; j < outputs(); ++j)
        y().row(j)[i] = samples.Y[sample * outputs() + j];
    }
  }

  /// Calls seen(l, z, a) behind each layer; of hidden layers z is not kept.
  void forward() {
    Rows<Doubles> previous = x();
    for (long l = 0; l + 1 < net_.count; ++l) {
      const Layer& layer = net_.layers[l];
      const Rows<Doubles> a = previous.from(layer.fan_in, 0);
      forward_layer<Doubles>(parameters_, layer, previous, a, vectors_);
      previous = a;
    }
    finish_forward(previous);
  }
  /// The same bits, layer by layer with z: seen(l, z), then seen_a(l, a).
  template <class Seen>
  void forward(Seen seen) {
    Rows<Doubles> previous = x();
    for (long l = 0; l + 1 < net_.count; ++l) {
      const Layer& layer = net_.layers[l];
      const Rows<Doubles> a = previous.from(layer.fan_in, 0);
      weighted_sums<Doubles>(parameters_, layer, previous, a, vectors_);
      seen.z(l, a);
      apply_curve<Doubles>(layer.curve, a, a, layer.fan_out, vectors_);
      seen.a(l, a);
      previous = a;
    }
    finish_forward(previous);
    seen.z(net_.count - 1, z_out());
    seen.a(net_.count - 1, a_out());
  }

  /// Calls seen(l, δ, a below) for each layer, from the output on.
  template <class Seen>
  void backward(Seen seen) {
    long l = net_.count - 1;
    Rows<Doubles> a = a_out();
    output_delta(net_.misfit, net_.layers[l].curve, a, y(), a, outputs(), vectors_);
    while (true) {
      const Layer& layer = net_.layers[l];
      clear_rest(a, layer.fan_out);
      const Rows<Doubles> below = a.from(-layer.fan_in, 0);
      seen(l, a, below);
      if (l == 0) return;
      pull_back(parameters_, layer, a, net_.layers[l - 1].curve, below, below, vectors_);
      a = below;
      --l;
    }
  }

  const Layer& layer(long l) const { return net_.layers[l]; }
  long vectors() const { return vectors_; }

 private:
  void finish_forward(Rows<Doubles> previous) {
    const Layer& last = net_.layers[net_.count - 1];
    weighted_sums<Doubles>(parameters_, last, previous, z_out(), vectors_);
    if (last.curve == Curve::softmax) {
      softmax<Doubles>(z_out(), a_out(), outputs(), vectors_);
    } else {
      apply_curve<Doubles>(last.curve, z_out(), a_out(), outputs(), vectors_);
    }
    sample_losses(net_.misfit, z_out(), a_out(), y(), outputs(), vectors_, y().row(outputs()));
  }
  void clear_rest(Rows<Doubles> delta, long rows) const {
    if (count_ == vectors_ * Doubles::lanes) return;
    for (long j = 0; j < rows; ++j) {
      for (long i = count_; i < vectors_ * Doubles::lanes; ++i)
        delta.row(j)[i] = 0.0;
    }
  }

  const Network& net_;
  const double* parameters_;
  long stride_;
  double* x_;
  long rows_;
  long count_ = 0, vectors_ = 0;
};

template <class Each>
DELTASCOPE_INLINE void for_blocks(const Samples& samples, const Scratch& scratch, Block& block,
                                  Each each) {
  for (long first = 0; first < samples.count; first += scratch.block) {
    const long left = samples.count - first;
    block.gather(samples, first, left < scratch.block ? left : scratch.block);
    each(first);
  }
}

/// In the order of the batch.
inline double add_losses(const Block& block, double sum) {
  for (long i = 0; i < block.count(); ++i)
    sum += block.losses()[i];
  return sum;
}

double add_gradient(const Network& network, const double* parameters, const Samples& samples,
                    const Scratch& scratch, double* gradient) {
  Block block(network, parameters, scratch);
  double losses = 0.0;
  for_blocks(samples, scratch, block, [&](long) {
    block.forward();
    losses = add_losses(block, losses);
    block.backward([&](long l, Rows<Doubles> delta, Rows<Doubles> below) {
      add_products(block.layer(l), delta, below, block.vectors(), gradient);
    });
  });
  return losses;
}

/// A block's rows to columns, one a sample.
inline void to_columns(Rows<Doubles> from, long rows, long count, double* to) {
  for (long i = 0; i < count; ++i) {
    for (long j = 0; j < rows; ++j)
      to[i * rows + j] = from.row(j)[i];
  }
}

double evaluate(const Network& network, const double* parameters, const Samples& samples,
                const Scratch& scratch, double* outputs, double* squares) {
  Block block(network, parameters, scratch);
  double losses = 0.0;
  for_blocks(samples, scratch, block, [&](long first) {
    block.forward();
    losses = add_losses(block, losses);
    to_columns(block.a_out(), block.outputs(), block.count(), outputs + first * block.outputs());
    if (squares == nullptr) return;
    block.backward([&](long l, Rows<Doubles> delta, Rows<Doubles>) {
      Doubles sums = Doubles::all(0.0);
      for (long j = 0; j < block.layer(l).fan_out; ++j) {
        for (long n = 0; n < block.vectors(); ++n)
          sums = fma(delta.load(j, n), delta.load(j, n), sums);
      }
      squares[l] += sum(sums);
    });
  });
  return losses;
}

void trace(const Network& network, const double* parameters, const Samples& samples,
           const Scratch& scratch, const Traced& to) {
  struct Copy {
    const Block& block;
    const Traced& to;
    long first;
    void copy(long l, Rows<Doubles> from, double* const* matrices) const {
      const long rows = block.layer(l).fan_out;
      to_columns(from, rows, block.count(), matrices[l] + first * rows);
    }
    void z(long l, Rows<Doubles> from) const { copy(l, from, to.z); }
    void a(long l, Rows<Doubles> from) const { copy(l, from, to.a); }
  };
  Block block(network, parameters, scratch);
  for_blocks(samples, scratch, block, [&](long first) {
    const Copy copy{block, to, first};
    block.forward(copy);
    for (long i = 0; i < block.count(); ++i)
      to.losses[first + i] = block.losses()[i];
    block.backward(
        [&](long l, Rows<Doubles> delta, Rows<Doubles>) { copy.copy(l, delta, to.delta); });
  });
}
