#include "eigen.hpp"

#include <deltascope/mistake.hpp>
#include <deltascope/table.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace deltascope {
namespace {

// The wrong operations. Each replaces the textbook's of the same shape.

void no_mean(std::span<double>, Index) {}

void mean_twice(std::span<double> gradient, Index batch_size) {
  textbook_operations().average(gradient, batch_size);
  textbook_operations().average(gradient, batch_size);
}

// The δ of cross-entropies, whose σ′ cancels, for the quadratic loss as well.
void output_delta_without_slope(const Loss& loss, const Activation& output, ConstMatrixView z,
                                ConstMatrixView a, ConstMatrixView y, MatrixView delta) {
  if (loss.least_squares) {
    as_eigen(delta) = as_eigen(a) - as_eigen(y);
  } else {
    loss.output_delta(output, z, a, y, delta);
  }
}

void no_slope(const Activation&, ConstMatrixView, ConstMatrixView, ConstMatrixView dA,
              MatrixView delta) {
  as_eigen(delta) = as_eigen(dA);
}

void slope_at_a(const Activation& activation, ConstMatrixView, ConstMatrixView a,
                ConstMatrixView dA, MatrixView delta) {
  Matrix value_at_a(a.rows, a.cols);
  activation.forward(a, value_at_a.view());
  activation.backward(a, value_at_a.view(), dA, delta);
}

void output_delta_at_a(const Loss& loss, const Activation& output, ConstMatrixView z,
                       ConstMatrixView a, ConstMatrixView y, MatrixView delta) {
  if (!loss.least_squares) return loss.output_delta(output, z, a, y, delta);
  Matrix dA(a.rows, a.cols);
  as_eigen(dA.view()) = as_eigen(a) - as_eigen(y);
  slope_at_a(output, z, a, std::as_const(dA).view(), delta);
}

// The note multiplies σ(z) and 1 − σ(z) as vectors, which is one number for the whole layer.
void scalar_slope(const Activation& activation, ConstMatrixView z, ConstMatrixView a,
                  ConstMatrixView dA, MatrixView delta) {
  Matrix ones(z.rows, z.cols), slope(z.rows, z.cols);
  std::ranges::fill(ones.values(), 1.0);
  activation.backward(z, a, ones.view(), slope.view());
  for (Index sample = 0; sample < z.cols; ++sample) {
    as_eigen(delta).col(sample) =
        as_eigen(dA).col(sample) * as_eigen(slope.view()).col(sample).sum();
  }
}

void pull_back_without_transpose(ConstWeightView W, ConstMatrixView delta, MatrixView dA) {
  if (W.rows == W.cols) {
    as_eigen(dA).noalias() = as_eigen(W) * as_eigen(delta);
  } else {
    textbook_operations().pull_back(W, delta, dA);
  }
}

// Keras clips a to [1e-7, 1 − 1e-7] before the logarithm; beyond, the clipped cost is flat.
constexpr double clip = 1e-7;

// The cross-entropy with a term of every output: softmax's has one of the true class alone, and
// clipping that would be another mistake.
bool is_binary_cross_entropy(const Loss& loss) {
  return !loss.least_squares && !find_activation(loss.preferred_output)->output_only;
}

void clipped_output_delta(const Loss& loss, const Activation& output, ConstMatrixView z,
                          ConstMatrixView a, ConstMatrixView y, MatrixView delta) {
  loss.output_delta(output, z, a, y, delta);
  if (!is_binary_cross_entropy(loss)) return;
  for (Index i = 0; i < a.size(); ++i) {
    if (a.data[i] < clip || a.data[i] > 1 - clip) delta.data[i] = 0.0;
  }
}

void regularize_biases(ConstWeightView W, std::span<const double> b, double l2, WeightView dW,
                       std::span<double> db) {
  textbook_operations().regularize(W, b, l2, dW, db);
  as_eigen(db) += l2 * as_eigen(b);
}

void climb(const Architecture&, std::span<const double> update, std::span<double> parameters) {
  as_eigen(parameters) -= as_eigen(update);
}

void update_weights_only(const Architecture& net, std::span<const double> update,
                         std::span<double> parameters) {
  for (Index layer = 0; layer < net.layers(); ++layer)
    as_eigen(net.W(parameters, layer)) += as_eigen(net.W(update, layer));
}

// Why a mistake does not show.

std::string always_shows(const Model&, Index) {
  return {};
}

std::string hidden_by_one_sample(const Model&, Index batch_size) {
  return batch_size == 1 ? "With one sample in the batch 1/|B| is 1: nothing differs." : "";
}

bool is_linear(const Activation& activation) {
  return activation.name == "linear";
}
// Where g′ changes along z other than at a kink.
bool is_curved(const Activation& activation) {
  return !is_linear(activation) && !activation.has_kink;
}

std::span<const Activation* const> hidden_activations(const Model& model) {
  const std::span<const Activation* const> all(model.architecture.activations());
  return all.first(all.size() - 1);
}

std::string hidden_without_output_slope(const Model& model, Index) {
  if (!model.loss->least_squares) {
    return "With a cross-entropy σ′ cancels: δ = a − y is the right one here.";
  }
  return is_linear(model.architecture.output_activation())
             ? "The slope of a linear output is 1: nothing was forgotten."
             : "";
}

std::string hidden_without_slopes(const Model& model, Index) {
  const auto hidden = hidden_activations(model);
  if (hidden.empty()) return "There is no hidden layer.";
  const bool all_linear = std::ranges::all_of(hidden, [](auto* g) { return is_linear(*g); });
  return all_linear ? "The slope of linear units is 1: nothing was forgotten." : "";
}

std::string hidden_at_a(const Model& model, Index) {
  const auto hidden = hidden_activations(model);
  if (std::ranges::any_of(hidden, [](auto* g) { return is_curved(*g); })) return {};
  const bool takes_output_slope = model.loss->least_squares;
  if (takes_output_slope && is_curved(model.architecture.output_activation())) return {};
  if (hidden.empty() && !takes_output_slope) {
    return "There is no hidden layer, and with a cross-entropy σ′ cancels at the output.";
  }
  return "The slope of these units depends on the sign alone, and a has that of z.";
}

std::string hidden_as_scalar(const Model& model, Index) {
  const Architecture& net = model.architecture;
  for (Index layer = 0; layer + 1 < net.layers(); ++layer) {
    if (net.fan_out(layer) > 1) return {};
  }
  return net.layers() == 1 ? "There is no hidden layer."
                           : "With one unit in a hidden layer the scalar is its slope.";
}

std::string hidden_without_square(const Model& model, Index) {
  const Architecture& net = model.architecture;
  for (Index layer = 1; layer < net.layers(); ++layer) {
    if (net.fan_in(layer) == net.fan_out(layer) && net.fan_in(layer) > 1) return {};
  }
  if (net.layers() == 1) return "There is no hidden layer.";
  return "No W behind the first layer is square (1×1 is its own transpose): Wδ has the wrong "
         "shape, "
         "and Wᵀδ is computed.";
}

std::string hidden_without_logarithm(const Model& model, Index) {
  if (model.loss->least_squares) return "The quadratic loss has no logarithm to clip.";
  return is_binary_cross_entropy(*model.loss) ? "" : "Only the binary cross-entropy is clipped.";
}

std::string hidden_without_decay(const Model& model, Index) {
  return model.l2 == 0.0 ? "λ is 0: there is no weight decay." : "";
}

std::string hidden_in_one_layer(const Model& model, Index) {
  return model.architecture.layers() == 1 ? "There is only one layer of weights." : "";
}

Operations textbook_but(void (*change)(Operations& operations)) {
  Operations operations = textbook_operations();
  change(operations);
  return operations;
}

using enum CaughtBy;

const std::array table{
    Mistake{"no_mean", "1/N forgotten", "dW = Σ δ aᵀ", "dW = 1/N Σ δ aᵀ",
            "The gradients of the samples are added and never divided by their number. The "
            "direction is right and the step of gradient descent N times as long, as with N times "
            "the learning rate; Adam hardly notices.",
            gradient_check, "ox", "", hidden_by_one_sample,
            textbook_but([](Operations& o) { o.average = no_mean; })},
    Mistake{"mean_twice", "1/N twice", "dW = 1/N² Σ δ aᵀ", "dW = 1/N Σ δ aᵀ",
            "1/N is inside δ already, and then the mean is taken again. Gradient descent learns N "
            "times as slowly.",
            gradient_check, "ox", "", hidden_by_one_sample,
            textbook_but([](Operations& o) { o.average = mean_twice; })},
    Mistake{"output_slope_forgotten", "σ′ forgotten at the output", "δ = a − y",
            "δ = σ′(z) ∘ (a − y)",
            "The chain rule stops one factor too early. With the quadratic cost this is the δ of "
            "another cost, the cross-entropy: it even converges faster, and only the check knows "
            "that it is not the gradient of the cost on screen.",
            gradient_check, "ox", "", hidden_without_output_slope,
            textbook_but([](Operations& o) { o.output_delta = output_delta_without_slope; })},
    Mistake{"slope_forgotten", "σ′ forgotten in hidden layers", "δ = Wᵀδ", "δ = σ′(z) ∘ (Wᵀδ)",
            "δ is handed back through W alone. A sigmoid's slope is at most ¼, so that the early "
            "layers get gradients that are too large, and saturated units go on learning. A ReLU "
            "that is alive has the slope 1: without dead ones nothing shows.",
            gradient_check, "ox", "", hidden_without_slopes,
            textbook_but([](Operations& o) { o.through_activation = no_slope; })},
    Mistake{"slope_at_a", "σ′(a) in place of σ′(z)", "δ = σ′(a) ∘ (Wᵀδ)", "δ = σ′(z) ∘ (Wᵀδ)",
            "σ′ is written as a function of z and called with a, which is another number between 0 "
            "and 1. Signs stay right and sizes nearly so: it trains almost as well.",
            gradient_check, "ox", "", hidden_at_a, textbook_but([](Operations& o) {
              o.output_delta = output_delta_at_a;
              o.through_activation = slope_at_a;
            })},
    Mistake{"scalar_slope", "σ′ as one number", "δ = (Wᵀδ) · σ(z)ᵀ(1 − σ(z))",
            "δ = (Wᵀδ) ∘ σ(z) ∘ (1 − σ(z))",
            "A study note multiplies σ(z) and 1 − σ(z) as vectors: their scalar product is one "
            "number for the whole layer. On its own example the mistake hides behind equal "
            "entries of Wᵀδ.",
            gradient_check, "testnet", "", hidden_as_scalar,
            textbook_but([](Operations& o) { o.through_activation = scalar_slope; })},
    Mistake{"transpose_forgotten", "Wᵀ forgotten", "δ = σ′(z) ∘ (Wδ)", "δ = σ′(z) ∘ (Wᵀδ)",
            "W in place of its transpose. Where W is not square the shapes stop it at once; where "
            "it is, the program runs, and often learns.",
            gradient_check, "transpose", "", hidden_without_square,
            textbook_but([](Operations& o) { o.pull_back = pull_back_without_transpose; })},
    Mistake{"clipped_log", "Logarithm clipped", "δ = 0 where a < 10⁻⁷ or a > 1 − 10⁻⁷", "δ = a − y",
            "To keep the logarithm away from 0, a is clipped. Beyond the clip the cost is flat: a "
            "sample that is wrong and sure of it gets no gradient of its own. As long as no a is "
            "beyond, nothing shows.",
            gradient_check, "clipped", "", hidden_without_logarithm,
            textbook_but([](Operations& o) { o.output_delta = clipped_output_delta; })},
    Mistake{"biases_regularized", "Weight decay on biases", "db = mean δ + λb", "db = mean δ",
            "The cost has λ/2 ‖W‖² and nothing about b, but b is pulled to 0 as well. It trains; "
            "it is the gradient of another cost. Where b is 0, nothing shows.",
            gradient_check, "testnet", "four samples, λ = 0.1", hidden_without_decay,
            textbook_but([](Operations& o) { o.regularize = regularize_biases; })},
    Mistake{
        "sign", "Wrong sign of the update", "p ← p + η g", "p ← p − η g",
        "It walks uphill, and the cost grows. The gradient is right, and so the gradient check is "
        "content. Levenberg–Marquardt rejects such trials and stands still.",
        update_check, "ox", "", always_shows,
        textbook_but([](Operations& o) { o.apply_update = climb; })},
    Mistake{"biases_not_updated", "Biases not updated", "W ← W − η dW, b stays",
            "W ← W − η dW, b ← b − η db",
            "db is computed and then forgotten. Boundaries can turn but not move freely.",
            update_check, "ox", "", always_shows,
            textbook_but([](Operations& o) { o.apply_update = update_weights_only; })},
    Mistake{"layers_in_turn", "Layers updated one after the other",
            "W^[L] is updated before δ is pulled back through it", "all layers from the old W",
            "The loop that goes back through the layers updates each at once, so that the next δ "
            "is pulled back through weights that are new already. The difference is of the order "
            "of η: it learns as well, and small steps hide it.",
            update_check, "ox", "", hidden_in_one_layer,
            textbook_but([](Operations& o) { o.updates_in_turn = true; })},
};

}  // namespace

std::span<const Mistake> mistakes() {
  return table;
}

const Mistake* find_mistake(std::string_view name) {
  return find_row(mistakes(), name);
}

const Mistake* mistake_in(const Model& model) {
  for (const Mistake& mistake : table) {
    if (&mistake.operations == model.operations) return &mistake;
  }
  return nullptr;
}

std::string why_not_trained(const Mistake& mistake, const Settings& settings) {
  if (!settings.optimizer->least_squares) return {};
  const Operations& wrong = mistake.operations;
  const Operations& right = textbook_operations();
  if (wrong.apply_update != right.apply_update) return {};
  if (wrong.updates_in_turn) {
    return "Levenberg–Marquardt solves for all layers at once: nothing is updated in turn.";
  }
  const bool has_hidden = settings.model.architecture.layers() > 1;
  const bool in_jacobian =
      wrong.pull_back != right.pull_back || wrong.through_activation != right.through_activation;
  if (has_hidden && in_jacobian) return {};
  return "Levenberg–Marquardt makes its step of J and not of this gradient: it trains as it "
         "should.";
}

const Operations& operations_of(const Mistake* mistake) {
  return mistake == nullptr ? textbook_operations() : mistake->operations;
}

}  // namespace deltascope
