// dW and db of one layer: this sample's tile, all tiles, their mean; then λW.
#include "decimal.hpp"
#include "walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace deltascope::walk {
namespace {

Formula derivative(Formula above, Formula below) {
  const auto partial = [](Formula of) { return row({symbol("∂"), std::move(of)}); };
  return fraction(partial(std::move(above)), partial(std::move(below)));
}

/// δ aᵀ
Formula outer_product(const Walk& walk, Index layer) {
  return row({walk.name({Kind::delta, layer}), transposed(walk.name({Kind::a, layer - 1}))});
}

/// Σ δ aᵀ, with the samples' number at each.
Formula sum_of_outer_products(const Walk& walk, Index layer) {
  const Letters one_sample{.sample = "i"};
  return row({walk.sum_over_batch(), walk.name({Kind::delta, layer}, one_sample),
              transposed(walk.name({Kind::a, layer - 1}, one_sample))});
}

Arithmetic tile_of(const Walk& walk, const Quantity& weight, Index column) {
  return walk.operand({Kind::delta, weight.layer, weight.row, column}) *
         walk.operand({Kind::a, weight.layer - 1, weight.col, column});
}

double tile_value(const Walk& walk, Index layer, Index row_given, Index col, Index column) {
  return walk.value({Kind::delta, layer, row_given, column}) *
         walk.value({Kind::a, layer - 1, col, column});
}

/// Without λ, whatever is done to biases.
double gradient_of_data(const Walk& walk, const Quantity& gradient) {
  const std::span<const double> block = walk.trace().gradient_data;
  if (gradient.kind == Kind::db) {
    return walk.net().b(block, gradient.layer)[static_cast<std::size_t>(gradient.row)];
  }
  return walk.net().W(block, gradient.layer)(gradient.row, gradient.col);
}

/// Over the batch, before it is divided by N: of the trace, so that samples that were not kept
/// count. What the trainer's own averaging did is taken back, which may be another than 1/N.
double sum_of_tiles(const Walk& walk, const Quantity& gradient) {
  const auto samples = static_cast<double>(walk.batch_size());
  double averaged = samples;
  walk.step().model().operations->average({&averaged, 1}, walk.batch_size());
  const double sum = gradient_of_data(walk, gradient) * samples / averaged;
  return walk.mean_in_gradient() ? sum : sum / samples;
}

/// With the sample named at each, or with the columns of a matrix added up.
Formula sum_of_columns(const Walk& walk, Index layer) {
  const Quantity delta{Kind::delta, layer};
  return walk.whole_batch() ? row({walk.name(delta), symbol("1", Face::bold)})
                            : row({walk.sum_over_batch(), walk.name(delta, {.sample = "i"})});
}

/// Added up where all samples were kept: so small that N times their mean has lost digits.
double sum_of_column_entries(const Walk& walk, const Quantity& db) {
  if (walk.mean_in_delta() || walk.traced() < walk.batch_size()) return sum_of_tiles(walk, db);
  double sum = 0.0;
  for (Index column = 0; column < walk.traced(); ++column)
    sum += walk.value({Kind::delta, db.layer, db.row, column});
  return sum;
}

/// What a sample lights up in a sum over the batch.
Quantity input_of(Index column) {
  return {Kind::a, -1, every, column};
}

/// δ and a.
constexpr Index numbers_of_a_tile = 2;

/// The outer product δ aᵀ of one sample: all there is for a batch of one, else one tile of many.
Part tile(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const bool alone = !walk.has_mean();
  const Kind kind = walk.data_gradient();
  const Quantity gradient{kind, layer}, delta{Kind::delta, layer}, a{Kind::a, layer - 1};
  const Formula product = outer_product(walk, layer);
  stage.about = fmt::format("{} the {} at the weight's head times the activation at its tail.",
                            alone ? "Each cell is" : "This sample's tile: each cell is",
                            walk.label(Kind::delta, layer));
  stage.rule = alone ? row({walk.name(gradient), relation("="), product}) : product;
  const auto value = [&walk, layer](Index row_given, Index col) {
    return tile_value(walk, layer, row_given, col, walk.walked());
  };
  stage.numbers = row({walk.matrix(delta), walk.turned_matrix(a), relation("="),
                       walk.matrix(gradient, alone ? walk.name(gradient) : product, value)});
  stage.result = gradient;
  stage.lit = {walk.shown(Kind::delta, layer), walk.shown(Kind::a, layer - 1), gradient};
  part.example = [&walk, kind, layer, alone](Index row_given, Index col) {
    const Index column = walk.walked();
    const Quantity delta_j{Kind::delta, layer, row_given, column};
    const Quantity a_k{Kind::a, layer - 1, col, column};
    Example example;
    example.of = {kind, layer, row_given, col};
    const Formula weight = walk.entry_name({Kind::W, layer, row_given, col});
    example.name = alone ? walk.entry_name(example.of) : derivative(walk.name(Kind::loss), weight);
    example.rule = row({walk.entry_name(delta_j), operation("·"), walk.entry_name(a_k)});
    example.result = tile_value(walk, layer, row_given, col, column);
    example.numbers = {walk.operand(delta_j) * walk.operand(a_k)};
    return example;
  };
  return part;
}

/// One sample's tile, and whose it is.
Formula tile_of_point(const Walk& walk, Index layer, Index column) {
  Formula colon = comma();
  colon.text = ":";
  Formula caption = row({word(fmt::format("point {}", walk.point(column))), colon, space(0.25F),
                         outer_product(walk, layer)});
  return walk.matrix({walk.data_gradient(), layer}, std::move(caption),
                     [&](Index r, Index c) { return tile_value(walk, layer, r, c, column); });
}

/// The first one and the last one: so that the sum fits beside them. The dots stand for the rest.
Formula tiles(const Walk& walk, Index layer) {
  if (!walk.with_numbers()) return {};
  std::vector<Formula> formulas{tile_of_point(walk, layer, 0)};
  const auto add = [&formulas](Formula formula) {
    formulas.push_back(operation("+"));
    formulas.push_back(std::move(formula));
  };
  if (walk.batch_size() > 2) add(symbol("…"));
  if (walk.traced() > 1) add(tile_of_point(walk, layer, walk.traced() - 1));
  return row(std::move(formulas));
}

Formula product_of_matrices(const Walk& walk, Index layer) {
  std::vector<Formula> formulas{walk.matrix({Kind::delta, layer}),
                                walk.turned_matrix({Kind::a, layer - 1})};
  if (walk.traced() < walk.batch_size()) {
    formulas.push_back(operation("+"));
    formulas.push_back(word(fmt::format("… and {} more", walk.batch_size() - walk.traced())));
  }
  return row(std::move(formulas));
}

Part all_tiles(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Kind kind = walk.data_gradient();
  const Quantity gradient{kind, layer};
  const bool whole = walk.whole_batch(), is_mean = walk.mean_in_delta();
  const Formula product = whole ? outer_product(walk, layer) : sum_of_outer_products(walk, layer);
  stage.about = fmt::format("{} {} samples{}.",
                            whole ? "The product of the two matrices adds up the tiles of all"
                                  : "The tiles add up over all",
                            walk.batch_size(),
                            is_mean ? "; they are divided already, so this is the gradient" : "");
  stage.about += written_out_text(walk, numbers_of_a_tile);
  stage.rule = is_mean ? row({walk.name(gradient), relation("="), product}) : product;
  stage.numbers = row({whole ? product_of_matrices(walk, layer) : tiles(walk, layer), relation("="),
                       walk.matrix(gradient, is_mean ? walk.name(gradient) : product,
                                   [&walk, gradient, is_mean](Index r, Index c) {
                                     const Quantity entry = gradient.at(r, c);
                                     return is_mean ? walk.value(entry) : sum_of_tiles(walk, entry);
                                   })});
  stage.result = gradient;
  stage.lit = {{Kind::delta, layer}, {Kind::a, layer - 1}, gradient};
  part.example = [&walk, kind, layer, is_mean](Index row_given, Index col) {
    Example example;
    example.of = {kind, layer, row_given, col};
    const Formula name = walk.entry_name(example.of);
    example.name = is_mean ? name : row({walk.name(Kind::samples), operation("·"), name});
    const auto of_sample = [&](const Quantity& neuron) {
      return walk.name(neuron, {.sample = "i"});
    };
    example.rule = row({walk.sum_over_batch(), of_sample({Kind::delta, layer, row_given}),
                        of_sample({Kind::a, layer - 1, col})});
    example.result = sum_of_tiles(walk, example.of);
    add_up_samples(
        walk, numbers_of_a_tile, input_of,
        [&](Index column) { return tile_of(walk, example.of, column); }, example);
    if (is_mean) example.result = walk.value(example.of);
    return example;
  };
  return part;
}

Part mean_of_tiles(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Kind kind = walk.data_gradient();
  const Quantity gradient{kind, layer};
  const Formula share = fraction(number("1"), walk.name(Kind::samples));
  const Formula product =
      walk.whole_batch() ? outer_product(walk, layer) : sum_of_outer_products(walk, layer);
  stage.about = fmt::format("Divided by {} once, here: {} is the gradient of the mean.",
                            walk.batch_size(), walk.label(kind, layer));
  stage.rule = row({walk.name(gradient), relation("="), share, product});
  stage.numbers = row({share,
                       walk.matrix(gradient, product,
                                   [&walk, gradient](Index r, Index c) {
                                     return sum_of_tiles(walk, gradient.at(r, c));
                                   }),
                       relation("="), walk.matrix(gradient)});
  stage.result = gradient;
  stage.lit = {gradient};
  part.example = [&walk, kind, layer](Index row_given, Index col) {
    Example example;
    example.of = {kind, layer, row_given, col};
    example.name = walk.entry_name(example.of);
    const auto of_sample = [&](const Quantity& neuron) {
      return walk.name(neuron, {.sample = "i"});
    };
    example.rule =
        row({fraction(number("1"), walk.name(Kind::samples)), walk.sum_over_batch(),
             of_sample({Kind::delta, layer, row_given}), of_sample({Kind::a, layer - 1, col})});
    example.result = walk.value(example.of);
    example.numbers = {measured(sum_of_tiles(walk, example.of), example.of) / walk.count()};
    return example;
  };
  return part;
}

/// N·db = Σ δ, or db itself where 1/N is in every δ.
Part sum_of_deltas(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Quantity db{Kind::db, layer}, delta{Kind::delta, layer};
  const bool is_mean = walk.mean_in_delta();
  const Formula total = sum_of_columns(walk, layer);
  stage.about =
      fmt::format("A bias is a weight whose input is always 1: the {} of all {} samples add up{}.",
                  walk.label(Kind::delta, layer), walk.batch_size(),
                  is_mean ? "; they are divided already" : "");
  stage.about += written_out_text(walk, 1);
  stage.rule = is_mean ? row({walk.name(db), relation("="), total}) : total;
  stage.numbers =
      walk.matrix(db, is_mean ? walk.name(db) : total, [&walk, db, is_mean](Index r, Index) {
        const Quantity entry = db.at(r, every);
        return is_mean ? walk.value(entry) : sum_of_tiles(walk, entry);
      });
  stage.result = db;
  stage.lit = {delta, db};
  part.example = [&walk, layer, is_mean](Index row_given, Index) {
    Example example;
    example.of = {Kind::db, layer, row_given};
    const Formula name = walk.entry_name(example.of);
    example.name = is_mean ? name : row({walk.name(Kind::samples), operation("·"), name});
    const Quantity delta_j{Kind::delta, layer, row_given};
    example.rule = row({walk.sum_over_batch(), walk.name(delta_j, {.sample = "i"})});
    example.result = sum_of_column_entries(walk, example.of);
    add_up_samples(
        walk, 1, input_of,
        [&](Index column) { return walk.operand(delta_j.at(row_given, column)); }, example);
    if (is_mean) example.result = walk.value(example.of);
    // Numbers of a few bits add up exactly, but not in decimals.
    if (std::fpclassify(example.result) == FP_SUBNORMAL) {
      example.numbers = {measured(example.result, example.of)};
      example.terms.clear();
    }
    return example;
  };
  return part;
}

Part mean_of_deltas(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Quantity db{Kind::db, layer};
  const Formula share = fraction(number("1"), walk.name(Kind::samples));
  const Formula total = sum_of_columns(walk, layer);
  stage.about = fmt::format("The same {} divides them.", walk.batch_size());
  stage.rule = row({walk.name(db), relation("="), share, total});
  stage.numbers = row({share,
                       walk.matrix(db, total,
                                   [&walk, db](Index r, Index) {
                                     return sum_of_column_entries(walk, db.at(r, every));
                                   }),
                       relation("="), walk.matrix(db)});
  stage.result = db;
  stage.lit = {db};
  part.example = [&walk, layer, share](Index row_given, Index) {
    Example example;
    example.of = {Kind::db, layer, row_given};
    example.name = walk.entry_name(example.of);
    example.rule = row({share, walk.sum_over_batch(),
                        walk.name({Kind::delta, layer, row_given}, {.sample = "i"})});
    example.result = walk.value(example.of);
    example.numbers = {measured(sum_of_column_entries(walk, example.of), example.of) /
                       walk.count()};
    return example;
  };
  return part;
}

/// Of a batch of one.
Part delta_itself(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Quantity db{Kind::db, layer};
  stage.about =
      fmt::format("A bias is a weight whose input is always 1: its gradient is {} itself.",
                  walk.label(Kind::delta, layer));
  stage.rule = row({walk.name(db), relation("="), walk.name({Kind::delta, layer})});
  stage.numbers = walk.matrix(db);
  stage.result = db;
  stage.lit = {walk.shown(Kind::delta, layer), db};
  part.example = [&walk, layer](Index row_given, Index) {
    const Quantity delta_j{Kind::delta, layer, row_given, walk.walked()};
    Example example;
    example.of = {Kind::db, layer, row_given};
    example.name = walk.entry_name(example.of);
    example.result = walk.value(example.of);
    example.rule = walk.entry_name(delta_j);
    example.numbers = {walk.operand(delta_j)};
    return example;
  };
  return part;
}

Part with_weights(const Walk& walk, Index layer) {
  Part part;
  Stage& stage = part.stage;
  const Quantity data{Kind::dW_data, layer}, gradient{Kind::dW, layer}, W{Kind::W, layer};
  const auto rule = [](Formula of_data, Formula lambda, Formula weight) {
    return row({std::move(of_data), operation("+"), std::move(lambda), std::move(weight)});
  };
  stage.about =
      fmt::format("Every weight of {} is drawn a little towards 0.", walk.label(Kind::W, layer));
  stage.rule = row({walk.name(gradient), relation("="),
                    rule(walk.name(data), walk.name(Kind::l2), walk.name(W))});
  stage.numbers =
      row({walk.matrix(data), operation("+"), walk.name(Kind::l2), walk.matrix(W), relation("="),
           walk.matrix(gradient), comma(), space(1.0F), walk.name(Kind::l2), relation("="),
           written(walk.step().model().l2, all_digits, Quantity{Kind::l2})});
  stage.result = gradient;
  stage.lit = {data, W, gradient};
  part.example = [&walk, layer, rule](Index row_given, Index col) {
    Example example;
    example.of = {Kind::dW, layer, row_given, col};
    const Quantity data_entry{Kind::dW_data, layer, row_given, col};
    const Quantity weight{Kind::W, layer, row_given, col};
    example.name = walk.entry_name(example.of);
    example.rule = rule(walk.entry_name(data_entry), walk.name(Kind::l2), walk.entry_name(weight));
    example.result = walk.value(example.of);
    example.numbers = {walk.operand(data_entry) + walk.lambda() * walk.operand(weight)};
    return example;
  };
  return part;
}

}  // namespace

Chapter gradient_chapter(const Walk& walk, Index layer) {
  Chapter chapter;
  const Quantity gradient{walk.data_gradient(), layer};
  // As a list has room for it: ∂Cost/∂W is too long, and so is J_0 without λ.
  const bool is_short = walk.notation().delta_is_dz && gradient.kind == Kind::dW;
  chapter.title = fmt::format("Gradient: {}, {}", walk.label(is_short ? Kind::dW : Kind::W, layer),
                              walk.label(is_short ? Kind::db : Kind::b, layer));
  chapter.about =
      fmt::format("What to change in each weight and bias: the slope of the {} in that direction.",
                  !walk.is_part_of_data() ? "cost"
                  : walk.has_mean()       ? "batch's cost"
                                          : "loss of this one point");
  if (!walk.has_mean() || !walk.whole_batch()) chapter.parts.push_back(tile(walk, layer));
  if (walk.has_mean()) chapter.parts.push_back(all_tiles(walk, layer));
  if (walk.mean_in_gradient()) chapter.parts.push_back(mean_of_tiles(walk, layer));
  chapter.rule = chapter.parts.back().stage.rule;
  chapter.parts.push_back(walk.has_mean() ? sum_of_deltas(walk, layer) : delta_itself(walk, layer));
  if (walk.mean_in_gradient()) chapter.parts.push_back(mean_of_deltas(walk, layer));
  chapter.rule = row({chapter.rule, comma(), space(1.0F), chapter.parts.back().stage.rule});
  return chapter;
}

Chapter regularization_chapter(const Walk& walk) {
  Chapter chapter;
  chapter.title = "+ λW";
  chapter.about =
      "The cost also counts the squares of the weights: their share of the gradient is added. "
      "Biases are left alone.";
  for (Index layer = walk.last_layer(); layer >= 0; --layer)
    chapter.parts.push_back(with_weights(walk, layer));
  chapter.rule = chapter.parts.front().stage.rule;
  return chapter;
}

}  // namespace deltascope::walk
