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

}  // namespace deltascope::bench
