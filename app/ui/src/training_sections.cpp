// Sections on how the network learns: rate, optimizer, batches, cost, initial weights.

#include "actions.hpp"
#include "settings_sections.hpp"
#include "trial_controls.hpp"
#include "widgets.hpp"

#include <deltascope/reference_cost.hpp>

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

// A formula of the table of optimizers, with the text's own letter for the learning rate.
std::string with_rate(std::string_view formula, const walk::Notation& notation) {
  std::string text(formula);
  constexpr std::string_view letter = "η";
  for (std::size_t at = text.find(letter); at != std::string::npos; at = text.find(letter, at)) {
    text.replace(at, letter.size(), notation.learning_rate);
    at += notation.learning_rate.size();
  }
  return text;
}

// Where batches are seen, and whose random numbers they are drawn by.
std::string batch_note(const Settings& settings) {
  std::string note = "The points of the next batch are ringed in the plane.";
  if (settings.stream == &default_stream_rule()) return note;
  note += fmt::format(" Points are drawn as {} does, seed {}", settings.stream->label,
                      settings.sampling_seed);
  if (settings.stream_skip_words > 0) {
    note += fmt::format(", behind the {} words that the initial weights took",
                        settings.stream_skip_words);
  }
  return note + ".";
}

// Swatch, name and a button to let it go, for each.
void kept_runs(Desk& desk) {
  const Ui& ui = desk.ui;
  std::vector<KeptRun>& kept = desk.view.kept;
  if (kept.empty()) return;
  secondary_text(ui, "Kept runs");
  const SmallControls small(ui);
  auto released = kept.end();
  for (auto run = kept.begin(); run != kept.end(); ++run) {
    if (icon_button(ui, ("×###Remove kept: " + run->name).c_str())) released = run;
    ImGui::SameLine();
    wrapped_text(ui, run->name);
  }
  if (released != kept.end()) kept.erase(released);
  if (button(ui, "Clear kept")) kept.clear();
}

}  // namespace

void draw_rate_section(Desk& desk) {
  if (!desk.settings().optimizer->uses_learning_rate()) return draw_damping(desk);
  const double rate = desk.settings().rates.learning_rate;
  const std::string label = fmt::format("{}###Learning rate η", desk.notation().learning_rate);
  if (const auto edit = number_slider(desk.ui, label.c_str(), rate, rate_range)) {
    desk.ui.outbox.command(SetLearningRate{edit->value}, edit->gesture);
  }
}

void draw_optimizer_section(Desk& desk) {
  const Settings& settings = desk.settings();
  const auto why_not = [&](const Optimizer& row) {
    return why_unsuitable(row, settings.model, desk.data().size());
  };
  if (const Optimizer* chosen = suitable_combo(desk.ui, "Update rule###Optimizer", optimizers(),
                                               settings.optimizer, why_not)) {
    desk.ui.outbox.command(SetOptimizer{chosen});
  }
  wrapped_text(desk.ui, with_rate(settings.optimizer->formula, desk.notation()));
  for (const Optimizer& row : optimizers()) {
    if (const std::string why = why_not(row); !why.empty()) wrapped_text(desk.ui, why + ".");
  }
  if (settings.optimizer->least_squares) {
    draw_damped_solve(desk);
    draw_trial(desk);
  }
  if (!settings.optimizer->uses_momentum) return;
  if (const auto edit =
          number_slider(desk.ui, "Momentum μ", settings.rates.momentum, momentum_range)) {
    desk.ui.outbox.command(SetMomentum{edit->value}, edit->gesture);
  }
}

void draw_batch_section(Desk& desk) {
  Ui& ui = desk.ui;
  const Settings& settings = desk.settings();
  if (settings.optimizer->least_squares) {
    wrapped_text(ui, std::string(settings.optimizer->label) +
                         " takes all points in every step; batches are for the other update "
                         "rules.");
    return;
  }
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
  if (settings.batch_size != 0) wrapped_text(ui, batch_note(settings));
}

void draw_cost_section(Desk& desk) {
  const Settings& settings = desk.settings();
  const auto why_not = [&](const Loss& row) {
    Model model = settings.model;
    model.loss = &row;
    return why_unsuitable(*settings.optimizer, model, desk.data().size());
  };
  if (const Loss* chosen =
          suitable_combo(desk.ui, "Loss", losses(), settings.model.loss, why_not)) {
    desk.ui.outbox.command(SetLoss{chosen});
  }
  wrapped_text(desk.ui, settings.model.loss->formula);
  const std::string label = fmt::format("Weight decay {} (L2)###Weight decay λ",
                                        walk::label_of({walk::Kind::l2}, desk.notation()));
  if (const auto edit = number_slider(desk.ui, label.c_str(), settings.model.l2, l2_range)) {
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
  if (button(ui, "Many seeds …###Many seeds")) actions::toggle_sweep(desk);
  tooltip(ui, "How often does this setting succeed? Trains from many seeds (Shift+N)");
}

void draw_view_section(Desk& desk) {
  Preferences& preferences = desk.ui.preferences;
  if (const walk::Notation* row =
          table_combo(desk.ui, "Notation", walk::notations(), &desk.notation())) {
    preferences.choose(*row);
  }
  tooltip(desk.ui, desk.notation().source);
  checkbox(desk.ui, "Hard shading", &preferences.hard_shading);
  if (checkbox(desk.ui, "Logarithmic steps", &preferences.loss_log_x)) desk.view.loss = {};
  if (checkbox(desk.ui, "Logarithmic cost", &preferences.loss_log_y)) desk.view.loss = {};
  const std::string paper_scale_label =
      fmt::format("Cost times 2{}: Σ‖y−a‖²###Cost times 2N", desk.notation().samples);
  if (paper_scale(desk.settings().model, desk.data().size()) &&
      checkbox(desk.ui, paper_scale_label.c_str(), &preferences.paper_scale)) {
    desk.view.loss = {};
  }
  checkbox(desk.ui, "Reference lines", &preferences.reference_lines);
  if (const RunMeasure* row =
          table_combo(desk.ui, "Cost against", run_measures(), preferences.loss_against)) {
    preferences.loss_against = row;
    desk.view.loss = {};
  }
  kept_runs(desk);
  if (button(desk.ui, "Fit###Fit all")) actions::fit(desk);
  tooltip(desk.ui, "Shows all points and the whole curves (F)");
  ImGui::SameLine();
  if (button(desk.ui, desk.frame.fullscreen ? "Window###Full screen" : "Full screen")) {
    actions::toggle_fullscreen(desk);
  }
}

}  // namespace deltascope::ui
