#include "console.hpp"
#include "verbs.hpp"

#include <deltascope/lesson/marked_document.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace deltascope::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using lesson::Mark;
using lesson::MarkedCell;
using lesson::MarkedDocument;

struct Options {
  std::vector<std::string> paths;
  std::string key;
  bool json = false, details = false;
};

struct Entry {
  std::string file;
  MarkedDocument marked;
};

/// The documents in a folder, or the file itself. Nothing after saying why on standard error.
std::optional<std::vector<fs::path>> documents_at(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    fail(path + ": no such file or folder");
    return std::nullopt;
  }
  if (!fs::is_directory(path, error)) return std::vector<fs::path>{path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    // A pipe or a device (which an unpacked archive may link to) would be read for ever.
    std::error_code unknown;
    const bool is_endless = entry.is_other(unknown);
    if (entry.path().extension() == ".json" && !is_endless) files.push_back(entry.path());
  }
  if (!error) return files;
  fail(path + ": cannot be read: " + error.message());
  return std::nullopt;
}

std::optional<std::vector<fs::path>> all_documents(const std::vector<std::string>& paths) {
  std::vector<fs::path> all;
  for (const std::string& path : paths) {
    const auto files = documents_at(path);
    if (!files) return std::nullopt;
    all.insert(all.end(), files->begin(), files->end());
  }
  std::ranges::sort(all, {}, [](const fs::path& file) {
    return std::pair(file.filename().string(), file.string());
  });
  const auto repeated = std::ranges::unique(all);
  all.erase(repeated.begin(), repeated.end());
  if (!all.empty()) return all;
  fail("there are no documents (*.json) to mark");
  return std::nullopt;
}

/// The exercises as they were handed out.
std::optional<std::vector<Document>> read_keys(const std::string& path) {
  const auto files = all_documents({path});
  if (!files) return std::nullopt;
  std::vector<Document> keys;
  for (const fs::path& file : *files) {
    Problems problems;
    std::optional<Document> key = load_document(file, problems);
    if (key && !key->exercise) problems.push_back({"exercise", "is missing"});
    for (const Problem& problem : problems)
      fail("--key: " + file.filename().string() + ": " + problem.text());
    if (!problems.empty()) return std::nullopt;
    keys.push_back(*std::move(key));
  }
  return keys;
}

/// Nothing, and one sentence in `reason`, when it cannot be marked.
std::optional<MarkedDocument> mark_file(const fs::path& file, const std::vector<Document>& keys,
                                        std::string& reason) {
  Problems problems;
  const std::optional<Document> document = load_document(file, problems);
  std::optional<MarkedDocument> marked;
  if (document) {
    std::string differs;
    for (const Document& key : keys) {
      differs = lesson::difference(key, *document);
      if (differs.empty()) break;
    }
    if (differs.empty()) {
      marked = lesson::mark_document(*document, problems);
    } else if (keys.size() == 1) {
      problems.push_back({"", "was changed: " + differs + " are not those of the key"});
    } else {
      problems.push_back({"", "was changed: it is none of the exercises of the key"});
    }
  }
  if (!marked) {
    const Problem& first = problems.front();
    const bool names_file = first.where.starts_with(file.string());
    reason = names_file ? first.text() : file.filename().string() + ": " + first.text();
  }
  return marked;
}

/// A field of RFC 4180. What a spreadsheet would take for a formula, and do, becomes text by an
/// apostrophe; plain numbers stay as they are.
std::string field(std::string text) {
  constexpr std::string_view formulas = "=+-@\t\r\n";
  constexpr std::string_view of_numbers = "0123456789+-.,eE";
  const bool is_number = text.find_first_not_of(of_numbers) == std::string::npos &&
                         lesson::parse_answer(text).has_value();
  const bool begins_so = !text.empty() && formulas.find(text.front()) != std::string_view::npos;
  if (begins_so && !is_number) text.insert(0, 1, '\'');
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text)
    quoted += letter == '"' ? "\"\"" : std::string(1, letter);
  return quoted + '"';
}

std::string row(const std::vector<std::string>& texts) {
  std::string line;
  for (const std::string& text : texts)
    line += (line.empty() ? "" : ",") + field(text);
  return line + "\r\n";
}

std::size_t count_of(const MarkedDocument& document, const Mark& mark) {
  return static_cast<std::size_t>(std::ranges::count_if(
      document.cells, [&](const MarkedCell& cell) { return cell.marked.mark == &mark; }));
}

std::size_t attempts_of(const MarkedDocument& document) {
  std::size_t attempts = 0;
  for (const MarkedCell& cell : document.cells)
    attempts += cell.attempts;
  return attempts;
}

double percent(const MarkedDocument& document) {
  return document.of() == 0 ? 0.0 : 100.0 * document.points() / static_cast<double>(document.of());
}

/// A learner with the mark of each name.
std::string overview_csv(const std::vector<Entry>& entries) {
  std::vector<std::string> head{"file", "learner", "points", "of", "percent", "attempts"};
  for (const Mark& mark : lesson::marks())
    head.emplace_back(mark.name);
  head.insert(head.end(), {"predictions_right", "predictions"});
  std::string csv = row(head);
  for (const auto& [file, marked] : entries) {
    std::vector<std::string> texts{file,
                                   marked.learner,
                                   fmt::format("{}", marked.points()),
                                   std::to_string(marked.of()),
                                   fmt::format("{:.1f}", percent(marked)),
                                   std::to_string(attempts_of(marked))};
    for (const Mark& mark : lesson::marks())
      texts.push_back(std::to_string(count_of(marked, mark)));
    texts.push_back(std::to_string(marked.right_predictions));
    texts.push_back(std::to_string(marked.predictions));
    csv += row(texts);
  }
  return csv;
}

std::string details_csv(const std::vector<Entry>& entries) {
  std::string csv = row({"file", "learner", "step", "cell", "sample", "answer", "expected", "mark",
                         "points", "attempts"});
  for (const auto& [file, marked] : entries) {
    for (const MarkedCell& cell : marked.cells) {
      const bool of_sample = cell.cell.kind->of_sample;
      csv += row({file, marked.learner, std::to_string(cell.step), cell_name(cell.cell),
                  of_sample ? std::to_string(cell.cell.sample) : "", cell.text,
                  fmt::format("{}", cell.marked.expected), std::string(cell.marked.mark->name),
                  fmt::format("{}", cell.marked.mark->points), std::to_string(cell.attempts)});
    }
  }
  return csv;
}

Json cells_json(const MarkedDocument& marked) {
  Json cells = Json::array();
  for (const MarkedCell& cell : marked.cells) {
    Json entry{{"step", cell.step}, {"cell", cell_name(cell.cell)}};
    if (cell.cell.kind->of_sample) entry["sample"] = cell.cell.sample;
    entry["answer"] = cell.text;
    entry["expected"] = cell.marked.expected;
    entry["mark"] = cell.marked.mark->name;
    entry["points"] = cell.marked.mark->points;
    entry["attempts"] = cell.attempts;
    cells.push_back(std::move(entry));
  }
  return cells;
}

std::string to_json(const std::vector<Entry>& entries, bool details) {
  Json all = Json::array();
  for (const auto& [file, marked] : entries) {
    Json counts = Json::object();
    for (const Mark& mark : lesson::marks())
      counts[std::string(mark.name)] = count_of(marked, mark);
    Json entry{{"file", file},
               {"learner", marked.learner},
               {"points", marked.points()},
               {"of", marked.of()},
               {"percent", percent(marked)},
               {"attempts", attempts_of(marked)},
               {"marks", counts},
               {"predictions_right", marked.right_predictions},
               {"predictions", marked.predictions}};
    if (details) entry["cells"] = cells_json(marked);
    all.push_back(std::move(entry));
  }
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int mark(const Options& options) {
  const auto files = all_documents(options.paths);
  if (!files) return bad_input;
  std::vector<Document> keys;
  if (!options.key.empty()) {
    auto read = read_keys(options.key);
    if (!read) return bad_input;
    keys = *std::move(read);
  }
  std::vector<Entry> entries;
  for (const fs::path& file : *files) {
    std::string reason;
    auto marked = mark_file(file, keys, reason);
    if (marked) {
      entries.push_back({file.filename().string(), *std::move(marked)});
    } else {
      fail(reason, failed);
    }
  }
  const std::string text = options.json      ? to_json(entries, options.details)
                           : options.details ? details_csv(entries)
                                             : overview_csv(entries);
  if (!print(text)) return bad_input;
  return entries.size() == files->size() ? success : failed;
}

}  // namespace

std::function<int()> define_mark(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  command
      .add_option("FILES", options->paths, "Documents with answers, or folders of them (*.json)")
      ->option_text(" ")
      ->required();
  command
      .add_option("--key", options->key,
                  "The exercise as it was handed out, or a folder of them: a document whose "
                  "network, points or hidden cells are other ones is not marked")
      ->option_text("FILE");
  command.add_flag("--details", options->details, "A row for each hidden cell of each learner");
  command.add_flag("--json", options->json, "Print JSON in place of CSV");
  return [options] { return mark(*options); };
}

}  // namespace deltascope::cli
