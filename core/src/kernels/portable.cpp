// For every processor: vectors of the compiler's own, which it splits into what the target has.

#include "tables.hpp"

#include <cstdint>

#define DELTASCOPE_INLINE inline __attribute__((always_inline))

namespace deltascope::kernels {
namespace {

typedef double DoubleVector __attribute__((vector_size(16)));
typedef std::int64_t LongVector __attribute__((vector_size(16)));
typedef float FloatVector __attribute__((vector_size(16)));
typedef std::int32_t IntVector __attribute__((vector_size(16)));
/// How many Doubles stay out of memory.
constexpr long vector_registers = 16;

/// Vectors of one kind of number.
template <class Number, class Vector>
struct Lanes {
  using Scalar = Number;
  static constexpr long lanes = sizeof(Vector) / sizeof(Number);
  Vector v;

  static DELTASCOPE_INLINE Lanes load(const Number* from) { return load_unaligned(from); }
  static DELTASCOPE_INLINE Lanes load_unaligned(const Number* from) {
    Lanes result;
    __builtin_memcpy(&result.v, from, sizeof(Vector));
    return result;
  }
  /// The first `count` (or all), zeros behind them; nothing behind them is read.
  static DELTASCOPE_INLINE Lanes load_first(const Number* from, long count) {
    Lanes result{};
    for (long i = 0; i < lanes && i < count; ++i)
      result.v[i] = from[i];
    return result;
  }
  static DELTASCOPE_INLINE Lanes all(Number x) { return {x - Vector{}}; }
  DELTASCOPE_INLINE void store(Number* to) const { store_unaligned(to); }
  DELTASCOPE_INLINE void store_unaligned(Number* to) const {
    __builtin_memcpy(to, &v, sizeof(Vector));
  }
  friend DELTASCOPE_INLINE Lanes operator+(Lanes a, Lanes b) { return {a.v + b.v}; }
  friend DELTASCOPE_INLINE Lanes operator-(Lanes a, Lanes b) { return {a.v - b.v}; }
  friend DELTASCOPE_INLINE Lanes operator*(Lanes a, Lanes b) { return {a.v * b.v}; }
  friend DELTASCOPE_INLINE Lanes operator/(Lanes a, Lanes b) { return {a.v / b.v}; }
  /// a b + c, rounded twice.
  friend DELTASCOPE_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) { return {a.v * b.v + c.v}; }
  /// c − a b
  friend DELTASCOPE_INLINE Lanes fnma(Lanes a, Lanes b, Lanes c) { return {c.v - a.v * b.v}; }
  /// The smaller and the larger; where x is NaN, NaN.
  friend DELTASCOPE_INLINE Lanes at_most(Lanes x, Number limit) {
    return {x.v > all(limit).v ? all(limit).v : x.v};
  }
  friend DELTASCOPE_INLINE Lanes at_least(Lanes x, Number limit) {
    return {x.v < all(limit).v ? all(limit).v : x.v};
  }
  /// false for NaN
  friend DELTASCOPE_INLINE auto greater(Lanes a, Lanes b) { return a.v > b.v; }
  friend DELTASCOPE_INLINE auto less_or_equal(Lanes a, Lanes b) { return a.v <= b.v; }
  template <class Mask>
  friend DELTASCOPE_INLINE Lanes where(Mask mask, Lanes then, Lanes otherwise) {
    return {mask ? then.v : otherwise.v};
  }
};

using Doubles = Lanes<double, DoubleVector>;
using Floats = Lanes<float, FloatVector>;

DELTASCOPE_INLINE Doubles sqrt(Doubles a) {
  for (long i = 0; i < Doubles::lanes; ++i)
    a.v[i] = __builtin_sqrt(a.v[i]);
  return a;
}
DELTASCOPE_INLINE Doubles abs(Doubles a) {
  return {reinterpret_cast<DoubleVector>(reinterpret_cast<LongVector>(a.v) &
                                         (LongVector{} + INT64_MAX))};
}
/// Zeros behind the first `count`.
DELTASCOPE_INLINE Doubles only_first(Doubles a, long count) {
  for (long i = 0; i < Doubles::lanes; ++i)
    a.v[i] = i < count ? a.v[i] : 0.0;
  return a;
}
/// Lane j in all lanes.
DELTASCOPE_INLINE Doubles spread(Doubles a, long j) {
  return Doubles::all(a.v[j]);
}
/// Whether it is true in some lane.
DELTASCOPE_INLINE bool any(LongVector mask) {
  bool found = false;
  for (long i = 0; i < Doubles::lanes; ++i)
    found = found || mask[i] != 0;
  return found;
}
/// Whether some lane is NaN.
DELTASCOPE_INLINE bool any_nan(Doubles a) {
  bool found = false;
  for (long i = 0; i < Doubles::lanes; ++i)
    found = found || a.v[i] != a.v[i];
  return found;
}
DELTASCOPE_INLINE double sum(Doubles a) {
  return a.v[0] + a.v[1];
}

/// x = mantissa · 2^exponent with a mantissa in [1, 2); for normal, positive x.
DELTASCOPE_INLINE Doubles mantissa(Doubles x) {
  const LongVector digits = reinterpret_cast<LongVector>(x.v) & 0x000f'ffff'ffff'ffff;
  return {reinterpret_cast<DoubleVector>(digits | 0x3ff0'0000'0000'0000)};
}
DELTASCOPE_INLINE Doubles exponent(Doubles x) {
  // In the low digits of 2⁵², from which it is read off by subtracting.
  const LongVector above = (reinterpret_cast<LongVector>(x.v) >> 52) | 0x4330'0000'0000'0000;
  return {reinterpret_cast<DoubleVector>(above) - (0x1p52 + 1023.0)};
}

/// 2^n, where n stands in the low bits of `shifted`.
DELTASCOPE_INLINE Doubles two_to_the(Doubles shifted) {
  const auto octaves = (reinterpret_cast<LongVector>(shifted.v) & 0xfff) + 1023;
  return {reinterpret_cast<DoubleVector>((octaves & 0x7ff) << 52)};
}

/// Rows from columns, in place.
DELTASCOPE_INLINE void transpose(Doubles (&m)[Doubles::lanes]) {
  for (long i = 0; i < Doubles::lanes; ++i) {
    for (long j = 0; j < i; ++j) {
      const double kept = m[i].v[j];
      m[i].v[j] = m[j].v[i];
      m[j].v[i] = kept;
    }
  }
}

#include "body/power_by_polynomial.hpp"

DELTASCOPE_INLINE Floats times_two_to_the(Floats x, Floats whole) {
  const IntVector octaves = __builtin_convertvector(whole.v, IntVector) + 127;
  return {x.v * reinterpret_cast<FloatVector>(octaves << 23)};
}
/// For |x| < 2²².
DELTASCOPE_INLINE Floats nearest_whole(Floats x) {
  const Floats shift = Floats::all(0x1.8p23F);
  return (x + shift) - shift;
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

constexpr Kernels portable_kernels{
    .name = "portable",
    .label = "portable",
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
