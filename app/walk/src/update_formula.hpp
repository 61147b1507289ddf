#pragma once
// How each optimizer of the core changes one parameter, written and worked by hand.

#include "walk.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace deltascope::walk {

/// What belongs to the weights of a layer, or to its biases.
struct ParameterKinds {
  Kind parameter, gradient, m, v, after;
};
inline constexpr ParameterKinds weight_kinds{Kind::W, Kind::dW, Kind::W_m, Kind::W_v,
                                             Kind::W_after};
inline constexpr ParameterKinds bias_kinds{Kind::b, Kind::db, Kind::b_m, Kind::b_v, Kind::b_after};

/// What stands for a quantity in an update rule: its symbol, its matrix or the name of an entry.
struct UpdateTerms {
  std::function<Formula(Kind)> now;            ///< of W, b and their gradients
  std::function<Formula(Kind)> before, after;  ///< of what the optimizer remembers
};

/// One line of an update: what is computed, of all W or all b of a layer.
struct UpdateLine {
  Kind ParameterKinds::*result;
  std::string_view about;
  Formula (*rule)(const Walk& walk, const ParameterKinds& kinds, const UpdateTerms& terms);
  Arithmetic (*work)(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry);
  /// Where a matrix in the rule would not fit; null: the rule with matrices.
  Formula (*numbers)(const Walk& walk, const ParameterKinds& kinds, Index layer) = nullptr;
  /// The rates in the rule with their values: η = 5; null: none.
  Formula (*given)(const Walk& walk) = nullptr;
  /// The symbol of the result: v new, m̂; null: that of its kind.
  Formula (*name)(Formula symbol) = nullptr;
  /// The result's number; null: that of its kind.
  double (*value)(const Walk& walk, const ParameterKinds& kinds, const Quantity& entry) = nullptr;
};

/// One row, of the core's optimizer of that name.
struct UpdateFormula {
  std::string_view name;
  std::vector<UpdateLine> lines;
};

std::span<const UpdateFormula> update_formulas();
/// The row of a core optimizer; there is one for each.
const UpdateFormula& update_formula(std::string_view name);

/// v new, from v: what the optimizer remembers from now on.
Formula renewed(Formula symbol);

/// The stages of these lines, for W and b of every layer.
void add_update_parts(const Walk& walk, std::vector<Part>& parts);
/// All parameters after the step at once.
Part all_parameters(const Walk& walk, std::string about);
/// C_x of the walked sample and Cost before and after. `rule` is that of the phase.
Part effect_of_update(const Walk& walk, Formula rule);

}  // namespace deltascope::walk
