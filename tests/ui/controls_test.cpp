// Every control is pressed by its name; what counts is what the session then contains.

#include "harness.hpp"
#include "settings_sections.hpp"

namespace deltascope::ui {
namespace {

Harness::Options unfolded() {
  Harness::Options options;
  options.height = 1700;
  for (const Section& section : sections()) options.preferences.open_sections[section.title] = true;
  options.preferences.open_sections["‖δ‖ over time"] = true;
  return options;
}

TEST(Controls, EveryNameIsUsedOnce) {
  Harness ui(unfolded());
  EXPECT_GT(ui.workbench.controls().all().size(), 50U);
  for (const auto& [name, control] : ui.workbench.controls().all()) {
    EXPECT_EQ(control.times, 1) << name;
    EXPECT_TRUE(control.visible) << name;
  }
}

TEST(Controls, EveryOneCanBePressedAndNothingBreaks) {
  std::vector<std::string> names;
  {
    Harness ui(unfolded());
    for (const auto& [name, control] : ui.workbench.controls().all()) names.push_back(name);
  }
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    Harness ui(unfolded());
    ui.press(name);
    ui.press(name == "Help" ? "Close help" : name == "Train" ? "Train" : "Step");
    ui.frames(3);
  }
}

TEST(Transport, TrainAndPause) {
  Harness ui;
  ui.press("Train");
  EXPECT_EQ(ui.run, RunState::playing);
  ui.press("Train");
  EXPECT_EQ(ui.run, RunState::paused);
}

TEST(Transport, StepTakesOneStep) {
  Harness ui;
  ui.press("Step");
  EXPECT_EQ(ui.session.state().step, 1U);
  ui.press("Step");
  EXPECT_EQ(ui.session.state().step, 2U);
}

TEST(Transport, ResetReturnsToTheSameWeights) {
  Harness ui;
  const std::vector<double> before = ui.session.state().parameters;
  ui.press("Step");
  ASSERT_NE(ui.session.state().parameters, before);
  ui.press("Reset");
  EXPECT_EQ(ui.session.state().step, 0U);
  EXPECT_EQ(ui.session.state().parameters, before);
}

TEST(Transport, NewSeedDrawsOtherWeights) {
  Harness ui;
  const std::vector<double> before = ui.session.state().parameters;
  ui.press("New seed");
  EXPECT_NE(ui.session.state().parameters, before);
  EXPECT_EQ(ui.settings().initial.seed, 5001U);
}

TEST(Transport, SpeedGoesFromOneToUnlimited) {
  Harness ui;
  const picture::Rect slider = ui.rect("Speed");
  ui.drag(slider.center(), {slider.x0 + 1, slider.center().y});
  ASSERT_FALSE(ui.sent<SetSpeed>().empty());
  EXPECT_EQ(ui.sent<SetSpeed>().back().steps_per_second, 1);
  ui.drag(slider.center(), {slider.x1 + 30, slider.center().y});
  EXPECT_EQ(ui.sent<SetSpeed>().back().steps_per_second, 0);
  EXPECT_EQ(ui.workbench.preferences().steps_per_second, 0);
}

TEST(Transport, RemembersTheSpeedAtTheStart) {
  Harness::Options options;
  options.preferences.steps_per_second = 10;
  Harness ui(options);
  ASSERT_EQ(ui.sent<SetSpeed>().size(), 1U);
  EXPECT_EQ(ui.sent<SetSpeed>().front().steps_per_second, 10);
}

TEST(Transport, UndoAndRedo) {
  Harness ui;
  ui.press("Hidden 1: more");
  ASSERT_EQ(ui.settings().model.architecture.sizes()[1], 3);
  ui.press("Undo");
  EXPECT_EQ(ui.settings().model.architecture.sizes()[1], 2);
  ui.press("Redo");
  EXPECT_EQ(ui.settings().model.architecture.sizes()[1], 3);
}

TEST(Transport, ThemeAndZoomAreRemembered) {
  Harness ui;
  ui.press("Theme");
  EXPECT_FALSE(ui.workbench.preferences().dark);
  for (const float zoom : {1.25F, 1.5F, 1.75F, 2.0F, 1.0F}) {
    ui.press("Zoom");
    EXPECT_EQ(ui.workbench.preferences().zoom, zoom);
  }
}

TEST(Learning, RateByTyping) {
  Harness ui;
  ui.enter("Learning rate η", "0.25");
  EXPECT_EQ(ui.settings().rates.learning_rate, 0.25);
  ui.enter("Learning rate η", "1e-3");
  EXPECT_EQ(ui.settings().rates.learning_rate, 1e-3);
  ui.enter("Learning rate η", "0,05");
  EXPECT_EQ(ui.settings().rates.learning_rate, 0.05);
}

TEST(Learning, RateThatIsNoNumberIsRefusedAndSaid) {
  Harness ui;
  for (const char* text : {"abc", "-1", "nan", "inf", "1e999", ""}) {
    SCOPED_TRACE(text);
    ui.press("Learning rate η");
    if (std::string(text).empty()) ui.edit_key(shim::EditKey::backspace);
    ui.type(text);
    ui.edit_key(shim::EditKey::enter);
    EXPECT_EQ(ui.settings().rates.learning_rate, 5.0);
    EXPECT_LT(ui.workbench.seconds_until_next_change(), 60);  // there is a toast
  }
}

TEST(Learning, LeavingTheFieldTakesWhatWasTyped) {
  Harness ui;
  ui.press("Learning rate η");
  ui.type("2");
  ui.press("Step");
  EXPECT_EQ(ui.settings().rates.learning_rate, 2.0);
}

TEST(Learning, OneDragOfTheRateIsOneUndo) {
  Harness ui;
  const picture::Rect slider = ui.rect("Learning rate η slider");
  ui.drag(slider.center(), {slider.x0 + 20, slider.center().y});
  const double dragged = ui.settings().rates.learning_rate;
  EXPECT_LT(dragged, 0.01);
  EXPECT_GT(ui.count([](const Request& r) { return std::holds_alternative<Command>(r); }), 3U);
  ui.press("Undo");
  EXPECT_EQ(ui.settings().rates.learning_rate, 5.0);
  EXPECT_FALSE(ui.session.can_undo());
}

TEST(Learning, TwoDragsAreTwoUndos) {
  Harness ui;
  const picture::Rect slider = ui.rect("Learning rate η slider");
  ui.drag(slider.center(), {slider.x0 + 20, slider.center().y});
  const double first = ui.settings().rates.learning_rate;
  ui.drag(slider.center(), {slider.x1 - 20, slider.center().y});
  ui.press("Undo");
  EXPECT_EQ(ui.settings().rates.learning_rate, first);
}

TEST(Learning, EveryOptimizerCanBeChosen) {
  Harness ui(unfolded());
  for (const Optimizer& row : optimizers()) {
    if (&row == ui.settings().optimizer) continue;
    ui.choose("Optimizer", row.label);
    EXPECT_EQ(ui.settings().optimizer, &row);
  }
}

TEST(Learning, MomentumAppearsWithItsOptimizer) {
  Harness ui(unfolded());
  EXPECT_FALSE(ui.has("Momentum μ"));
  ui.choose("Optimizer", find_optimizer("momentum")->label);
  ui.enter("Momentum μ", "0.5");
  EXPECT_EQ(ui.settings().rates.momentum, 0.5);
}

TEST(Learning, EveryBatchSizeAndTyping) {
  Harness ui(unfolded());
  for (const auto& [name, size] : std::vector<std::pair<std::string, Index>>{
           {"1", 1}, {"2", 2}, {"5", 5}, {"10", 10}, {"all", 0}}) {
    ui.press("Batch: " + name);
    EXPECT_EQ(ui.settings().batch_size, size) << name;
  }
  ui.enter("Batch size", "3");
  EXPECT_EQ(ui.settings().batch_size, 3);
  ui.enter("Batch size", "2.5");
  EXPECT_EQ(ui.settings().batch_size, 3);
  ui.enter("Batch size", "11");
  EXPECT_EQ(ui.settings().batch_size, 3);
}

TEST(Learning, EverySamplingRuleThatNeedsNoList) {
  Harness ui(unfolded());
  for (const SamplingRule& row : sampling_rules()) {
    if (row.needs_list || &row == ui.settings().sampling) continue;
    ui.choose("Sampling", row.label);
    EXPECT_EQ(ui.settings().sampling, &row);
  }
  ui.press("Sampling");
  ui.frames(2);
  const std::string listed(find_sampling_rule("listed")->label);
  EXPECT_FALSE(ui.has("Sampling: " + listed));
}

TEST(Learning, EveryLossAndItsOutput) {
  Harness ui(unfolded());
  for (const Loss& row : losses()) {
    if (&row == ui.settings().model.loss) continue;
    ui.choose("Loss", row.label);
    EXPECT_EQ(ui.settings().model.loss, &row);
    EXPECT_TRUE(row.admits(ui.settings().model.architecture.output_activation()));
  }
}

TEST(Learning, WeightDecay) {
  Harness ui(unfolded());
  ui.enter("Weight decay λ", "0.01");
  EXPECT_EQ(ui.settings().model.l2, 0.01);
  const picture::Rect slider = ui.rect("Weight decay λ slider");
  ui.drag(slider.center(), {slider.x0 - 5, slider.center().y});
  EXPECT_EQ(ui.settings().model.l2, 0.0);
}

TEST(Learning, EveryInitializer) {
  Harness ui(unfolded());
  for (const Initializer& row : initializers()) {
    if (&row == ui.settings().initial.scheme) continue;
    ui.choose("Initial weights scheme", row.label);
    EXPECT_EQ(ui.settings().initial.scheme, &row);
  }
  ui.enter("Initial scale", "0.1");
  EXPECT_EQ(ui.settings().initial.scale, 0.1);
  ui.enter("Seed", "42");
  EXPECT_EQ(ui.settings().initial.seed, 42U);
}

TEST(NetworkControls, NeuronsAndLayers) {
  Harness ui;
  ui.press("Hidden 2: fewer");
  EXPECT_EQ(ui.settings().model.architecture.sizes(), (std::vector<Index>{2, 2, 2, 2}));
  ui.press("Output: more");
  EXPECT_EQ(ui.settings().model.architecture.sizes(), (std::vector<Index>{2, 2, 2, 3}));
  ui.press("Add layer");
  EXPECT_EQ(ui.settings().model.architecture.layers(), 4);
  ui.press("Hidden 1: remove");
  EXPECT_EQ(ui.settings().model.architecture.layers(), 3);
}

TEST(NetworkControls, WhatWasReinitialisedIsSaid) {
  Harness ui;
  ui.press("Hidden 1: more");
  ASSERT_EQ(ui.notices.size(), 1U);
  EXPECT_LT(ui.workbench.seconds_until_next_change(), 10);
}

TEST(NetworkControls, ActivationPerLayer) {
  Harness ui;
  for (const Activation& row : activations()) {
    if (row.output_only || &row == &ui.settings().model.architecture.activation(0)) continue;
    ui.choose("Hidden 1: activation", row.label);
    EXPECT_EQ(&ui.settings().model.architecture.activation(0), &row);
    EXPECT_EQ(ui.settings().model.architecture.activation(1).name, "sigmoid");
  }
  ui.choose("Output: activation", find_activation("softmax")->label);
  EXPECT_EQ(ui.settings().model.architecture.output_activation().name, "softmax");
  EXPECT_EQ(ui.settings().model.loss->name, "softmax_ce");
}

TEST(NetworkControls, SoftmaxIsNotOfferedToHiddenLayers) {
  Harness ui;
  ui.press("Hidden 1: activation");
  ui.frames(2);
  EXPECT_TRUE(ui.has("Hidden 1: activation: tanh"));
  EXPECT_FALSE(ui.has("Hidden 1: activation: softmax"));
}

TEST(DataControls, EveryDataSet) {
  Harness ui;
  for (const DatasetRecipe& row : dataset_recipes()) {
    if (row.name == "ox") continue;
    ui.choose("Data set", row.label);
    EXPECT_EQ(ui.data().size(), row.points) << row.label;
  }
}

TEST(DataControls, ClearAndUndo) {
  Harness ui;
  ui.press("Clear points");
  EXPECT_EQ(ui.data().size(), 0);
  ui.press("Undo");
  EXPECT_EQ(ui.data().size(), 10);
}

TEST(DataControls, SelectedPointChangesItsClassAndGoes) {
  Harness ui;
  ui.click(ui.plane_px(0.1, 0.1));
  ASSERT_EQ(ui.label(0), 0);
  ui.press("Point's class: X");
  EXPECT_EQ(ui.label(0), 1);
  ui.press("Remove point");
  EXPECT_EQ(ui.data().size(), 9);
  EXPECT_FALSE(ui.has("Remove point"));
}

TEST(ViewControls, AxesShadingAndSections) {
  Harness ui;
  ui.press("Log x");
  ui.press("Log y");
  ui.press("Shading");
  ui.press("Delta over time");
  ui.press("Relative to output");
  ui.press("section Optimizer");
  const Preferences& preferences = ui.workbench.preferences();
  EXPECT_TRUE(preferences.loss_log_x);
  EXPECT_TRUE(preferences.loss_log_y);
  EXPECT_TRUE(preferences.hard_shading);
  EXPECT_TRUE(preferences.delta_relative);
  EXPECT_TRUE(preferences.open_sections.at("Optimizer"));
  EXPECT_TRUE(ui.has("Optimizer"));
}

TEST(ViewControls, AdvancedSectionsAreFoldedAtFirst) {
  const Harness ui;
  EXPECT_TRUE(ui.has("Learning rate η"));
  for (const char* name : {"Optimizer", "Batch size", "Sampling", "Weight decay λ", "Loss",
                           "Initial weights scheme", "delta history"}) {
    EXPECT_FALSE(ui.has(name)) << name;
  }
}

TEST(Divergence, OffersTheWaysOut) {
  Harness ui;
  const auto diverge = [&] {
    ui.session.apply({SetActivation{0, find_activation("linear")}, 0});
    ui.session.apply({SetActivation{1, find_activation("linear")}, 0});
    ui.session.apply({SetActivation{2, find_activation("linear")}, 0});
    ui.session.apply({SetLearningRate{1e30}, 0});
    for (int i = 0; i < 100 && ui.session.advance(); ++i) {
    }
    ASSERT_TRUE(ui.session.divergence());
    ui.frames(3);
  };
  diverge();
  ui.press("Back with half the rate");
  EXPECT_FALSE(ui.session.divergence());
  EXPECT_EQ(ui.settings().rates.learning_rate, 0.5e30);

  diverge();
  ui.press("Restart with half the rate");
  EXPECT_FALSE(ui.session.divergence());
  EXPECT_EQ(ui.session.state().step, 0U);
  EXPECT_EQ(ui.settings().rates.learning_rate, 0.5e30);

  diverge();
  ui.press("Reset after divergence");
  EXPECT_FALSE(ui.session.divergence());
  EXPECT_EQ(ui.settings().rates.learning_rate, 1e30);
  EXPECT_FALSE(ui.has("Reset after divergence"));
}

TEST(Frames, HeatMapsAreComputedOnlyWhenTheyChange) {
  Harness ui;
  ui.frames(5);
  EXPECT_TRUE(ui.textures.sizes_complete);
  int before = ui.textures.computed;
  ui.frames(5);
  EXPECT_EQ(ui.textures.computed, before);
  before = ui.textures.computed;
  ui.key(Key::s);
  const int neurons = 7, boundary = 1;
  EXPECT_EQ(ui.textures.computed - before, neurons + boundary);
}

}  // namespace
}  // namespace deltascope::ui
