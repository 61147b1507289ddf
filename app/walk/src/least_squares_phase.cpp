// Levenberg–Marquardt: the trial and the verdict.
#include "decimal.hpp"
#include "update_formula.hpp"

#include <cmath>
#include <memory>
#include <utility>

namespace deltascope::walk {
namespace {

const Trial& trial_of(const Walk& walk) {
  return *walk.step().trial;
}

/// N of the whole data set: a trial never works on less.
double samples(const Walk& walk) {
  return static_cast<double>(walk.step().data->size());
}

Formula squares() {
  return scripts(fenced("‖‖", symbol("r", Face::bold)), {}, number("2"));
}

Formula squares_before_and_after(const Walk& walk) {
  const double twice = 2.0 * samples(walk);
  constexpr int digits = 5;
  return row({squares(), relation("="), written(twice * trial_of(walk).cost, digits), relation("→"),
              written(twice * trial_of(walk).trial_cost, digits)});
}

Formula given_damping(const Walk& walk) {
  const Quantity damping{Kind::damping};
  return row({walk.name(damping), relation("="), written(trial_of(walk).damping, 5, damping)});
}

Part solve(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  const Formula J = walk.name(Kind::jacobian), mu = walk.name(Kind::damping);
  const Formula identity = symbol("I", Face::bold);
  stage.about =
      "μ damps the step: small, and it jumps to the minimum of the linear model; large, and it "
      "creeps along the gradient.";
  stage.rule = row({fenced("()", row({transposed(J), J, operation("+"), mu, identity})),
                    walk.name(Kind::step), relation("="), transposed(J),
                    walk.name(Kind::least_squares_residual)});
  if (walk.with_numbers()) {
    Grid step;
    step.rows = static_cast<Index>(trial_of(walk).step.size());
    step.cols = 1;
    step.values = trial_of(walk).step;
    step.of = {Kind::step};
    step.caption = std::make_shared<const Formula>(walk.name(Kind::step));
    stage.numbers = row({grid(std::move(step)), comma(), space(1.0F), given_damping(walk)});
  }
  stage.lit = {{Kind::damping}, {Kind::step}};
  return part;
}

/// What the linear model predicts: Δp · (μ Δp + Jᵀr), and Jᵀr = −N ∇Cost.
Part prediction(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  const Formula step = walk.name(Kind::step);
  stage.about = "By how much the linear model says that the sum of squares will fall.";
  const Formula rule = row({step, operation("·"),
                            fenced("()", row({walk.name(Kind::damping), step, operation("+"),
                                              transposed(walk.name(Kind::jacobian)),
                                              walk.name(Kind::least_squares_residual)}))});
  stage.rule = rule;
  if (walk.with_numbers()) {
    stage.numbers = row({rule, relation("="), written(trial_of(walk).predicted_decrease, 5),
                         comma(), space(1.0F), given_damping(walk)});
  }
  stage.lit = {{Kind::step}};
  return part;
}

Part gain(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  const Trial& trial = trial_of(walk);
  stage.about =
      std::isnan(trial.gain_ratio)
          ? "What is left to gain is rounding only: no ratio can be told."
          : "What the step would really gain, as a part of what was predicted: near 1 the linear "
            "model is good, below 0 the sum of squares grows.";
  const Formula after = scripts(fenced("‖‖", symbol("r", Face::bold)), word("new"), number("2"));
  stage.rule = fraction(row({squares(), operation("−"), after}), word("predicted"));
  stage.numbers = walk.with_numbers() ? squares_before_and_after(walk) : Formula{};
  stage.lit = {{Kind::step}};
  if (std::isnan(trial.gain_ratio)) return part;
  stage.result = {Kind::cost};
  part.example = [&walk, rule = stage.rule](Index, Index) {
    const Trial& judged = trial_of(walk);
    const double twice = 2.0 * samples(walk);
    Example example;
    example.of = {Kind::cost};
    example.rule = rule;
    example.result = judged.gain_ratio;
    example.numbers = {(measured(twice * judged.cost, {Kind::cost}) -
                        measured(twice * judged.trial_cost, {Kind::cost})) /
                       measured(judged.predicted_decrease, {Kind::step})};
    return example;
  };
  return part;
}

Part next_damping(const Walk& walk) {
  Part part;
  Stage& stage = part.stage;
  const bool accepted = trial_of(walk).accepted;
  const Formula mu = walk.name(Kind::damping);
  const Formula mu_of_next_trial = marked(scripts(symbol("μ"), {}, word("new")), {Kind::damping});
  const Formula rule =
      accepted ? fraction(mu, number("10")) : row({number("10"), operation("·"), mu});
  stage.about = accepted
                    ? "The sum of squares would be smaller: the step is taken, and the next trial "
                      "is bolder."
                    : "The sum of squares would not be smaller: the parameters stay, and the next "
                      "trial is more careful.";
  stage.rule = row({mu_of_next_trial, relation("="), rule});
  stage.numbers = walk.with_numbers() ? squares_before_and_after(walk) : Formula{};
  stage.result = {Kind::damping};
  stage.lit = {stage.result};
  part.example = [&walk, rule, accepted, mu_of_next_trial](Index, Index) {
    const Quantity damping{Kind::damping};
    Example example;
    example.of = damping;
    example.name = mu_of_next_trial;
    example.rule = rule;
    example.result = trial_of(walk).next_damping;
    const Arithmetic mu_now = measured(trial_of(walk).damping, damping);
    const Arithmetic next = accepted ? mu_now / exactly(10.0) : exactly(10.0) * mu_now;
    // μ has ends: see least_damping.
    const bool ends = example.result == least_damping || example.result == largest_damping;
    example.numbers = {ends ? measured(example.result, damping) : next};
    return example;
  };
  return part;
}

}  // namespace

Chapter trial_chapter(const Walk& walk) {
  Chapter chapter;
  chapter.title = "Trial";
  chapter.about = "A step is proposed, tried, and compared with what was predicted.";
  chapter.parts = {solve(walk), prediction(walk), gain(walk)};
  chapter.rule = chapter.parts.front().stage.rule;
  return chapter;
}

Chapter verdict_chapter(const Walk& walk) {
  Chapter chapter;
  const bool accepted = trial_of(walk).accepted;
  chapter.title = accepted ? "Accepted" : "Rejected";
  chapter.about = accepted ? "The trial makes things better." : "The trial makes nothing better.";
  chapter.parts = {next_damping(walk)};
  const Formula p = symbol("p", Face::bold);
  const Formula p_new = scripts(p, {}, word("new"));
  chapter.rule = accepted ? row({p_new, relation("="), p, operation("+"), walk.name(Kind::step)})
                          : row({p_new, relation("="), p});
  if (!accepted) return chapter;
  add_update_parts(walk, chapter.parts);
  chapter.parts.push_back(effect_of_update(walk, chapter.rule));
  return chapter;
}

}  // namespace deltascope::walk
