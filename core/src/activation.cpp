#include <deltascope/activation.hpp>
#include <deltascope/table.hpp>

#include <array>
#include <cmath>

namespace deltascope {
namespace {

constexpr double leaky_alpha = 0.01;

// Both branches keep e^x ≤ 1, so that nothing overflows and small results keep their digits.
double sigmoid(double z) {
  if (z >= 0) return 1.0 / (1.0 + std::exp(-z));
  const double e = std::exp(z);
  return e / (1.0 + e);
}
double sigmoid_slope(double, double a) {
  return a * (1.0 - a);
}

double tanh_value(double z) {
  return std::tanh(z);
}
double tanh_slope(double, double a) {
  return 1.0 - a * a;
}

// Written so that NaN stays NaN: max(0, z) may swallow it and hide a divergence.
double relu(double z) {
  return z <= 0 ? 0.0 : z;
}
double relu_slope(double z, double) {
  return z > 0 ? 1.0 : 0.0;
}

double leaky_relu(double z) {
  return z <= 0 ? leaky_alpha * z : z;
}
double leaky_relu_slope(double z, double) {
  return z > 0 ? 1.0 : leaky_alpha;
}

double linear(double z) {
  return z;
}
double linear_slope(double, double) {
  return 1.0;
}

template <double (*value)(double)>
void forward_each(ConstMatrixView z, MatrixView a) {
  for (Index i = 0; i < z.size(); ++i)
    a.data[i] = value(z.data[i]);
}

template <double (*slope)(double, double)>
void backward_each(ConstMatrixView z, ConstMatrixView a, ConstMatrixView dA, MatrixView dZ) {
  for (Index i = 0; i < z.size(); ++i)
    dZ.data[i] = dA.data[i] * slope(z.data[i], a.data[i]);
}

void softmax_forward(ConstMatrixView z, MatrixView a) {
  for (Index sample = 0; sample < z.cols; ++sample) {
    double largest = z(0, sample);
    for (Index j = 1; j < z.rows; ++j) {
      // The negated comparison lets a NaN through, so that the whole column becomes NaN.
      if (!(z(j, sample) <= largest)) largest = z(j, sample);
    }
    double sum = 0.0;
    for (Index j = 0; j < z.rows; ++j) {
      a(j, sample) = std::exp(z(j, sample) - largest);
      sum += a(j, sample);
    }
    for (Index j = 0; j < z.rows; ++j)
      a(j, sample) /= sum;
  }
}

// (∂a/∂z)ᵀ dA = a ∘ (dA − (aᵀ dA) 1)
void softmax_backward(ConstMatrixView, ConstMatrixView a, ConstMatrixView dA, MatrixView dZ) {
  for (Index sample = 0; sample < a.cols; ++sample) {
    double dot = 0.0;
    for (Index j = 0; j < a.rows; ++j)
      dot += a(j, sample) * dA(j, sample);
    for (Index j = 0; j < a.rows; ++j)
      dZ(j, sample) = a(j, sample) * (dA(j, sample) - dot);
  }
}

template <double (*value)(double), double (*slope)(double, double)>
constexpr Activation elementwise(kernels::Curve curve, std::string_view name,
                                 std::string_view label, std::string_view formula,
                                 std::string_view slope_formula, bool has_kink, bool bounded,
                                 double low, double high) {
  return {name,
          label,
          formula,
          slope_formula,
          value,
          slope,
          forward_each<value>,
          backward_each<slope>,
          false,
          has_kink,
          bounded,
          low,
          high,
          curve};
}

constexpr std::array<Activation, 6> table{
    elementwise<sigmoid, sigmoid_slope>(kernels::Curve::sigmoid, "sigmoid", "sigmoid",
                                        "1 / (1 + e^−z)", "a (1 − a)", false, true, 0.0, 1.0),
    elementwise<tanh_value, tanh_slope>(kernels::Curve::tanh, "tanh", "tanh", "tanh z", "1 − a²",
                                        false, true, -1.0, 1.0),
    elementwise<relu, relu_slope>(kernels::Curve::relu, "relu", "ReLU", "max(0, z)",
                                  "1 where z > 0, else 0", true, false, 0.0, 1.0),
    elementwise<leaky_relu, leaky_relu_slope>(kernels::Curve::leaky_relu, "leaky_relu",
                                              "leaky ReLU", "z > 0 ? z : 0.01 z",
                                              "1 where z > 0, else 0.01", true, false, 0.0, 1.0),
    elementwise<linear, linear_slope>(kernels::Curve::linear, "linear", "linear", "z", "1", false,
                                      false, -1.0, 1.0),
    Activation{"softmax", "softmax", "e^z_j / Σ e^z_k", "a_j (1{j=k} − a_k)", nullptr, nullptr,
               softmax_forward, softmax_backward, true, false, true, 0.0, 1.0,
               kernels::Curve::softmax},
};

}  // namespace

std::span<const Activation> activations() {
  return table;
}

const Activation* find_activation(std::string_view name) {
  return find_row(activations(), name);
}

}  // namespace deltascope
