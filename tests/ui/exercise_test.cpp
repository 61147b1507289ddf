#include "harness.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <imgui.h>

namespace deltascope::ui {
namespace {

Exercise hiding(std::initializer_list<const char*> kinds) {
  Exercise exercise;
  exercise.task = "Find δ of every layer.";
  for (const char* kind : kinds)
    exercise.hidden.push_back({find_cell_kind(kind), std::nullopt});
  return exercise;
}

// Other numbers wherever the exercise hides them, and none where it does not.
void spoil(std::span<double> values) {
  for (double& value : values)
    value = 3.7 * value - 0.11;
}
void spoil_backward_pass(Snapshot& snapshot) {
  for (Matrix& delta : snapshot.trace.delta)
    spoil(delta.values());
  for (std::vector<double>& delta : snapshot.selected_trace.delta)
    spoil(delta);
  spoil(snapshot.trace.gradient);
  spoil(snapshot.trace.gradient_data);
  spoil(snapshot.parameters_after);
  spoil(snapshot.moments_after);
}
void spoil_both_passes(Snapshot& snapshot) {
  spoil_backward_pass(snapshot);
  for (std::vector<Matrix>* layers : {&snapshot.trace.z, &snapshot.trace.a}) {
    for (Matrix& layer : *layers)
      spoil(layer.values());
  }
  spoil(snapshot.trace.loss_per_sample);
  spoil({&snapshot.trace.data_cost, 1});
  spoil({&snapshot.selected_trace.loss, 1});
  for (std::vector<std::vector<double>>* layers :
       {&snapshot.selected_trace.z, &snapshot.selected_trace.a}) {
    for (std::vector<double>& layer : *layers)
      spoil(layer);
  }
}

Harness::Options roomy() {
  Harness::Options options;
  options.width = 1600;
  options.height = 1000;
  options.preferences.open_sections["‖δ‖ over time"] = true;
  return options;
}

// By keys: the list of phases may be longer than the window.
void go_to_phase(Harness& ui, int phase) {
  ui.key(Key::home);
  for (int i = 1; i < phase; ++i)
    ui.key(Key::page_down);
}

// Draws the same twice: with the step's numbers, and with others where they are hidden.
template <class Act>
void expect_same_picture(bool walks, const Exercise& exercise, Act act,
                         void (*spoil_hidden)(Snapshot&) = spoil_backward_pass,
                         void (*prepare)(Harness&) = nullptr) {
  std::string pictures[2];
  for (const bool spoiled : {false, true}) {
    Harness ui(roomy());
    if (prepare != nullptr) prepare(ui);
    if (spoiled) ui.pretend = spoil_hidden;
    ui.open_exercise(exercise);
    if (!walks) ui.key(Key::w);
    ui.now_seconds += 20;
    act(ui);
    pictures[spoiled ? 1 : 0] = ui.picture();
  }
  EXPECT_TRUE(pictures[0] == pictures[1]);
}

TEST(Exercise, NothingOnScreenDependsOnAHiddenNumber) {
  const Exercise exercise = hiding({"delta", "dW", "db"});
  expect_same_picture(false, exercise, [](Harness& ui) { ui.move_to({2, 2}); });
  for (int phase = 1; phase <= 12; ++phase) {
    SCOPED_TRACE(fmt::format("phase {}", phase));
    for (const int stage : {0, 1, 2, 3}) {
      expect_same_picture(true, exercise, [&](Harness& ui) {
        go_to_phase(ui, phase);
        for (int i = 0; i < stage; ++i)
          ui.key(Key::right);
        ui.now_seconds += 20;
        ui.move_to({2, 2});
      });
    }
  }
}

// λ > 0, the whole batch, a step to go back to, and all that lists numbers open.
void open_everything(Harness& ui) {
  ui.session.apply({SetL2{0.1}, 0});
  ui.session.apply({SetBatchSize{0}, 0});
  ui.session.advance();
  ui.session.advance();
  ui.frames(2);
  ui.key(Key::c);  // and so it has been checked before the exercise is opened
  ui.key(Key::j);
  ui.frames(2);
}

TEST(Exercise, NothingOnScreenDependsOnAHiddenForwardPass) {
  const Exercise exercise = hiding({"z", "a", "delta", "dW", "db"});
  expect_same_picture(
      false, exercise,
      [](Harness& ui) {
        ui.double_click(ui.rect("network").center());  // its weights
        ui.now_seconds += 20;
        ui.move_to({2, 2});
      },
      spoil_both_passes, open_everything);
  expect_same_picture(
      true, exercise,
      [](Harness& ui) {
        ui.key(Key::c);  // the checks, in the walk's place
        ui.now_seconds += 20;
        ui.move_to({2, 2});
      },
      spoil_both_passes, open_everything);
  for (int phase = 1; phase <= 12; ++phase) {
    SCOPED_TRACE(fmt::format("phase {}", phase));
    expect_same_picture(
        true, exercise,
        [&](Harness& ui) {
          go_to_phase(ui, phase);
          if (ui.has("Whole batch")) ui.press("Whole batch");
          ui.now_seconds += 20;
          ui.move_to({2, 2});
        },
        spoil_both_passes, open_everything);
  }
}

TEST(Exercise, WhatFollowsFromAHiddenNumberIsHiddenToo) {
  for (const int phase : {2, 5, 7, 12}) {
    SCOPED_TRACE(phase);
    expect_same_picture(
        true, hiding({"z"}),
        [&](Harness& ui) {
          go_to_phase(ui, phase);
          ui.key(Key::right);
          ui.now_seconds += 20;
          ui.move_to({2, 2});
        },
        spoil_both_passes);
  }
}

TEST(Exercise, ReadOutsDoNotTellHiddenNumbers) {
  const Exercise exercise = hiding({"delta", "dW", "db"});
  for (const float y : {0.3F, 0.5F, 0.7F}) {
    for (const float x : {0.05F, 0.35F, 0.5F, 0.65F, 0.95F}) {
      for (const char* panel : {"network", "delta cells"}) {
        SCOPED_TRACE(fmt::format("{} at {} {}", panel, x, y));
        expect_same_picture(false, exercise, [&](Harness& ui) {
          ui.click(ui.plane_px(0.5, 0.6));
          ui.now_seconds += 20;
          const picture::Rect rect = ui.rect(panel);
          ui.move_to({rect.x0 + x * rect.width(), rect.y0 + y * rect.height()});
        });
      }
    }
  }
}

TEST(Exercise, WithoutOneTheSameChangeIsSeen) {
  std::string pictures[2];
  for (const bool spoiled : {false, true}) {
    Harness ui(roomy());
    if (spoiled) ui.pretend = spoil_backward_pass;
    ui.frames(3);
    pictures[spoiled ? 1 : 0] = ui.picture();
  }
  EXPECT_NE(pictures[0], pictures[1]);
}

TEST(Exercise, OpensTheWalkAndStaysOn) {
  Harness ui(roomy());
  ui.open_exercise(hiding({"z"}));
  EXPECT_TRUE(ui.has("Progress"));
  EXPECT_FALSE(ui.workbench.controls().find("Hand check")->enabled);
  ui.key(Key::a);
  EXPECT_TRUE(ui.has("Progress"));
}

TEST(Exercise, IsNeitherExportedNorCopied) {
  Harness ui(roomy());
  ui.open_exercise(hiding({"z"}));
  ui.key(Key::e);
  EXPECT_FALSE(ui.has("Accept file"));
  ui.press("phase 2");
  const picture::Rect numbers = ui.rect("walk numbers");
  ui.click({numbers.x1 - 24, numbers.y0 + 16}, true);
  EXPECT_FALSE(ui.has("Copy as NumPy"));
  ui.click({numbers.x0 + 24, numbers.center().y}, true);  // W is given
  EXPECT_TRUE(ui.has("Copy as NumPy"));
}

TEST(Exercise, ChecksShowNothingWhileNumbersAreHidden) {
  Harness ui(roomy());
  ui.key(Key::c);
  ASSERT_TRUE(ui.has("Gradient check"));
  ui.open_exercise(hiding({"dW"}));
  ui.key(Key::c);
  EXPECT_TRUE(ui.has("Check now"));
  EXPECT_FALSE(ui.has("Gradient check"));
  EXPECT_FALSE(ui.workbench.controls().find("Check now")->enabled);
  ++ui.check.number;  // one that was under way when the exercise was opened
  ui.frames(3);
  EXPECT_FALSE(ui.has("Gradient check"));
}

TEST(Exercise, WithoutExplanationsOffersNone) {
  Harness ui(roomy());
  Exercise exercise = hiding({"z"});
  exercise.explanations = false;
  ui.open_exercise(exercise);
  ui.key(Key::o);
  EXPECT_TRUE(ui.has("Answer"));
  EXPECT_FALSE(ui.has("Explain"));
  EXPECT_FALSE(ui.has("Show number"));
  EXPECT_FALSE(ui.has("walk worked example"));
}

TEST(Exercise, ExplainsOnceAnswered) {
  Harness ui(roomy());
  ui.open_exercise(hiding({"z"}));
  ui.key(Key::o);
  EXPECT_FALSE(ui.workbench.controls().find("Explain")->enabled);
  ui.type("123");
  ui.frames(4);
  ui.edit_key(shim::EditKey::enter);
  ui.frames(2);
  EXPECT_TRUE(ui.workbench.controls().find("Explain")->enabled);
}

TEST(Exercise, SavesItsAnswersInOrder) {
  Harness ui(roomy());
  ui.document.path = "/tmp/exercise.json";
  ui.open_exercise(hiding({"z"}));
  ui.document.saved_revision = ui.session.revision();
  EXPECT_FALSE(ui.workbench.has_unsaved_answers());
  ui.enter("Learner", "Ada");
  ui.key(Key::o);
  for (const char* text : {"0.5", "-2/3"}) {
    ui.type(text);
    ui.frames(4);
    ui.edit_key(shim::EditKey::enter);
    ui.frames(4);
  }
  EXPECT_TRUE(ui.workbench.has_unsaved_answers());
  ui.press("Save answers");
  const auto saved = ui.asked_of_window<SaveFile>();
  ASSERT_EQ(saved.size(), 1U);
  EXPECT_EQ(saved.front().answers.learner, "Ada");
  ASSERT_EQ(saved.front().answers.attempts.size(), 2U);
  EXPECT_EQ(saved.front().answers.attempts[0].text, "0.5");
  EXPECT_EQ(saved.front().answers.attempts[1].text, "-2/3");
}

TEST(Exercise, AsksAboutUnsavedAnswers) {
  Harness ui(roomy());
  ui.open_exercise(hiding({"z"}));
  ui.document.saved_revision = ui.session.revision();
  ui.key(Key::o);
  ui.press("Show number");
  ui.key(Key::escape);
  ui.close_requested = true;
  ui.frames(3);
  EXPECT_TRUE(ui.has("Save changes"));
}

TEST(Exercise, GivingUpIsAnEmptyAttempt) {
  Harness ui(roomy());
  ui.document.path = "/tmp/exercise.json";
  ui.open_exercise(hiding({"z"}));
  ui.key(Key::o);
  ui.press("Show number");
  ui.press("Save answers");
  const auto saved = ui.asked_of_window<SaveFile>();
  ASSERT_EQ(saved.size(), 1U);
  ASSERT_EQ(saved.front().answers.attempts.size(), 1U);
  EXPECT_EQ(saved.front().answers.attempts[0].text, "");
}

TEST(Exercise, OpenedAgainShowsItsAnswers) {
  Harness ui(roomy());
  const Cell cell{find_cell_kind("z"), 0, 0, 0, 0};
  StepTrace trace;
  ui.session.preview(trace);
  const Cell first{cell.kind, 0, 0, 0, static_cast<Index>(trace.samples[0])};
  Exercise exercise;
  exercise.hidden = {{cell.kind, 0}};
  ui.open_exercise(exercise, {"Ada", {{0, first, fmt::format("{:.10g}", trace.z[0](0, 0))}}, {}});
  ui.press("phase 2");
  EXPECT_FALSE(ui.workbench.has_unsaved_answers());
  EXPECT_TRUE(ui.has("Progress"));
  ui.key(Key::down);  // from the first cell, which is right, to the second
  ui.type("1");
  ui.frames(4);
  EXPECT_TRUE(ui.has("Answer"));
}

TEST(Exercise, StopsWhatItLocks) {
  Harness ui(roomy());
  Exercise exercise = hiding({"z"});
  exercise.locked = {find_lock("steps"), find_lock("points")};
  ui.open_exercise(exercise);
  ui.requests.clear();
  ui.key(Key::s);
  ui.key(Key::space);
  ui.key(Key::r);
  ui.click(ui.plane_px(0.31, 0.37));
  EXPECT_EQ(ui.count([](const Request& request) {
    return !std::holds_alternative<Look>(request) && !std::holds_alternative<Pause>(request);
  }),
            0U);
  EXPECT_EQ(ui.session.state().step, 0U);
  EXPECT_FALSE(ui.workbench.controls().find("Step")->enabled);
  for (int i = 0; i < 40; ++i)
    ui.key(Key::right);
  EXPECT_EQ(ui.session.state().step, 0U);
  EXPECT_FALSE(ui.notices.size() > 0);
}

}  // namespace
}  // namespace deltascope::ui
