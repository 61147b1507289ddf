#include "console.hpp"
#include "verbs.hpp"

#include <deltascope/presets.hpp>
#include <deltascope/session_file.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace deltascope::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string name;
  bool json = false;
};

struct Entry {
  std::string name;
  Document document;
};

Json to_object(const Entry& entry) {
  Json variants = Json::array();
  for (const Variant& variant : entry.document.variants)
    variants.push_back(variant.name);
  return {{"name", entry.name},
          {"title", entry.document.title},
          {"about", entry.document.about},
          {"variants", variants}};
}

std::string list(const std::vector<Entry>& entries, bool as_json) {
  if (as_json) {
    Json all = Json::array();
    for (const Entry& entry : entries)
      all.push_back(to_object(entry));
    return all.dump(2) + "\n";
  }
  std::size_t width = 0;
  for (const Entry& entry : entries)
    width = std::max(width, entry.name.size());
  std::string text;
  for (const Entry& entry : entries)
    text += fmt::format("{:<{}}  {}\n", entry.name, width, entry.document.title);
  return text;
}

std::string describe(const Entry& entry, bool as_json) {
  if (as_json) return to_object(entry).dump(2) + "\n";
  std::string text = entry.document.title + "\n\n" + wrapped(entry.document.about, 80) + "\n";
  if (!entry.document.variants.empty()) text += "\nVariants (--variant NAME):\n";
  for (const Variant& variant : entry.document.variants)
    text += "  " + variant.name + "\n";
  return text;
}

int presets(const Options& options) {
  Problems problems;
  std::vector<Preset> wanted = list_presets();
  if (!options.name.empty()) {
    const auto file = find_preset(options.name, problems);
    if (!file) return fail(problems);
    wanted = {{options.name, *file}};
  }
  std::vector<Entry> entries;
  for (const Preset& preset : wanted) {
    std::optional<Document> document = load_document(preset.file, problems);
    if (document) entries.push_back({preset.name, *std::move(document)});
  }
  if (!problems.empty()) return fail(problems);
  if (entries.empty()) return fail("no presets are installed beside this program");
  const std::string text =
      options.name.empty() ? list(entries, options.json) : describe(entries.front(), options.json);
  return print(text) ? success : bad_input;
}

}  // namespace

std::function<int()> define_presets(CLI::App& command) {
  const auto options = std::make_shared<Options>();
  command.add_option("NAME", options->name, "What this one shows, and its variants")
      ->option_text(" ");
  command.add_flag("--json", options->json, "Print JSON in place of text");
  return [options] { return presets(*options); };
}

}  // namespace deltascope::cli
