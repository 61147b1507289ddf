// From the batch to its cost: which samples, z and a layer by layer, C_x and their mean.
#include "activation_formula.hpp"
#include "decimal.hpp"
#include "loss_formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace deltascope::walk {
namespace {

std::string points_text(const Walk& walk) {
  // More would not fit into a sentence.
  constexpr Index most = 12;
  std::string text;
  for (Index i = 0; i < std::min(walk.traced(), most); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", walk.point(i));
  const Index rest = walk.batch_size() - std::min(walk.traced(), most);
  return rest == 0 ? text : fmt::format("{} and {} more", text, rest);
}

Formula times_ones(const Walk& walk) {
  return walk.whole_batch() ? transposed(symbol("1", Face::bold)) : Formula{};
}

Part weighted_inputs(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Quantity z{Kind::z, layer}, W{Kind::W, layer}, a{Kind::a, layer - 1}, b{Kind::b, layer};
  stage.about = fmt::format(
      "Each neuron multiplies what arrives along its edges by their weights, adds up and adds its "
      "bias: {}.",
      walk.label(Kind::z, layer));
  stage.rule = row({walk.name(z), relation("="), walk.name(W), walk.name(a), operation("+"),
                    walk.name(b), times_ones(walk)});
  stage.numbers = row({walk.matrix(W), walk.matrix(a), operation("+"), walk.matrix(b),
                       times_ones(walk), relation("="), walk.matrix(z)});
  stage.result = walk.shown(Kind::z, layer);
  stage.lit = {W, walk.shown(Kind::a, layer - 1), b, stage.result};
  stage.flow = Flow::forward;
  part.example = [&walk, layer](Index row_given, Index col) {
    const Index column = walk.column(col);
    Example example;
    example.of = {Kind::z, layer, row_given, column};
    example.name = walk.entry_name(example.of);
    example.result = walk.value(example.of);
    const Quantity bias{Kind::b, layer, row_given};
    example.rule =
        row({sum_over(symbol("k"), {}), walk.name({Kind::W, layer, row_given, every}, {.col = "k"}),
             walk.letter_name({Kind::a, layer - 1, every, column}, "k"), operation("+"),
             walk.entry_name(bias)});
    std::vector<Arithmetic> terms;
    for (Index k = 0; k < walk.net().fan_in(layer); ++k) {
      const Quantity w{Kind::W, layer, row_given, k};
      terms.push_back(walk.operand(w) * walk.operand({Kind::a, layer - 1, k, column}));
      example.terms.push_back(w);
    }
    terms.push_back(walk.operand(bias));
    example.terms.push_back(bias);
    example.numbers = {sum_in_turn(std::move(terms))};
    return example;
  };
  return part;
}

Part activation(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Activation& g = walk.net().activation(layer);
  const ActivationFormula& written = activation_formula(g.name);
  const Quantity z{Kind::z, layer}, a{Kind::a, layer};
  const bool couples = g.value == nullptr;
  const Formula function = couples ? word("softmax") : activation_letter(walk.notation(), false);
  stage.rule = row({walk.name(a), relation("="), function, fenced("()", walk.name(z)), comma(),
                    space(1.0F), walk.name(a, {.row = "j"}), relation("="),
                    written.value(walk.name(z, {.row = "j"}), walk.name(z, {.row = "k"}))});
  stage.numbers = row({function, fenced("()", walk.matrix(z)), relation("="), walk.matrix(a)});
  stage.result = walk.shown(Kind::a, layer);
  stage.lit = {walk.shown(Kind::z, layer), stage.result};
  if (!couples) stage.curve_of_layer = layer;
  stage.about =
      couples ? fmt::format(
                    "The activation ({}) divides each e^z by the sum of them all: {} is positive "
                    "and adds "
                    "up to 1.",
                    g.label, walk.label(Kind::a, layer))
              : fmt::format(
                    "The activation ({}) turns {} into {}: one dot on its curve for each neuron.",
                    g.label, walk.label(Kind::z, layer), walk.label(Kind::a, layer));
  part.example = [&walk, &written, layer, couples](Index row_given, Index col) {
    const Index column = walk.column(col);
    Example example;
    example.of = {Kind::a, layer, row_given, column};
    example.name = walk.entry_name(example.of);
    example.result = walk.value(example.of);
    const Quantity own{Kind::z, layer, row_given, column};
    example.rule =
        written.value(walk.entry_name(own), walk.letter_name(own.at(every, column), "k"));
    if (couples) {
      const std::vector<Arithmetic> z_of_all = walk.operands(Kind::z, layer, column);
      example.numbers = {written.work_value(z_of_all, static_cast<std::size_t>(row_given))};
    } else {
      const Arithmetic z_of_one = walk.operand(own);
      example.numbers = {written.work_value({&z_of_one, 1}, 0)};
    }
    return example;
  };
  return part;
}

Part residual(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  const Index last = walk.last_layer();
  const Quantity a{Kind::a, last}, y{Kind::y, last}, r{Kind::residual, last};
  stage.about = "How far each output is from its target.";
  stage.rule = row({walk.name(a), operation("−"), walk.name(y)});
  stage.numbers = row(
      {walk.matrix(a), operation("−"), walk.matrix(y), relation("="), walk.matrix(r, stage.rule)});
  stage.result = walk.shown(Kind::residual, last);
  stage.lit = {walk.shown(Kind::a, last), walk.shown(Kind::y, last), stage.result};
  part.example = [&walk, last](Index row_given, Index col) {
    const Quantity output{Kind::a, last, row_given, walk.column(col)};
    const Quantity target{Kind::y, last, row_given, walk.column(col)};
    Example example;
    example.of = {Kind::residual, last, row_given, walk.column(col)};
    example.rule = row({walk.entry_name(output), operation("−"), walk.entry_name(target)});
    example.result = walk.value(example.of);
    example.numbers = {walk.operand(output) - walk.operand(target)};
    return example;
  };
  return part;
}

Part sample_loss(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  const LossFormula& written = loss_formula(walk.step().model().loss->name);
  stage.about = "One number says how wrong the outputs are for this sample.";
  if (walk.whole_batch())
    stage.about = "One number for each sample says how wrong its outputs are.";
  stage.rule = row({walk.name(Kind::loss), relation("="), written.loss(walk)});
  stage.numbers = walk.matrix({Kind::loss});
  stage.result = walk.shown(Kind::loss, 0);
  stage.lit = {stage.result, walk.shown(Kind::a, walk.last_layer()),
               walk.shown(Kind::y, walk.last_layer())};
  part.example = [&walk, &written](Index, Index col) {
    const Index last = walk.last_layer(), column = walk.column(col);
    Example example;
    example.of = {Kind::loss, 0, every, column};
    example.name = walk.entry_name(example.of);
    example.rule = written.loss(walk);
    example.result = walk.value(example.of);
    example.numbers = written.work_loss(walk, column);
    for (Index j = 0; j < walk.net().outputs(); ++j)
      example.terms.push_back({Kind::a, last, j, column});
    return example;
  };
  return part;
}

Formula mean_of_losses(const Walk& walk) {
  const Formula samples = walk.name(Kind::samples);
  return row({fraction(number("1"), samples), walk.sum_over_batch(),
              walk.name({Kind::loss}, {.sample = "i"})});
}

Part mean_loss(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  stage.about =
      walk.is_part_of_data()
          ? fmt::format(
                "The cost of the batch: the mean over this batch of {} points, not over all {}.",
                walk.batch_size(), walk.step().data->size())
          : fmt::format("The cost is the mean over all {} points.", walk.batch_size());
  stage.about += written_out_text(walk, 1);
  // With λ the cost has another part: the stage after this one.
  const bool is_cost = walk.step().model().l2 == 0.0;
  const Formula name = is_cost ? walk.name(Kind::cost) : Formula{};
  stage.rule = is_cost ? row({name, relation("="), mean_of_losses(walk)}) : mean_of_losses(walk);
  stage.result = {Kind::cost};
  stage.lit = {{Kind::loss, 0, every, every}, stage.result};
  part.example = [&walk, name](Index, Index) {
    Example example;
    example.of = {Kind::cost};
    example.name = name;
    example.rule = mean_of_losses(walk);
    const auto loss_of = [](Index column) { return Quantity{Kind::loss, 0, every, column}; };
    example.result = walk.trace().data_cost * static_cast<double>(walk.batch_size());
    add_up_samples(
        walk, 1, loss_of, [&](Index column) { return walk.operand(loss_of(column)); }, example);
    example.result = walk.trace().data_cost;
    example.numbers = {example.numbers.front() / walk.count()};
    return example;
  };
  return part;
}

/// The square of every weight of a layer.
std::vector<Arithmetic> squares_of_layer(const Walk& walk, Index layer) {
  std::vector<Arithmetic> squares;
  for (Index r = 0; r < walk.net().fan_out(layer); ++r) {
    for (Index c = 0; c < walk.net().fan_in(layer); ++c)
      squares.push_back(power(walk.operand({Kind::W, layer, r, c}), 2.0));
  }
  return squares;
}

/// ‖W‖² of a layer.
Arithmetic sum_of_squares(const Walk& walk, Index layer) {
  return measured(evaluate(sum(squares_of_layer(walk, layer))), {Kind::W, layer});
}

/// What λ/2 multiplies: every weight's square, or those of many weights layer by layer.
std::vector<Arithmetic> squares_of_weights(const Walk& walk) {
  constexpr std::size_t most = 8;
  std::vector<Arithmetic> of_weights, of_layers;
  for (Index layer = 0; layer < walk.net().layers(); ++layer) {
    std::ranges::move(squares_of_layer(walk, layer), std::back_inserter(of_weights));
    of_layers.push_back(sum_of_squares(walk, layer));
  }
  return of_weights.size() <= most ? of_weights : of_layers;
}

Formula square_of(Formula W) {
  return scripts(fenced("‖‖", std::move(W)), {}, number("2"));
}

/// ‖W‖² of every layer, with its value.
Formula squares_by_layer(const Walk& walk) {
  constexpr int digits = 5;
  std::vector<Formula> formulas;
  for (Index layer = 0; layer < walk.net().layers(); ++layer) {
    const Quantity W{Kind::W, layer};
    if (layer > 0) formulas.insert(formulas.end(), {comma(), space(0.5F)});
    formulas.insert(formulas.end(), {square_of(walk.name(W)), relation("="),
                                     written(sum_of_squares(walk, layer).value, digits, W)});
  }
  formulas.insert(formulas.end(),
                  {comma(), space(0.5F), walk.name(Kind::l2), relation("="),
                   written(walk.step().model().l2, all_digits, Quantity{Kind::l2})});
  return row(std::move(formulas));
}

Part regularized_cost(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  stage.about = "Large weights cost something too; biases do not.";
  const auto rule = [&walk] {
    return row({walk.has_mean() ? mean_of_losses(walk) : walk.name(Kind::loss), operation("+"),
                fraction(walk.name(Kind::l2), number("2")), sum_over(symbol("W", Face::bold), {}),
                square_of(symbol("W", Face::bold))});
  };
  stage.rule = row({walk.name(Kind::cost), relation("="), rule()});
  if (walk.with_numbers()) stage.numbers = squares_by_layer(walk);
  stage.result = {Kind::cost};
  stage.lit = {stage.result};
  for (Index layer = 0; layer < walk.net().layers(); ++layer)
    stage.lit.push_back({Kind::W, layer});
  part.example = [&walk, rule](Index, Index) {
    Example example;
    example.of = {Kind::cost};
    example.name = walk.name(Kind::cost);
    example.rule = rule();
    example.result = walk.trace().cost();
    example.numbers = {measured(walk.trace().data_cost, example.of) +
                       walk.lambda() / exactly(2.0) * sum(squares_of_weights(walk))};
    return example;
  };
  return part;
}

}  // namespace

Chapter batch_chapter(const Walk& walk) {
  Chapter chapter;
  const Index last = walk.last_layer();
  chapter.title = "Batch";
  const Formula x = walk.name({Kind::a, -1}), y = walk.name({Kind::y, last});
  chapter.rule = row({x, comma(), space(0.5F), y});
  Part part;
  Stage& stage = part.stage;
  const bool single = walk.batch_size() == 1;
  const std::string of_all =
      walk.is_part_of_data() ? fmt::format(" of the {}", walk.step().data->size()) : std::string();
  chapter.about = single ? fmt::format("This step learns from one point, number {}.", walk.point(0))
                         : fmt::format("This step learns from {}{} points: {}.", walk.batch_size(),
                                       of_all, points_text(walk));
  stage.about =
      walk.whole_batch()
          ? "Every column is a sample." + walk.others()
          : fmt::format(
                "The walk follows point {}: its coordinates go in, its target is what the "
                "outputs are compared with.",
                walk.point(walk.walked()));
  stage.rule = chapter.rule;
  stage.numbers =
      row({walk.matrix({Kind::a, -1}), comma(), space(0.5F), walk.matrix({Kind::y, last})});
  stage.lit = {walk.shown(Kind::a, -1), walk.shown(Kind::y, last)};
  chapter.parts.push_back(std::move(part));
  return chapter;
}

Chapter forward_chapter(const Walk& walk, Index layer) {
  Chapter chapter;
  const std::string z = walk.label(Kind::z, layer), a = walk.label(Kind::a, layer);
  chapter.title = fmt::format("Forward: {}, {}", z, a);
  chapter.about = fmt::format("Forward through {}: first {}, then {}.",
                              walk.is_output(layer) ? "the output layer" : "a hidden layer", z, a);
  chapter.parts = {weighted_inputs(walk, layer), activation(walk, layer)};
  chapter.rule =
      row({chapter.parts[0].stage.rule, comma(), space(1.0F), chapter.parts[1].stage.rule});
  return chapter;
}

Chapter cost_chapter(const Walk& walk) {
  Chapter chapter;
  const bool is_part = walk.is_part_of_data();
  const bool is_loss = is_part && !walk.has_mean() && walk.step().model().l2 == 0.0;
  chapter.title = is_loss ? "Loss" : is_part ? "Cost of the batch" : "Cost";
  chapter.about =
      "The loss of one sample is what backpropagation differentiates; the cost is its mean.";
  if (is_part && walk.has_mean()) {
    chapter.about += " This step only knows the mean over its batch: an estimate of the cost.";
  } else if (is_part) {
    chapter.about += " This step only knows the loss of one point.";
  }
  // Only the quadratic loss is made of a − y.
  if (walk.step().model().loss->least_squares) chapter.parts.push_back(residual(walk));
  chapter.parts.push_back(sample_loss(walk));
  chapter.rule = chapter.parts.back().stage.rule;
  if (walk.has_mean()) chapter.parts.push_back(mean_loss(walk));
  if (walk.step().model().l2 > 0.0) chapter.parts.push_back(regularized_cost(walk));
  return chapter;
}

}  // namespace deltascope::walk
