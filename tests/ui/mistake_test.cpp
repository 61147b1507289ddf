// Mistakes made on purpose: how they are chosen, and that nobody overlooks them.

#include "harness.hpp"
#include "settings_sections.hpp"

#include <deltascope/mistake.hpp>

namespace deltascope::ui {
namespace {

std::string row_of(const Mistake& mistake) {
  return "Mistake: " + std::string(mistake.label);
}

void diverge(Harness& ui) {
  for (Index layer = 0; layer < 3; ++layer)
    ui.session.apply({SetActivation{layer, find_activation("linear")}, 0});
  ui.session.apply({SetLearningRate{1e6}, 0});
  for (int step = 0; step < 1000 && !ui.session.divergence(); ++step)
    ui.session.advance();
  ASSERT_TRUE(ui.session.divergence());
}

TEST(Mistakes, AreChosenInTheSettingsEachOfThem) {
  Harness ui(all_unfolded());
  for (const Mistake& mistake : mistakes()) {
    SCOPED_TRACE(mistake.name);
    ui.press(row_of(mistake));
    EXPECT_EQ(mistake_in(ui.settings().model), &mistake);
  }
  ui.press("Mistake: none");
  EXPECT_EQ(mistake_in(ui.settings().model), nullptr);
}

TEST(Mistakes, AreUndone) {
  Harness ui(all_unfolded());
  ui.press(row_of(mistakes()[3]));
  ui.key(Key::z, true);
  EXPECT_EQ(mistake_in(ui.settings().model), nullptr);
  ui.key(Key::y, true);
  EXPECT_EQ(mistake_in(ui.settings().model), &mistakes()[3]);
}

TEST(Mistakes, ThatAreChosenAlreadyAreNotChosenAgain) {
  Harness ui(all_unfolded());
  ui.press(row_of(mistakes()[3]));
  const std::size_t before = ui.sent<Command>().size();
  ui.press(row_of(mistakes()[3]));
  EXPECT_EQ(ui.sent<Command>().size(), before);
}

TEST(Mistakes, ExplainThemselvesBelowTheirName) {
  Harness ui(all_unfolded());
  const auto room_below = [&](std::size_t i) {
    return ui.rect(row_of(mistakes()[i + 1])).y0 - ui.rect(row_of(mistakes()[i])).y1;
  };
  EXPECT_EQ(room_below(3), 0);
  ui.press(row_of(mistakes()[3]));
  EXPECT_GT(room_below(3), 100);
  EXPECT_EQ(room_below(4), 0);
}

TEST(Mistakes, SayWhenTheyDoNotShow) {
  Harness ui(all_unfolded());
  ui.press("Mistake: 1/N forgotten");
  const auto below = [&] {
    return ui.rect("Mistake: 1/N twice").y0 - ui.rect("Mistake: 1/N forgotten").y1;
  };
  const float all = below();
  ui.session.apply({SetBatchSize{1}, 0});
  ui.frames(3);
  EXPECT_GT(below(), all);
  ui.session.apply({SetBatchSize{10}, 0});
  ui.frames(3);
  EXPECT_EQ(below(), all);
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
  EXPECT_FALSE(ui.has("section Break it on purpose"));
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
