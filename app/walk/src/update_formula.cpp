#include "update_formula.hpp"

#include <deltascope/table.hpp>

#include <array>
#include <cassert>
#include <cmath>

namespace deltascope::walk {
namespace {

Quantity entry_of(Kind kind, const Quantity& entry) {
  return {kind, entry.layer, entry.row, entry.col};
}

double in_block(const Walk& walk, std::span<const double> block, Kind parameter,
                const Quantity& entry) {
  const Architecture& net = walk.net();
  if (parameter == Kind::W) return net.W(block, entry.layer)(entry.row, entry.col);
  return net.b(block, entry.layer)[static_cast<std::size_t>(entry.row)];
}

/// What the optimizer remembered before the step: its first block is m, its last v.
double remembered(const Walk& walk, const ParameterKinds& kinds, Kind moment,
                  const Quantity& entry) {
  const auto P = static_cast<std::size_t>(walk.net().parameters());
  const std::span<const double> moments = walk.step().moments;
  return in_block(walk, moment == kinds.m ? moments.first(P) : moments.last(P), kinds.parameter,
                  entry);
}

Arithmetic before(const Walk& walk, const ParameterKinds& kinds, Kind moment,
                  const Quantity& entry) {
  return measured(remembered(walk, kinds, moment, entry), entry_of(moment, entry));
}

Arithmetic now(const Walk& walk, Kind kind, const Quantity& entry) {
  return walk.operand(entry_of(kind, entry));
}

// --- gradient descent ----------------------------------------------------------------------------

Formula minus_eta(const Walk& walk, Formula parameter, Formula direction) {
  return row(
      {std::move(parameter), operation("−"), walk.name(Kind::learning_rate), std::move(direction)});
}

Formula descent(const Walk& walk, const ParameterKinds& kinds, const UpdateTerms& terms) {
  return minus_eta(walk, terms.now(kinds.parameter), terms.now(kinds.gradient));
}

Arithmetic work_descent(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  return now(walk, kinds.parameter, entry) - walk.eta() * now(walk, kinds.gradient, entry);
}

// --- momentum ------------------------------------------------------------------------------------

Formula velocity(const Walk&, const ParameterKinds& kinds, const UpdateTerms& terms) {
  return row({symbol("μ"), terms.before(kinds.v), operation("+"), terms.now(kinds.gradient)});
}

Arithmetic work_velocity(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  return exactly(walk.rates().momentum) * before(walk, kinds, kinds.v, entry) +
         now(walk, kinds.gradient, entry);
}

Formula along_velocity(const Walk& walk, const ParameterKinds& kinds, const UpdateTerms& terms) {
  return minus_eta(walk, terms.now(kinds.parameter), terms.now(kinds.v));
}

Arithmetic work_along_velocity(const Walk& walk, const ParameterKinds& kinds,
                               const Quantity& entry) {
  return now(walk, kinds.parameter, entry) - walk.eta() * now(walk, kinds.v, entry);
}

// --- Adam ----------------------------------------------------------------------------------------

Formula beta(std::string_view which, Formula power = {}) {
  return scripts(symbol("β"), number(which), std::move(power));
}

Formula mixed(std::string_view which, Formula remembered, Formula fresh) {
  return row({beta(which), std::move(remembered), operation("+"),
              fenced("()", row({number("1"), operation("−"), beta(which)})), std::move(fresh)});
}

Formula first_moment(const Walk&, const ParameterKinds& kinds, const UpdateTerms& terms) {
  return mixed("1", terms.before(kinds.m), terms.now(kinds.gradient));
}

Arithmetic work_first_moment(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  const Arithmetic beta1 = exactly(walk.rates().beta1);
  return beta1 * before(walk, kinds, kinds.m, entry) +
         (exactly(1.0) - beta1) * now(walk, kinds.gradient, entry);
}

Formula second_moment(const Walk&, const ParameterKinds& kinds, const UpdateTerms& terms) {
  // Squared entry by entry.
  return mixed("2", terms.before(kinds.v),
               scripts(fenced("()", terms.now(kinds.gradient)), {}, number("2")));
}

Arithmetic work_second_moment(const Walk& walk, const ParameterKinds& kinds,
                              const Quantity& entry) {
  const Arithmetic beta2 = exactly(walk.rates().beta2);
  return beta2 * before(walk, kinds, kinds.v, entry) +
         (exactly(1.0) - beta2) * power(now(walk, kinds.gradient, entry), 2.0);
}

/// t of this step.
double updates(const Walk& walk) {
  return static_cast<double>(walk.step().moment_updates + 1);
}

Arithmetic corrected(const Arithmetic& moment, double beta, double t) {
  return moment / (exactly(1.0) - power(exactly(beta), t));
}

Formula correction(Formula moment, std::string_view which) {
  return fraction(std::move(moment), row({number("1"), operation("−"), beta(which, symbol("t"))}));
}

Formula adam(const Walk& walk, const ParameterKinds& kinds, const UpdateTerms& terms) {
  const Formula m = terms.now(kinds.m), v = terms.now(kinds.v);
  return row({terms.now(kinds.parameter), operation("−"), walk.name(Kind::learning_rate),
              fraction(hat(m), row({root(hat(v)), operation("+"), symbol("ε")})), comma(),
              space(1.0F), hat(m), relation("="), correction(m, "1"), comma(), space(1.0F), hat(v),
              relation("="), correction(v, "2")});
}

Arithmetic work_adam(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  const Rates& rates = walk.rates();
  const double t = updates(walk);
  const Arithmetic m = corrected(now(walk, kinds.m, entry), rates.beta1, t);
  const Arithmetic v = corrected(now(walk, kinds.v, entry), rates.beta2, t);
  return now(walk, kinds.parameter, entry) - walk.eta() * (m / (sqrt(v) + exactly(rates.epsilon)));
}

/// m̂ and v̂ as matrices.
Formula adam_numbers(const Walk& walk, const ParameterKinds& kinds, Index layer) {
  const auto hatted = [&](Kind moment, double beta) {
    const Formula name = hat(walk.name({moment, layer}));
    const double bias = 1.0 - std::pow(beta, updates(walk));
    return walk.matrix({moment, layer}, name, [&walk, moment, layer, bias](Index r, Index c) {
      return walk.value({moment, layer, r, c}) / bias;
    });
  };
  return row(
      {walk.matrix({kinds.parameter, layer}), operation("−"), walk.name(Kind::learning_rate),
       fraction(hatted(kinds.m, walk.rates().beta1),
                row({root(hatted(kinds.v, walk.rates().beta2)), operation("+"), symbol("ε")}))});
}

// --- Levenberg–Marquardt -------------------------------------------------------------------------

Formula plus_step(const Walk&, const ParameterKinds& kinds, const UpdateTerms& terms) {
  return row({terms.now(kinds.parameter), operation("+"), symbol("Δ", Face::upright),
              terms.now(kinds.parameter)});
}

double step_entry(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  return in_block(walk, walk.step().trial->step, kinds.parameter, entry);
}

Arithmetic work_plus_step(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  return now(walk, kinds.parameter, entry) + measured(step_entry(walk, kinds, entry), {Kind::step});
}

Formula plus_step_numbers(const Walk& walk, const ParameterKinds& kinds, Index layer) {
  const Formula step = row({symbol("Δ", Face::upright), walk.name({kinds.parameter, layer})});
  return row({walk.matrix({kinds.parameter, layer}), operation("+"),
              walk.matrix({kinds.parameter, layer}, step, [&walk, &kinds, layer](Index r, Index c) {
                return step_entry(walk, kinds, {kinds.parameter, layer, r, c});
              })});
}

const std::array<UpdateFormula, 4> table{
    UpdateFormula{
        "gradient_descent",
        {{&ParameterKinds::after, "A step against the gradient; the learning rate says how long.",
          false, descent, work_descent, nullptr}}},
    UpdateFormula{
        "momentum",
        {{&ParameterKinds::v, "The velocity keeps μ of what it was and adds the gradient.", true,
          velocity, work_velocity, nullptr},
         {&ParameterKinds::after, "A step against the velocity.", false, along_velocity,
          work_along_velocity, nullptr}}},
    UpdateFormula{"adam",
                  {{&ParameterKinds::m, "m is a running mean of the gradient.", true, first_moment,
                    work_first_moment, nullptr},
                   {&ParameterKinds::v, "v is a running mean of the gradient's square.", true,
                    second_moment, work_second_moment, nullptr},
                   {&ParameterKinds::after,
                    "Both means began at 0; divided by 1 − β^t they are fair. The step is their "
                    "ratio, so that its length hardly depends on the gradient's.",
                    false, adam, work_adam, adam_numbers}}},
    UpdateFormula{"levenberg_marquardt",
                  {{&ParameterKinds::after, "The trial step is taken.", false, plus_step,
                    work_plus_step, plus_step_numbers}}},
};

}  // namespace

std::span<const UpdateFormula> update_formulas() {
  return table;
}

const UpdateFormula& update_formula(std::string_view name) {
  const UpdateFormula* const found = find_row(update_formulas(), name);
  assert(found != nullptr);
  return *found;
}

}  // namespace deltascope::walk
