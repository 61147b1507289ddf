// For processors with AVX-512 (F, DQ, VL).

#include "tables.hpp"

#include <immintrin.h>

#include <cstdint>

#define DELTASCOPE_INLINE inline __attribute__((always_inline))

namespace deltascope::kernels {
namespace {

/// How many Doubles stay out of memory.
constexpr long vector_registers = 32;

struct Doubles {
  using Scalar = double;
  using Mask = __mmask8;
  static constexpr long lanes = 8;
  __m512d v;

  static DELTASCOPE_INLINE Doubles load(const double* from) { return {_mm512_load_pd(from)}; }
  static DELTASCOPE_INLINE Doubles load_unaligned(const double* from) {
    return {_mm512_loadu_pd(from)};
  }
  /// The first `count` (or all), zeros behind them; nothing behind them is read.
  static DELTASCOPE_INLINE Doubles load_first(const double* from, long count) {
    return {_mm512_maskz_loadu_pd(first(count), from)};
  }
  static DELTASCOPE_INLINE Doubles all(double x) { return {_mm512_set1_pd(x)}; }
  DELTASCOPE_INLINE void store(double* to) const { _mm512_store_pd(to, v); }
  DELTASCOPE_INLINE void store_unaligned(double* to) const { _mm512_storeu_pd(to, v); }
  static DELTASCOPE_INLINE Mask first(long count) {
    return count >= lanes ? Mask{0xff} : static_cast<Mask>((1U << count) - 1U);
  }
};

DELTASCOPE_INLINE Doubles operator+(Doubles a, Doubles b) {
  return {_mm512_add_pd(a.v, b.v)};
}
DELTASCOPE_INLINE Doubles operator-(Doubles a, Doubles b) {
  return {_mm512_sub_pd(a.v, b.v)};
}
DELTASCOPE_INLINE Doubles operator*(Doubles a, Doubles b) {
  return {_mm512_mul_pd(a.v, b.v)};
}
DELTASCOPE_INLINE Doubles operator/(Doubles a, Doubles b) {
  return {_mm512_div_pd(a.v, b.v)};
}
/// a b + c
DELTASCOPE_INLINE Doubles fma(Doubles a, Doubles b, Doubles c) {
  return {_mm512_fmadd_pd(a.v, b.v, c.v)};
}
/// c − a b
DELTASCOPE_INLINE Doubles fnma(Doubles a, Doubles b, Doubles c) {
  return {_mm512_fnmadd_pd(a.v, b.v, c.v)};
}
DELTASCOPE_INLINE Doubles sqrt(Doubles a) {
  return {_mm512_sqrt_pd(a.v)};
}
DELTASCOPE_INLINE Doubles abs(Doubles a) {
  return {_mm512_abs_pd(a.v)};
}
/// The smaller and the larger; where x is NaN, NaN.
DELTASCOPE_INLINE Doubles at_most(Doubles x, double limit) {
  return {_mm512_min_pd(_mm512_set1_pd(limit), x.v)};
}
DELTASCOPE_INLINE Doubles at_least(Doubles x, double limit) {
  return {_mm512_max_pd(_mm512_set1_pd(limit), x.v)};
}
/// false for NaN
DELTASCOPE_INLINE __mmask8 greater(Doubles a, Doubles b) {
  return _mm512_cmp_pd_mask(a.v, b.v, _CMP_GT_OQ);
}
DELTASCOPE_INLINE __mmask8 less_or_equal(Doubles a, Doubles b) {
  return _mm512_cmp_pd_mask(a.v, b.v, _CMP_LE_OQ);
}
DELTASCOPE_INLINE Doubles where(__mmask8 mask, Doubles then, Doubles otherwise) {
  return {_mm512_mask_blend_pd(mask, otherwise.v, then.v)};
}
/// Zeros behind the first `count`.
DELTASCOPE_INLINE Doubles only_first(Doubles a, long count) {
  return {_mm512_maskz_mov_pd(Doubles::first(count), a.v)};
}
/// Lane j in all lanes.
DELTASCOPE_INLINE Doubles spread(Doubles a, long j) {
  return {_mm512_permutexvar_pd(_mm512_set1_epi64(j), a.v)};
}
/// Whether it is true in some lane.
DELTASCOPE_INLINE bool any(__mmask8 mask) {
  return mask != 0;
}
/// Whether some lane is NaN.
DELTASCOPE_INLINE bool any_nan(Doubles a) {
  return _mm512_cmp_pd_mask(a.v, a.v, _CMP_UNORD_Q) != 0;
}
DELTASCOPE_INLINE double sum(Doubles a) {
  return _mm512_reduce_add_pd(a.v);
}

/// x = mantissa · 2^exponent with a mantissa in [1, 2); for normal, positive x.
DELTASCOPE_INLINE Doubles mantissa(Doubles x) {
  return {_mm512_getmant_pd(x.v, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_src)};
}
DELTASCOPE_INLINE Doubles exponent(Doubles x) {
  return {_mm512_getexp_pd(x.v)};
}

/// Rows from columns, in place.
DELTASCOPE_INLINE void transpose(Doubles (&m)[8]) {
  const __m512i low = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13);
  const __m512i high = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
  Doubles pairs[8], fours[8];
  for (int i = 0; i < 8; i += 2) {
    pairs[i].v = _mm512_unpacklo_pd(m[i].v, m[i + 1].v);
    pairs[i + 1].v = _mm512_unpackhi_pd(m[i].v, m[i + 1].v);
  }
  for (int i = 0; i < 8; i += 4) {
    for (int k = 0; k < 2; ++k) {
      fours[i + k].v = _mm512_permutex2var_pd(pairs[i + k].v, low, pairs[i + k + 2].v);
      fours[i + k + 2].v = _mm512_permutex2var_pd(pairs[i + k].v, high, pairs[i + k + 2].v);
    }
  }
  for (int i = 0; i < 4; ++i) {
    m[i].v = _mm512_shuffle_f64x2(fours[i].v, fours[i + 4].v, 0x44);
    m[i + 4].v = _mm512_shuffle_f64x2(fours[i].v, fours[i + 4].v, 0xee);
  }
}

#include "body/power_by_table.hpp"

struct Floats {
  using Scalar = float;
  using Mask = __mmask16;
  static constexpr long lanes = 16;
  __m512 v;

  static DELTASCOPE_INLINE Floats load(const float* from) { return {_mm512_load_ps(from)}; }
  static DELTASCOPE_INLINE Floats load_unaligned(const float* from) {
    return {_mm512_loadu_ps(from)};
  }
  static DELTASCOPE_INLINE Floats all(float x) { return {_mm512_set1_ps(x)}; }
  DELTASCOPE_INLINE void store(float* to) const { _mm512_store_ps(to, v); }
  DELTASCOPE_INLINE void store_unaligned(float* to) const { _mm512_storeu_ps(to, v); }
};

DELTASCOPE_INLINE Floats operator+(Floats a, Floats b) {
  return {_mm512_add_ps(a.v, b.v)};
}
DELTASCOPE_INLINE Floats operator-(Floats a, Floats b) {
  return {_mm512_sub_ps(a.v, b.v)};
}
DELTASCOPE_INLINE Floats operator*(Floats a, Floats b) {
  return {_mm512_mul_ps(a.v, b.v)};
}
DELTASCOPE_INLINE Floats operator/(Floats a, Floats b) {
  return {_mm512_div_ps(a.v, b.v)};
}
DELTASCOPE_INLINE Floats fma(Floats a, Floats b, Floats c) {
  return {_mm512_fmadd_ps(a.v, b.v, c.v)};
}
DELTASCOPE_INLINE Floats at_most(Floats x, float limit) {
  return {_mm512_min_ps(_mm512_set1_ps(limit), x.v)};
}
DELTASCOPE_INLINE Floats at_least(Floats x, float limit) {
  return {_mm512_max_ps(_mm512_set1_ps(limit), x.v)};
}
DELTASCOPE_INLINE __mmask16 less_or_equal(Floats a, Floats b) {
  return _mm512_cmp_ps_mask(a.v, b.v, _CMP_LE_OQ);
}
DELTASCOPE_INLINE Floats where(__mmask16 mask, Floats then, Floats otherwise) {
  return {_mm512_mask_blend_ps(mask, otherwise.v, then.v)};
}
DELTASCOPE_INLINE Floats times_two_to_the(Floats x, Floats whole) {
  return {_mm512_scalef_ps(x.v, whole.v)};
}
DELTASCOPE_INLINE Floats nearest_whole(Floats x) {
  return {_mm512_roundscale_ps(x.v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC)};
}

#include "body/elementary.hpp"
#include "body/least_squares.hpp"
#include "body/multiply_adds.hpp"
#include "body/symmetric_systems.hpp"

// What fits into the registers.
constexpr int tile_rows = 8, tile_vectors = 3, dot_rows = 4, dot_columns = 4;

#include "body/sample_lanes.hpp"
#include "body/sample_losses.hpp"
#include "body/sample_maps.hpp"
#include "body/sample_passes.hpp"

// Likewise; measured.
constexpr long most_places = 8;

#include "body/neuron_lanes.hpp"

}  // namespace

constexpr Kernels avx512_kernels{
    .name = "avx512",
    .label = "AVX-512",
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
