#include "loss_formula.hpp"

#include <deltascope/table.hpp>

#include <algorithm>
#include <array>
#include <cassert>

namespace deltascope::walk {
namespace {

Formula letter(const Walk& walk, Kind kind, std::string_view index) {
  return walk.name({kind, walk.last_layer()}, {.row = index});
}

/// ln x, set apart from the factor before it.
Formula ln_of(Formula x) {
  return row({space(0.2F), word("ln"), space(0.2F), std::move(x)});
}

Formula one_minus(Formula x) {
  return row({number("1"), operation("−"), std::move(x)});
}

Formula minus(Formula x) {
  return row({operation("−"), std::move(x)});
}

Formula partial(Formula of, Formula by) {
  return fraction(row({symbol("∂"), std::move(of)}), row({symbol("∂"), std::move(by)}));
}

Formula over_outputs(Formula term) {
  return row({sum_over(symbol("j"), {}), std::move(term)});
}

// --- ½ ‖y − a‖² ----------------------------------------------------------------------------------

Formula quadratic(const Walk& walk) {
  const Formula difference =
      row({letter(walk, Kind::y, "j"), operation("−"), letter(walk, Kind::a, "j")});
  return row({fraction(number("1"), number("2")),
              over_outputs(scripts(fenced("()", difference), {}, number("2")))});
}

std::vector<Arithmetic> work_quadratic(const Walk& walk, Index column) {
  const Index last = walk.last_layer();
  std::vector<Arithmetic> terms;
  for (Index j = 0; j < walk.net().outputs(); ++j) {
    terms.push_back(power(
        walk.operand({Kind::y, last, j, column}) - walk.operand({Kind::a, last, j, column}), 2.0));
  }
  return {exactly(1.0) / exactly(2.0) * sum_in_turn(std::move(terms))};
}

// --- −Σ [y ln a + (1 − y) ln(1 − a)] -------------------------------------------------------------

Formula bce(const Walk& walk) {
  const Formula y = letter(walk, Kind::y, "j"), a = letter(walk, Kind::a, "j");
  const Formula term = row(
      {y, ln_of(a), operation("+"), fenced("()", one_minus(y)), ln_of(fenced("()", one_minus(a)))});
  return row({operation("−"), over_outputs(fenced("[]", term))});
}

// Within it ln(1 + e^x) is e^x, and beyond it x + e^−x, to seven digits.
constexpr double far = 17.0;

/// ln(1 + e^x), where x is `z` or −z.
Arithmetic softplus(const Arithmetic& z, bool negated) {
  const double x = negated ? -z.value : z.value;
  const Arithmetic argument = negated ? -z : z, opposite = negated ? z : -z;
  if (x < -far) return exp(argument);
  if (x > far) return argument + exp(opposite);
  return ln(exactly(1.0) + exp(argument));
}

std::vector<Arithmetic> work_bce(const Walk& walk, Index column) {
  const Index last = walk.last_layer();
  std::vector<Arithmetic> by_a, by_z;
  for (Index j = 0; j < walk.net().outputs(); ++j) {
    const Arithmetic y = walk.operand({Kind::y, last, j, column});
    const Arithmetic a = walk.operand({Kind::a, last, j, column});
    const Arithmetic z = walk.operand({Kind::z, last, j, column});
    // A factor of 0 leaves nothing to compute, and ln 0 could not be.
    std::vector<Arithmetic> a_terms, z_terms;
    if (y.value != 0.0) {
      a_terms.push_back(-(y * ln(a)));
      z_terms.push_back(y * softplus(z, true));
    }
    if (y.value != 1.0) {
      a_terms.push_back(-((exactly(1.0) - y) * ln(exactly(1.0) - a)));
      z_terms.push_back((exactly(1.0) - y) * softplus(z, false));
    }
    by_a.push_back(sum(std::move(a_terms)));
    by_z.push_back(sum(std::move(z_terms)));
  }
  return {sum_in_turn(std::move(by_a)), sum_in_turn(std::move(by_z))};
}

Formula chain_rule_bce(const Walk& walk) {
  return row({walk.name({Kind::pulled, walk.last_layer()}, {.row = "j"}), operation("·"),
              walk.slope_of(letter(walk, Kind::z, "j"))});
}

Formula uncancelled_bce(const OutputNames& names) {
  const auto& [j, y, a, y_k, a_k] = names;
  return row({fenced("()", row({minus(fraction(y, a)), operation("+"),
                                fraction(one_minus(y), one_minus(a))})),
              operation("·"), a, fenced("()", one_minus(a))});
}

Formula cancelling_bce(const OutputNames& names) {
  const auto& [j, y, a, y_k, a_k] = names;
  return row({operation("−"), y, fenced("()", one_minus(a)), operation("+"),
              fenced("()", one_minus(y)), a, relation("="), a, operation("−"), y});
}

Arithmetic work_uncancelled_bce(const Walk& walk, Index row, Index column) {
  const Arithmetic y = walk.operand({Kind::y, walk.last_layer(), row, column});
  const Arithmetic a = walk.operand({Kind::a, walk.last_layer(), row, column});
  std::vector<Arithmetic> terms;
  if (y.value != 0.0) terms.push_back(-(y / a));
  if (y.value != 1.0) terms.push_back((exactly(1.0) - y) / (exactly(1.0) - a));
  return sum(std::move(terms)) * a * (exactly(1.0) - a);
}

Arithmetic work_bce_delta(const Walk& walk, Index row, Index column) {
  const Index last = walk.last_layer();
  return walk.operand({Kind::a, last, row, column}) - walk.operand({Kind::y, last, row, column});
}

// --- −Σ y ln p -----------------------------------------------------------------------------------

Formula softmax_ce(const Walk& walk) {
  return row({operation("−"),
              over_outputs(row({letter(walk, Kind::y, "j"), ln_of(letter(walk, Kind::a, "j"))}))});
}

/// −ln p_j from z: the largest z is subtracted, as it is computed.
Arithmetic minus_ln_softmax(std::span<const Arithmetic> z, std::size_t j) {
  const auto largest = std::ranges::max_element(z, {}, &Arithmetic::value);
  std::vector<Arithmetic> others;
  for (const Arithmetic& each : z) {
    if (&each != &*largest) others.push_back(exp(each - *largest));
  }
  const bool is_largest = z[j].value == largest->value;
  if (others.empty()) return exactly(0.0);
  const Arithmetic logarithm = ln(exactly(1.0) + sum(std::move(others)));
  return is_largest ? logarithm : (*largest - z[j]) + logarithm;
}

std::vector<Arithmetic> work_softmax_ce(const Walk& walk, Index column) {
  const std::vector<Arithmetic> z = walk.operands(Kind::z, walk.last_layer(), column);
  std::vector<Arithmetic> by_a, by_z;
  for (std::size_t j = 0; j < z.size(); ++j) {
    const auto row = static_cast<Index>(j);
    const Arithmetic y = walk.operand({Kind::y, walk.last_layer(), row, column});
    const Arithmetic a = walk.operand({Kind::a, walk.last_layer(), row, column});
    // ln 0 cannot be, and is not needed where the target is 0.
    by_a.push_back(y.value == 0.0 && a.value == 0.0 ? exactly(0.0) : y * ln(a));
    by_z.push_back(y.value == 0.0 ? exactly(0.0) : y * minus_ln_softmax(z, j));
  }
  return {-sum_in_turn(std::move(by_a)), sum_in_turn(std::move(by_z))};
}

Formula chain_rule_softmax_ce(const Walk& walk) {
  return row({sum_over(symbol("k"), {}), walk.name({Kind::pulled, walk.last_layer()}, {.row = "k"}),
              operation("·"), partial(letter(walk, Kind::a, "k"), letter(walk, Kind::z, "j"))});
}

Formula over_others(const OutputNames& names) {
  return sum_over(row({symbol("k"), relation("≠"), names.j}), {});
}

Formula uncancelled_softmax_ce(const OutputNames& names) {
  const auto& [j, y, a, y_k, a_k] = names;
  return row({operation("−"), fraction(y, a), operation("·"), a, fenced("()", one_minus(a)),
              operation("+"), over_others(names), fraction(y_k, a_k), operation("·"), a_k, a});
}

/// The last step, Σ y = 1, is the sentence's and the phase's own rule: a line has no more room.
Formula cancelling_softmax_ce(const OutputNames& names) {
  const auto& [j, y, a, y_k, a_k] = names;
  return row({operation("−"), y, fenced("()", one_minus(a)), operation("+"), a, over_others(names),
              y_k, relation("="), a, sum_over(symbol("k"), {}), y_k, operation("−"), y});
}

/// Targets of 0 add nothing.
Arithmetic work_uncancelled_softmax_ce(const Walk& walk, Index row, Index column) {
  const std::vector<Arithmetic> y = walk.operands(Kind::y, walk.last_layer(), column);
  const std::vector<Arithmetic> a = walk.operands(Kind::a, walk.last_layer(), column);
  const auto j = static_cast<std::size_t>(row);
  std::vector<Arithmetic> terms;
  if (y[j].value != 0.0) terms.push_back(-(y[j] / a[j] * a[j] * (exactly(1.0) - a[j])));
  for (std::size_t k = 0; k < y.size(); ++k) {
    if (k != j && y[k].value != 0.0) terms.push_back(y[k] / a[k] * a[k] * a[j]);
  }
  return terms.empty() ? exactly(0.0) : sum(std::move(terms));
}

/// p Σy − y; the sum of a target that says "this class" is 1 and is not written.
Arithmetic work_softmax_ce_delta(const Walk& walk, Index row, Index column) {
  const std::vector<Arithmetic> targets = walk.operands(Kind::y, walk.last_layer(), column);
  const Arithmetic total = sum(targets);
  const Arithmetic a = walk.operand({Kind::a, walk.last_layer(), row, column});
  const Arithmetic& y = targets[static_cast<std::size_t>(row)];
  return evaluate(total) == 1.0 ? a - y : a * total - y;
}

const std::array<LossFormula, 3> table{
    LossFormula{"quadratic", quadratic, work_quadratic, nullptr, nullptr, nullptr, "", nullptr,
                nullptr},
    LossFormula{"bce", bce, work_bce, chain_rule_bce, uncancelled_bce, cancelling_bce,
                "The slope of the sigmoid cancels the denominators of the loss's derivative: what "
                "is left is output minus target.",
                work_uncancelled_bce, work_bce_delta},
    LossFormula{"softmax_ce", softmax_ce, work_softmax_ce, chain_rule_softmax_ce,
                uncancelled_softmax_ce, cancelling_softmax_ce,
                "One z moves every output. The slopes cancel the denominators of the loss's "
                "derivative, and the targets add up to 1: what is left is output minus target.",
                work_uncancelled_softmax_ce, work_softmax_ce_delta},
};

}  // namespace

std::span<const LossFormula> loss_formulas() {
  return table;
}

const LossFormula& loss_formula(std::string_view name) {
  const LossFormula* const found = find_row(loss_formulas(), name);
  assert(found != nullptr);
  return *found;
}

}  // namespace deltascope::walk
