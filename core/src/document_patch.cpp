#include "document_parts.hpp"

#include <nlohmann/json.hpp>

namespace deltascope {
namespace {

using Json = nlohmann::json;

/// The merge patch (RFC 7396) that makes `to` of `from`. There are no nulls in a document.
Json patch_between(const Json& from, const Json& to) {
  Json patch = Json::object();
  for (const auto& [key, value] : from.items()) {
    if (!to.contains(key)) patch[key] = nullptr;
  }
  for (const auto& [key, value] : to.items()) {
    const auto before = from.find(key);
    if (before == from.end()) {
      patch[key] = value;
    } else if (before->dump() != value.dump()) {  // as text: 0 and −0 are equal as numbers
      const bool merges = before->is_object() && value.is_object();
      patch[key] = merges ? patch_between(*before, value) : value;
    }
  }
  return patch;
}

}  // namespace

std::vector<ChangedKey> changed_keys(std::string_view from, std::string_view to) {
  std::vector<ChangedKey> changed;
  const Json patch = patch_between(Json::parse(from), Json::parse(to));
  for (const auto& [key, value] : patch.items())
    changed.push_back({key, value.dump()});
  return changed;
}

}  // namespace deltascope
