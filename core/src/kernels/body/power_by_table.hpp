// Included inside an unnamed namespace, behind Doubles of eight lanes.

/// Beyond, e^x is no normal number.
constexpr double largest_power = 707.0;

/// e^x = scale + scale_f · q: the last sum is left to whoever adds something to it anyway.
struct Power {
  Doubles scale, scale_f, q;
};

/// With n = round(16 x / ln 2) and f = 16 x / ln 2 − n, e^x = 2^(n/16) · 2^(f/16): the first factor
/// from a table of sixteen (two registers), the second a polynomial of degree 6 in |f| ≤ ½.
/// For x times `factor`, ±1 or 2, in place of x; beyond ±largest as at it.
template <int factor = 1>
DELTASCOPE_INLINE Power power(Doubles x, double largest = largest_power) {
  alignas(64) static constexpr double sixteenths[16] = {
      0x1p+0,
      0x1.0b5586cf9890fp+0,
      0x1.172b83c7d517bp+0,
      0x1.2387a6e756238p+0,
      0x1.306fe0a31b715p+0,
      0x1.3dea64c123422p+0,
      0x1.4bfdad5362a27p+0,
      0x1.5ab07dd485429p+0,
      0x1.6a09e667f3bcdp+0,
      0x1.7a11473eb0187p+0,
      0x1.8ace5422aa0dbp+0,
      0x1.9c49182a3f090p+0,
      0x1.ae89f995ad3adp+0,
      0x1.c199bdd85529cp+0,
      0x1.d5818dcfba487p+0,
      0x1.ea4afa2a490dap+0,
  };
  constexpr double step = 0.043321698784996581838;  // ln 2 / 16
  // Adding it rounds to a whole number, which then stands in the low bits.
  const Doubles shift = Doubles::all(0x1.8p52);
  const Doubles per_step = Doubles::all(factor * 23.083120654223414518);  // 16 / ln 2
  x = at_least(at_most(x, largest), -largest);
  const Doubles shifted = fma(x, per_step, shift);
  const Doubles n = shifted - shift;
  const Doubles f = {_mm512_fmsub_pd(x.v, per_step.v, n.v)};
  const __m512i whole = _mm512_castpd_si512(shifted.v);
  const __m512d entry =
      _mm512_permutex2var_pd(_mm512_load_pd(sixteenths), whole, _mm512_load_pd(sixteenths + 8));
  const __m512i octaves = _mm512_slli_epi64(_mm512_srli_epi64(whole, 4), 52);
  const Doubles scale = {
      _mm512_castsi512_pd(_mm512_add_epi64(_mm512_castpd_si512(entry), octaves))};
  const Doubles f2 = f * f;
  constexpr double s2 = step * step, s3 = s2 * step, s4 = s2 * s2, s5 = s4 * step, s6 = s3 * s3;
  constexpr double h2 = s2 / 4, h4 = h2 * h2, h6 = h4 * h2;  // |x| ≤ h = step / 2
  constexpr double c1 = step * (1 + h6 * 7 / 64 / 5040);
  constexpr double c3 = s3 * (1.0 / 6 - h4 * 7 / 8 / 5040);
  constexpr double c5 = s5 * (1.0 / 120 + h2 * 7 / 4 / 5040);
  const Doubles low = fma(Doubles::all(s2 / 2), f, Doubles::all(c1));
  const Doubles middle = fma(Doubles::all(s4 / 24), f, Doubles::all(c3));
  const Doubles high = fma(Doubles::all(s6 / 720), f, Doubles::all(c5));
  return {scale, scale * f, fma(fma(high, f2, middle), f2, low)};
}
