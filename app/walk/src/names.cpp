#include <deltascope/walk/notation.hpp>

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace deltascope::walk {
namespace {

/// What is to be named, and how.
struct Asked {
  const Quantity& of;
  const Notation& notation;
  const Letters& letters;

  bool names_row() const { return of.row != every || !letters.row.empty(); }
  bool names_col() const { return of.col != every || !letters.col.empty(); }
};

Formula index(std::string_view letter, Index from_zero) {
  return letter.empty() ? number(fmt::format("{}", from_zero + 1)) : symbol(letter);
}

Formula row_index(const Asked& asked) {
  return asked.names_row() ? index(asked.letters.row, asked.of.row) : Formula{};
}

/// 12, jk; 10,2 where 102 could be read in two ways; 1,: for a whole row.
Formula row_and_column(const Asked& asked) {
  if (!asked.names_row() && !asked.names_col()) return {};
  const auto one = [](bool named, std::string_view letter, Index from_zero) {
    return named ? index(letter, from_zero) : word(":");
  };
  const Index last_digit = 8;
  const bool apart = asked.names_row() != asked.names_col() || asked.of.row > last_digit ||
                     asked.of.col > last_digit;
  std::vector<Formula> parts{one(asked.names_row(), asked.letters.row, asked.of.row)};
  if (apart) parts.push_back(word(","));
  parts.push_back(one(asked.names_col(), asked.letters.col, asked.of.col));
  return row(std::move(parts));
}

Formula layer_index(const Asked& asked) {
  return index(asked.letters.layer, layer_number(asked.notation, asked.of) - 1);
}

Formula layer_above(const Asked& asked) {
  return fenced(asked.notation.layer_fence, layer_index(asked));
}

Formula sample_above(const Asked& asked) {
  if (asked.letters.sample.empty()) return {};
  return fenced(asked.notation.sample_fence, symbol(asked.letters.sample));
}

/// A capital for the columns of a batch, bold for one whole column, light for one entry.
Formula neuron_letter(const Asked& asked, std::string_view letter, std::string_view capital) {
  if (asked.names_row()) return symbol(letter);
  const bool is_matrix = asked.letters.batch && asked.notation.capitals_for_batch;
  return symbol(is_matrix ? capital : letter, Face::bold);
}

Formula of_neurons(const Asked& asked, Formula letter) {
  return scripts(std::move(letter), row_index(asked),
                 row({layer_above(asked), sample_above(asked)}));
}

Formula z_of(const Asked& asked) {
  return of_neurons(asked, neuron_letter(asked, "z", "Z"));
}

Formula a_of(const Asked& asked) {
  return of_neurons(asked, neuron_letter(asked, "a", "A"));
}

Formula y_of(const Asked& asked) {
  return scripts(neuron_letter(asked, "y", "Y"), row_index(asked), sample_above(asked));
}

Formula delta_of(const Asked& asked) {
  if (asked.notation.delta_is_dz) {
    return of_neurons(asked, row({symbol("d"), neuron_letter(asked, "z", "Z")}));
  }
  return of_neurons(asked, symbol("δ", asked.names_row() ? Face::italic : Face::bold_italic));
}

Formula slope_of(const Asked& asked) {
  return row({activation_letter(asked.notation, true), fenced("()", z_of(asked))});
}

Formula neuron_of(const Asked& asked) {
  const Formula of_layer = row({word("layer"), space(0.25F), layer_index(asked)});
  if (!asked.names_row()) return of_layer;
  return row({word("neuron"), space(0.25F), row_index(asked), comma(), of_layer});
}

Formula weight_of(const Asked& asked, Formula addition = {}) {
  const bool whole = !asked.names_row() || !asked.names_col();
  const std::string_view entry = asked.notation.capital_entries ? "W" : "w";
  return scripts(whole ? symbol("W", Face::bold) : symbol(entry), row_and_column(asked),
                 row({layer_above(asked), std::move(addition)}));
}

Formula bias_of(const Asked& asked, Formula addition = {}) {
  return scripts(symbol("b", asked.names_row() ? Face::italic : Face::bold), row_index(asked),
                 row({layer_above(asked), std::move(addition)}));
}

Formula after_the_step() {
  return row({space(0.2F), word("new")});
}

/// What the optimizer remembers of W or b: the parameter's own name below it, so that nothing is
/// in the way of a hat.
Formula moment_of(std::string_view letter, Formula parameter) {
  const Face face = parameter.parts.front().face == Face::bold ? Face::bold : Face::italic;
  return scripts(symbol(letter, face), std::move(parameter), {});
}

Formula cost_letter(const Notation& notation) {
  return notation.cost.size() > 1 ? word(notation.cost) : symbol(notation.cost);
}

Formula semicolon() {
  Formula sign = comma();
  sign.text = ";";
  return sign;
}

Formula loss_of(const Asked& asked) {
  const Formula letter = symbol(asked.notation.loss);
  if (asked.notation.loss_names_arguments) {
    const auto of_sample = [&](std::string_view name) {
      return scripts(symbol(name, Face::bold), {}, sample_above(asked));
    };
    const Formula parameters =
        row({symbol("W", Face::bold), comma(), symbol("b", Face::bold), semicolon()});
    return row({letter, fenced("()", row({parameters, of_sample("x"), comma(), of_sample("y")}))});
  }
  if (!asked.notation.loss_names_sample) return scripts(letter, {}, sample_above(asked));
  const Formula sample = symbol("x", Face::bold);
  if (asked.letters.sample.empty()) return scripts(letter, sample, {});
  return scripts(letter, scripts(sample, {}, sample_above(asked)), {});
}

Formula derivative(Formula of_what, Formula by) {
  return fraction(row({symbol("∂"), std::move(of_what)}), row({symbol("∂"), std::move(by)}));
}

Formula pulled_of(const Asked& asked) {
  if (asked.notation.delta_is_dz) {
    return of_neurons(asked, row({symbol("d"), neuron_letter(asked, "a", "A")}));
  }
  return derivative(loss_of(asked), a_of(asked));
}

/// By W or b: dW, ∇_W J or ∂Cost/∂W; entries have no ∇.
Formula gradient_of(const Asked& asked, Formula cost, Formula by, bool whole) {
  if (asked.notation.gradient_is_nabla && whole) {
    return row({scripts(symbol("∇", Face::upright), std::move(by), {}), std::move(cost)});
  }
  return derivative(std::move(cost), std::move(by));
}

Formula dW_of(const Asked& asked) {
  Formula weight = weight_of(asked);
  if (asked.notation.delta_is_dz) {
    weight.parts[0] = row({symbol("d"), weight.parts[0]});
    return weight;
  }
  return gradient_of(asked, cost_letter(asked.notation), std::move(weight),
                     !asked.names_row() && !asked.names_col());
}

Formula dW_data_of(const Asked& asked) {
  const Formula cost_of_data = scripts(cost_letter(asked.notation), number("0"), {});
  return gradient_of(asked, cost_of_data, weight_of(asked),
                     !asked.names_row() && !asked.names_col());
}

Formula db_of(const Asked& asked) {
  Formula bias = bias_of(asked);
  if (asked.notation.delta_is_dz) {
    bias.parts[0] = row({symbol("d"), bias.parts[0]});
    return bias;
  }
  return gradient_of(asked, cost_letter(asked.notation), std::move(bias), !asked.names_row());
}

Formula l2_of(const Asked& asked) {
  if (!asked.notation.l2_over_samples) return symbol("λ");
  return fraction(symbol("λ"), symbol(asked.notation.samples));
}

/// A vector or matrix of all parameters or samples.
Formula whole_problem(const Asked& asked, std::string_view letter) {
  const bool is_entry = asked.names_row() || asked.names_col();
  return scripts(symbol(letter, is_entry ? Face::italic : Face::bold),
                 asked.names_col() ? row_and_column(asked) : row_index(asked), {});
}

Formula write(const Asked& asked) {
  switch (asked.of.kind) {
    case Kind::none:
      return {};
    case Kind::a:
      return a_of(asked);
    case Kind::y:
      return y_of(asked);
    case Kind::z:
      return z_of(asked);
    case Kind::residual:
      return row({a_of(asked), operation("−"), y_of(asked)});
    case Kind::slope:
      return slope_of(asked);
    case Kind::pulled:
      return pulled_of(asked);
    case Kind::delta:
      return delta_of(asked);
    case Kind::neuron:
      return neuron_of(asked);
    case Kind::W:
    case Kind::edge:
      return weight_of(asked);
    case Kind::dW_data:
      return dW_data_of(asked);
    case Kind::dW:
      return dW_of(asked);
    case Kind::W_m:
      return moment_of("m", weight_of(asked));
    case Kind::W_v:
      return moment_of("v", weight_of(asked));
    case Kind::W_after:
      return weight_of(asked, after_the_step());
    case Kind::b:
      return bias_of(asked);
    case Kind::db:
      return db_of(asked);
    case Kind::b_m:
      return moment_of("m", bias_of(asked));
    case Kind::b_v:
      return moment_of("v", bias_of(asked));
    case Kind::b_after:
      return bias_of(asked, after_the_step());
    case Kind::loss:
      return loss_of(asked);
    case Kind::cost:
      return cost_letter(asked.notation);
    case Kind::samples:
      return symbol(asked.notation.samples);
    case Kind::learning_rate:
      return symbol(asked.notation.learning_rate);
    case Kind::l2:
      return l2_of(asked);
    case Kind::damping:
      return symbol("μ");
    case Kind::least_squares_residual:
      return whole_problem(asked, "r");
    case Kind::jacobian:
      return whole_problem(asked, "J");
    case Kind::step:
      return row({symbol("Δ", Face::upright), whole_problem(asked, "p")});
  }
  return {};
}

}  // namespace

Formula name_of(const Quantity& quantity, const Notation& notation, const Letters& letters) {
  return marked(write({quantity, notation, letters}), quantity);
}

}  // namespace deltascope::walk
