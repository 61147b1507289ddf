// Sections on how the network learns: rate, optimizer, batches, cost, initial weights.

#include "actions.hpp"
#include "settings_sections.hpp"
#include "widgets.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace deltascope::ui {
namespace {

constexpr double huge = 1e12;
constexpr NumberRange rate_range{
    .low = 0, .high = huge, .slider_low = 1e-4, .slider_high = 100, .log = true};
constexpr NumberRange momentum_range{.low = 0, .high = 1, .slider_low = 0, .slider_high = 0.99};
constexpr NumberRange l2_range{.low = 0,
                               .high = huge,
                               .slider_low = 1e-6,
                               .slider_high = 1,
                               .log = true,
                               .zero_at_left = true};
constexpr NumberRange scale_range{
    .low = -huge, .high = huge, .slider_low = 0.01, .slider_high = 10, .log = true};
constexpr NumberRange seed_range{
    .low = 0, .high = 9e15, .slider_low = 0, .slider_high = 1, .whole = true};

}  // namespace

void draw_rate_section(Desk& desk) {
  const double rate = desk.settings().rates.learning_rate;
  if (const auto edit = number_slider(desk.ui, "η###Learning rate η", rate, rate_range)) {
    desk.ui.outbox.command(SetLearningRate{edit->value}, edit->gesture);
  }
}

void draw_optimizer_section(Desk& desk) {
  const Settings& settings = desk.settings();
  if (const Optimizer* chosen =
          table_combo(desk.ui, "Update rule###Optimizer", optimizers(), settings.optimizer)) {
    desk.ui.outbox.command(SetOptimizer{chosen});
  }
  wrapped_text(desk.ui, settings.optimizer->formula);
  if (!settings.optimizer->uses_momentum) return;
  if (const auto edit =
          number_slider(desk.ui, "Momentum μ", settings.rates.momentum, momentum_range)) {
    desk.ui.outbox.command(SetMomentum{edit->value}, edit->gesture);
  }
}

void draw_batch_section(Desk& desk) {
  Ui& ui = desk.ui;
  const Settings& settings = desk.settings();
  const Index count = desk.data().size();
  constexpr std::array<Index, 5> sizes{1, 2, 5, 10, 0};
  const std::vector<std::string> names{"1", "2", "5", "10", "all"};
  const auto present = std::find(sizes.begin(), sizes.end(), settings.batch_size);
  const int chosen = present == sizes.end() ? -1 : static_cast<int>(present - sizes.begin());

  const float field = ui.px(82);
  secondary_text(ui, "Points per step");
  ImGui::SameLine();
  align_right(field);
  const Index shown = settings.batch_size == 0 ? count : settings.batch_size;
  const NumberRange range{
      .low = 1, .high = std::max(1.0, static_cast<double>(count)), .whole = true};
  if (const auto typed =
          number_field(ui, "###Batch size", static_cast<double>(shown), range, field)) {
    desk.ui.outbox.command(SetBatchSize{static_cast<Index>(*typed)});
  }
  if (const auto pressed = toggle_group(ui, "Batch", names, chosen)) {
    desk.ui.outbox.command(SetBatchSize{sizes[static_cast<std::size_t>(*pressed)]});
  }
  const auto offered = [](const SamplingRule& rule) { return !rule.needs_list; };
  if (const SamplingRule* rule =
          table_combo(ui, "Drawn###Sampling", sampling_rules(), settings.sampling, offered)) {
    desk.ui.outbox.command(SetSampling{rule});
  }
}

void draw_cost_section(Desk& desk) {
  const Settings& settings = desk.settings();
  if (const Loss* chosen = table_combo(desk.ui, "Loss", losses(), settings.model.loss)) {
    desk.ui.outbox.command(SetLoss{chosen});
  }
  wrapped_text(desk.ui, settings.model.loss->formula);
  if (const auto edit = number_slider(desk.ui, "Weight decay λ (L2)###Weight decay λ",
                                      settings.model.l2, l2_range)) {
    desk.ui.outbox.command(SetL2{edit->value}, edit->gesture);
  }
}

void draw_initial_section(Desk& desk) {
  Ui& ui = desk.ui;
  const InitialWeights& initial = desk.settings().initial;
  if (const Initializer* chosen =
          table_combo(ui, "Drawn as###Initial weights scheme", initializers(), initial.scheme)) {
    ui.outbox.command(SetInitializer{{chosen, chosen->default_scale, initial.seed}});
  }
  if (const auto edit = number_slider(ui, "Scale###Initial scale", initial.scale, scale_range)) {
    ui.outbox.command(SetInitializer{{initial.scheme, edit->value, initial.seed}}, edit->gesture);
  }
  const float field = ui.px(110);
  secondary_text(ui, "Seed");
  ImGui::SameLine();
  align_right(field);
  if (const auto typed =
          number_field(ui, "###Seed", static_cast<double>(initial.seed), seed_range, field)) {
    ui.outbox.command(NewSeed{static_cast<std::uint64_t>(*typed)});
  }
}

void draw_view_section(Desk& desk) {
  Preferences& preferences = desk.ui.preferences;
  checkbox(desk.ui, "Hard shading", &preferences.hard_shading);
  if (checkbox(desk.ui, "Logarithmic steps", &preferences.loss_log_x)) desk.view.loss = {};
  if (checkbox(desk.ui, "Logarithmic cost", &preferences.loss_log_y)) desk.view.loss = {};
  if (button(desk.ui, "Fit###Fit all")) actions::fit(desk);
  tooltip("Shows all points and the whole curves (F)");
  ImGui::SameLine();
  if (button(desk.ui, desk.frame.fullscreen ? "Window###Full screen" : "Full screen")) {
    actions::toggle_fullscreen(desk);
  }
}

}  // namespace deltascope::ui
