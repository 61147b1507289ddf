// Included inside an unnamed namespace, behind Doubles. The yardstick of all kernels.

// As many at once as hide that each takes a few cycles.
constexpr long chains = 12;
/// Multiplications and additions of one round.
constexpr long multiply_adds_flops = 2 * chains * Doubles::lanes;

/// Nothing but multiply-adds that do not wait for each other.
double multiply_adds(long rounds) {
  Doubles sums[chains];
  for (long i = 0; i < chains; ++i)
    sums[i] = Doubles::all(static_cast<double>(i));
  const Doubles factor = Doubles::all(0.999), term = Doubles::all(1e-3);
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (long i = 0; i < chains; ++i)
      sums[i] = fma(sums[i], factor, term);
  }
  Doubles all = sums[0];
  for (long i = 1; i < chains; ++i)
    all = all + sums[i];
  return sum(all);
}
