#include <deltascope/dataset.hpp>
#include <deltascope/random.hpp>
#include <deltascope/table.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace deltascope {
namespace {

constexpr std::array<std::array<double, 2>, 11> ox_points{{{0.1, 0.1},
                                                           {0.3, 0.4},
                                                           {0.1, 0.5},
                                                           {0.6, 0.9},
                                                           {0.4, 0.2},
                                                           {0.6, 0.3},
                                                           {0.5, 0.6},
                                                           {0.9, 0.2},
                                                           {0.4, 0.4},
                                                           {0.7, 0.6},
                                                           {0.3, 0.7}}};

template <Index count>
void make_ox(const DatasetRequest&, Matrix& X, std::vector<int>& labels) {
  X.resize(2, count);
  labels.resize(static_cast<std::size_t>(count));
  for (Index i = 0; i < count; ++i) {
    const auto& point = ox_points[static_cast<std::size_t>(i)];
    X(0, i) = point[0];
    X(1, i) = point[1];
    labels[static_cast<std::size_t>(i)] = i < 5 ? 0 : 1;
  }
}

struct Drawn {
  double x, y;
};

// Classes take turns, so that a batch in order sees all of them; `place` gets the class and a
// fraction that runs from 0 to 1 through the points of the class.
template <class Place>
void make_classes(const DatasetRequest& request, int classes, Matrix& X, std::vector<int>& labels,
                  Place place) {
  RandomStream random(request.seed);
  X.resize(2, request.points);
  labels.resize(static_cast<std::size_t>(request.points));
  const Index turns = (request.points + classes - 1) / classes;
  for (Index i = 0; i < request.points; ++i) {
    const int label = static_cast<int>(i % classes);
    const Index turn = i / classes;
    const double fraction = (static_cast<double>(turn) + 0.5) / static_cast<double>(turns);
    const Drawn point = place(random, label, fraction);
    X(0, i) = point.x + request.noise * random.normal();
    X(1, i) = point.y + request.noise * random.normal();
    labels[static_cast<std::size_t>(i)] = label;
  }
}

void make_xor(const DatasetRequest& request, Matrix& X, std::vector<int>& labels) {
  make_classes(request, 2, X, labels, [](RandomStream& random, int label, double) {
    const double x = random.uniform(0.05, 0.45), y = random.uniform(0.05, 0.45);
    const bool right = random.uniform() < 0.5;
    const bool top = right == (label == 0);
    return Drawn{right ? 1.0 - x : x, top ? 1.0 - y : y};
  });
}

void make_circles(const DatasetRequest& request, Matrix& X, std::vector<int>& labels) {
  make_classes(request, 2, X, labels, [](RandomStream& random, int label, double) {
    const double angle = random.uniform(0.0, 2.0 * std::numbers::pi);
    const double radius =
        label == 0 ? 0.18 * std::sqrt(random.uniform()) : random.uniform(0.32, 0.45);
    return Drawn{0.5 + radius * std::cos(angle), 0.5 + radius * std::sin(angle)};
  });
}

void make_moons(const DatasetRequest& request, Matrix& X, std::vector<int>& labels) {
  make_classes(request, 2, X, labels, [](RandomStream&, int label, double fraction) {
    const double angle = std::numbers::pi * fraction;
    const double side = label == 0 ? 1.0 : -1.0;
    return Drawn{0.5 - 0.13 * side + 0.28 * side * std::cos(angle),
                 0.5 - 0.07 * side + 0.28 * side * std::sin(angle)};
  });
}

void make_spiral(const DatasetRequest& request, Matrix& X, std::vector<int>& labels) {
  make_classes(request, 2, X, labels, [](RandomStream&, int label, double fraction) {
    const double radius = 0.05 + 0.4 * fraction;
    const double angle = 3.5 * std::numbers::pi * fraction + std::numbers::pi * label;
    return Drawn{0.5 + radius * std::cos(angle), 0.5 + radius * std::sin(angle)};
  });
}

void make_blobs(const DatasetRequest& request, Matrix& X, std::vector<int>& labels) {
  make_classes(request, 3, X, labels, [](RandomStream& random, int label, double) {
    const double angle = 2.0 * std::numbers::pi * (label / 3.0 + 0.25);
    return Drawn{0.5 + 0.28 * std::cos(angle) + 0.08 * random.normal(),
                 0.5 + 0.28 * std::sin(angle) + 0.08 * random.normal()};
  });
}

constexpr std::array<DatasetRecipe, 7> table{
    DatasetRecipe{"ox", "O/X, 10 points", "Higham & Higham (2019), Figure 2.1", 10, 2, true,
                  make_ox<10>},
    DatasetRecipe{"ox-11", "O/X, 11 points", "Higham & Higham (2019), Figure 2.5", 11, 2, true,
                  make_ox<11>},
    DatasetRecipe{"xor", "four squares (XOR)", "", 80, 2, false, make_xor},
    DatasetRecipe{"circles", "disc in a ring", "", 100, 2, false, make_circles},
    DatasetRecipe{"moons", "two moons", "", 100, 2, false, make_moons},
    DatasetRecipe{"spiral", "two spirals", "", 200, 2, false, make_spiral},
    DatasetRecipe{"blobs", "three clouds", "", 90, 3, false, make_blobs},
};

}  // namespace

std::span<const DatasetRecipe> dataset_recipes() {
  return table;
}

const DatasetRecipe* find_dataset_recipe(std::string_view name) {
  return find_row(dataset_recipes(), name);
}

Dataset make_dataset(const DatasetRecipe& recipe, const DatasetRequest& request, Index outputs,
                     const Activation& output) {
  DatasetRequest filled = request;
  if (filled.points == 0) filled.points = recipe.points;
  Dataset data;
  std::vector<int> labels;
  recipe.make(filled, data.X, labels);
  data.Y.resize(outputs, data.X.cols());
  for (Index i = 0; i < data.size(); ++i) {
    encode_label(labels[static_cast<std::size_t>(i)], output,
                 {&data.Y(0, i), static_cast<std::size_t>(outputs)});
  }
  return data;
}

Index class_count(Index outputs) {
  return std::max<Index>(outputs, 2);
}

void encode_label(int label, const Activation& output, std::span<double> target) {
  if (target.size() == 1) {
    target[0] = label == 0 ? output.high : output.low;
    return;
  }
  for (std::size_t j = 0; j < target.size(); ++j) {
    target[j] = static_cast<int>(j) == label ? output.high : output.low;
  }
}

int decode_label(std::span<const double> target, const Activation& output) {
  if (target.size() == 1) return target[0] > output.threshold() ? 0 : 1;
  return static_cast<int>(std::ranges::max_element(target) - target.begin());
}

int decide(std::span<const double> output_values, const Activation& output) {
  if (output_values.size() == 1) {
    if (std::isnan(output_values[0]) || output_values[0] == output.threshold()) return -1;
    return decode_label(output_values, output);
  }
  const auto best = std::ranges::max_element(output_values);
  if (std::ranges::count(output_values, *best) != 1) return -1;
  const bool any_nan = std::ranges::any_of(output_values, [](double v) { return std::isnan(v); });
  return any_nan ? -1 : static_cast<int>(best - output_values.begin());
}

}  // namespace deltascope
