#pragma once
// What is right for an option's value, and how --help shows it.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class Option;
}

namespace deltascope::cli {

/// Only these words are right. Returns `option`.
CLI::Option* one_of(CLI::Option* option, const std::vector<std::string>& words);

/// Only whole numbers from `low` to `high` are right, and `word` unless it is empty. Returns
/// `option`.
CLI::Option* whole_number(CLI::Option* option, std::int64_t low, std::int64_t high,
                          const std::string& word = "");

/// The names of a table's rows.
template <class Row>
std::vector<std::string> names_of(std::span<const Row> table) {
  std::vector<std::string> names;
  for (const Row& row : table)
    names.emplace_back(row.name);
  return names;
}

}  // namespace deltascope::cli
