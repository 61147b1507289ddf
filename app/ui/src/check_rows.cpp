#include "check_rows.hpp"

#include <algorithm>
#include <cmath>

namespace deltascope::ui {
namespace {

// Numeric derivatives of this size have five digits that are not rounding.
constexpr double least_reference = 1e-5;
constexpr double factor_tolerance = 1e-5;

template <class Entry>
walk::Quantity quantity_of(const Checked<Entry>& checked, walk::Kind weight, walk::Kind bias) {
  if (checked.is_bias) return {bias, checked.layer, checked.row};
  return {weight, checked.layer, checked.row, checked.col};
}

CheckRow as_row(const CheckedEntry& checked) {
  const GradientCheckEntry& entry = checked.entry;
  return {quantity_of(checked, walk::Kind::dW, walk::Kind::db),
          entry.parameter,
          entry.analytic,
          entry.numeric,
          entry.error,
          entry.kink};
}

CheckRow as_row(const CheckedUpdate& checked) {
  const UpdateCheckEntry& entry = checked.entry;
  return {quantity_of(checked, walk::Kind::W, walk::Kind::b),
          entry.parameter,
          entry.actual,
          entry.expected,
          entry.error,
          false};
}

const Architecture& net_of(const CheckSnapshot& check) {
  return check.settings->model.architecture;
}

}  // namespace

std::vector<CheckRow> check_rows(const CheckSnapshot& check, CheckKind kind, bool in_order) {
  std::vector<CheckRow> rows;
  const auto add = [&](const auto& entries) {
    for (const auto& entry : entries)
      rows.push_back(as_row(entry));
  };
  if (kind == CheckKind::gradient) {
    add(worst_first(net_of(check), check.gradient));
    add(at_kinks(net_of(check), check.gradient));
  } else {
    add(worst_first(net_of(check), check.update));
  }
  if (in_order) {
    std::sort(rows.begin(), rows.end(),
              [](const CheckRow& a, const CheckRow& b) { return a.parameter < b.parameter; });
  }
  return rows;
}

std::vector<CheckedPart> check_parts(const CheckSnapshot& check, CheckKind kind) {
  return kind == CheckKind::gradient ? checked_parts(net_of(check), check.gradient)
                                     : checked_parts(net_of(check), check.update);
}

std::optional<double> common_factor(const std::vector<CheckRow>& rows, Index layer, bool is_bias) {
  std::vector<const CheckRow*> part;
  for (const CheckRow& row : rows) {
    const bool of_bias = row.quantity.kind == walk::Kind::db || row.quantity.kind == walk::Kind::b;
    if (row.quantity.layer == layer && of_bias == is_bias && !row.kink) part.push_back(&row);
  }
  if (part.size() < 2) return std::nullopt;
  const CheckRow& largest =
      **std::max_element(part.begin(), part.end(), [](const CheckRow* a, const CheckRow* b) {
        return std::abs(a->reference) < std::abs(b->reference);
      });
  const double size = std::abs(largest.reference);
  if (!(size >= least_reference)) return std::nullopt;  // NaN too
  const double factor = largest.computed / largest.reference;
  const double allowed = factor_tolerance * size * std::max(std::abs(factor), 1e-3);
  const bool all = std::all_of(part.begin(), part.end(), [&](const CheckRow* row) {
    return std::abs(row->computed - factor * row->reference) <= allowed;
  });
  return all ? std::optional(factor) : std::nullopt;
}

bool passed(const CheckSnapshot& check, CheckKind kind) {
  return kind == CheckKind::gradient ? check.gradient.passed() : check.update.passed();
}

double worst_error(const CheckSnapshot& check, CheckKind kind) {
  return kind == CheckKind::gradient ? check.gradient.worst_error : check.update.worst_error;
}

double tolerance(const CheckSnapshot& check, CheckKind kind) {
  return kind == CheckKind::gradient ? check.gradient.tolerance : check.update.tolerance;
}

}  // namespace deltascope::ui
