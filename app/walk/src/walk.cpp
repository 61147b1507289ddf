#include "walk.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cmath>
#include <set>
#include <utility>

namespace deltascope::walk {
namespace {

std::size_t at(Index i) {
  return static_cast<std::size_t>(i);
}

bool is_of_samples(Kind kind) {
  switch (kind) {
    case Kind::a:
    case Kind::y:
    case Kind::z:
    case Kind::residual:
    case Kind::slope:
    case Kind::pulled:
    case Kind::delta:
    case Kind::loss:
      return true;
    default:
      return false;
  }
}

bool is_of_weights(Kind kind) {
  switch (kind) {
    case Kind::W:
    case Kind::dW:
    case Kind::dW_data:
    case Kind::W_m:
    case Kind::W_v:
    case Kind::W_after:
      return true;
    default:
      return false;
  }
}

bool is_one_number(Kind kind) {
  return kind == Kind::loss || kind >= Kind::cost;
}

bool is_every_point_once(const StepTrace& trace, const Dataset& data) {
  const std::set<std::uint32_t> points(trace.samples.begin(), trace.samples.end());
  return trace.batch_size == data.size() && points.size() == trace.samples.size();
}

/// The formula with what `renamed` makes of the cost's letter and its index, which may be empty.
Formula with_cost(
    const Formula& formula, std::string_view cost,
    const std::function<Formula(const Formula& letter, const Formula& index)>& renamed) {
  const auto is_cost = [cost](const Formula& part) {
    return part.form == Form::symbol && part.text == cost;
  };
  Formula result = formula;
  if (is_cost(formula)) {
    result = renamed(formula, {});
  } else if (formula.form == Form::scripts && is_cost(formula.parts[0])) {
    result = renamed(formula.parts[0], formula.parts[1]);
  } else {
    for (Formula& part : result.parts)
      part = with_cost(part, cost, renamed);
  }
  result.of = formula.of;
  return result;
}

}  // namespace

Walk::Walk(const Step& step, const Options& options, bool with_numbers)
    : step_(step),
      options_(options),
      notation_(options.notation != nullptr ? options.notation : &notations().front()),
      with_numbers_(with_numbers),
      is_part_(!is_every_point_once(*step.trace, *step.data)) {
  assert(options.column >= 0 && options.column < traced());
}

Index Walk::point(Index column) const {
  return static_cast<Index>(trace().samples[at(column)]) + 1;
}

std::string Walk::others() const {
  const Index untraced = batch_size() - traced();
  if (untraced == 0) return {};
  return fmt::format(" {} of the {} samples are shown; the other {} are in every sum.", traced(),
                     batch_size(), untraced);
}

Quantity Walk::shown(Kind kind, Index layer) const {
  return {kind, layer, every, whole_batch() ? every : options_.column};
}

double Walk::value(const Quantity& entry) const {
  const Index row = entry.row, col = entry.col;
  const Index layer = entry.layer;
  switch (entry.kind) {
    case Kind::a:
      return layer < 0 ? trace().X(row, col) : trace().a[at(layer)](row, col);
    case Kind::y:
      return trace().Y(row, col);
    case Kind::z:
      return trace().z[at(layer)](row, col);
    case Kind::residual:
      return trace().a[at(layer)](row, col) - trace().Y(row, col);
    case Kind::slope:
      return net().activation(layer).slope(trace().z[at(layer)](row, col),
                                           trace().a[at(layer)](row, col));
    case Kind::pulled: {
      const ConstWeightView W = net().W(step_.parameters, layer + 1);
      double sum = 0.0;
      for (Index j = 0; j < W.rows; ++j)
        sum += W(j, row) * value({Kind::delta, layer + 1, j, col});
      return sum;
    }
    case Kind::delta: {
      const double delta = trace().delta[at(layer)](row, col);
      return mean_in_delta() ? delta / static_cast<double>(batch_size()) : delta;
    }
    case Kind::loss:
      return trace().loss_per_sample[at(col)];
    case Kind::cost:
      return trace().cost();
    case Kind::samples:
      return static_cast<double>(batch_size());
    case Kind::learning_rate:
      return rates().learning_rate;
    case Kind::l2:
      return step_.model().l2;
    default:
      return parameter_value(entry);
  }
}

double Walk::parameter_value(const Quantity& entry) const {
  const Index layer = entry.layer;
  const auto P = at(net().parameters());
  const auto weight = [&](std::span<const double> block) {
    return net().W(block, layer)(entry.row, entry.col);
  };
  const auto bias = [&](std::span<const double> block) {
    return net().b(block, layer)[at(entry.row)];
  };
  switch (entry.kind) {
    case Kind::W:
      return weight(step_.parameters);
    case Kind::dW_data:
      return weight(trace().gradient_data);
    case Kind::dW:
      return weight(trace().gradient);
    case Kind::W_m:
      return weight(step_.moments_after.first(P));
    case Kind::W_v:
      return weight(step_.moments_after.last(P));
    case Kind::W_after:
      return weight(step_.parameters_after);
    case Kind::b:
      return bias(step_.parameters);
    case Kind::db:
      return bias(trace().gradient);
    case Kind::b_m:
      return bias(step_.moments_after.first(P));
    case Kind::b_v:
      return bias(step_.moments_after.last(P));
    case Kind::b_after:
      return bias(step_.parameters_after);
    default:
      return std::nan("");
  }
}

std::vector<Arithmetic> Walk::operands(Kind kind, Index layer, Index column) const {
  std::vector<Arithmetic> result;
  for (Index row = 0; row < rows_of({kind, layer}); ++row)
    result.push_back(operand({kind, layer, row, column}));
  return result;
}

Arithmetic Walk::count() const {
  return exactly(static_cast<double>(batch_size()), Quantity{Kind::samples});
}
Arithmetic Walk::eta() const {
  return exactly(rates().learning_rate, Quantity{Kind::learning_rate});
}
Arithmetic Walk::lambda() const {
  return exactly(step_.model().l2, Quantity{Kind::l2});
}

Formula Walk::name(const Quantity& quantity) const {
  Letters letters;
  letters.batch = whole_batch() && is_of_samples(quantity.kind);
  const bool drops_column = is_of_samples(quantity.kind) && quantity.row == every;
  return named(drops_column ? quantity.at(every, every) : quantity, letters);
}

Formula Walk::name(const Quantity& entry, const Letters& letters) const {
  return named(entry, letters);
}

Formula Walk::named(const Quantity& quantity, const Letters& letters) const {
  Formula formula = name_of(quantity, *notation_, letters);
  if (!is_part_of_data()) return formula;
  const Formula batch = symbol("B");
  if (quantity.kind == Kind::samples) return marked(fenced("||", batch), quantity);
  const bool is_gradient =
      quantity.kind == Kind::dW || quantity.kind == Kind::dW_data || quantity.kind == Kind::db;
  if (!is_gradient && quantity.kind != Kind::cost) return formula;
  // λW is a part of the cost, but not of a sample's loss.
  const bool counts_weights = step_.model().l2 > 0.0 && quantity.kind != Kind::dW_data;
  if (!has_mean() && !counts_weights) {
    const Formula loss = name_of({Kind::loss}, *notation_);
    return with_cost(formula, notation_->cost,
                     [&](const Formula&, const Formula&) { return loss; });
  }
  return with_cost(formula, notation_->cost, [&](const Formula& letter, const Formula& index) {
    return scripts(letter, index.empty() ? batch : row({index, word(","), batch}), {});
  });
}

Formula Walk::cost_over_all_points() const {
  return name_of({Kind::cost}, *notation_);
}

Formula Walk::entry_name(const Quantity& entry) const {
  return letter_name(entry, {});
}

Formula Walk::letter_name(const Quantity& column, std::string_view neuron) const {
  const bool says_sample = whole_batch() && is_of_samples(column.kind) && column.col != every;
  const std::string sample = says_sample ? std::to_string(point(column.col)) : std::string();
  return named(column, {.row = neuron, .sample = sample});
}

std::string Walk::label(Kind kind, Index layer) const {
  Letters letters;
  letters.batch = whole_batch() && is_of_samples(kind);
  return to_script(named({kind, layer}, letters));
}

Formula Walk::slope_of(Formula z) const {
  return row({activation_letter(*notation_, true), fenced("()", std::move(z))});
}

Formula Walk::pulled_product() const {
  return elementwise_product(*notation_);
}

Index Walk::rows_of(const Quantity& quantity) const {
  if (quantity.kind == Kind::a && quantity.layer < 0) return net().inputs();
  if (quantity.kind == Kind::y) return net().outputs();
  if (is_one_number(quantity.kind)) return 1;
  return net().fan_out(quantity.layer);
}

Index Walk::cols_of(const Quantity& quantity) const {
  if (is_of_samples(quantity.kind)) return columns();
  return is_of_weights(quantity.kind) ? net().fan_in(quantity.layer) : 1;
}

Formula Walk::sum_over_batch() const {
  return sum_over(row({symbol("i"), relation("="), number("1")}), name(Kind::samples));
}

Formula Walk::matrix(const Quantity& quantity) const {
  return matrix(quantity, with_numbers_ ? name(quantity) : Formula{});
}

Formula Walk::matrix(const Quantity& quantity, Formula caption) const {
  return filled(quantity, false, std::move(caption),
                [&](Index r, Index c) { return value(quantity.at(r, c)); });
}

Formula Walk::turned_matrix(const Quantity& quantity) const {
  return filled(quantity, true, with_numbers_ ? transposed(name(quantity)) : Formula{},
                [&](Index r, Index c) { return value(quantity.at(r, c)); });
}

Formula Walk::matrix(const Quantity& quantity, Formula caption,
                     const std::function<double(Index row, Index col)>& value) const {
  if (!with_numbers_) return {};
  Formula formula = filled(quantity, false, std::move(caption), value);
  const Formula own =
      filled(quantity, false, {}, [&](Index r, Index c) { return this->value(quantity.at(r, c)); });
  if (formula.grid->values == own.grid->values) return formula;
  Grid grid = *formula.grid;
  grid.other_numbers = true;
  return walk::grid(std::move(grid));
}

Formula Walk::filled(const Quantity& quantity, bool turned, Formula caption,
                     const std::function<double(Index row, Index col)>& value) const {
  if (!with_numbers_) return {};
  Grid grid;
  grid.of = {quantity.kind, quantity.layer};
  grid.turned = turned;
  grid.caption = std::make_shared<const Formula>(std::move(caption));
  const Index rows = rows_of(quantity), cols = cols_of(quantity);
  if (is_of_samples(quantity.kind)) grid.first_col = column(0);
  grid.rows = turned ? cols : rows;
  grid.cols = turned ? rows : cols;
  grid.values.reserve(at(rows * cols));
  for (Index r = 0; r < grid.rows; ++r) {
    for (Index c = 0; c < grid.cols; ++c) {
      const Index of_row = turned ? c : r, of_col = (turned ? r : c) + grid.first_col;
      grid.values.push_back(value(of_row, of_col));
    }
  }
  return walk::grid(std::move(grid));
}

Index written_out(const Walk& walk, Index numbers_per_term) {
  constexpr Index most_numbers = 10, first = 3;
  const bool all = walk.batch_size() * numbers_per_term <= most_numbers;
  return all ? walk.batch_size() : first;
}

std::string written_out_text(const Walk& walk, Index numbers_per_term) {
  const Index written = written_out(walk, numbers_per_term);
  if (written == walk.batch_size()) return {};
  return fmt::format(
      " The first {} samples are written out; the last number is what the other {} add up to.",
      written, walk.batch_size() - written);
}

void add_up_samples(const Walk& walk, Index numbers_per_term,
                    const std::function<Quantity(Index column)>& lights,
                    const std::function<Arithmetic(Index column)>& term, Example& example) {
  const Index written = written_out(walk, numbers_per_term);
  std::vector<Arithmetic> terms;
  double known = 0.0, others = 0.0;
  for (Index column = 0; column < walk.traced(); ++column) {
    Arithmetic each = term(column);
    const double value = evaluate(each);
    known += value;
    if (column < written) {
      terms.push_back(std::move(each));
      example.terms.push_back(lights(column));
    } else {
      others += value;
    }
  }
  if (written < walk.batch_size()) {
    // What the trace did not keep is known by the sum alone.
    if (walk.traced() < walk.batch_size()) others += example.result - known;
    terms.push_back(measured(others, example.of));
    example.terms.push_back(example.of);
  }
  example.numbers = {sum_in_turn(std::move(terms))};
}

}  // namespace deltascope::walk
