#include "check_error.hpp"

#include <deltascope/gradient_check.hpp>
#include <deltascope/network.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace deltascope {
namespace {

constexpr Index block_columns = 1024;

/// The mean cost at p + h e_i and at p − h e_i, block by block.
class Stencil {
 public:
  Stencil(const Model& model, std::span<const double> parameters, const Dataset& data, Batch batch)
      : model_(model), parameters_(parameters.begin(), parameters.end()) {
    const Index size = batch.size(data.size());
    X_.resize(data.X.rows(), size);
    Y_.resize(data.Y.rows(), size);
    for (Index i = 0; i < size; ++i) {
      const Index sample =
          batch.all ? i : static_cast<Index>(batch.samples[static_cast<std::size_t>(i)]);
      std::copy_n(&data.X.view()(0, sample), X_.rows(), &X_.view()(0, i));
      std::copy_n(&data.Y.view()(0, sample), Y_.rows(), &Y_.view()(0, i));
    }
    measure_reach();
  }

  GradientCheckEntry derivative(Index parameter, double analytic) {
    const auto p = static_cast<std::size_t>(parameter);
    // ∛ε balances truncation (~ h²) against rounding (~ ε/h). It is the change of z that must be
    // small, so a weight moves by less where what it multiplies is large.
    const double h = std::cbrt(std::numeric_limits<double>::epsilon()) / reach_[p];
    const double kept = parameters_[p];
    const double above = kept + h, below = kept - h;

    GradientCheckEntry entry;
    entry.parameter = parameter;
    entry.analytic = analytic;
    double cost_above = 0.0, cost_below = 0.0;
    for (Index first = 0; first < X_.cols(); first += block_columns) {
      const Index count = std::min(block_columns, X_.cols() - first);
      parameters_[p] = above;
      cost_above += loss_sum(first, count, above_);
      parameters_[p] = below;
      cost_below += loss_sum(first, count, below_);
      entry.kink = entry.kink || crosses_kink();
    }
    const auto size = static_cast<double>(X_.cols());
    parameters_[p] = above;
    cost_above = cost_above / size + l2_cost(model_, parameters_);
    parameters_[p] = below;
    cost_below = cost_below / size + l2_cost(model_, parameters_);
    parameters_[p] = kept;

    entry.numeric = (cost_above - cost_below) / (above - below);  // the step as it was rounded
    const double difference = std::abs(entry.analytic - entry.numeric);
    const double floor =
        1e-3 * reach_[p] * std::max({1.0, std::abs(cost_above), std::abs(cost_below)});
    entry.error = difference / std::max({std::abs(analytic), std::abs(entry.numeric), floor});
    return entry;
  }

 private:
  // For each parameter the largest |a_prev| that it multiplies (1 for a bias), at least 1.
  void measure_reach() {
    const Architecture& net = model_.architecture;
    reach_.assign(parameters_.size(), 1.0);
    for (Index first = 0; first < X_.cols(); first += block_columns) {
      const Index count = std::min(block_columns, X_.cols() - first);
      const ConstMatrixView inputs = std::as_const(X_).view().columns(first, count);
      predict(net, parameters_, inputs, above_);
      for (Index layer = 0; layer < net.layers(); ++layer) {
        const ConstMatrixView a_prev =
            layer == 0 ? inputs : above_.a[static_cast<std::size_t>(layer) - 1].view();
        const WeightView reach = net.W(std::span<double>(reach_), layer);  // (n_out × n_in)
        for (Index from = 0; from < a_prev.rows; ++from) {
          double largest = reach(0, from);
          for (Index i = 0; i < count; ++i)
            largest = std::max(largest, std::abs(a_prev(from, i)));
          for (Index to = 0; to < reach.rows; ++to)
            reach(to, from) = largest;
        }
      }
    }
  }

  double loss_sum(Index first, Index count, Activity& activity) {
    predict(model_.architecture, parameters_, X_.view().columns(first, count), activity);
    losses_.resize(static_cast<std::size_t>(count));
    model_.loss->per_sample(activity.z.back().view(), activity.a.back().view(),
                            Y_.view().columns(first, count), losses_);
    return std::accumulate(losses_.begin(), losses_.end(), 0.0);
  }

  bool crosses_kink() const {
    for (Index layer = 0; layer < model_.architecture.layers(); ++layer) {
      if (!model_.architecture.activation(layer).has_kink) continue;
      const auto l = static_cast<std::size_t>(layer);
      const std::span<const double> above = above_.z[l].values(), below = below_.z[l].values();
      for (std::size_t i = 0; i < above.size(); ++i) {
        // A z that rests at 0 on both sides does not move: nothing is crossed, and g′(0) times its
        // motion is 0 whatever g′(0) is.
        if ((above[i] > 0) != (below[i] > 0) || (above[i] < 0) != (below[i] < 0)) return true;
      }
    }
    return false;
  }

  const Model& model_;
  std::vector<double> parameters_, reach_, losses_;
  Matrix X_, Y_;  // the batch: (n_in × |B|), (n_out × |B|)
  Activity above_, below_;
};

}  // namespace

GradientCheckReport check_gradient(const Model& model, std::span<const double> parameters,
                                   const Dataset& data, Batch batch,
                                   std::span<const double> analytic, double tolerance,
                                   const KeepChecking& keep_checking) {
  assert(batch.size(data.size()) > 0 && analytic.size() == parameters.size());
  GradientCheckReport report;
  report.tolerance = tolerance;
  report.entries.reserve(analytic.size());
  Stencil stencil(model, parameters, data, batch);
  for (std::size_t i = 0; i < analytic.size(); ++i) {
    report.ended_early = keep_checking && !keep_checking(static_cast<Index>(i));
    if (report.ended_early) break;
    report.entries.push_back(stencil.derivative(static_cast<Index>(i), analytic[i]));
    const GradientCheckEntry& entry = report.entries.back();
    if (entry.kink) {
      ++report.kinks;
    } else if (is_worse(entry.error, report.worst_error)) {
      report.worst_error = entry.error;
    }
  }
  return report;
}

}  // namespace deltascope
