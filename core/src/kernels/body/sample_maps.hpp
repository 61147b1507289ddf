// Included inside an unnamed namespace, behind sample_lanes.hpp: neurons over the plane, **a pixel
// in each lane**.

/// a = g(z) in its place for whole rows, and as far as they are wanted into their maps from `first`
/// on.
template <class Lanes>
DELTASCOPE_INLINE void curve_to_maps(Curve curve, Rows<Lanes> z, long rows, long vectors,
                                     typename Lanes::Scalar* const* maps, long first, long count) {
  const long whole = count / Lanes::lanes;
  with_curve<Lanes>(curve, [&](auto g) {
    for (long j = 0; j < rows; ++j) {
      auto* map = maps[j] == nullptr ? nullptr : maps[j] + first;
      for (long n = 0; n < vectors; ++n) {
        const Lanes a = g(z.load(j, n));
        z.store(j, n, a);
        if (map != nullptr && n < whole) a.store_unaligned(map + n * Lanes::lanes);
      }
      if (map == nullptr) continue;
      for (long i = whole * Lanes::lanes; i < count; ++i)
        map[i] = z.row(j)[i];
    }
  });
}

template <class Lanes>
void fill_maps(const Network& network, const typename Lanes::Scalar* parameters,
               const Plane<typename Lanes::Scalar>& plane, long first, long count) {
  const Rows<Lanes> x{plane.memory, plane.stride};
  for (const long end = first + count; first < end; first += plane.block) {
    const long pixels = end - first < plane.block ? end - first : plane.block;
    const long vectors = (pixels + Lanes::lanes - 1) / Lanes::lanes;
    long column = first % plane.columns, row = first / plane.columns;
    for (long i = 0; i < pixels; ++row, column = 0) {
      for (; i < pixels && column < plane.columns; ++i, ++column) {
        x.row(0)[i] = plane.x[column];
        x.row(1)[i] = plane.y[row];
      }
    }
    Rows<Lanes> previous = x;
    auto* const* maps = plane.maps;
    for (long l = 0; l < network.count; ++l) {
      const Layer& layer = network.layers[l];
      const Rows<Lanes> a = previous.from(layer.fan_in, 0);
      weighted_sums<Lanes>(parameters, layer, previous, a, vectors);
      if (layer.curve == Curve::softmax) softmax<Lanes>(a, a, layer.fan_out, vectors);
      curve_to_maps<Lanes>(layer.curve, a, layer.fan_out, vectors, maps, first, pixels);
      maps += layer.fan_out;
      previous = a;
    }
  }
}
