#pragma once
// The seam between the library and the code that is compiled once for each instruction set. Plain
// numbers and pointers only: a type with inline functions, shared by sources with different
// compiler flags, would let the linker pick one set's code for all processors.

#include <deltascope/kernel_kinds.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace deltascope::kernels {

/// Every array that a kernel is handed as "aligned" begins at a multiple of this.
inline constexpr long alignment_bytes = 64;

/// One weight layer of a small network, whose samples are computed with **a neuron in each lane**.
/// Rows and columns of W are padded to whole vectors with zeros, which stay zero.
struct SmallLayer {
  long inputs = 0, outputs = 0;
  long padded_inputs = 0, padded_outputs = 0;
  Curve curve = Curve::none;
  /// Where it lies in a padded block: W column by column (inputs × padded_outputs), then b.
  long offset = 0;
  double* rows = nullptr;  ///< W row by row (outputs × padded_inputs), the kernel's own copy
  double *z = nullptr, *a = nullptr, *delta = nullptr;  ///< [sample][padded_outputs]
};

/// What a small network is trained on. All arrays but X and Y are aligned and padded.
struct SmallNet {
  const SmallLayer* layers = nullptr;
  long depth = 0;
  long parameters = 0;  ///< of a padded block
  Misfit misfit = Misfit::none;
  double l2 = 0.0;
  const double *X = nullptr, *Y = nullptr;  ///< [sample][inputs], [sample][outputs]
  double* x = nullptr;                      ///< [sample][padded_inputs] of a batch, to work in
  double* losses = nullptr;                 ///< [sample] of a batch
};

struct SmallBatch {
  const std::uint32_t* samples = nullptr;  ///< nullptr: 0 … size − 1
  long size = 0;
  double bias_1 = 0.0, bias_2 = 0.0;  ///< Adam: 1 − β₁ᵗ, 1 − β₂ᵗ
};

/// The mean of the losses over the batch, and λ/2 Σ‖W‖².
struct SmallCost {
  double data = 0.0, weights = 0.0;
};

/// Many steps in a row.
struct SmallRun {
  Rule rule = Rule::none;
  double learning_rate = 0.0, momentum = 0.0, beta1 = 0.0, beta2 = 0.0, epsilon = 0.0;
  /// Padded blocks. A step reads the first of each pair and writes the second; then they are
  /// swapped.
  double *parameters = nullptr, *next_parameters = nullptr;
  double *moments = nullptr, *next_moments = nullptr;
  double* gradient = nullptr;  ///< to work in
  double* costs = nullptr;     ///< of each step
  long steps = 0;
  /// Called behind each step: says which batch is next; false: none, the run ends.
  bool (*advance)(void* context, SmallBatch& batch) = nullptr;
  void* context = nullptr;
};

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

  /// The gradient of the batch's mean loss, without λW, into a padded block; z, a, δ of its samples
  /// and their losses stay in the layers.
  SmallCost (*small_gradient)(const SmallNet& net, const double* parameters,
                              const SmallBatch& batch, double* gradient) = nullptr;
  /// Steps as those of small_gradient, λW and the optimizer's own formulas, bit for bit; before the
  /// first whose cost, update or moments are not finite it ends. Returns how many were taken.
  long (*small_run)(const SmallNet& net, SmallRun& run, SmallBatch batch) = nullptr;
};

/// Those that this processor can run, the best first; the last one runs everywhere.
std::span<const Kernels* const> usable_kernels();

}  // namespace deltascope::kernels
