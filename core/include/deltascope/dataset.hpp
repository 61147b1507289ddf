#pragma once

#include <deltascope/activation.hpp>
#include <deltascope/linalg.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace deltascope {

inline constexpr Index max_samples = 2'000'000;

/// Samples with their target vectors: X is (n_in × N), Y is (n_out × N).
struct Dataset {
  Matrix X;
  Matrix Y;
  Index size() const { return X.cols(); }
  bool operator==(const Dataset&) const = default;
};

/// What a data set generator may use. Deterministic: the same request gives the same points.
struct DatasetRequest {
  Index points = 0;  ///< 0: the set's own number
  double noise = 0.0;
  std::uint64_t seed = 0;
};

/// One row: a named data set of points in the plane with class labels 0, 1, …
struct DatasetRecipe {
  std::string_view name;
  std::string_view label;
  std::string_view source;
  Index points;  ///< how many by default
  int classes;   ///< labels are 0 … classes − 1
  bool fixed;    ///< the points are given (a paper's), the request is ignored
  /// X is (2 × N), labels has N entries.
  void (*make)(const DatasetRequest& request, Matrix& X, std::vector<int>& labels);
};

std::span<const DatasetRecipe> dataset_recipes();
const DatasetRecipe* find_dataset_recipe(std::string_view name);
/// The recipe's points with targets coded for an output layer of `outputs` neurons.
Dataset make_dataset(const DatasetRecipe& recipe, const DatasetRequest& request, Index outputs,
                     const Activation& output);

/// How many classes an output layer can tell apart: 2 with one neuron, else one per neuron.
Index class_count(Index outputs);
/// Target vector of class `label`: one-hot between the activation's low and high; with one output,
/// class 0 (the O of the paper) is high and class 1 (the X) is low. `target` has n_out entries.
void encode_label(int label, const Activation& output, std::span<double> target);
/// The class a target vector or an output stands for: argmax, the first at a tie; with one value,
/// class 0 above the threshold.
int decode_label(std::span<const double> target, const Activation& output);
/// As decode_label, but −1 where the answer is a tie: accuracy counts a tie as wrong.
int decide(std::span<const double> output_values, const Activation& output);

}  // namespace deltascope
