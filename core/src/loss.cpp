#include <deltascope/loss.hpp>
#include <deltascope/table.hpp>

#include <array>
#include <cmath>
#include <limits>

namespace deltascope {
namespace {

// ln(1 + e^x) without overflow and without losing small results.
double softplus(double x) {
  return (x > 0 ? x : 0.0) + std::log1p(std::exp(-std::abs(x)));
}

void quadratic_per_sample(ConstMatrixView, ConstMatrixView a, ConstMatrixView y,
                          std::span<double> losses) {
  for (Index sample = 0; sample < a.cols; ++sample) {
    double sum = 0.0;
    for (Index j = 0; j < a.rows; ++j) {
      const double residual = y(j, sample) - a(j, sample);
      sum += residual * residual;
    }
    losses[static_cast<std::size_t>(sample)] = 0.5 * sum;
  }
}

void quadratic_delta(const Activation& output, ConstMatrixView z, ConstMatrixView a,
                     ConstMatrixView y, MatrixView delta) {
  for (Index i = 0; i < a.size(); ++i)
    delta.data[i] = a.data[i] - y.data[i];
  output.backward(z, a, delta, delta);
}

void bce_per_sample(ConstMatrixView z, ConstMatrixView, ConstMatrixView y,
                    std::span<double> losses) {
  for (Index sample = 0; sample < z.cols; ++sample) {
    double sum = 0.0;
    for (Index j = 0; j < z.rows; ++j) {
      sum += y(j, sample) * softplus(-z(j, sample)) + (1.0 - y(j, sample)) * softplus(z(j, sample));
    }
    losses[static_cast<std::size_t>(sample)] = sum;
  }
}

void bce_delta(const Activation&, ConstMatrixView, ConstMatrixView a, ConstMatrixView y,
               MatrixView delta) {
  for (Index i = 0; i < a.size(); ++i)
    delta.data[i] = a.data[i] - y.data[i];
}

void softmax_ce_per_sample(ConstMatrixView z, ConstMatrixView, ConstMatrixView y,
                           std::span<double> losses) {
  for (Index sample = 0; sample < z.cols; ++sample) {
    double largest = z(0, sample);
    for (Index j = 1; j < z.rows; ++j) {
      if (!(z(j, sample) <= largest)) largest = z(j, sample);
    }
    double sum = 0.0;
    for (Index j = 0; j < z.rows; ++j)
      sum += std::exp(z(j, sample) - largest);
    const double log_sum = std::log(sum);
    double loss = 0.0;
    for (Index j = 0; j < z.rows; ++j) {
      // −ln p_j = (max − z_j) + ln Σ: the large parts cancel before the small one is added.
      loss += y(j, sample) * ((largest - z(j, sample)) + log_sum);
    }
    losses[static_cast<std::size_t>(sample)] = loss;
  }
}

void softmax_ce_delta(const Activation&, ConstMatrixView, ConstMatrixView a, ConstMatrixView y,
                      MatrixView delta) {
  for (Index sample = 0; sample < a.cols; ++sample) {
    double total = 0.0;
    for (Index j = 0; j < a.rows; ++j)
      total += y(j, sample);
    for (Index j = 0; j < a.rows; ++j)
      delta(j, sample) = a(j, sample) * total - y(j, sample);
  }
}

bool admits_all_but_softmax(const Activation& output) {
  return !output.output_only;
}
bool admits_sigmoid(const Activation& output) {
  return output.name == "sigmoid";
}
bool admits_softmax(const Activation& output) {
  return output.name == "softmax";
}

constexpr double unbounded = std::numeric_limits<double>::infinity();

constexpr std::array<Loss, 3> table{
    Loss{"quadratic", "quadratic", "½ ‖y − a‖²", admits_all_but_softmax, "sigmoid",
         "goes with any output activation but softmax", true, -unbounded, unbounded,
         quadratic_per_sample, quadratic_delta, kernels::Misfit::quadratic},
    Loss{"bce", "binary cross-entropy", "−Σ [y ln a + (1 − y) ln(1 − a)]", admits_sigmoid,
         "sigmoid", "needs a sigmoid output", false, 0.0, 1.0, bce_per_sample, bce_delta,
         kernels::Misfit::binary_cross_entropy},
    Loss{"softmax_ce", "softmax cross-entropy", "−Σ y ln a", admits_softmax, "softmax",
         "needs a softmax output", false, 0.0, 1.0, softmax_ce_per_sample, softmax_ce_delta,
         kernels::Misfit::softmax_cross_entropy},
};

}  // namespace

std::span<const Loss> losses() {
  return table;
}

const Loss* find_loss(std::string_view name) {
  return find_row(losses(), name);
}

}  // namespace deltascope
