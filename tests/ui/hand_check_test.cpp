#include "harness.hpp"

#include <deltascope/lesson/marking.hpp>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <imgui.h>

namespace deltascope::ui {
namespace {

Harness::Options walking() {
  Harness::Options options;
  options.width = 1600;
  options.height = 1000;
  options.preferences.walking = true;
  return options;
}

// The second phase is z of the first layer.
void check_z(Harness& ui) {
  ui.press("phase 2");
  ui.key(Key::a);
  ui.now_seconds += 2;
  ui.move_to({2, 2});
}

double z(Harness& ui, Index row) {
  StepTrace trace;
  ui.session.preview(trace);
  return trace.z[0](row, 0);
}

std::string typed(double value) {
  return fmt::format("{:.10g}", value);
}

void enter_answer(Harness& ui, const std::string& text) {
  ui.type(text);
  ui.frames(4);
  ui.edit_key(shim::EditKey::enter);
  ui.frames(4);
}

TEST(HandCheck, IsTurnedOnByItsKeyAndItsButton) {
  Harness ui(walking());
  ui.press("phase 2");
  EXPECT_FALSE(ui.has("Answer"));
  ui.key(Key::a);
  EXPECT_TRUE(ui.has("Answer"));
  ui.press("Hand check");
  EXPECT_FALSE(ui.has("Answer"));
}

TEST(HandCheck, ADigitStartsTheAnswerAndOpensNoPreset) {
  Harness ui(walking());
  ui.document.presets = {{"a", "/presets/a.json", "A", "", {}}};
  check_z(ui);
  ui.key(Key::digit_1);
  EXPECT_TRUE(ui.asked_of_window<OpenFile>().empty());
  ui.type("1");
  ui.frames(4);
  EXPECT_TRUE(ImGui::GetIO().WantTextInput);
}

TEST(HandCheck, ARightAnswerIsMarkedAndUncovered) {
  Harness ui(walking());
  check_z(ui);
  const std::string covered = ui.picture();
  enter_answer(ui, typed(z(ui, 0)));
  ASSERT_TRUE(ui.has("Score"));
  EXPECT_TRUE(ui.has("Mark"));
  EXPECT_NE(ui.picture(), covered);
  EXPECT_TRUE(ImGui::GetIO().WantTextInput);  // the field of the next cell
}

TEST(HandCheck, AllRightEndsTheStage) {
  Harness ui(walking());
  check_z(ui);
  enter_answer(ui, typed(z(ui, 0)));
  enter_answer(ui, typed(z(ui, 1)));
  EXPECT_FALSE(ui.has("Answer"));
}

TEST(HandCheck, AWrongAnswerLeavesTheCellOpen) {
  Harness ui(walking());
  check_z(ui);
  enter_answer(ui, "123");
  enter_answer(ui, typed(z(ui, 0)));
  enter_answer(ui, typed(z(ui, 1)));
  EXPECT_FALSE(ui.has("Answer"));
}

TEST(HandCheck, ShowGivesTheNumberUp) {
  Harness ui(walking());
  check_z(ui);
  ui.press("Show number");
  ui.key(Key::down);
  enter_answer(ui, typed(z(ui, 1)));
  EXPECT_FALSE(ui.has("Answer"));
}

TEST(HandCheck, ArrowsChooseAnotherCell) {
  Harness ui(walking());
  check_z(ui);
  ui.key(Key::down);
  enter_answer(ui, typed(z(ui, 1)));
  enter_answer(ui, typed(z(ui, 0)));
  EXPECT_FALSE(ui.has("Answer"));
}

TEST(HandCheck, ExplainsOnDemand) {
  Harness ui(walking());
  check_z(ui);
  EXPECT_FALSE(ui.has("walk worked example"));
  ui.press("Explain");
  EXPECT_TRUE(ui.has("walk worked example"));
  ui.press("Explain");
  EXPECT_FALSE(ui.has("walk worked example"));
}

TEST(HandCheck, AClickChoosesACellAndDoesNotUncoverIt) {
  Harness ui(walking());
  check_z(ui);
  const picture::Rect numbers = ui.rect("walk numbers");
  ui.click({numbers.x1 - 24, numbers.y0 + 40});  // the second row of z
  EXPECT_TRUE(ui.has("Answer"));
  enter_answer(ui, typed(z(ui, 1)));
  EXPECT_TRUE(ui.has("Score"));
  EXPECT_TRUE(ui.has("Answer"));  // the first one is still open
}

TEST(HandCheck, AfterAnotherWeightTheCellIsOpenAgain) {
  Harness ui(walking());
  check_z(ui);
  enter_answer(ui, typed(z(ui, 0)));
  enter_answer(ui, typed(z(ui, 1)));
  ASSERT_FALSE(ui.has("Answer"));
  ui.session.apply({SetBias{0, 1, 2.0}, 0});
  ui.frames(3);
  EXPECT_TRUE(ui.has("Answer"));
}

TEST(HandCheck, PracticeIsNeitherSavedNorAskedAbout) {
  Harness ui(walking());
  check_z(ui);
  enter_answer(ui, typed(z(ui, 0)));
  EXPECT_FALSE(ui.workbench.has_unsaved_answers());
}

}  // namespace
}  // namespace deltascope::ui
