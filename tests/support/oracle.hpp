#pragma once
// The reference values of tests/data (see their own "conventions" key) as plain data, and the same
// shapes read from what deltascope-cli prints. JSON is parsed in oracle.cpp only.

#include <deltascope/session_file.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope::test {

using Row = std::vector<double>;
using Rows = std::vector<Row>;     // [sample][neuron], [to][from] or [layer][to]
using Layers = std::vector<Rows>;  // [layer] of these

struct OracleTrace {
  Layers z, a, delta, dW, dW_data;
  Rows db;
  Row loss_per_sample;
  double cost = 0.0, data_cost = 0.0, l2_cost = 0.0;
};

struct OracleParameters {
  Layers W;
  Rows b;
  double cost = 0.0;
};

/// A training run of a case: what to set, how long, and where it must arrive.
struct OracleRun {
  std::string name;  // "gd_10"
  std::string optimizer;
  double learning_rate = 0.0;
  int steps = 0;
  bool listed = false;  // follows the case's batches
  OracleParameters expect;
};

struct OracleCase {
  std::string id;
  std::vector<Index> sizes;
  std::vector<std::string> activations;
  std::string loss;
  double l2 = 0.0;
  Layers W;
  Rows b, X, Y;
  BatchList batches;
  bool nonsmooth = false;                     // a ReLU kink is hit exactly
  std::vector<std::size_t> symmetric_hidden;  // layers whose rows must stay identical
  OracleTrace expect;
  std::vector<OracleRun> runs;
};

struct ScalarTrap {
  double z, sigmoid, sigmoid_prime, bce_y1, bce_y0, dz_y1, dz_y0, tanh, tanh_prime;
};
struct SoftmaxTrap {
  Row logits, softmax, log_softmax, ce;
};
struct DivergenceTrap {
  struct Step {
    int step;
    double w, b, cost;
  };
  std::vector<Step> first_steps;
  int first_step_with_nonfinite_cost, first_step_with_nan_parameter;
};
struct AdamTrap {
  double g, lr, delta;
};
struct KinkTrap {
  double relu_at_0, relu_prime_at_0, relu_prime_at_minus0, leaky_relu_prime_at_0;
};
struct Traps {
  std::vector<ScalarTrap> scalar;
  std::vector<SoftmaxTrap> softmax;
  DivergenceTrap divergence;
  std::vector<AdamTrap> first_adam_step;
  KinkTrap zero_kinks;
};

/// The paper's own training run, number for number.
struct PaperRun {
  struct Checkpoint {
    std::uint64_t step = 0;
    double scaled_cost = 0.0, cost = 0.0;  // Σ‖y−a‖² and Σ‖y−a‖²/(2N)
    int correct = 0;
    Row p;  // where given
  };
  /// Samples on the side of the circles, on 501 × 501 points over the unit square.
  struct Grid {
    Index shaded_count = 0;
    double shaded_fraction = 0.0, leftmost_unshaded_x = 0.0;
    Row bottom_edge_crossings, right_edge_crossings;
  };
  std::string data;  // "paper10", "paper11"
  Rows X, Y, outputs_at_data;
  Row p0;
  std::vector<std::uint32_t> first_indices;
  std::vector<int> index_counts;  // in a million steps
  std::vector<Checkpoint> checkpoints;
  Grid grid;
};

std::vector<OracleCase> oracle_cases();
std::vector<PaperRun> paper_runs();
Traps oracle_traps();

/// The case as a session document; with `run`, its training as well.
std::string document_text(const OracleCase& oracle, const OracleRun* run = nullptr);
/// The same, read by the library. Fails the test when the document is refused.
Document open_document(const std::string& text);

/// What deltascope-cli prints.
OracleTrace parse_trace(const std::string& json);
struct Summary : OracleParameters {
  double steps = 0.0, accuracy = 0.0, seconds = 0.0, steps_per_second = 0.0;
  std::string note;
};
Summary parse_summary(const std::string& json);

/// A block of parameters (or a gradient) as [layer][to][from] and [layer][to].
Layers weights_of(const Architecture& net, std::span<const double> block);
Rows biases_of(const Architecture& net, std::span<const double> block);
/// [sample][row].
Rows rows_of(const Matrix& samples);
OracleTrace to_oracle(const StepTrace& trace, const Architecture& net);

/// Accepts |got − expected| ≤ atol + rtol |expected| with got finite, as the oracle asks; a failure
/// prints `where` and the index.
void expect_close(double got, double expected, const std::string& where);
void expect_close(const Row& got, const Row& expected, const std::string& where);
void expect_close(const Rows& got, const Rows& expected, const std::string& where);
void expect_close(const Layers& got, const Layers& expected, const std::string& where);
void expect_close(const OracleTrace& got, const OracleTrace& expected, const std::string& where);
void expect_close(const OracleParameters& got, const OracleParameters& expected,
                  const std::string& where);
/// Rows of W of the case's symmetric layers are identical, bit for bit.
void expect_symmetry(const Layers& W, const OracleCase& oracle, const std::string& where);

}  // namespace deltascope::test
