#pragma once
// The seam between the library and the code that is compiled once for each instruction set. Plain
// numbers and pointers only: a type with inline functions, shared by sources with different
// compiler flags, would let the linker pick one set's code for all processors.

#include <deltascope/kernel_kinds.hpp>

#include <span>
#include <string_view>

namespace deltascope::kernels {

/// Every array that a kernel is handed as "aligned" begins at a multiple of this.
inline constexpr long alignment_bytes = 64;

/// What one instruction set's source file offers. `lanes` doubles are computed at once; arrays
/// called padded have room for a multiple of that.
struct Kernels {
  std::string_view name;   ///< "avx512", in documents and on the command line
  std::string_view label;  ///< for people
  long lanes = 1;
  long float_lanes = 1;

  /// Whole arrays through the elementary functions; from and to may be the same. For tests and
  /// measurements: layers have them built in. Relative errors, for results that are normal numbers:
  /// exp 4 ε + |x| ε/2, log (of x ≥ 1) 4 ε, tanh 20 ε, sigmoid 5 ε + |x| ε/2, log(1 + e^x) 6 ε,
  /// with ε = 2⁻⁵². NaN stays NaN.
  void (*exp)(const double* from, double* to, long count) = nullptr;
  void (*log)(const double* from, double* to, long count) = nullptr;
  void (*softplus)(const double* from, double* to, long count) = nullptr;
  void (*curve)(Curve curve, const double* z, double* a, long count) = nullptr;
  void (*float_curve)(Curve curve, const float* z, float* a, long count) = nullptr;
  /// The most that a kernel could do: rounds of so many multiplications and additions.
  double (*multiply_adds)(long rounds) = nullptr;
  long multiply_adds_flops = 0;
};

/// Those that this processor can run, the best first; the last one runs everywhere.
std::span<const Kernels* const> usable_kernels();

}  // namespace deltascope::kernels
