#pragma once
// Reading parts of a JSON value into plain data, each with the path for its messages.

#include "document_tree.hpp"

#include <deltascope/table.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace deltascope {

/// Small readers: each reports what is wrong under its path and goes on, so that one reading finds
/// all there is.
class JsonReader {
 protected:
  /// `at`: what stands before all paths, such as "variants[1].".
  explicit JsonReader(std::string at = "") : at_(std::move(at)) {}

  void add(const std::string& where, std::string message) {
    found_.push_back({at_ + where, std::move(message)});
  }
  /// Takes over what somebody else found wrong with these keys.
  void add(Problems problems) {
    for (Problem& problem : problems)
      add(problem.where, std::move(problem.message));
  }

  static const Json* find(const Json& object, std::string_view key) {
    const auto it = object.find(key);
    return it == object.end() ? nullptr : &*it;
  }
  const Json* required(const Json& object, std::string_view key, std::string_view at = "") {
    const Json* value = find(object, key);
    if (value == nullptr) add(std::string(at) + std::string(key), "is missing");
    return value;
  }
  const Json* required_list(const Json& object, std::string_view key) {
    const Json* value = required(object, key);
    return value != nullptr && is_list(*value, std::string(key)) ? value : nullptr;
  }
  const Json* optional_object(const Json& object, std::string_view key, std::string_view at = "") {
    const Json* value = find(object, key);
    if (value == nullptr || value->is_object()) return value;
    add(std::string(at) + std::string(key), "must be an object: { … }");
    return nullptr;
  }
  void only_keys(const Json& object, const std::string& at,
                 std::initializer_list<std::string_view> known) {
    only_keys(object, at, std::span(known.begin(), known.size()));
  }
  void only_keys(const Json& object, const std::string& at,
                 std::span<const std::string_view> known) {
    for (const auto& [key, value] : object.items()) {
      if (std::ranges::find(known, key) != known.end()) continue;
      std::string names;
      for (const std::string_view name : known)
        names += (names.empty() ? "" : ", ") + std::string(name);
      add(at + key, "is not known here; known are " + names);
    }
  }
  bool is_list(const Json& value, const std::string& path) {
    if (!value.is_array()) add(path, "must be a list: [ … ]");
    return value.is_array();
  }
  bool is_list(const Json& value, const std::string& path, std::size_t size, std::string_view what,
               std::string_view owner, std::string_view owned = "") {
    if (!is_list(value, path)) return false;
    if (value.size() == size) return true;
    std::string message = "has " + std::to_string(value.size());
    message.append(" ").append(what).append(", ").append(owner).append(" has ");
    message.append(std::to_string(size));
    if (!owned.empty()) message.append(" ").append(owned);
    add(path, std::move(message));
    return false;
  }
  void numbers(const Json& list, const std::string& path, std::string_view owned,
               std::span<double> into) {
    if (!is_list(list, path, into.size(), "numbers", "the layer", owned)) return;
    for (std::size_t i = 0; i < into.size(); ++i) {
      if (list[i].is_number()) {
        into[i] = list[i].get<double>();
      } else {
        add(path + "[" + std::to_string(i) + "]", "must be a number");
      }
    }
  }
  std::string text(const Json& object, std::string_view key) {
    const Json* value = find(object, key);
    if (value == nullptr) return {};
    if (value->is_string()) return value->get<std::string>();
    add(std::string(key), "must be text in quotes");
    return {};
  }
  double number(const Json& object, const std::string& at, std::string_view key, double otherwise) {
    const Json* value = find(object, key);
    if (value == nullptr) return otherwise;
    if (value->is_number()) return value->get<double>();
    add(at + std::string(key), "must be a number");
    return otherwise;
  }
  std::uint64_t seed(const Json& object, const std::string& at, std::uint64_t otherwise) {
    const Json* value = find(object, "seed");
    if (value == nullptr) return otherwise;
    constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max();
    return whole(*value, at + "seed", 0, any).value_or(otherwise);
  }
  std::optional<std::uint64_t> whole(const Json& value, const std::string& path, std::uint64_t low,
                                     std::uint64_t high, std::string_view otherwise = "") {
    if (value.is_number_unsigned()) {
      const auto number = value.get<std::uint64_t>();
      if (number >= low && number <= high) return number;
    }
    add(path, "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high) +
                  std::string(otherwise));
    return std::nullopt;
  }
  template <class Row>
  const Row* row(const Json& value, const std::string& path, std::span<const Row> table) {
    const Row* found =
        value.is_string() ? find_row(table, value.get_ref<const std::string&>()) : nullptr;
    if (found == nullptr) {
      add(path, (value.is_string() ? value.dump() + " is not known; it" : std::string("it")) +
                    " must be one of " + row_names(table));
    }
    return found;
  }

  std::string at_;
  Problems found_;
};

}  // namespace deltascope
