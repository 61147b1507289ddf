#pragma once

#include <deltascope/dataset.hpp>
#include <deltascope/session_file.hpp>
#include <deltascope/settings.hpp>

#include <memory>

namespace deltascope::bench {

/// The O/X example as it opens: ten points, 2-2-3-2, full batch.
inline Document ox_document() {
  Document document;
  document.settings = std::make_shared<const Settings>(ox_settings());
  const Architecture& net = document.settings->model.architecture;
  document.data = std::make_shared<const Dataset>(
      make_dataset(dataset_recipes().front(), {}, net.outputs(), net.output_activation()));
  return document;
}

/// As in the paper: one random point per step, η = 0.05.
inline Document ox_paper_document() {
  Document document = ox_document();
  Settings settings = *document.settings;
  settings.batch_size = 1;
  settings.sampling = find_sampling_rule("with_replacement");
  settings.rates.learning_rate = 0.05;
  document.settings = std::make_shared<const Settings>(settings);
  return document;
}

/// What is large on screen: 8 hidden layers of 32 neurons, 100,000 points, batches of 32.
inline Document large_document() {
  const Activation* tanh = find_activation("tanh");
  Settings settings = ox_settings();
  std::vector<Index> sizes(10, 32);
  sizes.front() = sizes.back() = 2;
  settings.model.architecture = Architecture(sizes, std::vector(9, tanh));
  settings.initial = {find_initializer("xavier"), 1.0, 1};
  settings.batch_size = 32;
  settings.sampling = find_sampling_rule("without_replacement");
  settings.rates.learning_rate = 0.01;
  Document document;
  const Architecture& net = settings.model.architecture;
  document.data = std::make_shared<const Dataset>(
      make_dataset(*find_dataset_recipe("spiral"), {.points = 100'000, .noise = 0.05},
                   net.outputs(), net.output_activation()));
  document.settings = std::make_shared<const Settings>(std::move(settings));
  return document;
}

}  // namespace deltascope::bench
