#include "harness.hpp"

#include <gmock/gmock.h>

namespace deltascope::ui {
namespace {

std::vector<Question> two_questions() {
  return {{"first", "Which way?", {"left", "right"}, 1, "Because."},
          {"second", "How far?", {"near", "far"}, 0, "So it is."}};
}

void open(Harness& ui, std::vector<Question> questions, const Answers& answers = {}) {
  ui.document.questions = std::move(questions);
  ui.document.answers = answers;
  ++ui.document.opened;
  ++ui.document.sessions;
  ui.frames(3);
}

TEST(Question, IsAskedBeforeTheDocumentSaysWhatItIs) {
  Harness ui;
  open(ui, two_questions());
  EXPECT_TRUE(ui.has("Question"));
  ui.press("Choice: right");
  EXPECT_TRUE(ui.has("Outcome"));
  ui.press("Next question");
  EXPECT_TRUE(ui.has("Choice: near"));
  ui.press("Skip question");
  EXPECT_FALSE(ui.has("Question"));
}

TEST(Question, IsAnsweredByKeys) {
  Harness ui;
  open(ui, two_questions());
  ui.key_with_alt(Key::digit_2);
  EXPECT_TRUE(ui.has("Outcome"));
  ui.key_with_alt(Key::digit_1);
  EXPECT_TRUE(ui.has("Choice: near"));
  ui.key_with_alt(Key::digit_3);
  EXPECT_FALSE(ui.has("Question"));
}

TEST(Question, AnsweredInTheFileIsNotAskedAgain) {
  Harness ui;
  open(ui, two_questions(), {"", {}, {{0, "first", 1, true}}});
  EXPECT_TRUE(ui.has("Choice: near"));
  EXPECT_FALSE(ui.has("Choice: left"));
}

TEST(Question, ChoicesAreSaved) {
  Harness ui;
  ui.document.path = "/tmp/session.json";
  open(ui, two_questions());
  ui.press("Choice: left");
  ui.key(Key::s, true);
  const auto saved = ui.asked_of_window<SaveFile>();
  ASSERT_EQ(saved.size(), 1U);
  EXPECT_THAT(saved.front().answers.predictions,
              ::testing::ElementsAre(Prediction{0, "first", 0, false}));
}

TEST(Question, OfAPhaseHidesItsNumbersUntilItIsAnswered) {
  Harness::Options options;
  options.preferences.walking = true;
  options.preferences.predict_first = true;
  Harness ui(options);
  bool asked = false;
  for (int phase = 1; phase <= 12 && !asked; ++phase) {
    const std::string name = "phase " + std::to_string(phase);
    if (!ui.has(name)) break;
    ui.press(name);
    asked = ui.has("Question");
  }
  ASSERT_TRUE(asked) << "no phase asks";
  EXPECT_FALSE(ui.has("walk numbers"));
  ui.key_with_alt(Key::digit_1);
  EXPECT_TRUE(ui.has("walk numbers"));
  EXPECT_TRUE(ui.has("Outcome"));
}

}  // namespace
}  // namespace deltascope::ui
