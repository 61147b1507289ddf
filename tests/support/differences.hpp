#pragma once
// Derivatives of a cost by differences, written once more from the oracle's rows alone, in long
// double and with another stencil: nothing of the library's forward pass is used.

#include "support/oracle.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace deltascope::test {

using Real = long double;

inline Real value_of(const std::string& activation, Real z) {
  if (activation == "sigmoid") return 1 / (1 + std::exp(-z));
  if (activation == "tanh") return std::tanh(z);
  if (activation == "relu") return z > 0 ? z : 0;
  if (activation == "leaky_relu") return z > 0 ? z : Real(0.01) * z;
  if (activation == "linear") return z;
  throw std::invalid_argument(activation);
}

/// C_x of one sample from the output's z.
inline Real loss_of(const OracleCase& oracle, const std::vector<Real>& z, const Row& y) {
  Real sum = 0;
  if (oracle.loss == "softmax_ce") {
    Real largest = z[0], total = 0;
    for (const Real value : z)
      largest = std::max(largest, value);
    for (const Real value : z)
      total += std::exp(value - largest);
    for (std::size_t j = 0; j < z.size(); ++j)
      sum += y[j] * (largest + std::log(total) - z[j]);
    return sum;
  }
  for (std::size_t j = 0; j < z.size(); ++j) {
    if (oracle.loss == "bce") {
      sum += y[j] * std::log1p(std::exp(-std::abs(z[j]))) +
             (1 - y[j]) * std::log1p(std::exp(-std::abs(z[j]))) +
             (z[j] > 0 ? (1 - y[j]) * z[j] : -y[j] * z[j]);
    } else {
      const Real residual = y[j] - value_of(oracle.activations.back(), z[j]);
      sum += residual * residual / 2;
    }
  }
  return sum;
}

/// Mean loss + λ/2 Σ‖W‖² at a flat block of parameters, laid out as the library does.
inline Real cost_of(const OracleCase& oracle, const std::vector<Real>& p) {
  Real total = 0, squares = 0;
  for (std::size_t i = 0; i < oracle.X.size(); ++i) {
    std::vector<Real> a(oracle.X[i].begin(), oracle.X[i].end()), z;
    std::size_t at = 0;
    for (std::size_t l = 0; l < oracle.activations.size(); ++l) {
      const auto rows = static_cast<std::size_t>(oracle.sizes[l + 1]);
      z.assign(rows, 0);
      for (Real& sum : z) {
        for (const Real value : a) {
          if (i == 0) squares += p[at] * p[at];
          sum += p[at++] * value;
        }
      }
      for (Real& sum : z)
        sum += p[at++];
      if (l + 1 == oracle.activations.size()) break;
      a.assign(rows, 0);
      for (std::size_t j = 0; j < rows; ++j)
        a[j] = value_of(oracle.activations[l], z[j]);
    }
    total += loss_of(oracle, z, oracle.Y[i]);
  }
  return total / static_cast<Real>(oracle.X.size()) + static_cast<Real>(oracle.l2) * squares / 2;
}

/// ∂Cost/∂p_i by five points, h = 10⁻⁷: rounding ~ 10⁻¹⁹/h = 10⁻¹² of the cost, and truncation
/// ~ (h x)⁴ x = 10⁻¹³ even for inputs x of 1000.
inline double derivative_of(const OracleCase& oracle, const std::vector<double>& parameters,
                            std::size_t i) {
  constexpr Real h = 1e-7L;
  const auto at = [&](Real offset) {
    std::vector<Real> p(parameters.begin(), parameters.end());
    p[i] += offset;
    return cost_of(oracle, p);
  };
  return static_cast<double>((at(-2 * h) - at(2 * h) + 8 * (at(h) - at(-h))) / (12 * h));
}

}  // namespace deltascope::test
