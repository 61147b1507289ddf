// Levenberg–Marquardt in the window: when it is offered, its damping, and what it says of a trial.

#include "harness.hpp"
#include "trial_controls.hpp"

namespace deltascope::ui {
namespace {

const Optimizer* levenberg_marquardt() {
  return find_optimizer("levenberg_marquardt");
}

void choose_it(Harness& ui) {
  ui.choose("Optimizer", levenberg_marquardt()->label);
  ASSERT_EQ(ui.settings().optimizer, levenberg_marquardt());
}

TEST(Trials, AreNotOfferedWithCrossEntropy) {
  Harness ui(all_unfolded());
  const std::string row = "Optimizer: " + std::string(levenberg_marquardt()->label);
  ui.press("Optimizer");
  ui.frames(2);
  EXPECT_TRUE(ui.workbench.controls().find(row)->enabled);
  ui.press("Optimizer");
  ui.choose("Loss", find_loss("bce")->label);
  ui.press("Optimizer");
  ui.frames(2);
  ASSERT_TRUE(ui.has(row));
  EXPECT_FALSE(ui.workbench.controls().find(row)->enabled);
  ui.press(row);
  EXPECT_EQ(ui.settings().optimizer->name, "gradient_descent");
}

TEST(Trials, WhyTheyAreNotOfferedShowsUnderTheMouse) {
  Harness ui(all_unfolded());
  ui.choose("Loss", find_loss("bce")->label);
  ui.frames(600);  // the notice of the choice goes
  ui.press("Optimizer");
  ui.move_to(ui.rect("Optimizer: " + std::string(levenberg_marquardt()->label)).center());
  const double wait = ui.workbench.seconds_until_next_change();
  EXPECT_GT(wait, 0);
  EXPECT_LT(wait, 1);
}

TEST(Trials, LossesTheyCannotTrainAreNotOffered) {
  Harness ui(all_unfolded());
  const std::string row = "Loss: " + std::string(find_loss("bce")->label);
  ui.press("Loss");
  ui.frames(2);
  EXPECT_TRUE(ui.workbench.controls().find(row)->enabled);
  ui.press("Loss");
  choose_it(ui);
  ui.frames(600);  // the notice of the choice goes
  ui.press("Loss");
  ui.frames(2);
  ASSERT_TRUE(ui.has(row));
  EXPECT_FALSE(ui.workbench.controls().find(row)->enabled);
  ui.move_to(ui.rect(row).center());
  EXPECT_LT(ui.workbench.seconds_until_next_change(), 1);  // until it says why
  ui.press(row);
  EXPECT_EQ(ui.settings().model.loss->name, "quadratic");
}

TEST(Trials, SayWhenNoStepLowersTheCostAnyMore) {
  Snapshot snapshot;
  EXPECT_FALSE(is_stalled(snapshot));
  Harness ui(all_unfolded());
  choose_it(ui);
  const auto stalled = [&] {
    snapshot.trial = ui.session.last_trial();
    return is_stalled(snapshot);
  };
  ui.session.advance();
  EXPECT_FALSE(stalled());
  for (int trial = 0; trial < 3000 && !stalled(); ++trial)
    ui.session.advance();
  ASSERT_TRUE(stalled());
  // Larger damping promises still less: it stays so.
  const double cost = ui.session.evaluate().cost();
  for (int trial = 0; trial < 20; ++trial) {
    ui.session.advance();
    EXPECT_TRUE(stalled());
  }
  EXPECT_EQ(ui.session.evaluate().cost(), cost);
}

TEST(Trials, DampingStandsInForTheRate) {
  Harness ui(all_unfolded());
  EXPECT_FALSE(ui.has("Damping μ"));
  choose_it(ui);
  EXPECT_FALSE(ui.has("Learning rate η"));
  ui.enter("Damping μ", "1e-4");
  EXPECT_EQ(ui.settings().rates.damping, 1e-4);
  EXPECT_EQ(ui.session.state().damping, 1e-4);
  const picture::Rect slider = ui.rect("Damping μ slider");
  ui.drag(slider.center(), {slider.x1 + 20, slider.center().y});
  EXPECT_EQ(ui.session.state().damping, 1e8);
  ui.press("Undo");
  EXPECT_EQ(ui.session.state().damping, 1e-4);
}

TEST(Trials, DampingShownIsThatOfTheRun) {
  Harness ui(all_unfolded());
  choose_it(ui);
  ui.press("Step");
  ASSERT_NE(ui.session.state().damping, 0.01);
  // Typing what a field shows already is no change: the field shows the run's μ, not μ₀.
  ui.enter("Damping μ", "0.01");
  EXPECT_EQ(ui.session.state().damping, 0.01);
}

TEST(Trials, EveryWayToSolve) {
  Harness ui(all_unfolded());
  EXPECT_FALSE(ui.has("Damped solve"));
  choose_it(ui);
  for (const DampedSolve& row : damped_solves()) {
    if (&row == ui.settings().damped_solve) continue;
    ui.choose("Damped solve", row.label);
    EXPECT_EQ(ui.settings().damped_solve, &row);
  }
}

TEST(Trials, BatchesAreNotForThem) {
  Harness ui(all_unfolded());
  EXPECT_TRUE(ui.has("Batch size"));
  choose_it(ui);
  EXPECT_FALSE(ui.has("Batch size"));
  EXPECT_FALSE(ui.has("Sampling"));
}

TEST(Trials, ADivergedRunOffersNoRate) {
  Harness ui;
  ui.session.apply({SetOptimizer{levenberg_marquardt()}, 0});
  for (const Index layer : {0, 1, 2})
    ui.session.apply({SetActivation{layer, find_activation("linear")}, 0});
  ui.session.apply({MovePoint{0, 1e200, 1e200}, 0});
  while (!ui.session.divergence() && ui.session.state().step < 100)
    ui.session.advance();
  ASSERT_TRUE(ui.session.divergence());
  ui.frames(3);
  EXPECT_FALSE(ui.has("Restart with half the rate"));
  EXPECT_FALSE(ui.has("Back with half the rate"));
  ui.press("Reset after divergence");
  EXPECT_EQ(ui.session.state().step, 0U);
}

TEST(Trials, EveryControlCanBePressed) {
  std::vector<std::string> names;
  {
    Harness ui(all_unfolded());
    choose_it(ui);
    ui.press("Step");
    for (const auto& [name, control] : ui.workbench.controls().all()) {
      EXPECT_EQ(control.times, 1) << name;
      names.push_back(name);
    }
  }
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    Harness ui(all_unfolded());
    choose_it(ui);
    ui.press("Step");
    ui.press(name);
    ui.frames(3);
  }
}

}  // namespace
}  // namespace deltascope::ui
