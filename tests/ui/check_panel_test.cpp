// The two checks in the window: when they run, what they say, and what they light up.

#include "check_rows.hpp"
#include "harness.hpp"
#include "settings_sections.hpp"

#include <deltascope/mistake.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace deltascope::ui {
namespace {

Harness::Options checking() {
  Harness::Options options;
  options.preferences.checking = true;
  return options;
}

std::size_t checks_asked(const Harness& ui) {
  return ui.sent<RunCheck>().size();
}

void choose_mistake(Harness& ui, std::string_view name) {
  const Outcome outcome = ui.session.apply({SetMistake{find_mistake(name)}, 0});
  ASSERT_TRUE(outcome.accepted) << outcome.notice;
  ui.frames(3);
}

// Too many parameters and points to be checked by itself.
void enlarge(Harness& ui) {
  ui.session.apply({SetLayerSize{0, 60}, 0});
  ui.session.apply({SetLayerSize{1, 60}, 0});
  ui.frames(3);
}

void diverge(Harness& ui) {
  for (Index layer = 0; layer < 3; ++layer)
    ui.session.apply({SetActivation{layer, find_activation("linear")}, 0});
  ui.session.apply({SetLearningRate{1e6}, 0});
  for (int step = 0; step < 1000 && !ui.session.divergence(); ++step)
    ui.session.advance();
  ASSERT_TRUE(ui.session.divergence());
}

TEST(Checks, OpenByKeyAndButtonAndClose) {
  Harness ui;
  EXPECT_FALSE(ui.has("Check now"));
  ui.key(Key::c);
  EXPECT_TRUE(ui.has("Check now"));
  ui.press("Close checks");
  EXPECT_FALSE(ui.has("Check now"));
  ui.press("Check");
  EXPECT_TRUE(ui.has("Check now"));
  ui.key(Key::c);
  EXPECT_FALSE(ui.has("Check now"));
}

TEST(Checks, StandInThePlaceOfTheWalk) {
  Harness ui;
  ui.key(Key::w);
  ui.key(Key::c);
  EXPECT_TRUE(ui.has("Check now"));
  EXPECT_FALSE(ui.has("phase 1"));
  ui.key(Key::w);
  EXPECT_FALSE(ui.has("Check now"));
  EXPECT_TRUE(ui.has("phase 1"));
  ui.key(Key::w);  // what the walk replaced does not come back by itself
  EXPECT_FALSE(ui.has("Check now"));
}

TEST(Checks, OfASmallNetworkRunByThemselvesOnceForEachMoment) {
  Harness ui(checking());
  EXPECT_EQ(checks_asked(ui), 1U);
  ui.frames(30);
  EXPECT_EQ(checks_asked(ui), 1U);
  ui.key(Key::s);
  EXPECT_EQ(checks_asked(ui), 2U);
  ui.session.apply({SetWeight{0, 0, 0, 0.25}, 0});  // the same step, other weights
  ui.frames(3);
  EXPECT_EQ(checks_asked(ui), 3U);
  EXPECT_EQ(ui.check.step, 1U);
}

TEST(Checks, DoNotRunWhileClosed) {
  Harness ui;
  ui.key(Key::s);
  EXPECT_EQ(checks_asked(ui), 0U);
}

TEST(Checks, DoNotRunByThemselvesWhileTraining) {
  Harness ui(checking());
  ui.key(Key::space);
  const std::size_t before = checks_asked(ui);
  ui.session.advance();
  ui.frames(3);
  EXPECT_EQ(checks_asked(ui), before);
  ui.key(Key::space);
  EXPECT_EQ(checks_asked(ui), before + 1);
}

TEST(Checks, DoNotRunBehindAPictureThatIsKeptStill) {
  Harness ui;
  ui.key(Key::k);
  ui.key(Key::c);
  EXPECT_EQ(checks_asked(ui), 0U);
}

TEST(Checks, OfALargeNetworkWaitForTheButton) {
  Harness ui;
  enlarge(ui);
  ui.key(Key::c);
  EXPECT_EQ(checks_asked(ui), 0U);
  EXPECT_FALSE(ui.has("check row 1"));
  ui.press("Check now");
  EXPECT_EQ(checks_asked(ui), 1U);
  EXPECT_TRUE(ui.has("check row 1"));
}

TEST(Checks, WithoutPointsSayWhatIsMissing) {
  Harness ui;
  ui.session.apply({ClearPoints{}, 0});
  ui.key(Key::c);
  EXPECT_EQ(checks_asked(ui), 0U);
  EXPECT_FALSE(ui.workbench.controls().find("Check now")->enabled);
}

TEST(Checks, AfterDivergenceAreNotAskedFor) {
  Harness ui(checking());
  diverge(ui);
  const std::size_t before = checks_asked(ui);
  ui.frames(3);
  EXPECT_EQ(checks_asked(ui), before);
  EXPECT_FALSE(ui.workbench.controls().find("Check now")->enabled);
}

TEST(Checks, ShowProgressAndCanBeCancelled) {
  Harness ui;
  enlarge(ui);
  ui.key(Key::c);
  ui.hold_back();
  ui.press("Check now");
  ui.check.number = 1;
  ui.check.running = true;
  ui.check.progress = 0.25;
  ui.frames(20);
  EXPECT_TRUE(ui.has("check progress"));
  EXPECT_FALSE(ui.has("Check now"));
  ui.press("Cancel check");
  EXPECT_EQ(ui.sent<CancelCheck>().size(), 1U);
  ui.check.number = 2;
  ui.check.running = false;
  ui.check.settings = ui.session.state().settings;
  ui.check.gradient.ended_early = true;
  ui.frames(3);
  EXPECT_TRUE(ui.has("Check now"));
  EXPECT_FALSE(ui.has("check row 1"));  // a part is no verdict
}

TEST(Checks, ThatAreOverAtOnceDoNotFlicker) {
  Harness ui(checking());
  ui.hold_back();
  ++ui.check.number;
  ui.check.running = true;
  ui.frames(2);
  EXPECT_TRUE(ui.has("Check now"));
  EXPECT_TRUE(ui.has("check row 1"));  // of the check before
}

TEST(Checks, HaveARowForEveryWAndBAndEveryParameter) {
  Harness ui(checking());
  for (const char* part : {"W0", "b0", "W1", "b1", "W2", "b2"})
    EXPECT_TRUE(ui.has("check part " + std::string(part))) << part;
  const std::vector<CheckRow> rows = check_rows(ui.check, CheckKind::gradient, true);
  ASSERT_EQ(rows.size(), 23U);
  for (std::size_t i = 0; i < rows.size(); ++i)
    EXPECT_EQ(rows[i].parameter, static_cast<Index>(i));
}

TEST(Checks, ListTheWorstFirstOrInOrder) {
  Harness ui(checking());
  ui.check.gradient.entries[7].error = 0.5;
  ui.check.gradient.worst_error = 0.5;
  ++ui.check.number;
  ui.frames(3);
  ui.move_to(ui.rect("check row 1").center());
  const auto of_entry_7 = check_rows(ui.check, CheckKind::gradient, true)[7].quantity;
  EXPECT_EQ(ui.workbench.focus(), of_entry_7);
  ui.press("Order: In order");
  ui.move_to(ui.rect("check row 8").center());
  EXPECT_EQ(ui.workbench.focus(), of_entry_7);
}

TEST(Checks, TheMouseOnARowLightsUpItsEdge) {
  Harness ui(checking());
  ui.press("Order: In order");
  ui.move_to({2, 2});
  const int before = ui.vertices();
  ui.move_to(ui.rect("check row 2").center());
  EXPECT_EQ(ui.workbench.focus(), (walk::Quantity{walk::Kind::dW, 0, 0, 1}));
  EXPECT_NE(ui.vertices(), before);
  ui.move_to(ui.rect("check row 5").center());
  EXPECT_EQ(ui.workbench.focus(), (walk::Quantity{walk::Kind::db, 0, 0}));
}

TEST(Checks, TheMouseOnALayersBarLightsUpTheLayer) {
  Harness ui(checking());
  ui.move_to(ui.rect("check part W1").center());
  EXPECT_EQ(ui.workbench.focus(), (walk::Quantity{walk::Kind::dW, 1}));
}

TEST(Checks, ShowTheUpdateWhereOnlyTheUpdateIsWrong) {
  Harness ui(checking());
  choose_mistake(ui, "sign");
  ui.move_to(ui.rect("check part W1").center());
  EXPECT_EQ(ui.workbench.focus(), (walk::Quantity{walk::Kind::W, 1}));
  ui.press("Gradient check");  // asked for by hand it stays
  ui.key(Key::s);
  ui.move_to(ui.rect("check part W1").center());
  EXPECT_EQ(ui.workbench.focus(), (walk::Quantity{walk::Kind::dW, 1}));
}

TEST(Checks, OfAnotherSessionAreForgotten) {
  Harness ui;
  enlarge(ui);
  ui.key(Key::c);
  ui.press("Check now");
  ASSERT_TRUE(ui.has("check row 1"));
  ++ui.document.sessions;
  ui.frames(2);
  EXPECT_FALSE(ui.has("check row 1"));
}

TEST(Checks, AKinkIsListedLastAndNotCompared) {
  Harness ui(checking());
  ui.check.gradient.entries[0].kink = true;
  ui.check.gradient.entries[0].error = 1;
  ui.check.gradient.kinks = 1;
  const auto rows = check_rows(ui.check, CheckKind::gradient, false);
  EXPECT_TRUE(rows.back().kink);
  EXPECT_EQ(rows.back().parameter, 0);
  ++ui.check.number;
  ui.frames(3);
  ui.press("Order: In order");
  ui.move_to({2, 2});
  const int windows = ui.windows();
  ui.move_to(ui.rect("check row 1").center());
  EXPECT_GT(ui.windows(), windows);  // says why
}

TEST(Checks, NameTheFactorThatAllDerivativesOfALayerMiss) {
  Harness ui(checking());
  choose_mistake(ui, "no_mean");
  const auto rows = check_rows(ui.check, CheckKind::gradient, false);
  for (Index layer = 0; layer < 3; ++layer) {
    for (const bool is_bias : {false, true})
      EXPECT_NEAR(common_factor(rows, layer, is_bias).value_or(NAN), 10, 1e-4);
  }
  EXPECT_TRUE(ui.has("check note W0"));
  choose_mistake(ui, "slope_forgotten");
  EXPECT_FALSE(ui.has("check note W0"));
}

TEST(Checks, NameNoFactorWhereTheRatiosDiffer) {
  std::vector<CheckRow> rows{{{walk::Kind::dW, 0, 0, 0}, 0, 2, 1, 1, false},
                             {{walk::Kind::dW, 0, 0, 1}, 1, 4, 2, 1, false},
                             {{walk::Kind::db, 0, 0}, 2, 5, 1, 1, false}};
  EXPECT_EQ(common_factor(rows, 0, false), 2.0);
  EXPECT_EQ(common_factor(rows, 0, true), std::nullopt);  // one number is no pattern
  rows[0].computed = 2.01;
  EXPECT_EQ(common_factor(rows, 0, false), std::nullopt);
  rows[0].kink = true;
  EXPECT_EQ(common_factor(rows, 0, false), std::nullopt);
  rows[0] = {{walk::Kind::dW, 0, 0, 0}, 0, 0, 1e-9, 1, false};
  rows[1] = {{walk::Kind::dW, 0, 0, 1}, 1, 0, 1e-9, 1, false};
  EXPECT_EQ(common_factor(rows, 0, false), std::nullopt);  // rounding
}

TEST(Checks, HaveTheWholeWindowAndGiveItBack) {
  Harness ui(checking());
  ui.press("Alone");
  EXPECT_FALSE(ui.has("network"));
  EXPECT_TRUE(ui.has("check row 1"));
  ui.key(Key::c);
  EXPECT_TRUE(ui.has("network"));
}

}  // namespace
}  // namespace deltascope::ui
