#pragma once
// What the two checks found, as the window lists it.

#include <deltascope/check_summary.hpp>
#include <deltascope/snapshot.hpp>
#include <deltascope/walk/quantity.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::ui {

enum class CheckKind { gradient, update };

/// What a check is of: as long as both stay, nothing has changed that a check could see.
struct CheckedMoment {
  std::uint64_t step = 0, revision = 0;
  bool operator==(const CheckedMoment&) const = default;
};

/// One parameter: its derivative, or what becomes of it in the step.
struct CheckRow {
  walk::Quantity quantity;  ///< the entry of dW or db; of W or b for the update
  Index parameter = 0;      ///< index in the flat block
  double computed = 0.0;    ///< by backpropagation; by the step
  double reference = 0.0;   ///< by central differences; by the optimizer's formula
  double error = 0.0;       ///< relative
  bool kink = false;        ///< not compared
};

/// Which rows, in which order.
struct CheckRowsKey {
  std::uint64_t number = 0;  ///< of the CheckSnapshot
  CheckKind kind = CheckKind::gradient;
  bool in_order = false;
  bool operator==(const CheckRowsKey&) const = default;
};

/// A row for every parameter: the worst first and kinks at the end, or as they lie in the block.
std::vector<CheckRow> check_rows(const CheckSnapshot& check, CheckKind kind, bool in_order);
/// For each layer its W, then its b.
std::vector<CheckedPart> check_parts(const CheckSnapshot& check, CheckKind kind);

/// The number k for which computed = k · reference in all compared rows of `layer`'s W, or of its
/// b, to about five digits; nullopt where there is none, and where fewer than two rows, or none of
/// noticeable size, could tell.
std::optional<double> common_factor(const std::vector<CheckRow>& rows, Index layer, bool is_bias);

bool passed(const CheckSnapshot& check, CheckKind kind);
double worst_error(const CheckSnapshot& check, CheckKind kind);
double tolerance(const CheckSnapshot& check, CheckKind kind);

}  // namespace deltascope::ui
