#include "script.hpp"

#include "fault.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace deltascope::gui {
namespace {

using testing::HasSubstr;

// A window that is not there: one button, a plane of 100 × 100 pixels.
class FakeStage : public Stage {
 public:
  const Snapshot& snapshot() const override { return snapshot_; }
  std::optional<picture::Rect> control(const std::string& label) const override {
    if (label != "train me") return std::nullopt;
    return picture::Rect{10, 20, 30, 40};
  }
  std::optional<picture::Point> plane_px(picture::PlanePoint p) const override {
    return picture::Point{static_cast<float>(100 * p.x), static_cast<float>(100 * (1 - p.y))};
  }
  void point(const ScriptedPointer& pointer) override { pointers.push_back(pointer); }
  void press(const ui::KeyEvent& key) override { keys.push_back(key); }
  void type(const std::string& utf8) override { typed += utf8; }
  void screenshot(const std::filesystem::path& file) override { screenshots.push_back(file); }
  void quit() override { has_quit = true; }
  double first_frame_seconds() const override { return 0.25; }
  double cpu_seconds() const override { return 0.0; }
  std::uint64_t frames_drawn() const override { return 1; }

  Snapshot snapshot_;
  std::vector<ScriptedPointer> pointers;
  std::vector<ui::KeyEvent> keys;
  std::vector<std::filesystem::path> screenshots;
  std::string typed;
  bool has_quit = false;
};

Script script_of(const std::string& text) {
  const std::string file =
      testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->name();
  std::ofstream(file) << text;
  return Script(file);
}

void play(const std::string& text, FakeStage& stage) {
  Script script = script_of(text);
  for (double now = 0.0; !stage.has_quit && now < 100.0; now += 0.1)
    script.advance(stage, now);
}

// The sentence that a script fails with; empty when it plays to its end.
std::string failure(const std::string& text) {
  FakeStage stage;
  try {
    play(text, stage);
  } catch (const Fault& fault) {
    return fault.what();
  }
  return "";
}

TEST(Script, PressGoesDownAndUpInTheMiddleOfTheControl) {
  FakeStage stage;
  play("press \"train me\"  # a comment\n", stage);
  ASSERT_FALSE(stage.pointers.empty());
  int presses = 0;
  bool was_down = false;
  for (const ScriptedPointer& pointer : stage.pointers) {
    EXPECT_EQ(pointer.position, (picture::Point{20, 30}));
    EXPECT_FALSE(pointer.right);
    if (pointer.left && !was_down) ++presses;
    was_down = pointer.left;
  }
  EXPECT_EQ(presses, 1);
  EXPECT_FALSE(was_down);
}

TEST(Script, HoverGoesToAPartOfTheControl) {
  FakeStage stage;
  play("hover \"train me\"\nhover \"train me\" 0.25 1\n", stage);
  ASSERT_FALSE(stage.pointers.empty());
  EXPECT_EQ(stage.pointers.front().position, (picture::Point{20, 30}));
  EXPECT_EQ(stage.pointers.back().position, (picture::Point{15, 40}));
  EXPECT_FALSE(stage.pointers.back().left);
}

TEST(Script, ClickPlaneUsesThePlanesCoordinates) {
  FakeStage stage;
  play("click-plane 0.25 0.75 right", stage);
  ASSERT_FALSE(stage.pointers.empty());
  EXPECT_EQ(stage.pointers.front().position, (picture::Point{25, 25}));
  EXPECT_TRUE(std::any_of(stage.pointers.begin(), stage.pointers.end(),
                          [](const auto& p) { return p.right; }));
}

TEST(Script, DragHoldsTheButtonOnTheWay) {
  FakeStage stage;
  play("drag-plane 0 0 1 1", stage);
  EXPECT_EQ(stage.pointers.front().position, (picture::Point{0, 100}));
  EXPECT_EQ(stage.pointers.back().position, (picture::Point{100, 0}));
  EXPECT_FALSE(stage.pointers.back().left);
  EXPECT_TRUE(std::any_of(stage.pointers.begin(), stage.pointers.end(), [](const auto& p) {
    return p.left && p.position.x > 30 && p.position.x < 70;
  }));
}

TEST(Script, KeysHaveModifiers) {
  FakeStage stage;
  play("key ctrl+shift+z\nkey space\nkey ?\n", stage);
  ASSERT_EQ(stage.keys.size(), 3U);
  EXPECT_EQ(stage.keys[0].key, ui::Key::z);
  EXPECT_TRUE(stage.keys[0].ctrl && stage.keys[0].shift && !stage.keys[0].alt);
  EXPECT_EQ(stage.keys[1].key, ui::Key::space);
  EXPECT_EQ(stage.keys[2].key, ui::Key::slash);
}

TEST(Script, WaitStepsWaitsForTheStep) {
  FakeStage stage;
  Script script = script_of("wait-steps 5\nscreenshot a.png\n");
  for (int i = 0; i < 20; ++i)
    EXPECT_FALSE(script.advance(stage, 0.1 * i).draw);
  stage.snapshot_.step = 5;
  for (int i = 20; i < 40 && !stage.has_quit; ++i)
    script.advance(stage, 0.1 * i);
  EXPECT_TRUE(stage.has_quit);
  EXPECT_EQ(stage.screenshots.size(), 1U);
}

TEST(Script, MistakesNameTheLine) {
  EXPECT_THAT(failure("\n\nfly away\n"), HasSubstr(":3: unknown command fly"));
  EXPECT_THAT(failure("press\n"), HasSubstr(":1: usage: press LABEL"));
  EXPECT_THAT(failure("click-plane 0.5 nowhere\n"), HasSubstr(":1: not a number: nowhere"));
  EXPECT_THAT(failure("hover \"train me\" 0.5\n"), HasSubstr(":1: hover needs both"));
  EXPECT_THAT(failure("press nothing\n"), HasSubstr(":1: nothing named nothing"));
  EXPECT_THAT(failure("key hyper\n"), HasSubstr(":1: no key is named hyper"));
}

TEST(Script, AMissingFileIsNamed) {
  try {
    Script script("/nowhere/at-all");
    FAIL();
  } catch (const Fault& fault) {
    EXPECT_THAT(fault.what(), HasSubstr("/nowhere/at-all"));
  }
}

}  // namespace
}  // namespace deltascope::gui
