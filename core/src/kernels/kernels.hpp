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
  double* costs = nullptr;  ///< of each step
  long steps = 0;
  /// Called behind each step: says which batch is next; false: none, the run ends.
  bool (*advance)(void* context, SmallBatch& batch) = nullptr;
  void* context = nullptr;
};

/// One weight layer: W (fan_out × fan_in, row by row) begins at `weights` in a flat block of
/// parameters, b behind it.
struct Layer {
  long fan_in = 0, fan_out = 0;
  long weights = 0;
  Curve curve = Curve::none;
};

struct Network {
  const Layer* layers = nullptr;
  long count = 0;
  Misfit misfit = Misfit::none;
};

/// Samples [first, first + count) of a batch: the listed ones, or all in order.
struct Samples {
  const double* X = nullptr;  ///< a sample's inputs together
  const double* Y = nullptr;
  const std::uint32_t* listed = nullptr;  ///< nullptr: sample i of the batch is sample i
  long first = 0, count = 0;
};

/// Where a network's samples pass in blocks, **a sample in each lane**: one row for each input,
/// neuron, z and y of an output, and one for the losses.
struct Scratch {
  double* memory = nullptr;  ///< aligned; rows · stride
  long block = 0;            ///< samples; a multiple of the lanes
  long stride = 0;           ///< of a row; a multiple of the alignment
};

/// Where the numbers on the way go: [layer], (fan_out × count), a column a sample; losses: count.
struct Traced {
  double* const* z = nullptr;
  double* const* a = nullptr;
  double* const* delta = nullptr;
  double* losses = nullptr;
};

/// Pixels of a plane in rows, and where they pass in strips, **a pixel in each lane**. Two inputs.
template <class Number>
struct Plane {
  const Number* x = nullptr;  ///< of each column
  const Number* y = nullptr;  ///< of each row
  long columns = 0;
  /// Of each neuron, layer after layer; nullptr: not wanted.
  Number* const* maps = nullptr;
  Number* memory = nullptr;  ///< aligned; (2 + neurons) · stride
  long block = 0;            ///< pixels; a multiple of the lanes
  long stride = 0;           ///< of a row; a multiple of the alignment
};

/// How many rows more than it has the memory of a matrix is for, so that whole tiles can be
/// computed.
inline constexpr long spare_rows = 7;
/// How many rows more than unknowns solve_damped works in.
inline constexpr long solve_rows = 40;

/// One weight layer of a network whose residuals are wanted.
struct ResidualLayer {
  long inputs = 0, outputs = 0;
  Curve curve = Curve::none;
  long offset = 0;  ///< of W, row by row and followed by b, in the flat parameters
  double *a = nullptr, *delta = nullptr;  ///< [neuron][activity_stride], aligned
};

/// Samples of a network, **one in each lane**: arrays [neuron][sample], aligned, whose padding
/// repeats a sample.
struct ResidualNet {
  const ResidualLayer* layers = nullptr;
  long depth = 0;
  long samples = 0;
  const double *X = nullptr, *Y = nullptr;  ///< [neuron][data_stride]
  const double* exists = nullptr;           ///< 1 for a sample, 0 for padding
  long data_stride = 0, activity_stride = 0;
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
  /// with ε = 2⁻⁵². Beyond normal numbers exp and sigmoid
  /// end in denormals, 0 and ∞. NaN stays NaN.
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
  /// The most that a kernel could do: rounds of so many multiplications and additions.
  double (*multiply_adds)(long rounds) = nullptr;
  long multiply_adds_flops = 0;

  /// Adds Σ dW, Σ db over the samples to `gradient`; returns the sum of their losses, in order.
  double (*add_gradient)(const Network& network, const double* parameters, const Samples& samples,
                         const Scratch& scratch, double* gradient) = nullptr;
  /// Outputs of the samples (n_out × count, a column a sample) and the sum of their losses; with
  /// `squares` also adds Σ δ² of each layer to it.
  double (*evaluate)(const Network& network, const double* parameters, const Samples& samples,
                     const Scratch& scratch, double* outputs, double* squares) = nullptr;
  /// z, a, δ and losses with the very bits that add_gradient and evaluate compute on their way.
  void (*trace)(const Network& network, const double* parameters, const Samples& samples,
                const Scratch& scratch, const Traced& to) = nullptr;

  /// a of the plane's pixels [first, first + count), counted row by row.
  void (*float_grid)(const Network& network, const float* parameters, const Plane<float>& plane,
                     long first, long count) = nullptr;
  void (*grid)(const Network& network, const double* parameters, const Plane<double>& plane,
               long first, long count) = nullptr;
  // Least squares. Residual `samples` · k + i is output k of sample i. Arrays of residuals have
  // room for one vector more, which is overwritten.

  /// ‖r‖², r = y − a (where it is not nullptr) and the activity of the layers.
  double (*residuals)(const ResidualNet& net, const double* parameters, double* r) = nullptr;
  /// Jᵀ = (∂a/∂p)ᵀ, a row for each parameter, from the activity that residuals() left. Entries that
  /// are 0 for every network of this shape are not written.
  void (*jacobian)(const ResidualNet& net, const double* parameters, double* Jt,
                   long Jt_stride) = nullptr;

  // Symmetric systems. Matrices lie row by row, aligned, a stride that is a multiple of `lanes`
  // apart, with `spare_rows` more rows than they have; what is padding in A is zero. Of a symmetric
  // matrix the upper triangle is meant: what is left of the diagonal and beyond the last row is
  // overwritten.

  /// S (rows × rows) = A Aᵀ, or S += A Aᵀ.
  void (*products_of_rows)(const double* A, long rows, long columns, long stride, bool add,
                           double* S, long S_stride) = nullptr;
  /// S (columns × columns) = Aᵀ A.
  void (*products_of_columns)(const double* A, long rows, long columns, long stride, double* S,
                              long S_stride) = nullptr;
  /// y = A x. x is padded with zeros; y has room for the spare rows.
  void (*times_vector)(const double* A, long rows, long columns, long stride, const double* x,
                       double* y) = nullptr;
  /// x of (S + μI) x = b by S + μI = Uᵀ D U, where b is column `unknowns` of S, which is left as it
  /// is. `workspace` has room for unknowns + solve_rows rows; x is padded. False, and x
  /// meaningless, where a pivot is lost in rounding, negative or no number: d ≤ n ε s_kk.
  bool (*solve_damped)(const double* S, long unknowns, long stride, double damping,
                       double* workspace, double* x) = nullptr;
};

/// Those that this processor can run, the best first; the last one runs everywhere.
std::span<const Kernels* const> usable_kernels();

}  // namespace deltascope::kernels
