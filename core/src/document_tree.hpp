#pragma once
// The JSON of a session document as a tree of values, with its samples in blocks beside it.

#include "document_parts.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace deltascope {

using Json = nlohmann::json;

/// "X" or "Y" as it streams by: numbers go into one block and rows are counted, so that a million
/// samples never stand as a tree of JSON values.
class SampleRows {
 public:
  explicit SampleRows(std::string_view name) : name_(name) {}

  void add(const Json& row);
  Index rows() const { return rows_; }
  /// The samples as columns (width × N) if all is well, else problems.
  Matrix take(Index width, std::string_view what, Problems& problems);

 private:
  struct Run {  // rows from first_row on have this width
    Index first_row;
    Index width;
  };
  void add_problem(std::string where, std::string message);

  std::string_view name_;
  std::vector<double> values_;
  std::vector<Run> runs_;
  Index rows_ = 0;
  Problems problems_;
};

/// What stands under "X" and "Y" in one object; null when the key is absent there.
struct Samples {
  std::optional<SampleRows> X, Y;
};

/// A document's keys. Where X and Y are lists, the tree has empty ones.
struct DocumentTree {
  Json root = Json::object();
  /// By the path of the object they stand in: "", "variants[0].", "recording.start.".
  std::map<std::string, Samples> samples;
};

/// Fills an empty tree. False when it is not JSON or not an object. `file` is for syntax errors;
/// empty: from nowhere.
bool parse_tree(std::string_view json, std::string_view file, DocumentTree& tree,
                Problems& problems);

}  // namespace deltascope
