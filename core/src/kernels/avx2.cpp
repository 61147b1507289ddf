// For processors with AVX2 and FMA.

#include "tables.hpp"

#include <immintrin.h>

#include <cstdint>

#define DELTASCOPE_INLINE inline __attribute__((always_inline))

namespace deltascope::kernels {
namespace {

/// How many Doubles stay out of memory.
constexpr long vector_registers = 16;

struct Doubles {
  using Scalar = double;
  static constexpr long lanes = 4;
  __m256d v;

  static DELTASCOPE_INLINE Doubles load(const double* from) { return {_mm256_load_pd(from)}; }
  static DELTASCOPE_INLINE Doubles load_unaligned(const double* from) {
    return {_mm256_loadu_pd(from)};
  }
  /// The first `count` (or all), zeros behind them; nothing behind them is read.
  static DELTASCOPE_INLINE Doubles load_first(const double* from, long count) {
    return {_mm256_maskload_pd(from, first(count))};
  }
  static DELTASCOPE_INLINE Doubles all(double x) { return {_mm256_set1_pd(x)}; }
  DELTASCOPE_INLINE void store(double* to) const { _mm256_store_pd(to, v); }
  DELTASCOPE_INLINE void store_unaligned(double* to) const { _mm256_storeu_pd(to, v); }
  static DELTASCOPE_INLINE __m256i first(long count) {
    return _mm256_cmpgt_epi64(_mm256_set1_epi64x(count), _mm256_setr_epi64x(0, 1, 2, 3));
  }
};

DELTASCOPE_INLINE Doubles operator+(Doubles a, Doubles b) {
  return {_mm256_add_pd(a.v, b.v)};
}
DELTASCOPE_INLINE Doubles operator-(Doubles a, Doubles b) {
  return {_mm256_sub_pd(a.v, b.v)};
}
DELTASCOPE_INLINE Doubles operator*(Doubles a, Doubles b) {
  return {_mm256_mul_pd(a.v, b.v)};
}
DELTASCOPE_INLINE Doubles operator/(Doubles a, Doubles b) {
  return {_mm256_div_pd(a.v, b.v)};
}
/// a b + c
DELTASCOPE_INLINE Doubles fma(Doubles a, Doubles b, Doubles c) {
  return {_mm256_fmadd_pd(a.v, b.v, c.v)};
}
/// c − a b
DELTASCOPE_INLINE Doubles fnma(Doubles a, Doubles b, Doubles c) {
  return {_mm256_fnmadd_pd(a.v, b.v, c.v)};
}
DELTASCOPE_INLINE Doubles sqrt(Doubles a) {
  return {_mm256_sqrt_pd(a.v)};
}
DELTASCOPE_INLINE Doubles abs(Doubles a) {
  return {_mm256_andnot_pd(_mm256_set1_pd(-0.0), a.v)};
}
/// The smaller and the larger; where x is NaN, NaN.
DELTASCOPE_INLINE Doubles at_most(Doubles x, double limit) {
  return {_mm256_min_pd(_mm256_set1_pd(limit), x.v)};
}
DELTASCOPE_INLINE Doubles at_least(Doubles x, double limit) {
  return {_mm256_max_pd(_mm256_set1_pd(limit), x.v)};
}
/// false for NaN
DELTASCOPE_INLINE __m256d greater(Doubles a, Doubles b) {
  return _mm256_cmp_pd(a.v, b.v, _CMP_GT_OQ);
}
DELTASCOPE_INLINE __m256d less_or_equal(Doubles a, Doubles b) {
  return _mm256_cmp_pd(a.v, b.v, _CMP_LE_OQ);
}
DELTASCOPE_INLINE Doubles where(__m256d mask, Doubles then, Doubles otherwise) {
  return {_mm256_blendv_pd(otherwise.v, then.v, mask)};
}
/// Zeros behind the first `count`.
DELTASCOPE_INLINE Doubles only_first(Doubles a, long count) {
  return {_mm256_and_pd(a.v, _mm256_castsi256_pd(Doubles::first(count)))};
}
/// Lane j in all lanes.
DELTASCOPE_INLINE Doubles spread(Doubles a, long j) {
  const __m256i halves = _mm256_set1_epi64x((2 * j) | ((2 * j + 1) << 32));
  return {_mm256_castps_pd(_mm256_permutevar8x32_ps(_mm256_castpd_ps(a.v), halves))};
}
/// Whether it is true in some lane.
DELTASCOPE_INLINE bool any(__m256d mask) {
  return _mm256_movemask_pd(mask) != 0;
}
/// Whether some lane is NaN.
DELTASCOPE_INLINE bool any_nan(Doubles a) {
  return _mm256_movemask_pd(_mm256_cmp_pd(a.v, a.v, _CMP_UNORD_Q)) != 0;
}
DELTASCOPE_INLINE double sum(Doubles a) {
  const __m128d two = _mm_add_pd(_mm256_castpd256_pd128(a.v), _mm256_extractf128_pd(a.v, 1));
  return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
}

/// x = mantissa · 2^exponent with a mantissa in [1, 2); for normal, positive x.
DELTASCOPE_INLINE Doubles mantissa(Doubles x) {
  const __m256i digits =
      _mm256_and_si256(_mm256_castpd_si256(x.v), _mm256_set1_epi64x(0x000f'ffff'ffff'ffff));
  return {_mm256_castsi256_pd(_mm256_or_si256(digits, _mm256_set1_epi64x(0x3ff0'0000'0000'0000)))};
}
DELTASCOPE_INLINE Doubles exponent(Doubles x) {
  // In the low digits of 2⁵², from which it is read off by subtracting.
  const __m256i biased = _mm256_srli_epi64(_mm256_castpd_si256(x.v), 52);
  const __m256i above = _mm256_or_si256(biased, _mm256_castpd_si256(_mm256_set1_pd(0x1p52)));
  return {_mm256_sub_pd(_mm256_castsi256_pd(above), _mm256_set1_pd(0x1p52 + 1023.0))};
}

/// 2^n, where n stands in the low bits of `shifted`.
DELTASCOPE_INLINE Doubles two_to_the(Doubles shifted) {
  const __m256i octaves = _mm256_slli_epi64(_mm256_castpd_si256(shifted.v), 52);
  return {
      _mm256_castsi256_pd(_mm256_add_epi64(octaves, _mm256_set1_epi64x(0x3ff0'0000'0000'0000)))};
}

/// Rows from columns, in place.
DELTASCOPE_INLINE void transpose(Doubles (&m)[4]) {
  const __m256d even_low = _mm256_unpacklo_pd(m[0].v, m[1].v);
  const __m256d odd_low = _mm256_unpackhi_pd(m[0].v, m[1].v);
  const __m256d even_high = _mm256_unpacklo_pd(m[2].v, m[3].v);
  const __m256d odd_high = _mm256_unpackhi_pd(m[2].v, m[3].v);
  m[0].v = _mm256_permute2f128_pd(even_low, even_high, 0x20);
  m[1].v = _mm256_permute2f128_pd(odd_low, odd_high, 0x20);
  m[2].v = _mm256_permute2f128_pd(even_low, even_high, 0x31);
  m[3].v = _mm256_permute2f128_pd(odd_low, odd_high, 0x31);
}

#include "body/power_by_polynomial.hpp"

struct Floats {
  using Scalar = float;
  static constexpr long lanes = 8;
  __m256 v;

  static DELTASCOPE_INLINE Floats load(const float* from) { return {_mm256_load_ps(from)}; }
  static DELTASCOPE_INLINE Floats load_unaligned(const float* from) {
    return {_mm256_loadu_ps(from)};
  }
  static DELTASCOPE_INLINE Floats all(float x) { return {_mm256_set1_ps(x)}; }
  DELTASCOPE_INLINE void store(float* to) const { _mm256_store_ps(to, v); }
  DELTASCOPE_INLINE void store_unaligned(float* to) const { _mm256_storeu_ps(to, v); }
};

DELTASCOPE_INLINE Floats operator+(Floats a, Floats b) {
  return {_mm256_add_ps(a.v, b.v)};
}
DELTASCOPE_INLINE Floats operator-(Floats a, Floats b) {
  return {_mm256_sub_ps(a.v, b.v)};
}
DELTASCOPE_INLINE Floats operator*(Floats a, Floats b) {
  return {_mm256_mul_ps(a.v, b.v)};
}
DELTASCOPE_INLINE Floats operator/(Floats a, Floats b) {
  return {_mm256_div_ps(a.v, b.v)};
}
DELTASCOPE_INLINE Floats fma(Floats a, Floats b, Floats c) {
  return {_mm256_fmadd_ps(a.v, b.v, c.v)};
}
DELTASCOPE_INLINE Floats at_most(Floats x, float limit) {
  return {_mm256_min_ps(_mm256_set1_ps(limit), x.v)};
}
DELTASCOPE_INLINE Floats at_least(Floats x, float limit) {
  return {_mm256_max_ps(_mm256_set1_ps(limit), x.v)};
}
DELTASCOPE_INLINE __m256 less_or_equal(Floats a, Floats b) {
  return _mm256_cmp_ps(a.v, b.v, _CMP_LE_OQ);
}
DELTASCOPE_INLINE Floats where(__m256 mask, Floats then, Floats otherwise) {
  return {_mm256_blendv_ps(otherwise.v, then.v, mask)};
}
DELTASCOPE_INLINE Floats times_two_to_the(Floats x, Floats whole) {
  const __m256i octaves = _mm256_slli_epi32(_mm256_cvtps_epi32(whole.v), 23);
  const __m256i power = _mm256_add_epi32(octaves, _mm256_set1_epi32(0x3f80'0000));
  return {_mm256_mul_ps(x.v, _mm256_castsi256_ps(power))};
}
DELTASCOPE_INLINE Floats nearest_whole(Floats x) {
  return {_mm256_round_ps(x.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}

#include "body/elementary.hpp"
#include "body/least_squares.hpp"
#include "body/multiply_adds.hpp"
#include "body/symmetric_systems.hpp"

// What fits into the registers.
constexpr int tile_rows = 4, tile_vectors = 3, dot_rows = 4, dot_columns = 3;

#include "body/sample_lanes.hpp"
#include "body/sample_losses.hpp"
#include "body/sample_maps.hpp"
#include "body/sample_passes.hpp"

// Likewise; measured.
constexpr long most_places = 8;

#include "body/neuron_lanes.hpp"

}  // namespace

constexpr Kernels avx2_kernels{
    .name = "avx2",
    .label = "AVX2",
    .lanes = Doubles::lanes,
    .float_lanes = Floats::lanes,
    .exp = exp_array,
    .log = log_array,
    .softplus = softplus_array,
    .curve = curve_array<Doubles>,
    .float_curve = curve_array<Floats>,
    .small_gradient = neuron_lanes::small_gradient,
    .small_run = neuron_lanes::small_run,
    .multiply_adds = multiply_adds,
    .multiply_adds_flops = multiply_adds_flops,
    .add_gradient = add_gradient,
    .evaluate = evaluate,
    .trace = trace,
    .float_grid = fill_maps<Floats>,
    .grid = fill_maps<Doubles>,
    .residuals = least_squares::residuals,
    .jacobian = least_squares::jacobian,
    .products_of_rows = least_squares::products_of_rows,
    .products_of_columns = least_squares::products_of_all_columns,
    .times_vector = least_squares::times_vector,
    .solve_damped = least_squares::solve_damped,
};

}  // namespace deltascope::kernels
