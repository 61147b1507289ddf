// Included inside an unnamed namespace, behind Doubles, Floats and power(). The same formulas for
// every instruction set.

/// e^x where it is no normal number, or nearly: as the square of its root it ends in denormals, 0
/// or ∞.
DELTASCOPE_INLINE Doubles far_exp(Doubles x) {
  const Power e = power(x * Doubles::all(0.5));
  const Doubles root = fma(e.scale_f, e.q, e.scale);
  return root * root;
}

DELTASCOPE_INLINE Doubles exp(Doubles x) {
  const Power e = power(x);
  const Doubles result = fma(e.scale_f, e.q, e.scale);
  const auto far = greater(abs(x), Doubles::all(largest_power));
  if (!any(far)) return result;
  return where(far, far_exp(x), result);
}

/// 1 / (1 + e^−z)
DELTASCOPE_INLINE Doubles sigmoid(Doubles z) {
  const Doubles one = Doubles::all(1.0);
  const Power e = power<-1>(z);
  const Doubles result = one / fma(e.scale_f, e.q, e.scale + one);
  const auto far = greater(Doubles::all(-largest_power), z);
  if (!any(far)) return result;
  return where(far, far_exp(z), result);
}

/// m / (m + 2) with m = e^2z − 1. For small z the scale is 1 exactly, so that no digits of m are
/// lost.
DELTASCOPE_INLINE Doubles tanh(Doubles z) {
  // Beyond, the result is ±1 in every digit, and m must not overflow.
  const Power e = power<2>(z, 40.0);
  const Doubles m = fma(e.scale_f, e.q, e.scale - Doubles::all(1.0));
  return m / (m + Doubles::all(2.0));
}

/// ln((1 + s) / (1 − s)) = 2 (s + s³/3 + s⁵/5 + …) for |s| ≤ 0.1716, which is ½ ≤ ratio/√2 ≤ 1.
DELTASCOPE_INLINE Doubles log_of_ratio(Doubles s) {
  const Doubles t = s * s;
  Doubles p = Doubles::all(2.0 / 21);
  p = fma(p, t, Doubles::all(2.0 / 19));
  p = fma(p, t, Doubles::all(2.0 / 17));
  p = fma(p, t, Doubles::all(2.0 / 15));
  p = fma(p, t, Doubles::all(2.0 / 13));
  p = fma(p, t, Doubles::all(2.0 / 11));
  p = fma(p, t, Doubles::all(2.0 / 9));
  p = fma(p, t, Doubles::all(2.0 / 7));
  p = fma(p, t, Doubles::all(2.0 / 5));
  p = fma(p, t, Doubles::all(2.0 / 3));
  return fma(s * t, p, s + s);
}

/// ln x for x ≥ 1.
DELTASCOPE_INLINE Doubles log(Doubles x) {
  const Doubles one = Doubles::all(1.0);
  Doubles m = mantissa(x);
  Doubles octaves = exponent(x);
  const auto upper = greater(m, Doubles::all(1.4142135623730951));
  m = where(upper, m * Doubles::all(0.5), m);
  octaves = where(upper, octaves + one, octaves);
  const Doubles small =
      fma(octaves, Doubles::all(0x1.cf79abc9e3b3ap-40), log_of_ratio((m - one) / (m + one)));
  const Doubles result = fma(octaves, Doubles::all(0x1.62e42fefap-1), small);
  // Infinity and NaN pass.
  return where(less_or_equal(x, Doubles::all(0x1.fffffffffffffp1023)), result, x);
}

/// ln(1 + e^x) = max(x, 0) + ln(1 + u) with u = e^−|x|; where u is large, ln 2 + ln((1 + u)/2).
DELTASCOPE_INLINE Doubles softplus(Doubles x) {
  const Doubles zero = Doubles::all(0.0), one = Doubles::all(1.0);
  const Doubles u = exp(zero - abs(x));
  const auto large = greater(u, Doubles::all(0.41421356237309505));
  const Doubles s =
      where(large, u - one, u) / (u + where(large, Doubles::all(3.0), Doubles::all(2.0)));
  const Doubles log1p = log_of_ratio(s) + where(large, Doubles::all(0.69314718055994531), zero);
  return where(less_or_equal(x, zero), log1p, x + log1p);
}

/// e^x, to about 2⁻²²: for pictures.
DELTASCOPE_INLINE Floats exp(Floats x) {
  Floats y = x * Floats::all(1.44269504F);
  y = at_least(at_most(y, 126.0F), -126.0F);
  const Floats n = nearest_whole(y);
  const Floats f = y - n;
  Floats p = Floats::all(1.3400432e-3F);
  p = fma(p, f, Floats::all(9.6760371e-3F));
  p = fma(p, f, Floats::all(5.5503272e-2F));
  p = fma(p, f, Floats::all(2.4022107e-1F));
  p = fma(p, f, Floats::all(6.9314720e-1F));
  p = fma(p, f, Floats::all(1.0F));
  return times_two_to_the(p, n);
}

DELTASCOPE_INLINE Floats sigmoid(Floats z) {
  const Floats one = Floats::all(1.0F);
  return one / (one + exp(Floats::all(0.0F) - z));
}

DELTASCOPE_INLINE Floats tanh(Floats z) {
  const Floats one = Floats::all(1.0F);
  return one - Floats::all(2.0F) / (exp(at_most(z + z, 60.0F)) + one);
}

template <class Lanes>
DELTASCOPE_INLINE Lanes relu(Lanes z) {
  const Lanes zero = Lanes::all(0);
  return where(less_or_equal(z, zero), zero, z);
}

template <class Lanes>
DELTASCOPE_INLINE Lanes leaky_relu(Lanes z) {
  using Scalar = typename Lanes::Scalar;
  return where(less_or_equal(z, Lanes::all(0)), Lanes::all(static_cast<Scalar>(0.01)) * z, z);
}

/// Calls `each(g)` with the function g of `curve`. Those of a whole layer (softmax), and none, are
/// the caller's own matter: for them g is the identity.
template <class Lanes, class Each>
DELTASCOPE_INLINE void with_curve(Curve curve, Each each) {
  switch (curve) {
    case Curve::sigmoid:
      return each([](Lanes z) { return sigmoid(z); });
    case Curve::tanh:
      return each([](Lanes z) { return tanh(z); });
    case Curve::relu:
      return each([](Lanes z) { return relu(z); });
    case Curve::leaky_relu:
      return each([](Lanes z) { return leaky_relu(z); });
    case Curve::none:
    case Curve::linear:
    case Curve::softmax:
      return each([](Lanes z) { return z; });
  }
}

/// Through `function`, whole vectors first; what is left over goes through one that is filled up.
template <class Lanes, class Function>
DELTASCOPE_INLINE void for_array(const typename Lanes::Scalar* from, typename Lanes::Scalar* to,
                                 long count, Function function) {
  long i = 0;
  for (; i + Lanes::lanes <= count; i += Lanes::lanes)
    function(Lanes::load_unaligned(from + i)).store_unaligned(to + i);
  if (i == count) return;
  alignas(64) typename Lanes::Scalar rest[Lanes::lanes] = {};
  for (long k = 0; i + k < count; ++k)
    rest[k] = from[i + k];
  function(Lanes::load(rest)).store(rest);
  for (long k = 0; i + k < count; ++k)
    to[i + k] = rest[k];
}

void exp_array(const double* from, double* to, long count) {
  for_array<Doubles>(from, to, count, [](Doubles x) { return exp(x); });
}
void log_array(const double* from, double* to, long count) {
  for_array<Doubles>(from, to, count, [](Doubles x) { return log(x); });
}
void softplus_array(const double* from, double* to, long count) {
  for_array<Doubles>(from, to, count, [](Doubles x) { return softplus(x); });
}
template <class Lanes>
void curve_array(Curve curve, const typename Lanes::Scalar* z, typename Lanes::Scalar* a,
                 long count) {
  with_curve<Lanes>(curve, [&](auto g) { for_array<Lanes>(z, a, count, g); });
}
