// Every control is pressed by its name; what counts is what the session then contains.

#include "harness.hpp"

namespace deltascope::ui {
namespace {

TEST(Controls, EveryNameIsUsedOnce) {
  Harness ui(all_unfolded());
  EXPECT_GT(ui.workbench.controls().all().size(), 50U);
  for (const auto& [name, control] : ui.workbench.controls().all()) {
    EXPECT_EQ(control.times, 1) << name;
    EXPECT_TRUE(control.visible) << name;
  }
}

TEST(Controls, EveryOneCanBePressedAndNothingBreaks) {
  std::vector<std::string> names;
  {
    Harness ui(all_unfolded());
    for (const auto& [name, control] : ui.workbench.controls().all())
      names.push_back(name);
  }
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    Harness ui(all_unfolded());
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
