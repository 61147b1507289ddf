#pragma once
// A strategy (activation, loss, optimizer, …) is one row of one table; a pointer to its row is its
// identity.

#include <span>
#include <string>
#include <string_view>

namespace deltascope {

/// The row called `name`, or nullptr. `Row` has a member `name`.
template <class Row>
const Row* find_row(std::span<const Row> table, std::string_view name) {
  for (const Row& row : table) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

/// "sigmoid, tanh, relu": for messages that say what would have been right.
template <class Row>
std::string row_names(std::span<const Row> table) {
  std::string names;
  for (const Row& row : table) {
    if (!names.empty()) names += ", ";
    names += row.name;
  }
  return names;
}

}  // namespace deltascope
