#include "input.hpp"

#include "choices.hpp"
#include "console.hpp"

#include <deltascope/presets.hpp>
#include <deltascope/table.hpp>
#include <deltascope/walk/document_notation.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <vector>

namespace deltascope::cli {
namespace {

Document built_in(const std::string& dataset) {
  Document document;
  const auto settings = std::make_shared<const Settings>(ox_settings());
  const Architecture& net = settings->model.architecture;
  document.settings = settings;
  document.data = std::make_shared<const Dataset>(
      make_dataset(*find_dataset_recipe(dataset), {}, net.outputs(), net.output_activation()));
  return document;
}

std::vector<std::string> fitting_datasets() {
  std::vector<std::string> names;
  for (const DatasetRecipe& recipe : dataset_recipes()) {
    if (recipe.classes <= class_count(ox_settings().model.architecture.outputs())) {
      names.emplace_back(recipe.name);
    }
  }
  return names;
}

std::optional<Document> variant_of(const Document& document, const std::string& name) {
  const auto found = std::ranges::find(document.variants, name, &Variant::name);
  if (found != document.variants.end()) return *found->document;
  if (document.variants.empty()) {
    fail("--variant: the document has no variants");
    return std::nullopt;
  }
  std::string names;
  for (const Variant& variant : document.variants)
    names += (names.empty() ? "\"" : ", \"") + variant.name + "\"";
  fail("--variant: there is no variant \"" + name + "\"; there are " + names);
  return std::nullopt;
}

}  // namespace

void Input::define_document(CLI::App& command) {
  CLI::Option* file = command.add_option("FILE", file_, "A session document; - is standard input")
                          ->option_text(" ");
  command
      .add_option("--preset", preset_, "In place of FILE: one that deltascope-cli presets lists")
      ->option_text("NAME")
      ->excludes(file);
}

std::string Input::name() const {
  if (!preset_.empty()) return preset_;
  return file_.empty() || file_ == "-" ? "exercise" : std::filesystem::path(file_).stem().string();
}

void Input::define(CLI::App& command) {
  define_document(command);
  one_of(command.add_option("--dataset", dataset_,
                            "In place of FILE: a 2-2-3-2 sigmoid network on these points (ox)"),
         fitting_datasets())
      ->excludes("FILE")
      ->excludes("--preset");
  command.add_option("--variant", variant_, "One of the document's variants, in place of itself")
      ->option_text("NAME");
}

std::optional<Document> Input::open_whole() const {
  if (!names_document()) return built_in(dataset_);
  Problems problems;
  const std::optional<std::filesystem::path> file =
      preset_.empty() ? std::filesystem::path(file_) : find_preset(preset_, problems);
  std::optional<Document> document;
  if (file) document = load_document(*file, problems);
  if (document && !walk::notations_known(*document, problems)) document.reset();
  if (!document) fail(problems);
  return document;
}

std::optional<Document> Input::open() const {
  std::optional<Document> document = open_whole();
  if (!document || variant_.empty()) return document;
  return variant_of(*document, variant_);
}

std::optional<Document> Input::open_with_samples() const {
  std::optional<Document> document = open();
  if (document && document->data->size() == 0) {
    fail("X: has no samples, there is nothing to compute with");
    return std::nullopt;
  }
  return document;
}

void keep_texts(const Document& from, Document& to) {
  to.title = from.title;
  to.about = from.about;
  to.view = from.view;
  to.variants = from.variants;
  to.original = from.original;
  to.exercise = from.exercise;
  to.questions = from.questions;
}

}  // namespace deltascope::cli
