// Included inside an unnamed namespace, behind Doubles with two_to_the(Doubles shifted).

/// Beyond, e^x is no normal number.
constexpr double largest_power = 707.0;

/// e^x = scale + scale_f · q: the last sum is left to whoever adds something to it anyway.
struct Power {
  Doubles scale, scale_f, q;
};

/// With n = round(x / ln 2) and r = x − n ln 2, e^x = 2^n · (1 + r q(r)): a polynomial of degree 12
/// in
/// |r| ≤ ½ ln 2, the beginning of e^r's own series but for the last coefficients, which make up for
/// the rest of it.
/// For x times `factor`, ±1 or 2, in place of x; beyond ±largest as at it.
template <int factor = 1>
DELTASCOPE_INLINE Power power(Doubles x, double largest = largest_power) {
  // Adding it rounds to a whole number, which then stands in the low bits.
  const Doubles shift = Doubles::all(0x1.8p52);
  // The first part of ln 2 ends in zeros, so that n times it is exact without a fused multiply-add.
  const Doubles ln2_first = Doubles::all(0x1.62e42fefap-1);
  const Doubles ln2_rest = Doubles::all(0x1.cf79abc9e3b3ap-40);
  x = at_least(at_most(x, largest), -largest);
  const Doubles shifted = fma(x, Doubles::all(factor * 1.4426950408889634074), shift);
  if (factor != 1) x = x * Doubles::all(factor);
  const Doubles n = shifted - shift;
  const Doubles r = fnma(n, ln2_rest, fnma(n, ln2_first, x));
  const Doubles scale = two_to_the(shifted);
  const auto pair = [&](double of_r, double constant) {
    return fma(Doubles::all(of_r), r, Doubles::all(constant));
  };
  const Doubles r2 = r * r;
  const Doubles r4 = r2 * r2;
  const Doubles low = fma(pair(1.0 / 24, 1.0 / 6), r2, pair(1.0 / 2, 1.0));
  const Doubles middle = fma(pair(1.0 / 40320, 1.0 / 5040), r2, pair(1.0 / 720, 1.0 / 120));
  const Doubles high =
      fma(pair(1.0 / 479001600, 1.0 / 39916800), r2, pair(1.0 / 3628800, 1.0 / 362880));
  const Doubles top = Doubles::all(1.0 / 6227020800);
  return {scale, scale * r, fma(fma(fma(top, r4, high), r4, middle), r4, low)};
}
