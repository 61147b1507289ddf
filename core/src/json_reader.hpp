#pragma once
// Reading parts of a JSON value into plain data, each with the path for its messages. For
// session_file_read.cpp alone: nothing else includes the JSON library.

#include "document_parts.hpp"

#include <deltascope/table.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace deltascope {

using Json = nlohmann::json;

/// "X" or "Y" as it streams by: numbers go into one block and rows are counted, so that a million
/// samples never stand as a tree of JSON values.
class SampleRows {
 public:
  explicit SampleRows(std::string_view name) : name_(name) {}

  void add(const Json& row) {
    const Index index = rows_++;
    if (index >= max_samples) return;  // counted only; the document is refused
    if (!row.is_array()) {
      add_problem(indexed(name_, {index}), "must be a list of numbers");
      return;
    }
    const auto width = static_cast<Index>(row.size());
    if (runs_.empty() || runs_.back().width != width) runs_.push_back({index, width});
    for (const Json& value : row) {
      if (value.is_number()) {
        values_.push_back(value.get<double>());
      } else {
        const Index k = &value - &row.front();
        add_problem(indexed(name_, {index, k}), "must be a number");
      }
    }
  }

  Index rows() const { return rows_; }
  /// The samples as columns (width × N) if all is well, else problems.
  Matrix take(Index width, std::string_view what, Problems& problems) {
    for (const Run& run : runs_) {
      if (run.width == width) continue;
      add_problem(indexed(name_, {run.first_row}),
                  "has " + std::to_string(run.width) + " numbers, the network has " +
                      std::to_string(width) + " " + std::string(what));
    }
    if (rows_ > max_samples) {
      add_problem(std::string(name_), "has " + std::to_string(rows_) + " samples; at most " +
                                          std::to_string(max_samples) + " are possible");
    }
    Matrix matrix;
    if (problems_.empty()) {
      matrix.resize(width, rows_);
      std::ranges::copy(values_, matrix.values().begin());
    }
    std::ranges::move(problems_, std::back_inserter(problems));
    std::vector<double>().swap(values_);
    return matrix;
  }

 private:
  struct Run {  // rows from first_row on have this width
    Index first_row;
    Index width;
  };
  void add_problem(std::string where, std::string message) {
    if (problems_.size() < 20) problems_.push_back({std::move(where), std::move(message)});
  }

  std::string_view name_;
  std::vector<double> values_;
  std::vector<Run> runs_;
  Index rows_ = 0;
  Problems problems_;
};

/// Small readers: each reports what is wrong under its path and goes on, so that one reading finds
/// all there is.
class JsonReader {
 protected:
  void add(std::string where, std::string message) {
    found_.push_back({std::move(where), std::move(message)});
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

  Problems found_;
};

}  // namespace deltascope
