// Going back: the bar along the bottom, the keys, and how the window says that it is in the past.

#include "harness.hpp"

namespace deltascope::ui {
namespace {

// A run of 500 steps of which the window has gone to where it asked last.
struct LongRun {
  explicit LongRun(Harness& ui_given, bool open = true) : ui(ui_given) {
    log = std::make_shared<std::vector<LogLine>>(std::vector<LogLine>{{0, "η = 2", false},
                                                                      {37, "η = 0.5", false},
                                                                      {300, "η = 3", true},
                                                                      {400, "λ = 0.1", false}});
    ui.pretend = [this](Snapshot& snapshot) {
      const std::vector<GoToStep> asked = ui.sent<GoToStep>();
      snapshot.first_step = first;
      snapshot.last_step = last;
      snapshot.step = asked.empty() ? last : asked.back().step;
      snapshot.in_past = snapshot.step < last;
      snapshot.history_bytes = 1'258'291;
      snapshot.history_limit_bytes = std::size_t{64} << 20;
      snapshot.log = log;
    };
    if (open) ui.key(Key::j);
    ui.frames(3);
  }
  std::uint64_t asked_for() const {
    const std::vector<GoToStep> asked = ui.sent<GoToStep>();
    return asked.empty() ? 999'999 : asked.back().step;
  }
  void go_to(std::uint64_t step) {
    ui.requests.emplace_back(GoToStep{step});
    ui.frames(3);
  }
  // Of the slider: its knob stays half its width inside.
  picture::Point at(double fraction) const {
    const picture::Rect rect = ui.rect("Timeline slider");
    const float grab = 7;
    return {rect.x0 + grab + static_cast<float>(fraction) * (rect.width() - 2 * grab), rect.y0 + 9};
  }

  Harness& ui;
  std::uint64_t first = 0, last = 500;
  std::shared_ptr<std::vector<LogLine>> log;
};

Harness::Options usual() {
  Harness::Options options;
  options.width = 1280;
  options.height = 800;
  return options;
}

TEST(Timeline, OpensByKeyAndByButtonAndIsRemembered) {
  Harness ui(usual());
  const float before = ui.rect("network").y1;
  EXPECT_FALSE(ui.has("Timeline slider"));
  ui.key(Key::j);
  EXPECT_TRUE(ui.has("Timeline slider"));
  EXPECT_TRUE(ui.workbench.preferences().timeline);
  EXPECT_TRUE(parse_preferences(to_text(ui.workbench.preferences())).timeline);
  EXPECT_GT(ui.rect("Timeline slider").y0, ui.rect("delta cells").y1);
  ui.press("Timeline");
  EXPECT_FALSE(ui.has("Timeline slider"));
  EXPECT_EQ(ui.rect("network").y1, before);
}

TEST(Timeline, EverythingElseKeepsItsPlaceAtTheUsualSizes) {
  for (const auto& [width, height] :
       std::vector<std::pair<float, float>>{{1280, 800}, {1600, 1000}}) {
    for (const bool walking : {false, true}) {
      Harness::Options options;
      options.width = width;
      options.height = height;
      options.preferences.timeline = true;
      options.preferences.walking = walking;
      Harness ui(options);
      LongRun run(ui, false);
      run.go_to(120);
      for (const char* name :
           {"network", "plane", "Learning rate η", "Timeline slider", "First step", "One back",
            "One forward", "Newest step", "Shown step", "history memory", "log", "in the past",
            "Back to now", "Continue from here"}) {
        EXPECT_TRUE(ui.has(name)) << name << " at " << width << (walking ? ", walking" : "");
      }
      EXPECT_EQ(ui.rect("Train").y0, ui.rect("Help").y0) << "one row";
      for (const auto& [name, control] : ui.workbench.controls().all())
        EXPECT_EQ(control.times, 1) << name;
    }
  }
}

TEST(Timeline, IsWithinTheWindowAtEverySize) {
  for (const float width : {640.0F, 853.0F, 1280.0F}) {
    for (const float zoom : {1.0F, 1.5F, 2.0F}) {
      if (width / zoom < 400) continue;  // there the bar scrolls
      Harness::Options options;
      options.width = width;
      options.height = 800;
      options.preferences.zoom = zoom;
      options.preferences.timeline = true;
      Harness ui(options);
      LongRun run(ui, false);
      run.go_to(120);
      for (const char* name : {"Timeline slider", "One back", "Shown step", "Back to now"}) {
        const Control* control = ui.workbench.controls().find(name);
        ASSERT_NE(control, nullptr) << name;
        EXPECT_TRUE(control->visible) << name << " at " << width << " × " << zoom;
        EXPECT_LE(control->rect_px.x1, width) << name << " at " << width << " × " << zoom;
        EXPECT_LE(control->rect_px.y1, 800) << name << " at " << width << " × " << zoom;
      }
    }
  }
}

TEST(Timeline, ButtonsGoThroughTheSteps) {
  Harness ui(usual());
  LongRun run(ui);
  ui.press("One back");
  EXPECT_EQ(run.asked_for(), 499U);
  ui.press("One back");
  EXPECT_EQ(run.asked_for(), 498U);
  ui.press("First step");
  EXPECT_EQ(run.asked_for(), 0U);
  ui.press("Newest step");
  EXPECT_EQ(run.asked_for(), 500U);
}

TEST(Timeline, OneForwardIsAStepAlongWhatIsKnown) {
  Harness ui(usual());
  LongRun run(ui);
  EXPECT_FALSE(ui.workbench.controls().find("One forward")->enabled);
  EXPECT_FALSE(ui.workbench.controls().find("Newest step")->enabled);
  run.go_to(120);
  ui.press("One forward");
  EXPECT_EQ(ui.sent<StepOnce>().size(), 1U);
}

TEST(Timeline, NothingLiesBeforeTheFirstStep) {
  Harness ui(usual());
  LongRun run(ui);
  run.first = 100;
  run.go_to(100);
  for (const char* name : {"First step", "One back", "Step back"})
    EXPECT_FALSE(ui.workbench.controls().find(name)->enabled) << name;
  const std::size_t asked = ui.sent<GoToStep>().size();
  ui.key(Key::s, false, true);
  EXPECT_EQ(ui.sent<GoToStep>().size(), asked);
  EXPECT_LT(ui.workbench.seconds_until_next_change(), 60);  // it says so
}

TEST(Timeline, KeysWorkWithTheBarClosed) {
  Harness ui(usual());
  LongRun run(ui, false);
  ui.key(Key::s, false, true);
  EXPECT_EQ(run.asked_for(), 499U);
  ui.key(Key::left);
  EXPECT_EQ(run.asked_for(), 498U);
  ui.press("Step back");
  EXPECT_EQ(run.asked_for(), 497U);
  ui.key(Key::home);
  EXPECT_EQ(run.asked_for(), 0U);
  ui.key(Key::end);
  EXPECT_EQ(run.asked_for(), 500U);
}

TEST(Timeline, EndLeavesATrainingRunAlone) {
  Harness ui(usual());
  LongRun run(ui);
  ui.key(Key::end);
  EXPECT_TRUE(ui.sent<GoToStep>().empty());
}

TEST(Timeline, ArrowsStayTheWalksOwn) {
  Harness::Options options = usual();
  options.preferences.walking = true;
  Harness ui(options);
  LongRun run(ui);
  ui.press("phase 3");
  ui.key(Key::left);
  ui.key(Key::home);
  EXPECT_TRUE(ui.sent<GoToStep>().empty());
  ui.key(Key::s, false, true);
  EXPECT_EQ(run.asked_for(), 499U);
}

TEST(Timeline, AClickJumpsAndDraggingScrubs) {
  Harness ui(usual());
  LongRun run(ui);
  ui.click(run.at(0.4));
  EXPECT_NEAR(static_cast<double>(run.asked_for()), 200, 1);
  EXPECT_EQ(ui.sent<GoToStep>().size(), 1U);
  ui.drag(run.at(0.4), run.at(0.2));
  EXPECT_NEAR(static_cast<double>(run.asked_for()), 100, 1);
  EXPECT_GE(ui.sent<GoToStep>().size(), 5U);  // on the way as well
  ui.click(run.at(-0.5));
  ui.click(run.at(0));
  EXPECT_EQ(run.asked_for(), 0U);
  ui.click(run.at(1));
  EXPECT_EQ(run.asked_for(), 500U);
}

TEST(Timeline, TheWheelGoesStepByStep) {
  Harness ui(usual());
  LongRun run(ui);
  run.last = 10'000'000;  // a pixel is thousands of them
  run.go_to(5'000'000);
  ui.wheel(run.at(0.5), -1);
  EXPECT_EQ(run.asked_for(), 4'999'999U);
  ui.wheel(run.at(0.5), 3);
  EXPECT_EQ(run.asked_for(), 5'000'002U);
}

TEST(Timeline, FollowsTheCostPlotsLogarithmicAxis) {
  Harness ui(usual());
  LongRun run(ui);
  ui.key(Key::l);
  ui.click(run.at(0.5));
  EXPECT_NEAR(static_cast<double>(run.asked_for()), std::sqrt(501.0) - 1, 1);
  ui.click(run.at(0));
  EXPECT_EQ(run.asked_for(), 0U);
}

TEST(Timeline, KeepsToTheStepsThatAreKept) {
  Harness ui(usual());
  LongRun run(ui);
  run.first = 300;
  ui.frames(2);
  ui.click(run.at(0.5));
  EXPECT_NEAR(static_cast<double>(run.asked_for()), 400, 1);
  ui.click(run.at(0));
  EXPECT_EQ(run.asked_for(), 300U);
}

TEST(Timeline, AStepCanBeTyped) {
  Harness ui(usual());
  LongRun run(ui);
  ui.enter("Shown step", "120");
  EXPECT_EQ(run.asked_for(), 120U);
  ui.enter("Shown step", "1e2");
  EXPECT_EQ(run.asked_for(), 100U);
}

TEST(Timeline, AStepThatIsNotThereIsRefusedAndSaid) {
  Harness ui(usual());
  LongRun run(ui);
  run.first = 10;
  for (const char* text : {"501", "9", "-1", "1.5", "abc", "nan"}) {
    SCOPED_TRACE(text);
    ui.enter("Shown step", text);
    EXPECT_TRUE(ui.sent<GoToStep>().empty());
    EXPECT_LT(ui.workbench.seconds_until_next_change(), 60);
    ui.now_seconds += 60;
    ui.frames(1);
  }
}

TEST(Timeline, CommandsStandWhereTheyActed) {
  Harness ui(usual());
  LongRun run(ui);
  for (const char* name : {"command at 0", "command at 37", "command at 400"})
    EXPECT_TRUE(ui.has(name)) << name;
  EXPECT_FALSE(ui.has("command at 300"));  // of a run that was given up
  EXPECT_NEAR(ui.rect("command at 400").center().x, run.at(0.8).x, 1);
  ui.press("command at 37");
  EXPECT_EQ(run.asked_for(), 37U);
}

TEST(Timeline, ACommandsLineIsShownUnderTheMouse) {
  Harness ui(usual());
  LongRun run(ui);
  const int before = ui.windows();
  ui.move_to(ui.rect("command at 37").center());
  ui.now_seconds += 1;
  ui.frames(2);
  EXPECT_GT(ui.windows(), before);
}

TEST(Timeline, CommandsTooCloseAreOneMark) {
  Harness ui(usual());
  LongRun run(ui);
  run.log->push_back({401, "λ = 0.2", false});
  ui.frames(2);
  EXPECT_TRUE(ui.has("command at 400"));
  EXPECT_FALSE(ui.has("command at 401"));
}

TEST(Timeline, ALineOfTheLogGoesToItsStep) {
  Harness ui(usual());
  LongRun run(ui);
  ui.press("log line 2");
  EXPECT_EQ(run.asked_for(), 37U);
  EXPECT_FALSE(ui.workbench.controls().find("log line 3")->enabled);
  const std::size_t asked = ui.sent<GoToStep>().size();
  ui.press("log line 3");  // of a run that was given up: it leads nowhere
  EXPECT_EQ(ui.sent<GoToStep>().size(), asked);
}

TEST(Timeline, TheLogShowsItsNewestLine) {
  Harness ui(usual());
  LongRun run(ui);
  auto longer = std::make_shared<std::vector<LogLine>>(*run.log);
  for (std::uint64_t i = 0; i < 60; ++i)
    longer->push_back({400 + i, "point moved", false});
  run.log = longer;
  ui.frames(4);
  EXPECT_TRUE(ui.has("log line 64"));
  EXPECT_FALSE(ui.has("log line 1"));
  ui.wheel(ui.rect("log").center(), 60);
  ui.frames(4);
  EXPECT_TRUE(ui.has("log line 1"));  // it stays where one has scrolled to
}

TEST(Timeline, SaysThatItIsInThePast) {
  Harness ui(usual());
  LongRun run(ui);
  for (const char* name : {"in the past", "Back to now", "Continue from here"})
    EXPECT_FALSE(ui.has(name)) << name;
  run.go_to(120);
  for (const char* name : {"in the past", "Back to now", "Continue from here"})
    EXPECT_TRUE(ui.has(name)) << name;
  ui.press("Back to now");
  EXPECT_EQ(run.asked_for(), 500U);
  EXPECT_FALSE(ui.has("Back to now"));
}

TEST(Timeline, ThePastIsMarkedWithTheBarClosed) {
  Harness ui(usual());
  LongRun run(ui, false);
  EXPECT_TRUE(ui.has("read-out Step"));
  run.go_to(120);
  EXPECT_TRUE(ui.has("read-out Looking back"));
  EXPECT_FALSE(ui.has("read-out Step"));
}

TEST(Timeline, ContinuesFromTheStepOnScreen) {
  Harness ui(usual());
  LongRun run(ui);
  run.go_to(120);
  ui.hold_back();
  ui.press("Continue from here");
  const std::vector<Command> commands = ui.sent<Command>();
  ASSERT_EQ(commands.size(), 1U);
  ASSERT_TRUE(std::holds_alternative<ContinueFrom>(commands.front().action));
  EXPECT_EQ(std::get<ContinueFrom>(commands.front().action).step, 120U);
}

TEST(Timeline, AStillPictureStays) {
  Harness ui(usual());
  LongRun run(ui);
  ui.key(Key::k);
  ui.key(Key::s, false, true);
  EXPECT_TRUE(ui.sent<GoToStep>().empty());
  EXPECT_LT(ui.workbench.seconds_until_next_change(), 60);
}

TEST(Timeline, TheCostPlotMarksTheStepOnScreen) {
  const auto drawn = [](bool in_past) {
    Harness::Options options = usual();
    Harness ui(options);
    for (int i = 0; i < 500; ++i)
      ui.session.advance();
    ui.pretend = [in_past](Snapshot& snapshot) {
      snapshot.last_step = 500;
      snapshot.evaluation_step = 120;
      snapshot.in_past = in_past;
    };
    ui.move_to(ui.rect("loss").center());
    ui.key(Key::x);
    ui.move_to({0, 0});
    EXPECT_FALSE(ui.has("network"));
    return ui.vertices();
  };
  EXPECT_GT(drawn(true), drawn(false));
}

std::vector<double> trained(Harness& ui, int steps) {
  for (int i = 0; i < steps; ++i)
    EXPECT_TRUE(ui.session.advance());
  ui.frames(3);
  return ui.session.state().parameters;
}

TEST(Past, IsTheSessionsOwn) {
  Harness ui(usual());
  trained(ui, 60);
  const std::vector<double> then = ui.session.state().parameters;
  const std::vector<double> now = trained(ui, 40);
  ui.key(Key::j);
  ui.enter("Shown step", "60");
  EXPECT_TRUE(ui.session.in_past());
  EXPECT_EQ(ui.session.state().parameters, then);
  EXPECT_TRUE(ui.has("in the past"));
  for (int i = 0; i < 40; ++i)
    ui.key(Key::s);
  EXPECT_FALSE(ui.session.in_past());
  EXPECT_EQ(ui.session.state().parameters, now);
  EXPECT_FALSE(ui.has("in the past"));
  EXPECT_TRUE(ui.sent<Command>().empty());
}

TEST(Past, IsLeftByBackToNow) {
  Harness ui(usual());
  const std::vector<double> now = trained(ui, 100);
  ui.key(Key::j);
  ui.press("First step");
  ui.press("Back to now");
  EXPECT_EQ(ui.session.state().step, 100U);
  EXPECT_EQ(ui.session.state().parameters, now);
}

TEST(Past, GoesOnFromHereAndUndoBringsTheLaterStepsBack) {
  Harness ui(usual());
  const std::vector<double> now = trained(ui, 100);
  ui.key(Key::j);
  ui.enter("Shown step", "60");
  ui.press("Continue from here");
  EXPECT_EQ(ui.session.last_step(), 60U);
  EXPECT_FALSE(ui.has("Continue from here"));
  ui.key(Key::z, true);
  EXPECT_EQ(ui.session.last_step(), 100U);
  ui.key(Key::end);
  EXPECT_EQ(ui.session.state().parameters, now);
}

TEST(Past, AChangeGoesOnFromThere) {
  Harness ui(usual());
  trained(ui, 100);
  ui.key(Key::j);
  ui.enter("Shown step", "60");
  ui.enter("Learning rate η", "0.5");
  EXPECT_EQ(ui.session.last_step(), 60U);
  EXPECT_FALSE(ui.session.in_past());
  EXPECT_EQ(ui.settings().rates.learning_rate, 0.5);
  EXPECT_FALSE(ui.has("in the past"));
}

TEST(Past, ATypedWeightGoesOnFromThere) {
  Harness::Options options = usual();
  options.preferences.open_sections["Weights"] = true;
  options.preferences.timeline = true;
  Harness ui(options);
  trained(ui, 50);
  ui.key(Key::s, false, true);
  ASSERT_TRUE(ui.session.in_past());
  // Its output neuron 1: the boxes stand from left to right.
  const picture::Rect network = ui.rect("network");
  for (float y = network.y0; y < network.y1 && !ui.has("b_1^[4]"); y += 12)
    ui.click({network.x0 + 0.82F * network.width(), y});
  ASSERT_TRUE(ui.has("b_1^[4]"));
  ui.enter("b_1^[4]", "0.5");
  EXPECT_EQ(ui.session.last_step(), 49U);
  EXPECT_FALSE(ui.session.in_past());
  EXPECT_EQ(ui.settings().model.architecture.b(
                std::span<const double>(ui.session.state().parameters), 2)[0],
            0.5);
}

TEST(Past, TheLogNamesWhatWasDoneAndGivesUpWhatWasLeft) {
  Harness ui(usual());
  ui.key(Key::j);
  trained(ui, 20);
  ui.enter("Learning rate η", "0.5");
  trained(ui, 20);
  EXPECT_TRUE(ui.has("command at 20"));
  EXPECT_TRUE(ui.workbench.controls().find("log line 1")->enabled);
  ui.enter("Shown step", "10");
  ui.press("Continue from here");
  ui.frames(2);
  EXPECT_FALSE(ui.has("command at 20"));
  EXPECT_FALSE(ui.workbench.controls().find("log line 1")->enabled);
}

TEST(Timeline, SleepsWhenNothingHappens) {
  Harness ui(usual());
  LongRun run(ui);
  run.go_to(120);
  ui.frames(5);
  EXPECT_GT(ui.workbench.seconds_until_next_change(), 1e9);
}

}  // namespace
}  // namespace deltascope::ui
