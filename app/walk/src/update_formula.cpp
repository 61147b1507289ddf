#include "update_formula.hpp"

#include "decimal.hpp"

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

/// name = value
Formula rate(Formula name, double value, std::optional<Quantity> of = {}) {
  return row({std::move(name), relation("="), written(value, all_digits, of)});
}

Formula and_then(Formula first, Formula second) {
  return row({std::move(first), comma(), space(0.5F), std::move(second)});
}

Formula given_eta(const Walk& walk) {
  return rate(walk.name(Kind::learning_rate), walk.rates().learning_rate,
              Quantity{Kind::learning_rate});
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

Formula given_momentum(const Walk& walk) {
  return rate(symbol("μ"), walk.rates().momentum);
}

Arithmetic work_velocity(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  return exactly(walk.rates().momentum) * before(walk, kinds, kinds.v, entry) +
         now(walk, kinds.gradient, entry);
}

Formula along_velocity(const Walk& walk, const ParameterKinds& kinds, const UpdateTerms& terms) {
  return minus_eta(walk, terms.now(kinds.parameter), terms.after(kinds.v));
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

Formula given_beta1(const Walk& walk) {
  return rate(beta("1"), walk.rates().beta1);
}

Formula given_beta2(const Walk& walk) {
  return rate(beta("2"), walk.rates().beta2);
}

Formula given_beta1_and_t(const Walk& walk) {
  return and_then(given_beta1(walk), rate(symbol("t"), updates(walk)));
}

Formula given_beta2_and_t(const Walk& walk) {
  return and_then(given_beta2(walk), rate(symbol("t"), updates(walk)));
}

Formula given_eta_and_epsilon(const Walk& walk) {
  return and_then(given_eta(walk), rate(symbol("ε"), walk.rates().epsilon));
}

Formula corrected(std::string_view which, Formula moment) {
  return row({fraction(number("1"), row({number("1"), operation("−"), beta(which, symbol("t"))})),
              std::move(moment)});
}

Formula corrected_m(const Walk&, const ParameterKinds& kinds, const UpdateTerms& terms) {
  return corrected("1", terms.after(kinds.m));
}

Formula corrected_v(const Walk&, const ParameterKinds& kinds, const UpdateTerms& terms) {
  return corrected("2", terms.after(kinds.v));
}

Arithmetic work_corrected(const Walk& walk, const Arithmetic& moment, double beta) {
  return moment / (exactly(1.0) - power(exactly(beta), updates(walk)));
}

Arithmetic work_corrected_m(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  return work_corrected(walk, now(walk, kinds.m, entry), walk.rates().beta1);
}

Arithmetic work_corrected_v(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  return work_corrected(walk, now(walk, kinds.v, entry), walk.rates().beta2);
}

double value_of_corrected_m(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  return walk.value(entry_of(kinds.m, entry)) / (1.0 - std::pow(walk.rates().beta1, updates(walk)));
}

double value_of_corrected_v(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  return walk.value(entry_of(kinds.v, entry)) / (1.0 - std::pow(walk.rates().beta2, updates(walk)));
}

/// m̂ / (√v̂ + ε)
Formula ratio(const Formula& m, const Formula& v) {
  return fraction(hat(m), row({root(hat(v)), operation("+"), symbol("ε")}));
}

Formula adam(const Walk& walk, const ParameterKinds& kinds, const UpdateTerms& terms) {
  return minus_eta(walk, terms.now(kinds.parameter),
                   ratio(terms.before(kinds.m), terms.before(kinds.v)));
}

Arithmetic work_adam(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) {
  const Arithmetic m = measured(value_of_corrected_m(walk, kinds, entry), entry_of(kinds.m, entry));
  const Arithmetic v = measured(value_of_corrected_v(walk, kinds, entry), entry_of(kinds.v, entry));
  return now(walk, kinds.parameter, entry) -
         walk.eta() * (m / (sqrt(v) + exactly(walk.rates().epsilon)));
}

/// The ratio as one matrix: a fraction of matrices would be three times as high.
Formula adam_numbers(const Walk& walk, const ParameterKinds& kinds, Index layer) {
  const Formula name = ratio(walk.name({kinds.m, layer}), walk.name({kinds.v, layer}));
  return minus_eta(
      walk, walk.matrix({kinds.parameter, layer}),
      walk.matrix({kinds.m, layer}, name, [&walk, &kinds, layer](Index r, Index c) {
        const Quantity entry{kinds.parameter, layer, r, c};
        return value_of_corrected_m(walk, kinds, entry) /
               (std::sqrt(value_of_corrected_v(walk, kinds, entry)) + walk.rates().epsilon);
      }));
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
    UpdateFormula{"gradient_descent",
                  {{.result = &ParameterKinds::after,
                    .about = "A step against the gradient; the learning rate says how long.",
                    .rule = descent,
                    .work = work_descent,
                    .given = given_eta}}},
    UpdateFormula{"momentum",
                  {{.result = &ParameterKinds::v,
                    .about = "The velocity keeps μ of what it was and adds the gradient.",
                    .rule = velocity,
                    .work = work_velocity,
                    .given = given_momentum,
                    .name = renewed},
                   {.result = &ParameterKinds::after,
                    .about = "A step against the velocity.",
                    .rule = along_velocity,
                    .work = work_along_velocity,
                    .given = given_eta}}},
    UpdateFormula{
        "adam",
        {{.result = &ParameterKinds::m,
          .about = "m is a running mean of the gradient.",
          .rule = first_moment,
          .work = work_first_moment,
          .given = given_beta1,
          .name = renewed},
         {.result = &ParameterKinds::v,
          .about = "v is a running mean of the gradient's square, entry by entry.",
          .rule = second_moment,
          .work = work_second_moment,
          .given = given_beta2,
          .name = renewed},
         {.result = &ParameterKinds::m,
          .about = "m began at 0 and is too small at first; divided by 1 − β^t it is fair.",
          .rule = corrected_m,
          .work = work_corrected_m,
          .given = given_beta1_and_t,
          .name = hat,
          .value = value_of_corrected_m},
         {.result = &ParameterKinds::v,
          .about = "The same for v, with its own β.",
          .rule = corrected_v,
          .work = work_corrected_v,
          .given = given_beta2_and_t,
          .name = hat,
          .value = value_of_corrected_v},
         {.result = &ParameterKinds::after,
          .about = "The step is their ratio, entry by entry: its length hardly depends on the "
                   "gradient's.",
          .rule = adam,
          .work = work_adam,
          .numbers = adam_numbers,
          .given = given_eta_and_epsilon}}},
    UpdateFormula{"levenberg_marquardt",
                  {{.result = &ParameterKinds::after,
                    .about = "The trial step is added.",
                    .rule = plus_step,
                    .work = work_plus_step,
                    .numbers = plus_step_numbers}}},
};

}  // namespace

Formula renewed(Formula symbol) {
  Formula& upper = symbol.parts.at(2);
  upper = row({std::move(upper), space(0.2F), word("new")});
  return symbol;
}

std::span<const UpdateFormula> update_formulas() {
  return table;
}

const UpdateFormula& update_formula(std::string_view name) {
  const UpdateFormula* const found = find_row(update_formulas(), name);
  assert(found != nullptr);
  return *found;
}

}  // namespace deltascope::walk
