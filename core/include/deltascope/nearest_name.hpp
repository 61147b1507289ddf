#pragma once

#include <span>
#include <string>
#include <string_view>

namespace deltascope {

/// Of `names` (not empty) the one that takes the fewest insertions, removals and replacements of
/// letters to be made of `name`; the first of several. Source: Levenshtein (1966).
const std::string& nearest_name(std::string_view name, std::span<const std::string> names);

}  // namespace deltascope
