#pragma once

#include <deltascope/walk/formula.hpp>
#include <deltascope/walk/quantity.hpp>

#include <span>
#include <string>
#include <string_view>

namespace deltascope::walk {

/// One row: how a text writes what the program computes. It renames and renumbers; it changes no
/// number.
struct Notation {
  std::string_view name;    ///< in documents and on the command line
  std::string_view label;   ///< on screen
  std::string_view source;  ///< the text it is taken from

  Index first_activation;           ///< number of the input layer: a^[1] = x, or a^[0] = x
  Index first_weights;              ///< number of the first W and b
  std::string_view layer_fence;     ///< "[]" or "()": around a layer's number
  std::string_view sample_fence;    ///< "{}" or "()": around a sample's number
  std::string_view activation;      ///< the letter of g: σ, g, f
  std::string_view pulled_product;  ///< the product entry by entry: ∘ ⊙ * •
  std::string_view learning_rate;   ///< η or α
  std::string_view samples;         ///< N or m
  std::string_view loss;            ///< of one sample: C, L, J
  std::string_view cost;            ///< the mean: Cost, J
  bool loss_names_sample;           ///< the loss is written C_x, not L
  bool loss_names_arguments;        ///< the loss is written J(W, b; x, y)
  bool capitals_for_batch;          ///< Z, A, dZ for a matrix whose columns are samples
  bool capital_entries;             ///< an entry of W is written W_12, not w_12
  bool delta_is_dz;                 ///< δ is written dz, ∂C/∂W dW
  bool gradient_is_nabla;           ///< ∂J/∂W as a whole is written ∇_W J
  bool l2_over_samples;             ///< λ is written as mλ: λ/(2m) ‖W‖²
};

std::span<const Notation> notations();  ///< the first one is that of Higham & Higham
const Notation* find_notation(std::string_view name);

/// What a formula says instead of a number: z_j, w_jk, x^(i). Empty: the number of the Quantity.
struct Letters {
  std::string_view row = {}, col = {}, sample = {}, layer = {};
  bool batch = false;  ///< the columns are a batch's samples
};

/// The number under which a text knows the layer of a quantity. Weights and biases count from
/// `first_weights`, what neurons hold from `first_activation`: UFLDL's W^(1) makes z^(2).
Index layer_number(const Notation& notation, const Quantity& quantity);

/// The symbol of a quantity: bold δ^[2] for the whole, δ_1^[2] or w_12^[2] for an entry; marked
/// with it. A column of the trace is left out, and `letters.sample` named if given: a walk is about
/// one sample. The gradient without λW is that of the cost without its L2 term, written Cost_0.
/// What a step leads to is W^[2] new.
Formula name_of(const Quantity& quantity, const Notation& notation, const Letters& letters = {});
/// x^{3}, x^(3): sample `number`, counted from 1.
Formula sample_name(const Notation& notation, std::string_view letter, Index number);
/// σ′, g′, f′.
Formula activation_letter(const Notation& notation, bool slope);
/// The bare letter of ∂C_x/∂z, without a layer: δ or dz.
std::string_view delta_letter(const Notation& notation);
/// ∘, ⊙, *, •.
Formula elementwise_product(const Notation& notation);

/// to_script(name_of(…)), for labels inside other pictures.
std::string label_of(const Quantity& quantity, const Notation& notation,
                     const Letters& letters = {});

}  // namespace deltascope::walk
