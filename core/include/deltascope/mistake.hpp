#pragma once

#include <deltascope/model.hpp>
#include <deltascope/operations.hpp>
#include <deltascope/settings.hpp>

#include <span>
#include <string>
#include <string_view>

namespace deltascope {

/// Which of the two checks can see a mistake. The other one stays green.
enum class CaughtBy {
  gradient_check,  ///< the gradient is wrong; the update made of it is as it should be
  update_check     ///< the gradient is right, what is made of it is not
};

/// One row: a classic mistake of people who write backpropagation by hand. It is the textbook's
/// table of operations with one entry replaced; the network really is trained that way. The cost is
/// always the right one.
struct Mistake {
  std::string_view name;   ///< in documents and on the command line
  std::string_view label;  ///< on screen; short
  /// What is computed, in place of what; script text as in formulas of the other tables.
  std::string_view wrong, right;
  /// What happens and where it comes from: two or three sentences.
  std::string_view about;
  CaughtBy caught_by;
  std::string_view preset;   ///< a shipped session on which the check catches it, …
  std::string_view variant;  ///< … in this variant; empty: the document itself
  /// Why this model and a batch of this size do not show it, whatever the numbers are, as a
  /// sentence; empty where it can show. Where it is not empty, each step has the bits of the
  /// arithmetic "textbook".
  std::string (*why_hidden)(const Model& model, Index batch_size);
  Operations operations;
};

/// In the order in which a menu and the page about them show them.
std::span<const Mistake> mistakes();
const Mistake* find_mistake(std::string_view name);
/// The mistake that `model` is trained with; null: none.
const Mistake* mistake_in(const Model& model);
/// Why a network is not trained with the mistake under this optimizer, as a sentence; empty where
/// it is. Levenberg–Marquardt makes its step of J, which takes other operations than the gradient
/// does; the gradient, which is shown and checked, has the mistake all the same.
std::string why_not_trained(const Mistake& mistake, const Settings& settings);
/// The operations of a mistake; null: the textbook's.
const Operations& operations_of(const Mistake* mistake);

}  // namespace deltascope
