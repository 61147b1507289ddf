#include <deltascope/nearest_name.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace deltascope {
namespace {

std::size_t edits_between(std::string_view from, std::string_view to) {
  std::vector<std::size_t> edits(to.size() + 1);  // from the letters so far to each start of `to`
  std::iota(edits.begin(), edits.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = std::exchange(edits[0], i + 1);
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = edits[j + 1];
      edits[j + 1] = std::min({replaced, edits[j] + 1, edits[j + 1] + 1});
    }
  }
  return edits.back();
}

}  // namespace

const std::string& nearest_name(std::string_view name, std::span<const std::string> names) {
  assert(!names.empty());
  return *std::min_element(names.begin(), names.end(), [&](const auto& one, const auto& other) {
    return edits_between(name, one) < edits_between(name, other);
  });
}

}  // namespace deltascope
