#include <deltascope/initializer.hpp>
#include <deltascope/table.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace deltascope {
namespace {

std::span<double> values(WeightView W) {
  return {W.data, static_cast<std::size_t>(W.size())};
}

void fill_zeros(RandomStream&, double, WeightView W, std::span<double> b) {
  std::ranges::fill(values(W), 0.0);
  std::ranges::fill(b, 0.0);
}

void fill_constant(RandomStream&, double scale, WeightView W, std::span<double> b) {
  std::ranges::fill(values(W), scale);
  std::ranges::fill(b, scale);
}

void fill_normal(RandomStream& random, double scale, WeightView W, std::span<double> b) {
  for (double& w : values(W))
    w = scale * random.normal();
  for (double& bias : b)
    bias = scale * random.normal();
}

void fill_uniform(RandomStream& random, double scale, WeightView W, std::span<double> b) {
  for (double& w : values(W))
    w = random.uniform(-scale, scale);
  for (double& bias : b)
    bias = random.uniform(-scale, scale);
}

void fill_xavier(RandomStream& random, double scale, WeightView W, std::span<double> b) {
  const double half_width = scale * std::sqrt(6.0 / static_cast<double>(W.rows + W.cols));
  for (double& w : values(W))
    w = random.uniform(-half_width, half_width);
  std::ranges::fill(b, 0.0);
}

void fill_he(RandomStream& random, double scale, WeightView W, std::span<double> b) {
  const double deviation = scale * std::sqrt(2.0 / static_cast<double>(W.cols));
  for (double& w : values(W))
    w = deviation * random.normal();
  std::ranges::fill(b, 0.0);
}

constexpr std::array<Initializer, 6> table{
    Initializer{"zeros", "zeros", 0.0, fill_zeros},
    Initializer{"constant", "constant", 0.5, fill_constant},
    Initializer{"normal", "normal", 0.5, fill_normal},
    Initializer{"uniform", "uniform", 1.0, fill_uniform},
    Initializer{"xavier", "Xavier", 1.0, fill_xavier},
    Initializer{"he", "He", 1.0, fill_he},
};

}  // namespace

std::span<const Initializer> initializers() {
  return table;
}

const Initializer* find_initializer(std::string_view name) {
  return find_row(initializers(), name);
}

void initialize(const InitialWeights& initial, const Architecture& architecture,
                std::span<double> parameters) {
  RandomStream random(initial.seed);
  for (Index layer = 0; layer < architecture.layers(); ++layer) {
    initial.scheme->fill(random, initial.scale, architecture.W(parameters, layer),
                         architecture.b(parameters, layer));
  }
}

}  // namespace deltascope
