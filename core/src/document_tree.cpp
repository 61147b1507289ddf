#include "document_tree.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

namespace deltascope {
namespace {

using Event = Json::parse_event_t;

/// Where the parser stands. Nothing of ours is nested deeper than the levels it remembers.
class Place {
 public:
  static constexpr int levels = 8;

  /// False when the event is a key that its object has had before. `depth` < levels.
  bool follow(int depth, Event event, const Json& value) {
    Level& here = at(depth);
    const bool is_start = event == Event::object_start || event == Event::array_start;
    if ((is_start || event == Event::value) && here.is_array) ++here.index;
    if (is_start && depth + 1 < levels) at(depth + 1) = {event == Event::array_start, -1, {}, {}};
    if (event != Event::key) return true;
    here.key = value.get<std::string>();
    return here.seen.insert(here.key).second;
  }

  /// "recording.log[3].step" at depth 4; at depth 0, nothing.
  std::string path(int depth) const {
    std::string text;
    for (int d = 1; d <= depth; ++d) {
      const Level& level = levels_[static_cast<std::size_t>(d)];
      if (level.is_array) {
        text += "[" + std::to_string(level.index) + "]";
      } else {
        text += (text.empty() ? "" : ".") + level.key;
      }
    }
    return text;
  }

 private:
  struct Level {  // what the values at this depth stand in
    bool is_array = false;
    Index index = -1;
    std::string key;
    std::set<std::string> seen;
  };
  Level& at(int depth) { return levels_[static_cast<std::size_t>(depth)]; }
  std::array<Level, levels> levels_;
};

/// What a syntax error says, without the library's own preface and at a readable length.
Problem syntax_problem(std::string_view json, std::string_view file, std::size_t byte,
                       std::string reason) {
  const std::string_view before = json.substr(0, std::min(byte > 0 ? byte - 1 : 0, json.size()));
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto column = before.size() - line_start + 1;
  const std::string place = std::to_string(line) + ":" + std::to_string(column);
  constexpr std::size_t readable = 160;
  if (reason.size() > readable) reason = reason.substr(0, readable) + " …";
  return {file.empty() ? "line " + place : std::string(file) + ":" + place, reason};
}

/// Takes the rows of X and Y out of the values that stream by, and finds keys given twice.
class Filter {
 public:
  Filter(DocumentTree& tree, Problems& problems) : tree_(tree), problems_(problems) {}

  bool keep(int depth, Event event, const Json& value) {
    if (depth >= Place::levels) {
      refuse_depth();
      return false;
    }
    if (!place_.follow(depth, event, value)) {
      problems_.push_back({place_.path(depth), "is given twice"});
    }
    if (event == Event::key && (rows_ == nullptr || depth <= rows_depth_)) begin_key(depth, value);
    const bool ends =
        event == Event::array_end || event == Event::object_end || event == Event::value;
    if (rows_ == nullptr || depth != rows_depth_ + 1 || !ends) return true;
    rows_->add(value);
    return false;  // taken: keep it out of the tree
  }

 private:
  // Whoever works through the tree calls itself for each level: a bottomless one has no end there.
  void refuse_depth() {
    if (std::exchange(too_deep_, true)) return;
    problems_.push_back(
        {place_.path(Place::levels - 1), "is nested deeper than a document can be"});
  }
  void begin_key(int depth, const Json& value) {
    rows_ = nullptr;
    const auto& name = value.get_ref<const std::string&>();
    if (name != "X" && name != "Y") return;
    std::string owner = place_.path(depth);
    owner.pop_back();
    const bool is_document = owner.empty() || owner == "recording.start." ||
                             (depth == 3 && owner.starts_with("variants["));
    if (!is_document) return;
    Samples& samples = tree_.samples[owner];
    rows_ = name == "X" ? &samples.X.emplace("X") : &samples.Y.emplace("Y");
    rows_depth_ = depth;
  }

  DocumentTree& tree_;
  Problems& problems_;
  Place place_;
  SampleRows* rows_ = nullptr;
  int rows_depth_ = 0;
  bool too_deep_ = false;
};

}  // namespace

void SampleRows::add(const Json& row) {
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

Matrix SampleRows::take(Index width, std::string_view what, Problems& problems) {
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

void SampleRows::add_problem(std::string where, std::string message) {
  if (problems_.size() < 20) problems_.push_back({std::move(where), std::move(message)});
}

bool parse_tree(std::string_view json, std::string_view file, DocumentTree& tree,
                Problems& problems) {
  Filter filter(tree, problems);
  try {
    tree.root = Json::parse(json, [&](int depth, Event event, Json& value) {
      return filter.keep(depth, event, value);
    });
  } catch (const Json::parse_error& error) {
    const std::string what = error.what();
    const std::size_t reason = what.find(": ");
    problems.push_back(
        syntax_problem(json, file, error.byte,
                       "is not valid JSON: " + what.substr(reason == what.npos ? 0 : reason + 2)));
    return false;
  } catch (const Json::out_of_range& error) {
    // A number too big for a double; the text of the number stands in quotes in the message.
    const std::string what = error.what();
    const std::size_t first = what.find('\''), last = what.rfind('\'');
    const std::string number =
        first < last && last != what.npos ? what.substr(first + 1, last - first - 1) : what;
    problems.push_back(
        syntax_problem(json, file, json.find(number) + 1, number + " is too large a number"));
    return false;
  }
  if (tree.root.is_object()) return true;
  problems.push_back({"", "must be one JSON object: { … }"});
  return false;
}

}  // namespace deltascope
