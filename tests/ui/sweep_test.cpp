// The sweep over seeds in the window: how it is planned, what it says, and how a run is taken.
#include "harness.hpp"

#include <gmock/gmock.h>

namespace deltascope::ui {
namespace {

std::vector<RunSweep> asked(const Harness& ui) {
  return ui.sent<RunSweep>();
}

/// The panel open and a small sweep done: twelve seeds, 400 steps.
void sweep(Harness& ui) {
  ui.key(Key::n, false, true);
  ui.enter("Sweep seeds", "12");
  ui.enter("Sweep steps", "400");
  ui.enter("Sweep threshold", "0.25");
  ui.press("Start sweep");
  ui.frames(3);
}

TEST(SweepPanel, OpensByKeyAndButtonAndCloses) {
  Harness ui(all_unfolded());
  EXPECT_FALSE(ui.has("Start sweep"));
  ui.key(Key::n, false, true);
  EXPECT_TRUE(ui.has("Start sweep"));
  EXPECT_EQ(ui.settings().initial.seed, 5000U);  // N alone takes a new seed
  ui.press("Close sweep");
  EXPECT_FALSE(ui.has("Start sweep"));
  ui.press("Many seeds");
  EXPECT_TRUE(ui.has("Start sweep"));
  ui.key(Key::n, false, true);
  EXPECT_FALSE(ui.has("Start sweep"));
}

TEST(SweepPanel, SharesItsPlaceWithWalkAndChecks) {
  Harness ui;
  ui.key(Key::w);
  ui.key(Key::n, false, true);
  EXPECT_TRUE(ui.has("Start sweep"));
  EXPECT_FALSE(ui.has("phase 1"));
  ui.key(Key::c);
  EXPECT_FALSE(ui.has("Start sweep"));
  EXPECT_TRUE(ui.has("Check now"));
  ui.key(Key::n, false, true);
  EXPECT_TRUE(ui.has("Start sweep"));
  EXPECT_FALSE(ui.has("Check now"));
  ui.key(Key::w);
  EXPECT_FALSE(ui.has("Start sweep"));
  EXPECT_TRUE(ui.has("phase 1"));
}

TEST(SweepPanel, FillsTheWindowAndLeavesItWhenClosed) {
  Harness ui;
  ui.key(Key::n, false, true);
  ui.press("Alone");
  EXPECT_FALSE(ui.has("plane"));
  ui.key(Key::n, false, true);
  EXPECT_TRUE(ui.has("plane"));
  EXPECT_FALSE(ui.has("Start sweep"));
}

TEST(SweepPanel, AsksForWhatWasPlanned) {
  Harness ui;
  ui.key(Key::n, false, true);
  ui.enter("Sweep first seed", "7");
  ui.enter("Sweep seeds", "5");
  ui.enter("Sweep steps", "60");
  ui.enter("Sweep threshold", "0.2");
  EXPECT_TRUE(asked(ui).empty());
  ui.press("Start sweep");
  ASSERT_EQ(asked(ui).size(), 1U);
  EXPECT_EQ(asked(ui)[0].plan, (SweepPlan{7, 5, 60, 0.2}));
}

TEST(SweepPanel, SuggestsTheLengthOfTheRunOnScreen) {
  Harness ui;
  ui.hold_back();
  ui.key(Key::n, false, true);
  ui.press("Start sweep");
  ui.key(Key::n, false, true);
  for (int step = 0; step < 1200; ++step)
    ui.session.advance();
  ui.document.sessions += 1;
  ui.frames(3);
  ui.key(Key::n, false, true);
  ui.press("Start sweep");
  ASSERT_EQ(asked(ui).size(), 2U);
  EXPECT_EQ(asked(ui)[0].plan, SweepPlan());
  EXPECT_EQ(asked(ui)[1].plan.steps, 1200U);
}

TEST(SweepPanel, RefusesWhatIsNoPlan) {
  Harness ui;
  ui.key(Key::n, false, true);
  ui.enter("Sweep seeds", "0");
  ui.enter("Sweep steps", "-3");
  ui.enter("Sweep threshold", "no");
  ui.press("Start sweep");
  ui.frames(1);
  ASSERT_EQ(asked(ui).size(), 1U);
  EXPECT_EQ(asked(ui)[0].plan, SweepPlan());
}

TEST(SweepPanel, ShowsWhatCameOfIt) {
  Harness ui;
  ui.key(Key::n, false, true);
  EXPECT_FALSE(ui.has("sweep verdict"));
  EXPECT_FALSE(ui.has("sweep curves"));
  ui.key(Key::n, false, true);
  sweep(ui);
  for (const char* control : {"sweep verdict", "sweep curves", "sweep row 1", "Runs: Best first"})
    EXPECT_TRUE(ui.has(control)) << control;
  EXPECT_FALSE(ui.has("sweep is stale"));
}

TEST(SweepPanel, SharesItsAxesWithTheCostPlot) {
  Harness ui;
  sweep(ui);
  const std::string before = ui.picture();
  ui.press("Sweep log x");
  EXPECT_TRUE(ui.workbench.preferences().loss_log_x);
  ui.press("Sweep log y");
  EXPECT_TRUE(ui.workbench.preferences().loss_log_y);
  EXPECT_NE(ui.picture(), before);
}

TEST(SweepPanel, TakesARunIntoTheWindow) {
  Harness ui;
  sweep(ui);
  const std::vector<std::size_t> order = best_first(*ui.sweep.result);
  ui.press("sweep row 1");
  EXPECT_EQ(ui.settings().initial.seed, ui.sweep.result->runs[order.back()].seed);
  EXPECT_FALSE(ui.has("sweep is stale"));  // it is of this setting still
  ui.press("Runs: Best first");
  ui.press("sweep row 1");
  EXPECT_EQ(ui.settings().initial.seed, ui.sweep.result->runs[order.front()].seed);
  EXPECT_EQ(ui.session.state().step, 0U);
}

TEST(SweepPanel, SaysWhenSomethingWasChangedSince) {
  Harness ui;
  sweep(ui);
  ui.session.apply({SetLearningRate{0.5}});
  ui.frames(3);
  EXPECT_TRUE(ui.has("sweep is stale"));
  EXPECT_TRUE(ui.has("sweep verdict"));
  ui.session.apply({Undo{}});
  ui.frames(3);
  EXPECT_FALSE(ui.has("sweep is stale"));
  ui.session.apply({MovePoint{0, 0.5, 0.5}});
  ui.frames(3);
  EXPECT_TRUE(ui.has("sweep is stale"));
}

TEST(SweepPanel, ShowsHowFarItIsAndCancels) {
  Harness ui;
  sweep(ui);
  ui.sweep.running = true;
  ui.sweep.progress = 0.4;
  ui.frames(3);
  EXPECT_FALSE(ui.has("Start sweep"));
  EXPECT_TRUE(ui.has("sweep progress"));
  EXPECT_TRUE(ui.has("sweep verdict"));  // so far
  ui.press("Cancel sweep");
  EXPECT_EQ(ui.sent<CancelSweep>().size(), 1U);
}

TEST(SweepPanel, NeedsPoints) {
  Harness ui;
  ui.session.apply({ClearPoints{}});
  ui.key(Key::n, false, true);
  ui.press("Start sweep");
  EXPECT_TRUE(asked(ui).empty());
}

TEST(SweepPanel, DrawsAnotherRunUnderTheMouse) {
  Harness ui;
  sweep(ui);
  const std::string before = ui.picture();
  ui.move_to(ui.rect("sweep row 2").center());
  ui.frames(2);
  EXPECT_NE(ui.picture(), before);
  ui.move_to(ui.rect("sweep curves").center());
  ui.frames(2);
  EXPECT_NE(ui.picture(), before);
}

TEST(SweepPanel, HasEverythingWhereTheWindowIsSmall) {
  for (const float zoom : {1.0F, 1.75F, 2.0F}) {
    Harness::Options options;
    options.width = 1280;
    options.height = 800;
    options.preferences.zoom = zoom;
    Harness ui(options);
    ui.key(Key::n, false, true);
    ASSERT_TRUE(ui.has("Start sweep")) << zoom;
    ui.press("Start sweep");
    ui.frames(3);
    EXPECT_TRUE(ui.has("sweep verdict")) << zoom;
  }
}

TEST(SweepPanel, OfAnExerciseThatLocksWeightsTakesNoRun) {
  Harness ui;
  sweep(ui);
  Exercise exercise;
  exercise.locked = {find_lock("weights")};
  ui.open_exercise(exercise);
  ui.key(Key::n, false, true);
  ASSERT_TRUE(ui.has("sweep row 1"));
  ui.press("sweep row 1");
  EXPECT_EQ(ui.settings().initial.seed, 5000U);
}

}  // namespace
}  // namespace deltascope::ui
