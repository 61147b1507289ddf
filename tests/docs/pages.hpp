#pragma once
// What the tests of pages share: how a page is read, and what it may name.

#include "keys.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace deltascope::testing {

inline const std::filesystem::path project = DELTASCOPE_PROJECT;

inline std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// What the pattern's first group matches, from the beginning to the end of the text.
inline std::vector<std::string> all(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it)
    found.push_back((*it)[1]);
  return found;
}

/// What the window calls its keys: "W", "Page Down, Up".
inline std::set<std::string> key_names() {
  std::set<std::string> names;
  for (const ui::KeyBinding& row : ui::key_bindings()) {
    if (!row.name.empty()) names.emplace(row.name);
  }
  return names;
}

}  // namespace deltascope::testing
