// Mistakes made on purpose: how they are chosen, and that nobody overlooks them.

#include "harness.hpp"
#include "settings_sections.hpp"

#include <deltascope/mistake.hpp>

namespace deltascope::ui {
namespace {

void diverge(Harness& ui) {
  for (Index layer = 0; layer < 3; ++layer)
    ui.session.apply({SetActivation{layer, find_activation("linear")}, 0});
  ui.session.apply({SetLearningRate{1e6}, 0});
  for (int step = 0; step < 1000 && !ui.session.divergence(); ++step)
    ui.session.advance();
  ASSERT_TRUE(ui.session.divergence());
}

Harness::Options checking() {
  Harness::Options options;
  options.preferences.checking = true;
  return options;
}

void choose(Harness& ui, std::string_view label) {
  ui.choose("Mistake", label);
}

TEST(Mistakes, AreChosenInTheChecksEachOfThem) {
  Harness ui(checking());
  for (const Mistake& mistake : mistakes()) {
    SCOPED_TRACE(mistake.name);
    choose(ui, mistake.label);
    EXPECT_EQ(mistake_in(ui.settings().model), &mistake);
  }
  choose(ui, "none");
  EXPECT_EQ(mistake_in(ui.settings().model), nullptr);
}

TEST(Mistakes, AreUndone) {
  Harness ui(checking());
  choose(ui, mistakes()[3].label);
  ui.key(Key::z, true);
  EXPECT_EQ(mistake_in(ui.settings().model), nullptr);
  ui.key(Key::y, true);
  EXPECT_EQ(mistake_in(ui.settings().model), &mistakes()[3]);
}

TEST(Mistakes, ThatAreChosenAlreadyAreNotChosenAgain) {
  Harness ui(checking());
  choose(ui, mistakes()[3].label);
  const std::size_t before = ui.sent<Command>().size();
  choose(ui, mistakes()[3].label);
  EXPECT_EQ(ui.sent<Command>().size(), before);
}

TEST(Mistakes, AreNotChosenWhereAnExerciseLocksThem) {
  for (const bool locked : {false, true}) {
    Harness ui(checking());
    Exercise exercise;
    if (locked) exercise.locked = {find_lock("mistake")};
    ui.open_exercise(exercise);
    if (!ui.has("Mistake")) ui.key(Key::c);  // it opens in the walk
    ui.press("Mistake");
    EXPECT_NE(ui.has("Mistake: none"), locked);
  }
}

TEST(Mistakes, ExplainThemselvesWithoutScrolling) {
  Harness ui(checking());
  for (const Mistake& mistake : mistakes()) {
    choose(ui, mistake.label);
    const picture::Rect explained = ui.rect("mistake explained");
    EXPECT_GT(explained.height(), 12) << mistake.name;
    EXPECT_LT(explained.y1, ImGui::GetIO().DisplaySize.y - 12) << mistake.name;
  }
  choose(ui, "none");
  EXPECT_FALSE(ui.has("mistake explained"));
}

TEST(Mistakes, SayWhenTheyDoNotShow) {
  Harness ui(checking());
  choose(ui, "1/N forgotten");
  const auto height = [&] {
    return ui.rect("mistake explained").y1 - ui.rect("mistake explained").y0;
  };
  const float all = height();
  ui.session.apply({SetBatchSize{1}, 0});
  ui.frames(3);
  EXPECT_GT(height(), all);
  ui.session.apply({SetBatchSize{10}, 0});
  ui.frames(3);
  EXPECT_EQ(height(), all);
}

TEST(Mistakes, SayWhenTheOptimizerDoesNotMakeThem) {
  Harness ui(checking());
  choose(ui, "1/N forgotten");
  const auto height = [&] {
    return ui.rect("mistake explained").y1 - ui.rect("mistake explained").y0;
  };
  const float all = height();
  const Outcome outcome =
      ui.session.apply({SetOptimizer{find_optimizer("levenberg_marquardt")}, 0});
  ASSERT_TRUE(outcome.accepted) << outcome.notice;
  ui.frames(3);
  EXPECT_GT(height(), all);
}

TEST(MistakeBanner, ShowsAsLongAsThereIsAMistake) {
  Harness ui;
  EXPECT_FALSE(ui.has("Mistake off"));
  ui.session.apply({SetMistake{find_mistake("sign")}, 0});
  ui.frames(3);
  EXPECT_TRUE(ui.has("Mistake off"));
  ui.press("Mistake off");
  EXPECT_EQ(mistake_in(ui.settings().model), nullptr);
  EXPECT_FALSE(ui.has("Mistake off"));
}

TEST(MistakeBanner, ShowsWhereTheSettingsAreFoldedAway) {
  Harness::Options options;
  options.width = 640;
  options.height = 480;
  Harness ui(options);
  ui.session.apply({SetMistake{find_mistake("sign")}, 0});
  ui.frames(3);
  EXPECT_FALSE(ui.has("section Data"));
  EXPECT_TRUE(ui.has("Mistake off"));
}

TEST(MistakeBanner, ChecksAndShowsWhatIsFound) {
  Harness ui;
  ui.session.apply({SetMistake{find_mistake("slope_forgotten")}, 0});
  ui.frames(3);
  ui.press("Check mistake");
  EXPECT_TRUE(ui.has("Check now"));
  EXPECT_FALSE(ui.check.gradient.passed());
  EXPECT_TRUE(ui.check.update.passed());
  ui.move_to({2, 2});
  const int with_verdicts = ui.vertices();
  ui.press("Close checks");  // then nothing is checked by itself
  ui.key(Key::s);
  ui.move_to({2, 2});
  EXPECT_NE(ui.vertices(), with_verdicts);
}

TEST(MistakeBanner, SharesItsPlaceWithDivergence) {
  Harness ui;
  ui.session.apply({SetMistake{find_mistake("sign")}, 0});
  diverge(ui);
  ASSERT_TRUE(ui.session.divergence());
  ui.frames(3);
  EXPECT_TRUE(ui.has("Restart with half the rate"));
  EXPECT_TRUE(ui.has("Mistake off"));
  EXPECT_GT(ui.rect("Mistake off").y0, ui.rect("Restart with half the rate").y0);
  EXPECT_FALSE(ui.workbench.controls().find("Check mistake")->enabled);
}

TEST(MistakeBanner, IsThereInTheWalkWhichGoesToItsEndWithEveryMistake) {
  for (const Mistake& mistake : mistakes()) {
    SCOPED_TRACE(mistake.name);
    Harness::Options options;
    options.preferences.walking = true;
    Harness ui(options);
    ui.session.apply({SetMistake{&mistake}, 0});
    ui.frames(3);
    EXPECT_TRUE(ui.has("Mistake off"));
    for (int press = 0; press < 200 && ui.session.state().step == 0; ++press)
      ui.key(Key::right);
    EXPECT_EQ(ui.session.state().step, 1U);
  }
}

}  // namespace
}  // namespace deltascope::ui
