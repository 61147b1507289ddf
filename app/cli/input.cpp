#include "input.hpp"

#include "console.hpp"

#include <deltascope/table.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <vector>

namespace deltascope::cli {

void Input::define(CLI::App& command) {
  const Architecture& net = ox_settings().model.architecture;
  std::vector<std::string> names;
  for (const DatasetRecipe& recipe : dataset_recipes()) {
    if (recipe.classes <= class_count(net.outputs())) names.emplace_back(recipe.name);
  }
  CLI::Option* file = command.add_option("FILE", file_, "A session document; - is standard input");
  command
      .add_option("--dataset", dataset_,
                  "Without FILE: a 2-2-3-2 sigmoid network on these points (ox)")
      ->check(CLI::IsMember(names))
      ->excludes(file);
}

std::optional<Document> Input::open() const {
  Problems problems;
  if (!file_.empty()) {
    std::optional<Document> document = load_document(file_, problems);
    if (!document) fail(problems);
    return document;
  }
  Document document;
  const auto settings = std::make_shared<const Settings>(ox_settings());
  const Architecture& net = settings->model.architecture;
  document.settings = settings;
  document.data = std::make_shared<const Dataset>(
      make_dataset(*find_dataset_recipe(dataset_), {}, net.outputs(), net.output_activation()));
  return document;
}

std::optional<Document> Input::open_with_samples() const {
  std::optional<Document> document = open();
  if (document && document->data->size() == 0) {
    fail("X: has no samples, there is nothing to compute with");
    return std::nullopt;
  }
  return document;
}

}  // namespace deltascope::cli
