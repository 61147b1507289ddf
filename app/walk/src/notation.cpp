#include <deltascope/walk/notation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace deltascope::walk {
namespace {

constexpr std::array rows{
    Notation{.name = "higham",
             .label = "Higham & Higham",
             .source = "C. F. Higham and D. J. Higham, Deep Learning: An Introduction for Applied "
                       "Mathematicians, SIAM Review 61 (2019)",
             .first_activation = 1,
             .first_weights = 2,
             .layer_fence = "[]",
             .sample_fence = "{}",
             .activation = "σ",
             .pulled_product = "∘",
             .learning_rate = "η",
             .samples = "N",
             .loss = "C",
             .cost = "Cost",
             .loss_names_sample = true,
             .loss_names_arguments = false,
             .capitals_for_batch = false,
             .capital_entries = false,
             .delta_is_dz = false,
             .gradient_is_nabla = false,
             .l2_over_samples = false},
    Notation{.name = "ng",
             .label = "Andrew Ng",
             .source = "A. Ng, Neural Networks and Deep Learning (course)",
             .first_activation = 0,
             .first_weights = 1,
             .layer_fence = "[]",
             .sample_fence = "()",
             .activation = "g",
             .pulled_product = "*",
             .learning_rate = "α",
             .samples = "m",
             .loss = "L",
             .cost = "J",
             .loss_names_sample = false,
             .loss_names_arguments = false,
             .capitals_for_batch = true,
             .capital_entries = false,
             .delta_is_dz = true,
             .gradient_is_nabla = false,
             .l2_over_samples = true},
    Notation{.name = "zhujian",
             .label = "zhujian (TestNet)",
             .source = "zhujian, notes on the network computed by hand, TestNet",
             .first_activation = 0,
             .first_weights = 1,
             .layer_fence = "()",
             .sample_fence = "()",
             .activation = "g",
             .pulled_product = "⊙",
             .learning_rate = "α",
             .samples = "m",
             .loss = "J",
             .cost = "J",
             .loss_names_sample = true,
             .loss_names_arguments = false,
             .capitals_for_batch = false,
             .capital_entries = true,
             .delta_is_dz = false,
             .gradient_is_nabla = false,
             .l2_over_samples = false},
    Notation{.name = "ufldl",
             .label = "UFLDL",
             .source = "UFLDL tutorial, Stanford: Multi-Layer Neural Networks",
             .first_activation = 1,
             .first_weights = 1,
             .layer_fence = "()",
             .sample_fence = "()",
             .activation = "f",
             .pulled_product = "•",
             .learning_rate = "α",
             .samples = "m",
             .loss = "J",
             .cost = "J",
             .loss_names_sample = false,
             .loss_names_arguments = true,
             .capitals_for_batch = false,
             .capital_entries = true,
             .delta_is_dz = false,
             .gradient_is_nabla = true,
             .l2_over_samples = false},
};

constexpr std::array of_weights{Kind::W,   Kind::dW_data, Kind::dW,   Kind::W_m,
                                Kind::W_v, Kind::W_after, Kind::edge, Kind::b,
                                Kind::db,  Kind::b_m,     Kind::b_v,  Kind::b_after};

}  // namespace

std::span<const Notation> notations() {
  return rows;
}

const Notation* find_notation(std::string_view name) {
  const auto* const found =
      std::find_if(rows.begin(), rows.end(), [&](const Notation& row) { return row.name == name; });
  return found == rows.end() ? nullptr : found;
}

Index layer_number(const Notation& notation, const Quantity& quantity) {
  const bool counts_as_weights =
      std::find(of_weights.begin(), of_weights.end(), quantity.kind) != of_weights.end();
  return quantity.layer +
         (counts_as_weights ? notation.first_weights : notation.first_activation + 1);
}

Formula sample_name(const Notation& notation, std::string_view letter, Index sample) {
  return scripts(symbol(letter, Face::bold), {},
                 fenced(notation.sample_fence, number(fmt::format("{}", sample))));
}

Formula activation_letter(const Notation& notation, bool slope) {
  const Formula letter = symbol(notation.activation);
  return slope ? scripts(letter, {}, word("′")) : letter;
}

std::string_view delta_letter(const Notation& notation) {
  return notation.delta_is_dz ? "dz" : "δ";
}

Formula elementwise_product(const Notation& notation) {
  return operation(notation.pulled_product);
}

std::string label_of(const Quantity& quantity, const Notation& notation, const Letters& letters) {
  return to_script(name_of(quantity, notation, letters));
}

}  // namespace deltascope::walk
