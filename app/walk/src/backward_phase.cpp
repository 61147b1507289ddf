// δ of the output layer, and of every layer before it.
#include "activation_formula.hpp"
#include "loss_formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace deltascope::walk {
namespace {

Part slope(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Activation& g = walk.net().activation(layer);
  const ActivationFormula& written = activation_formula(g.name);
  const Quantity z{Kind::z, layer}, a{Kind::a, layer}, slopes{Kind::slope, layer};
  stage.about =
      fmt::format("The slope of {} at each {}: how much the activation answers to a small change.",
                  g.label, walk.label(Kind::z, layer));
  stage.rule = row({walk.slope_of(walk.name(z, {.row = "j"})), relation("="),
                    written.slope(walk.name(z, {.row = "j"}), walk.name(a, {.row = "j"}))});
  stage.numbers = row({walk.slope_of(walk.matrix(z)), relation("="), walk.matrix(slopes)});
  stage.result = walk.shown(Kind::slope, layer);
  stage.lit = {walk.shown(Kind::z, layer), walk.shown(Kind::a, layer), stage.result};
  stage.curve_of_layer = layer;
  stage.tangent = true;
  part.example = [&walk, &written, layer](Index row_given, Index col) {
    const Index column = walk.column(col);
    const Quantity z_of_one{Kind::z, layer, row_given, column};
    const Quantity a_of_one{Kind::a, layer, row_given, column};
    Example example;
    example.of = {Kind::slope, layer, row_given, column};
    example.name = walk.entry_name(example.of);
    example.rule = written.slope(walk.entry_name(z_of_one), walk.entry_name(a_of_one));
    example.result = walk.value(example.of);
    example.numbers = {written.work_slope(walk.operand(z_of_one), walk.operand(a_of_one))};
    return example;
  };
  return part;
}

/// (W)ᵀδ = ∂C_x/∂a: one quantity under both of its names.
Formula pulled_names(const Walk& walk, Index layer) {
  return row({transposed(walk.name({Kind::W, layer + 1})), walk.name({Kind::delta, layer + 1}),
              relation("="), walk.name({Kind::pulled, layer})});
}

Formula pulled_matrix(const Walk& walk, Index layer) {
  const Quantity pulled{Kind::pulled, layer};
  return walk.matrix(pulled, pulled_names(walk, layer));
}

/// ∂C_x/∂a ∘ g′(z), where what comes first is a − y or Wᵀδ. `divided` by N already or not yet.
Part times_slope(const Walk& walk, Index layer, Kind sensitivity, bool divided) {
  Part part;
  Stage& stage = part.stage;
  const double divisor =
      walk.mean_in_delta() && !divided ? static_cast<double>(walk.batch_size()) : 1.0;
  const Quantity delta{Kind::delta, layer}, before{sensitivity, layer}, slopes{Kind::slope, layer};
  stage.about = fmt::format("Entry by entry times the slope: {}.", walk.label(Kind::delta, layer));
  if (divisor != 1.0) stage.about = "Entry by entry times the slope, for each sample on its own.";
  const auto first = [](const Quantity& quantity, Formula name) {
    return quantity.kind == Kind::residual ? fenced("()", std::move(name)) : std::move(name);
  };
  const Formula product = row({first(before, walk.name(before)), walk.pulled_product(),
                               walk.slope_of(walk.name({Kind::z, layer}))});
  stage.rule = divisor == 1.0 ? row({walk.name(delta), relation("="), product}) : product;
  stage.numbers =
      row({sensitivity == Kind::pulled ? pulled_matrix(walk, layer) : walk.matrix(before),
           walk.pulled_product(), walk.matrix(slopes), relation("="),
           walk.matrix(delta, divisor == 1.0 ? walk.name(delta) : Formula{},
                       [&walk, layer, divisor](Index row_given, Index column) {
                         return divisor * walk.value({Kind::delta, layer, row_given, column});
                       })});
  stage.result = walk.shown(Kind::delta, layer);
  stage.lit = {walk.shown(sensitivity, layer), walk.shown(Kind::slope, layer), stage.result};
  stage.curve_of_layer = layer;
  stage.tangent = true;
  part.example = [&walk, layer, sensitivity, divisor, first](Index row_given, Index col) {
    const Index column = walk.column(col);
    const Quantity factor{sensitivity, layer, row_given, column};
    const Quantity slope_of_one{Kind::slope, layer, row_given, column};
    const Quantity a{Kind::a, layer, row_given, column}, z{Kind::z, layer, row_given, column};
    const Quantity y{Kind::y, layer, row_given, column};
    Example example;
    example.of = {Kind::delta, layer, row_given, column};
    if (divisor == 1.0) example.name = walk.entry_name(example.of);
    const Formula name = sensitivity == Kind::residual
                             ? row({walk.entry_name(a), operation("−"), walk.entry_name(y)})
                             : walk.entry_name(factor);
    const ActivationFormula& g = activation_formula(walk.net().activation(layer).name);
    example.rule = row({first(factor, name), operation("·"), walk.entry_name(slope_of_one)});
    example.result = divisor * walk.value(example.of);
    const Arithmetic sensitivity_of_one =
        sensitivity == Kind::residual ? walk.operand(a) - walk.operand(y) : walk.operand(factor);
    example.numbers = {sensitivity_of_one * g.work_slope(walk.operand(z), walk.operand(a))};
    return example;
  };
  return part;
}

/// ∂C_x/∂z before it is divided by N.
Formula delta_matrix(const Walk& walk, Formula undivided_name) {
  const Quantity delta{Kind::delta, walk.last_layer()};
  if (!walk.mean_in_delta()) return walk.matrix(delta);
  return walk.matrix(delta, std::move(undivided_name), [&walk, delta](Index row, Index column) {
    return static_cast<double>(walk.batch_size()) * walk.value(delta.at(row, column));
  });
}

/// So near to 0 or 1 that a calculator has no digits left of 1 − a.
bool is_saturated(const Walk& walk) {
  constexpr double nearest = 1e-8;
  for (Index shown = 0; shown < walk.columns(); ++shown) {
    for (const Arithmetic& a : walk.operands(Kind::a, walk.last_layer(), walk.column(shown))) {
      if (std::min(a.value, 1.0 - a.value) < nearest) return true;
    }
  }
  return false;
}

/// δ_j =, or ∂C_x/∂z_j = where δ is the mean's.
Formula delta_or_derivative(const Walk& walk, Formula delta_j, Formula z_j) {
  if (!walk.mean_in_delta()) return delta_j;
  return fraction(row({symbol("∂"), walk.name(Kind::loss)}), row({symbol("∂"), std::move(z_j)}));
}

OutputNames output_names(const Walk& walk) {
  const auto named = [&walk](Kind kind, std::string_view index) {
    return walk.name({kind, walk.last_layer()}, {.row = index});
  };
  return {symbol("j"), named(Kind::y, "j"), named(Kind::a, "j"), named(Kind::y, "k"),
          named(Kind::a, "k")};
}

OutputNames output_names(const Walk& walk, Index row_given, Index column) {
  const Index last = walk.last_layer();
  return {number(fmt::format("{}", row_given + 1)),
          walk.entry_name({Kind::y, last, row_given, column}),
          walk.entry_name({Kind::a, last, row_given, column}),
          walk.letter_name({Kind::y, last, every, column}, "k"),
          walk.letter_name({Kind::a, last, every, column}, "k")};
}

Part cancellation(const Walk& walk, const LossFormula& loss) {
  Part part;
  Stage& stage = part.stage;
  const Index last = walk.last_layer();
  const Formula left = delta_or_derivative(walk, walk.name({Kind::delta, last}, {.row = "j"}),
                                           walk.name({Kind::z, last}, {.row = "j"}));
  stage.about = loss.cancels;
  stage.rule = row({left, relation("="), loss.chain_rule(walk)});
  stage.numbers =
      row({left, relation("="), loss.cancelling(output_names(walk)), comma(), space(0.5F),
           delta_matrix(walk, delta_or_derivative(walk, {}, walk.name({Kind::z, last})))});
  stage.lit = {walk.shown(Kind::a, last), walk.shown(Kind::y, last)};
  if (is_saturated(walk)) {
    stage.about += fmt::format(
        " Here an output is saturated: its slope is almost 0, but where it is wrong, {} is not.",
        walk.label(Kind::delta, last));
    return part;
  }
  stage.result = walk.shown(Kind::delta, last);
  part.example = [&walk, &loss, last](Index row_given, Index col) {
    const Index column = walk.column(col);
    Example example;
    example.of = {Kind::delta, last, row_given, column};
    example.name = delta_or_derivative(walk, walk.entry_name(example.of),
                                       walk.entry_name({Kind::z, last, row_given, column}));
    example.rule = loss.uncancelled(output_names(walk, row_given, column));
    example.result = walk.trace().delta[static_cast<std::size_t>(last)](row_given, column);
    example.numbers = {loss.work_uncancelled(walk, row_given, column)};
    return example;
  };
  return part;
}

Part cancelled(const Walk& walk, const LossFormula& loss) {
  Part part;
  Stage& stage = part.stage;
  const Index last = walk.last_layer();
  const double divisor = walk.mean_in_delta() ? static_cast<double>(walk.batch_size()) : 1.0;
  const Quantity delta{Kind::delta, last}, a{Kind::a, last}, y{Kind::y, last};
  const Formula rest = row({walk.name(a), operation("−"), walk.name(y)});
  const auto left = [&] {
    return divisor == 1.0 ? row({walk.name(delta), relation("=")}) : Formula{};
  };
  stage.about = fmt::format("What is left is the outputs minus the targets{}.",
                            divisor == 1.0 ? ": " + walk.label(Kind::delta, last) : "");
  stage.rule = row({left(), rest});
  stage.numbers = row(
      {walk.matrix(a), operation("−"), walk.matrix(y), relation("="), delta_matrix(walk, rest)});
  stage.result = walk.shown(Kind::delta, last);
  stage.lit = {walk.shown(Kind::a, last), walk.shown(Kind::y, last), stage.result};
  part.example = [&walk, &loss, last, divisor](Index row_given, Index col) {
    const Index column = walk.column(col);
    Example example;
    example.of = {Kind::delta, last, row_given, column};
    if (divisor == 1.0) example.name = walk.entry_name(example.of);
    example.rule = row({walk.entry_name({Kind::a, last, row_given, column}), operation("−"),
                        walk.entry_name({Kind::y, last, row_given, column})});
    example.result = divisor * walk.value(example.of);
    example.numbers = {loss.work_delta(walk, row_given, column)};
    return example;
  };
  return part;
}

Part divided(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  const Index last = walk.last_layer();
  const Quantity delta{Kind::delta, last};
  const Formula samples = walk.name(Kind::samples);
  stage.about = fmt::format(
      "Divided by {} once, here: all that follows is then of the mean already.", walk.batch_size());
  stage.rule =
      row({walk.name(delta), relation("←"), fraction(number("1"), samples), walk.name(delta)});
  const double divisor = static_cast<double>(walk.batch_size());
  stage.numbers =
      row({fraction(number("1"), samples),
           walk.matrix(delta, {},
                       [&](Index row_given, Index column) {
                         return divisor * walk.value({Kind::delta, last, row_given, column});
                       }),
           relation("="), walk.matrix(delta)});
  stage.result = walk.shown(Kind::delta, last);
  stage.lit = {stage.result};
  part.example = [&walk, last, divisor](Index row_given, Index col) {
    Example example;
    example.of = {Kind::delta, last, row_given, walk.column(col)};
    example.name = walk.entry_name(example.of);
    const Formula z = walk.entry_name({Kind::z, last, row_given, walk.column(col)});
    example.rule =
        row({fraction(number("1"), walk.name(Kind::samples)),
             fraction(row({symbol("∂"), walk.name(Kind::loss)}), row({symbol("∂"), z}))});
    example.result = walk.value(example.of);
    example.numbers = {measured(divisor * example.result, example.of) / walk.count()};
    return example;
  };
  return part;
}

Part weights_behind(const Walk& walk, Index layer, bool turned) {
  Part part;
  Stage& stage = part.stage;
  const Quantity W{Kind::W, layer + 1};
  stage.about = turned ? "Turned over: a row for each neuron that sent, a column for each that "
                         "received."
                       : fmt::format(
                             "{} carried this layer's activations forward: a row for each "
                             "receiving neuron.",
                             walk.label(Kind::W, layer + 1));
  stage.rule = walk.name(W);
  stage.numbers = walk.matrix(W);
  if (turned) {
    stage.rule = row({walk.name(W), relation("→"), transposed(walk.name(W))});
    stage.numbers = row({walk.matrix(W), relation("→"), walk.turned_matrix(W)});
  }
  stage.lit = {W};
  return part;
}

Part pulled_back(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Quantity W{Kind::W, layer + 1}, delta{Kind::delta, layer + 1}, pulled{Kind::pulled, layer};
  stage.about = fmt::format(
      "The sensitivities run back along the same edges: each neuron adds up weight times {} over "
      "the "
      "neurons it feeds.",
      walk.label(Kind::delta, layer + 1));
  stage.rule = row({walk.name(pulled), relation("="), transposed(walk.name(W)), walk.name(delta)});
  stage.numbers =
      row({walk.turned_matrix(W), walk.matrix(delta), relation("="), pulled_matrix(walk, layer)});
  stage.result = walk.shown(Kind::pulled, layer);
  stage.lit = {walk.shown(Kind::delta, layer + 1), W, stage.result};
  stage.flow = Flow::backward;
  part.example = [&walk, layer](Index row_given, Index col) {
    const Index column = walk.column(col);
    Example example;
    example.of = {Kind::pulled, layer, row_given, column};
    example.name = walk.entry_name(example.of);
    example.rule = row({sum_over(symbol("k"), {}),
                        walk.name({Kind::W, layer + 1, every, row_given}, {.row = "k"}),
                        walk.letter_name({Kind::delta, layer + 1, every, column}, "k")});
    example.result = walk.value(example.of);
    std::vector<Arithmetic> terms;
    for (Index k = 0; k < walk.net().fan_out(layer + 1); ++k) {
      const Quantity w{Kind::W, layer + 1, k, row_given};
      terms.push_back(walk.operand(w) * walk.operand({Kind::delta, layer + 1, k, column}));
      example.terms.push_back(w);
    }
    example.numbers = {sum_in_turn(std::move(terms))};
    return example;
  };
  return part;
}

std::string sensitivity(const Walk& walk, Index layer) {
  return fmt::format(
      "{} says how much the loss of a sample changes with {}: a sensitivity, not the mistake "
      "itself.",
      walk.label(Kind::delta, layer), walk.label(Kind::z, layer));
}

}  // namespace

Chapter output_delta_chapter(const Walk& walk, Index layer) {
  Chapter chapter;
  const LossFormula& loss = loss_formula(walk.step().model().loss->name);
  const Quantity delta{Kind::delta, layer};
  chapter.title = fmt::format("Backward: {}", walk.label(Kind::delta, layer));
  chapter.about = sensitivity(walk, layer);
  const Formula difference =
      row({walk.name({Kind::a, layer}), operation("−"), walk.name({Kind::y, layer})});
  std::vector<Formula> rule{walk.name(delta), relation("=")};
  if (walk.mean_in_delta()) rule.push_back(fraction(number("1"), walk.name(Kind::samples)));
  if (loss.chain_rule != nullptr) {
    chapter.parts = {cancellation(walk, loss), cancelled(walk, loss)};
    rule.push_back(walk.mean_in_delta() ? fenced("()", difference) : difference);
  } else {
    chapter.parts = {slope(walk, layer), times_slope(walk, layer, Kind::residual, false)};
    rule.insert(rule.end(), {fenced("()", difference), walk.pulled_product(),
                             walk.slope_of(walk.name({Kind::z, layer}))});
  }
  if (walk.mean_in_delta()) chapter.parts.push_back(divided(walk));
  chapter.rule = row(std::move(rule));
  return chapter;
}

Chapter hidden_delta_chapter(const Walk& walk, Index layer) {
  Chapter chapter;
  chapter.title = fmt::format("Backward: {}", walk.label(Kind::delta, layer));
  chapter.about =
      fmt::format("{} comes from {} behind it: back through the weights, then through the slope.",
                  walk.label(Kind::delta, layer), walk.label(Kind::delta, layer + 1));
  chapter.rule = row({walk.name({Kind::delta, layer}), relation("="),
                      fenced("()", row({transposed(walk.name({Kind::W, layer + 1})),
                                        walk.name({Kind::delta, layer + 1})})),
                      walk.pulled_product(), walk.slope_of(walk.name({Kind::z, layer}))});
  chapter.parts = {weights_behind(walk, layer, false), weights_behind(walk, layer, true),
                   pulled_back(walk, layer), slope(walk, layer),
                   times_slope(walk, layer, Kind::pulled, true)};
  return chapter;
}

}  // namespace deltascope::walk
