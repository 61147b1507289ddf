#include <deltascope/reference_cost.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

namespace deltascope {
namespace {

using Target = std::vector<double>;

Target column(const Matrix& Y, Index sample) {
  const ConstMatrixView view = Y.view().columns(sample, 1);
  return {view.data, view.data + view.rows};
}

double squared_distance(const Target& a, const Target& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

/// How many samples have each target; empty when one of them is no label's code.
std::map<Target, Index> count_labels(const Activation& output, const Matrix& Y) {
  std::map<Target, Index> counts;
  for (Index i = 0; i < Y.cols(); ++i) {
    ++counts[column(Y, i)];
    if (static_cast<Index>(counts.size()) > class_count(Y.rows())) return {};
  }
  for (const auto& [target, count] : counts) {
    Target code(target.size());
    encode_label(decode_label(target, output), output, code);
    if (code != target) return {};
  }
  return counts;
}

Target mean_of(const std::map<Target, Index>& counts, Index samples) {
  Target mean(counts.begin()->first.size());
  for (const auto& [target, count] : counts) {
    for (std::size_t i = 0; i < target.size(); ++i)
      mean[i] += target[i] * static_cast<double>(count) / static_cast<double>(samples);
  }
  return mean;
}

// −p ln p
double surprise(double p) {
  return p > 0.0 ? -p * std::log(p) : 0.0;
}

/// Of the answer a = ȳ itself: a softmax is one choice among the classes, elementwise outputs say
/// yes or no each for itself.
double entropy(const Activation& output, const Target& mean) {
  double sum = 0.0;
  for (const double p : mean)
    sum += surprise(p) + (output.output_only ? 0.0 : surprise(1.0 - p));
  return sum;
}

double one_answer(const Model& model, const std::map<Target, Index>& counts, const Target& mean,
                  Index samples) {
  if (!model.loss->least_squares) return entropy(model.architecture.output_activation(), mean);
  double sum = 0.0;
  for (const auto& [target, count] : counts)
    sum += static_cast<double>(count) * squared_distance(target, mean);
  return sum / (2.0 * static_cast<double>(samples));
}

double one_given_up(const std::map<Target, Index>& counts, Index samples) {
  const auto by_count = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto largest = std::max_element(counts.begin(), counts.end(), by_count);
  // With more than two classes, codes are equally far from each other: any other class will do.
  const auto other = largest == counts.begin() ? std::next(largest) : counts.begin();
  const auto n = static_cast<double>(largest->second);
  return squared_distance(largest->first, other->first) * n / (n + 1.0) /
         (2.0 * static_cast<double>(samples));
}

/// "answers ½, ½" where that is what ȳ is.
std::string name_of_answer(const Target& mean) {
  std::string text = "answers";
  for (std::size_t i = 0; i < mean.size(); ++i) {
    if (std::abs(mean[i] - 0.5) > 1e-12) return "one answer for all";
    text += i == 0 ? " ½" : ", ½";
  }
  return text;
}

}  // namespace

std::optional<double> paper_scale(const Model& model, Index samples) {
  if (!model.loss->least_squares || samples == 0) return std::nullopt;
  return 2.0 * static_cast<double>(samples);
}

std::vector<ReferenceCost> reference_costs(const Model& model, const Dataset& data) {
  if (model.l2 != 0.0) return {};
  const Activation& output = model.architecture.output_activation();
  const auto counts = count_labels(output, data.Y);
  if (counts.size() < 2) return {};
  const Target mean = mean_of(counts, data.size());
  const double highest = one_answer(model, counts, mean, data.size());
  std::vector<ReferenceCost> result{{highest, name_of_answer(mean)}};
  if (!model.loss->least_squares || !output.bounded) return result;
  const double given_up = one_given_up(counts, data.size());
  constexpr double rounding = 1e-12;
  if (given_up < highest * (1.0 - rounding)) result.push_back({given_up, "one point given up"});
  return result;
}

}  // namespace deltascope
