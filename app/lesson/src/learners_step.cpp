#include "learners_step.hpp"

#include <deltascope/network.hpp>

#include <algorithm>

namespace deltascope::lesson {
namespace {

/// The traced samples of a step, computed anew layer by layer.
class LearnersStep {
 public:
  LearnersStep(const walk::Step& step, const Exercise& exercise, std::span<const Given> given)
      : step_(step),
        exercise_(exercise),
        given_(given),
        z_(step.trace->z),
        a_(step.trace->a),
        delta_(step.trace->delta) {}

  double value(const Cell& cell) {
    const Index column = cell.kind->of_sample ? *column_of(step_, cell.sample) : 0;
    const bool forward_only = cell.kind == z_kind_ || cell.kind == a_kind_;
    const Index last_forward = forward_only ? cell.layer : step_.net().layers() - 1;
    for (Index layer = 0; layer <= last_forward; ++layer) {
      const auto l = static_cast<std::size_t>(layer);
      Matrix z = computed_z(layer);
      if (cell.kind == z_kind_ && layer == cell.layer) return z(cell.row, column);
      keep(z_kind_, layer, std::move(z), step_.trace->z[l], z_[l]);
      Matrix a = computed_a(layer);
      if (cell.kind == a_kind_ && layer == cell.layer) return a(cell.row, column);
      keep(a_kind_, layer, std::move(a), step_.trace->a[l], a_[l]);
    }
    for (Index layer = step_.net().layers() - 1; layer >= 0; --layer) {
      const auto l = static_cast<std::size_t>(layer);
      Matrix delta = computed_delta(layer);
      if (cell.kind == delta_kind_ && layer == cell.layer) return delta(cell.row, column);
      keep(delta_kind_, layer, std::move(delta), step_.trace->delta[l], delta_[l]);
    }
    return gradient(cell);
  }

 private:
  Matrix computed_z(Index layer) const {
    const auto l = static_cast<std::size_t>(layer);
    if (layer == 0 || a_[l - 1] == step_.trace->a[l - 1]) return step_.trace->z[l];
    const ConstWeightView W = step_.net().W(step_.parameters, layer);
    const std::span<const double> b = step_.net().b(step_.parameters, layer);
    Matrix z = step_.trace->z[l];
    for (Index i = 0; i < z.cols(); ++i) {
      for (Index to = 0; to < W.rows; ++to) {
        z(to, i) = b[static_cast<std::size_t>(to)];
        for (Index from = 0; from < W.cols; ++from)
          z(to, i) += W(to, from) * a_[l - 1](from, i);
      }
    }
    return z;
  }
  Matrix computed_a(Index layer) const {
    const auto l = static_cast<std::size_t>(layer);
    if (z_[l] == step_.trace->z[l]) return step_.trace->a[l];
    Matrix a = step_.trace->a[l];
    step_.net().activation(layer).forward(z_[l].view(), a.view());
    return a;
  }
  Matrix computed_delta(Index layer) const {
    const auto l = static_cast<std::size_t>(layer);
    const StepTrace& own = *step_.trace;
    const Model& model = step_.model();
    const bool is_output = layer + 1 == step_.net().layers();
    const bool is_own =
        z_[l] == own.z[l] && a_[l] == own.a[l] && (is_output || delta_[l + 1] == own.delta[l + 1]);
    Matrix delta = own.delta[l];
    if (is_own) return delta;
    const Activation& g = step_.net().activation(layer);
    if (is_output) {
      model.operations->output_delta(*model.loss, g, z_[l].view(), a_[l].view(), own.Y.view(),
                                     delta.view());
    } else {
      Matrix dA(delta.rows(), delta.cols());
      model.operations->pull_back(step_.net().W(step_.parameters, layer + 1), delta_[l + 1].view(),
                                  dA.view());
      model.operations->through_activation(g, z_[l].view(), a_[l].view(), dA.view(), delta.view());
    }
    return delta;
  }

  /// The step's own gradient, and what the learner's δ and a change in the samples' part of it.
  double gradient(const Cell& cell) const {
    const StepTrace& own = *step_.trace;
    std::vector<double> changed = accumulated(delta_, a_, cell.layer);
    const std::vector<double> before = accumulated(own.delta, own.a, cell.layer);
    for (std::size_t i = 0; i < changed.size(); ++i)
      changed[i] -= before[i];
    step_.model().operations->average(changed, own.batch_size);
    const auto at = [&](std::span<const double> block) {
      return cell.kind->of_weight ? step_.net().W(block, cell.layer)(cell.row, cell.col)
                                  : step_.net().b(block, cell.layer)[row(cell)];
    };
    return at(own.gradient) + at(changed);
  }
  std::vector<double> accumulated(const std::vector<Matrix>& delta, const std::vector<Matrix>& a,
                                  Index layer) const {
    const auto l = static_cast<std::size_t>(layer);
    std::vector<double> sums(static_cast<std::size_t>(step_.net().parameters()));
    const Matrix& a_prev = layer == 0 ? step_.trace->X : a[l - 1];
    const std::span<double> block = sums;
    step_.model().operations->accumulate(delta[l].view(), a_prev.view(),
                                         step_.net().W(block, layer), step_.net().b(block, layer));
    return sums;
  }

  /// What the next layers see: the learner's numbers; computed ones where they are hidden; else
  /// own.
  void keep(const CellKind* kind, Index layer, Matrix computed, const Matrix& own, Matrix& seen) {
    seen = exercise_.hides({kind, layer, 0, 0, 0}) ? std::move(computed) : own;
    for (const Given& number : given_) {
      if (number.cell.kind != kind || number.cell.layer != layer) continue;
      const auto& samples = step_.trace->samples;
      for (std::size_t i = 0; i < samples.size(); ++i) {  // a batch may have a sample twice
        if (static_cast<Index>(samples[i]) != number.cell.sample) continue;
        seen(number.cell.row, static_cast<Index>(i)) = number.value;
      }
    }
  }
  static std::size_t row(const Cell& cell) { return static_cast<std::size_t>(cell.row); }

  const CellKind* z_kind_ = find_cell_kind("z");
  const CellKind* a_kind_ = find_cell_kind("a");
  const CellKind* delta_kind_ = find_cell_kind("delta");
  const walk::Step& step_;
  const Exercise& exercise_;
  std::span<const Given> given_;
  std::vector<Matrix> z_, a_, delta_;  // as the learner has them
};

}  // namespace

std::optional<Index> column_of(const walk::Step& step, Index sample) {
  const auto& samples = step.trace->samples;
  const auto found = std::ranges::find_if(
      samples, [&](std::uint32_t traced) { return static_cast<Index>(traced) == sample; });
  if (found == samples.end()) return std::nullopt;
  return found - samples.begin();
}

double follow(const walk::Step& step, const Exercise& exercise, std::span<const Given> given,
              const Cell& cell) {
  return LearnersStep(step, exercise, given).value(cell);
}

std::optional<double> delta_without_transpose(const walk::Step& step, const Cell& cell) {
  if (cell.layer + 1 >= step.net().layers()) return std::nullopt;
  const ConstWeightView W = step.net().W(step.parameters, cell.layer + 1);
  const std::optional<Index> column = column_of(step, cell.sample);
  if (W.rows != W.cols || !column) return std::nullopt;
  const auto l = static_cast<std::size_t>(cell.layer);
  std::vector<double> turned(static_cast<std::size_t>(W.size()));
  const WeightView mirrored{turned.data(), W.cols, W.rows};
  for (Index to = 0; to < W.rows; ++to) {
    for (Index from = 0; from < W.cols; ++from)
      mirrored(from, to) = W(to, from);
  }
  const StepTrace& trace = *step.trace;
  Matrix dA(W.cols, 1), delta(W.cols, 1);
  const Operations& operations = *step.model().operations;
  operations.pull_back(mirrored, trace.delta[l + 1].view().columns(*column, 1), dA.view());
  operations.through_activation(step.net().activation(cell.layer),
                                trace.z[l].view().columns(*column, 1),
                                trace.a[l].view().columns(*column, 1), dA.view(), delta.view());
  return delta(cell.row, 0);
}

}  // namespace deltascope::lesson
