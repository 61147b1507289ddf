#include <deltascope/optimizer.hpp>
#include <deltascope/table.hpp>

#include <array>
#include <cmath>

namespace deltascope {
namespace {

void gradient_descent(const Rates& rates, std::uint64_t, std::span<const double> gradient,
                      std::span<const double>, std::span<double>, std::span<double> update) {
  for (std::size_t i = 0; i < gradient.size(); ++i)
    update[i] = -rates.learning_rate * gradient[i];
}

void momentum(const Rates& rates, std::uint64_t, std::span<const double> gradient,
              std::span<const double> moments, std::span<double> next_moments,
              std::span<double> update) {
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    next_moments[i] = rates.momentum * moments[i] + gradient[i];
    update[i] = -rates.learning_rate * next_moments[i];
  }
}

void adam(const Rates& rates, std::uint64_t t, std::span<const double> gradient,
          std::span<const double> moments, std::span<double> next_moments,
          std::span<double> update) {
  const std::size_t count = gradient.size();
  const std::span<const double> m = moments.first(count), v = moments.last(count);
  const std::span<double> next_m = next_moments.first(count), next_v = next_moments.last(count);
  const double bias_1 = 1.0 - std::pow(rates.beta1, static_cast<double>(t));
  const double bias_2 = 1.0 - std::pow(rates.beta2, static_cast<double>(t));
  for (std::size_t i = 0; i < count; ++i) {
    const double g = gradient[i];
    next_m[i] = rates.beta1 * m[i] + (1.0 - rates.beta1) * g;
    next_v[i] = rates.beta2 * v[i] + (1.0 - rates.beta2) * g * g;
    const double root = std::sqrt(next_v[i] / bias_2) + rates.epsilon;
    update[i] = -rates.learning_rate * (next_m[i] / bias_1) / root;
  }
}

constexpr std::array<Optimizer, 4> table{
    Optimizer{"gradient_descent", "gradient descent", "p ← p − η g", 5.0, false, false, 0,
              gradient_descent, kernels::Rule::gradient_descent},
    Optimizer{"momentum", "momentum", "v ← μ v + g,  p ← p − η v", 0.5, true, false, 1, momentum,
              kernels::Rule::momentum},
    Optimizer{"adam", "Adam", "p ← p − η m / (√v + ε), m and v bias-corrected", 0.01, false, false,
              2, adam, kernels::Rule::adam},
    Optimizer{"levenberg_marquardt", "Levenberg–Marquardt", "(JᵀJ + μI) Δp = Jᵀr", 0.0, false, true,
              0, nullptr},
};

}  // namespace

std::span<const Optimizer> optimizers() {
  return table;
}

const Optimizer* find_optimizer(std::string_view name) {
  return find_row(optimizers(), name);
}

}  // namespace deltascope
