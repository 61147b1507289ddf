#pragma once
// Small sessions to try things on.

#include <deltascope/session.hpp>
#include <deltascope/session_file.hpp>

#include <memory>
#include <string_view>

namespace deltascope::testing {

inline Document ox_document(const Settings& settings = ox_settings()) {
  Document document;
  document.settings = std::make_shared<const Settings>(settings);
  document.data = std::make_shared<const Dataset>(
      make_dataset(*find_dataset_recipe("ox"), {}, settings.model.architecture.outputs(),
                   settings.model.architecture.output_activation()));
  return document;
}

inline Session ox_session(const Settings& settings = ox_settings()) {
  const Document document = ox_document(settings);
  return Session(document.settings, document.data);
}

/// 1-1 linear, quadratic, X = 10, Y = 0, W = 1, b = 0: with η = 1 the cost grows by 10⁴ a step and
/// is no longer finite after 77 steps.
inline Document diverging_document() {
  Settings settings = ox_settings();
  settings.model.architecture = Architecture({1, 1}, {find_activation("linear")});
  settings.rates.learning_rate = 1.0;
  Document document;
  document.settings = std::make_shared<const Settings>(settings);
  auto data = std::make_shared<Dataset>();
  data->X.resize(1, 1);
  data->Y.resize(1, 1);
  data->X(0, 0) = 10.0;
  document.data = data;
  document.parameters = {1.0, 0.0};
  return document;
}

/// The O/X network trained with η = 0.05 by this rule, batch size and optimizer.
inline Settings sampled(std::string_view rule, Index batch, std::string_view optimizer) {
  Settings settings = ox_settings();
  settings.sampling = find_sampling_rule(rule);
  settings.batch_size = batch;
  settings.optimizer = find_optimizer(optimizer);
  settings.rates.learning_rate = 0.05;
  return settings;
}

inline void advance(Session& session, int steps) {
  for (int i = 0; i < steps; ++i)
    session.advance();
}

}  // namespace deltascope::testing
