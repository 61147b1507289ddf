// Levenberg–Marquardt: the residuals and their Jacobian.
#include "activation_formula.hpp"
#include "walk.hpp"

#include <deltascope/jacobian.hpp>

#include <fmt/format.h>

#include <memory>
#include <utility>

namespace deltascope::walk {
namespace {

Part residual(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  const Index last = walk.last_layer();
  const Quantity a{Kind::a, last}, y{Kind::y, last}, r{Kind::least_squares_residual, last};
  const Formula rule = row({walk.name(y), operation("−"), walk.name(a)});
  stage.about = "How far each output falls short of its target; F are the outputs.";
  if (walk.step().model().l2 > 0.0) {
    stage.about += " λ adds the residual √(Nλ)·(0 − w) of every weight w, which is not drawn here.";
  }
  stage.rule = row({walk.name(r), relation("="), rule});
  stage.numbers = row({walk.matrix(y), operation("−"), walk.matrix(a), relation("="),
                       walk.matrix(a, walk.name(r), [&walk, last](Index j, Index column) {
                         return -walk.value({Kind::residual, last, j, column});
                       })});
  stage.result = r;
  stage.rows = walk.net().outputs();
  stage.cols = walk.columns();
  stage.lit = {walk.shown(Kind::a, last), walk.shown(Kind::y, last)};
  part.example = [&walk, last](Index j, Index col) {
    const Quantity target{Kind::y, last, j, walk.column(col)};
    const Quantity output{Kind::a, last, j, walk.column(col)};
    Example example;
    example.of = {Kind::least_squares_residual, last, j};
    example.name = walk.entry_name(example.of);
    example.rule = row({walk.entry_name(target), operation("−"), walk.entry_name(output)});
    example.result = walk.value(target) - walk.value(output);
    example.numbers = {walk.operand(target) - walk.operand(output)};
    return example;
  };
  return part;
}

/// One sample's rows of J, turned: (P × n_out).

std::shared_ptr<const Matrix> jacobian_of(const Walk& walk) {
  auto Jt = std::make_shared<Matrix>(walk.net().parameters(), walk.net().outputs());
  std::vector<double> r(static_cast<std::size_t>(walk.net().outputs()));
  const Index sample = walk.point(walk.walked()) - 1;
  Jacobian().rows(walk.step().model(), walk.step().parameters, *walk.step().data, sample, 1,
                  Jt->view(), r);
  return Jt;
}

/// Which weight or bias parameter number p is.
Quantity parameter(const Architecture& net, Index p) {
  for (Index layer = 0; layer < net.layers(); ++layer) {
    const Index weights = net.fan_out(layer) * net.fan_in(layer);
    if (p < weights) return {Kind::W, layer, p / net.fan_in(layer), p % net.fan_in(layer)};
    p -= weights;
    if (p < net.fan_out(layer)) return {Kind::b, layer, p};
    p -= net.fan_out(layer);
  }
  return {};
}

Index bias_number(const Architecture& net, Index layer, Index neuron) {
  Index p = 0;
  for (Index before = 0; before < layer; ++before)
    p += net.fan_out(before) * (net.fan_in(before) + 1);
  return p + net.fan_out(layer) * net.fan_in(layer) + neuron;
}

Formula partial(Formula of) {
  return row({symbol("∂"), std::move(of)});
}

Formula derivative_of_output(const Walk& walk, Index output, Formula by) {
  return fraction(partial(walk.entry_name({Kind::a, walk.last_layer(), output})),
                  partial(std::move(by)));
}

/// ∂F_j/∂z of a neuron: what J has for its bias.
Arithmetic sensitivity(const Walk& walk, const Matrix& Jt, const Quantity& neuron, Index output) {
  return measured(Jt(bias_number(walk.net(), neuron.layer, neuron.row), output), neuron);
}

/// ∂F_j/∂b at an output: the slope of its own activation, and nothing of the others'.
void work_output_bias(const Walk& walk, const Quantity& bias, Index output, Example& example) {
  const Index column = walk.walked();
  if (bias.row != output) {
    example.rule = number("0");
    example.numbers = {exactly(0.0)};
    return;
  }
  const ActivationFormula& g = activation_formula(walk.net().activation(bias.layer).name);
  example.rule = walk.entry_name({Kind::slope, bias.layer, bias.row, column});
  example.numbers = {g.work_slope(walk.operand({Kind::z, bias.layer, bias.row, column}),
                                  walk.operand({Kind::a, bias.layer, bias.row, column}))};
}

/// ∂F_j/∂b before: pulled back through the weights, times the slope.
void work_hidden_bias(const Walk& walk, const Matrix& Jt, const Quantity& bias, Index output,
                      Example& example) {
  const Index behind = bias.layer + 1;
  const Quantity slope{Kind::slope, bias.layer, bias.row, walk.walked()};
  const Formula pulled =
      row({sum_over(symbol("k"), {}), walk.name({Kind::W, behind, every, bias.row}, {.row = "k"}),
           derivative_of_output(walk, output, walk.name({Kind::z, behind}, {.row = "k"}))});
  example.rule = row({fenced("()", pulled), operation("·"), walk.entry_name(slope)});
  std::vector<Arithmetic> terms;
  for (Index k = 0; k < walk.net().fan_out(behind); ++k) {
    const Quantity weight{Kind::W, behind, k, bias.row};
    terms.push_back(walk.operand(weight) * sensitivity(walk, Jt, {Kind::delta, behind, k}, output));
    example.terms.push_back(weight);
  }
  example.numbers = {sum_in_turn(std::move(terms)) * walk.operand(slope)};
}

Formula jacobian_grid(const Walk& walk, const Matrix& Jt) {
  if (!walk.with_numbers()) return {};
  Grid rows;
  rows.rows = Jt.cols();
  rows.cols = Jt.rows();
  rows.of = {Kind::jacobian};
  rows.caption = std::make_shared<const Formula>(walk.name(Kind::jacobian));
  for (Index j = 0; j < rows.rows; ++j) {
    for (Index p = 0; p < rows.cols; ++p)
      rows.values.push_back(Jt(p, j));
  }
  return grid(std::move(rows));
}

Part jacobian_rows(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  const std::shared_ptr<const Matrix> Jt = jacobian_of(walk);
  stage.about = fmt::format(
      "The rows of J that belong to point {}: for each output one backward pass that starts from 1 "
      "at that output instead of from a loss.",
      walk.point(walk.walked()));
  stage.rule = row({walk.name(Kind::jacobian), relation("="),
                    fraction(partial(symbol("F", Face::bold)), partial(symbol("p", Face::bold)))});
  stage.numbers = jacobian_grid(walk, *Jt);
  stage.result = {Kind::jacobian};
  stage.rows = walk.net().outputs();
  stage.cols = walk.net().parameters();
  stage.lit = {walk.shown(Kind::a, walk.last_layer())};
  for (Index layer = 0; layer < walk.net().layers(); ++layer)
    stage.lit.push_back({Kind::W, layer});
  stage.flow = Flow::backward;
  part.example = [&walk, Jt](Index output, Index p) {
    const Quantity of = parameter(walk.net(), p);
    Example example;
    example.of = Quantity{Kind::jacobian}.at(output, p);
    example.name = derivative_of_output(walk, output, walk.entry_name(of));
    example.result = (*Jt)(p, output);
    const Quantity z{Kind::z, of.layer, of.row, walk.walked()};
    if (of.kind == Kind::W) {
      const Quantity a{Kind::a, of.layer - 1, of.col, walk.walked()};
      example.rule = row({derivative_of_output(walk, output, walk.entry_name(z)), operation("·"),
                          walk.entry_name(a)});
      example.numbers = {sensitivity(walk, *Jt, {Kind::delta, of.layer, of.row}, output) *
                         walk.operand(a)};
      return example;
    }
    if (walk.is_output(of.layer)) {
      work_output_bias(walk, of, output, example);
    } else {
      work_hidden_bias(walk, *Jt, of, output, example);
    }
    return example;
  };
  return part;
}

}  // namespace

Chapter jacobian_chapter(const Walk& walk) {
  Chapter chapter;
  chapter.title = "r, J";
  chapter.about =
      "Levenberg–Marquardt looks at every output of every point: its residual, and how it answers "
      "to each parameter.";
  chapter.parts = {residual(walk), jacobian_rows(walk)};
  chapter.rule =
      row({chapter.parts[0].stage.rule, comma(), space(1.0F), chapter.parts[1].stage.rule});
  return chapter;
}

}  // namespace deltascope::walk
