#include "harness.hpp"

#include <gmock/gmock.h>
#include <imgui.h>

namespace deltascope::ui {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Harness::Options walking() {
  Harness::Options options;
  options.width = 1600;
  options.height = 1000;
  options.preferences.walking = true;
  return options;
}

void walk_to_the_end(Harness& ui) {
  for (int presses = 0; ui.session.state().step == 0; ++presses) {
    ASSERT_LT(presses, 2000);
    ui.key(Key::right);
  }
}

// The field is there with its text selected.
void name_file(Harness& ui, const std::string& name) {
  ui.type(name);
  ui.edit_key(shim::EditKey::enter);
}

// Until nothing runs along the edges any more.
void settle(Harness& ui) {
  ui.now_seconds += 2;
  ui.move_to({2, 2});
}

TEST(Walk, OpensAndClosesWithItsKeyAndItsButton) {
  Harness ui;
  EXPECT_FALSE(ui.has("phase 1"));
  ui.key(Key::w);
  EXPECT_TRUE(ui.has("phase 1"));
  EXPECT_TRUE(ui.has("walk numbers"));
  ui.press("Close walk");
  EXPECT_FALSE(ui.has("phase 1"));
  ui.press("Walk");
  EXPECT_TRUE(ui.has("phase 1"));
}

TEST(Walk, OpeningItPausesTheRun) {
  Harness ui;
  ui.key(Key::space);
  ui.key(Key::w);
  EXPECT_EQ(ui.run, RunState::paused);
}

TEST(Walk, ToTheEndLeavesWhatOneStepLeaves) {
  for (const bool neurons : {false, true}) {
    Harness::Options options = walking();
    options.preferences.neuron_by_neuron = neurons;
    Harness ui(options);
    Session plain = ui.session;
    ASSERT_TRUE(plain.advance());
    walk_to_the_end(ui);
    EXPECT_EQ(ui.session.state().step, 1U);
    EXPECT_EQ(ui.session.state().parameters, plain.state().parameters);
  }
}

TEST(Walk, IsLongerNeuronByNeuron) {
  Harness layers(walking());
  layers.press("phase 2");
  layers.press("Neuron by neuron");
  ASSERT_TRUE(layers.workbench.preferences().neuron_by_neuron);
  const std::uint64_t step = layers.session.state().step;
  // z_1 = two products and b: three terms before its result, the same for z_2.
  for (int i = 0; i < 3; ++i)
    layers.key(Key::right);
  EXPECT_EQ(layers.session.state().step, step);
}

TEST(Walk, GoesBackAsFarAsItCame) {
  Harness ui(walking());
  for (int i = 0; i < 4; ++i)
    ui.key(Key::right);
  for (int i = 0; i < 4; ++i)
    ui.key(Key::left);
  EXPECT_FALSE(ui.workbench.controls().find("Back")->enabled);
  ui.key(Key::left);
  EXPECT_EQ(ui.session.state().step, 0U);
}

TEST(Walk, AnyPhaseCanBeJumpedTo) {
  Harness ui(walking());
  const int at_first = ui.vertices();
  ui.press("phase 6");
  EXPECT_NE(ui.vertices(), at_first);
  EXPECT_TRUE(ui.workbench.controls().find("Back")->enabled);
  ui.key(Key::home);
  EXPECT_FALSE(ui.workbench.controls().find("Back")->enabled);
  ui.key(Key::page_down);
  EXPECT_TRUE(ui.workbench.controls().find("Back")->enabled);
  ui.key(Key::page_up);
  EXPECT_FALSE(ui.workbench.controls().find("Back")->enabled);
}

TEST(Walk, StaysInItsPhaseWhenAStepIsTaken) {
  Harness ui(walking());
  ui.press("phase 5");
  ui.key(Key::s);
  EXPECT_EQ(ui.session.state().step, 1U);
  EXPECT_TRUE(ui.workbench.controls().find("Back")->enabled);
}

TEST(Walk, SurvivesANetworkThatShrinks) {
  Harness ui(walking());
  ui.press("phase 8");
  ui.session.apply({RemoveLayer{0}, 0});
  ui.session.apply({RemoveLayer{0}, 0});
  ui.frames(3);
  EXPECT_TRUE(ui.has("walk numbers"));
}

TEST(Walk, WithoutPointsSaysWhatIsMissing) {
  Harness ui(walking());
  ui.session.apply({ClearPoints{}, 0});
  ui.frames(3);
  EXPECT_FALSE(ui.has("phase 1"));
  ui.key(Key::right);
  EXPECT_EQ(ui.session.state().step, 0U);
}

TEST(Walk, OfNumbersThatOverflowSaysSo) {
  Harness ui(walking());
  Settings settings = ox_settings();
  settings.model.architecture = Architecture({2, 2}, {find_activation("linear")});
  const std::vector<double> huge(6, 1e200);
  ui.session = Session(std::make_shared<const Settings>(settings), ui.session.state().data, huge);
  ui.frames(3);
  EXPECT_FALSE(ui.has("phase 1"));
  ui.session = Session(std::make_shared<const Settings>(settings), ui.session.state().data);
  ui.frames(3);
  EXPECT_TRUE(ui.has("phase 1"));
}

TEST(Walk, TakesNoStepBehindAPictureThatIsKeptStill) {
  Harness ui(walking());
  ui.key(Key::k);
  for (int presses = 0; presses < 100; ++presses)
    ui.key(Key::right);
  EXPECT_EQ(ui.session.state().step, 0U);
  EXPECT_TRUE(ui.has("Still"));
}

TEST(Walk, TheMouseOnANeuronPointsAtIt) {
  Harness ui(walking());
  const picture::Rect network = ui.rect("network");
  bool found = false;
  for (float x = network.x0; x < network.x1 && !found; x += 12) {
    ui.move_to({x, network.center().y - 40});
    const auto focus = ui.workbench.focus();
    found = focus && focus->kind == walk::Kind::neuron;
  }
  EXPECT_TRUE(found);
}

TEST(Walk, TheMouseOnASymbolPointsAtItAndAtTheNeurons) {
  Harness ui(walking());
  ui.press("phase 2");
  settle(ui);
  const int before = ui.vertices();
  const picture::Rect numbers = ui.rect("walk numbers");
  ui.move_to({numbers.x0 + 20, numbers.center().y});
  ASSERT_TRUE(ui.workbench.focus().has_value());
  EXPECT_NE(ui.vertices(), before);
  ui.move_to({2, 2});
  EXPECT_FALSE(ui.workbench.focus().has_value());
}

TEST(Walk, CoversItsNumbersAndShowsTheOneThatIsClicked) {
  Harness ui(walking());
  ui.press("phase 2");
  settle(ui);
  const int open = ui.vertices();
  ui.key(Key::b);
  const int covered = ui.vertices();
  EXPECT_NE(covered, open);
  const picture::Rect numbers = ui.rect("walk numbers");
  ui.click({numbers.x1 - 24, numbers.y0 + 12});  // the last matrix: z
  ui.move_to({2, 2});
  EXPECT_NE(ui.vertices(), covered);
  ui.key(Key::b);
  EXPECT_EQ(ui.vertices(), open);
}

TEST(Walk, NeuronByNeuronLightsUpOneEdgeAtATime) {
  Harness::Options options = walking();
  options.preferences.neuron_by_neuron = true;
  Harness ui(options);
  ui.press("phase 2");
  settle(ui);
  const int first_edge = ui.vertices();
  ui.key(Key::right);
  settle(ui);
  const int second_edge = ui.vertices();
  ui.press("Neuron by neuron");
  settle(ui);
  const int all_edges = ui.vertices();
  EXPECT_NE(first_edge, second_edge);
  EXPECT_NE(first_edge, all_edges);
  EXPECT_NE(second_edge, all_edges);
}

TEST(Walk, TheMouseOnAGradientPointsAtWhatItIsMadeOf) {
  Harness ui(walking());
  ui.press("phase 9");
  settle(ui);
  const picture::Rect numbers = ui.rect("walk numbers");
  ui.move_to({numbers.x1 - 24, numbers.y0 + 16});
  const auto focus = ui.workbench.focus();
  ASSERT_TRUE(focus.has_value());
  EXPECT_EQ(focus->kind, walk::Kind::dW);
  EXPECT_EQ(walk::made_of(*focus).size(), 2U);
}

TEST(Walk, CopiesAMatrix) {
  Harness ui(walking());
  ui.press("phase 2");
  const picture::Rect numbers = ui.rect("walk numbers");
  ui.click({numbers.x0 + 24, numbers.center().y}, true);
  ui.press("Copy as NumPy");
  EXPECT_THAT(ImGui::GetClipboardText(), StartsWith("np.array([["));
}

TEST(Walk, IsExportedInTheFormatOfTheNamesEnding) {
  Harness ui(walking());
  ui.document.path = "/tmp/session.json";
  ui.key(Key::e);
  name_file(ui, "walk-of-a-step.tex");
  const auto written = ui.asked_of_window<WriteText>();
  ASSERT_EQ(written.size(), 1U);
  EXPECT_EQ(written.front().path, "/tmp/walk-of-a-step.tex");
  EXPECT_THAT(written.front().text, HasSubstr("\\documentclass"));
}

TEST(Walk, FollowsTheSelectedPoint) {
  Harness ui(walking());
  ui.click(ui.plane_px(0.5, 0.6));  // the seventh
  ui.document.path = "/tmp/session.json";
  ui.key(Key::e);
  name_file(ui, "walk.md");
  const auto written = ui.asked_of_window<WriteText>();
  ASSERT_EQ(written.size(), 1U);
  EXPECT_THAT(written.front().text, HasSubstr("Walked: point 7"));
}

TEST(Walk, BeginsAgainAfterTheStepIsTaken) {
  Harness ui(walking());
  walk_to_the_end(ui);
  EXPECT_FALSE(ui.workbench.controls().find("Back")->enabled);
}

TEST(Walk, KeepsACoveredNumberToItself) {
  Harness ui(walking());
  ui.press("phase 2");
  settle(ui);
  const picture::Rect numbers = ui.rect("walk numbers");
  const picture::Point result{numbers.x1 - 24, numbers.y0 + 12};
  const auto with_and_without_mouse = [&] {
    ui.move_to(result);
    const int under_the_mouse = ui.windows();
    settle(ui);
    return under_the_mouse - ui.windows();
  };
  EXPECT_EQ(with_and_without_mouse(), 1);  // the number with more digits
  ui.key(Key::b);
  EXPECT_EQ(with_and_without_mouse(), 0);
}

TEST(Walk, IsNotExportedToAnUnknownFormat) {
  Harness ui(walking());
  ui.document.path = "/tmp/session.json";
  ui.key(Key::e);
  name_file(ui, "walk.doc");
  EXPECT_TRUE(ui.asked_of_window<WriteText>().empty());
  EXPECT_TRUE(ui.has("Accept file"));
}

TEST(Window, GivesOnePanelEverythingAndTakesItBack) {
  Harness ui;
  const picture::Rect before = ui.rect("network");
  ui.move_to(before.center());
  ui.key(Key::x);
  EXPECT_GT(ui.rect("network").width(), 1.5F * before.width());
  EXPECT_FALSE(ui.has("plane"));
  ui.key(Key::escape);
  EXPECT_EQ(ui.rect("network"), before);
  ui.double_click(ui.rect("heading loss").center());
  EXPECT_FALSE(ui.has("network"));
  EXPECT_TRUE(ui.has("loss"));
}

TEST(Window, KeepsThePictureStillWhileTrainingGoesOn) {
  Harness ui;
  ui.key(Key::k);
  ASSERT_TRUE(ui.frozen);
  EXPECT_TRUE(ui.has("Still"));
  ui.key(Key::s);
  EXPECT_EQ(ui.session.state().step, 1U);
  ui.press("Still");
  EXPECT_FALSE(ui.frozen);
}

TEST(Window, OpensPresetsByTheirDigits) {
  Harness ui;
  ui.document.presets = {{"a", "/presets/a.json", "A", "", {}},
                         {"b", "/presets/b.json", "B", "", {}}};
  ui.frames(2);
  ui.key(Key::digit_2);
  ASSERT_EQ(ui.asked_of_window<OpenFile>().size(), 1U);
  EXPECT_EQ(ui.asked_of_window<OpenFile>().front().path, "/presets/b.json");
  ui.key(Key::digit_3);
  EXPECT_EQ(ui.asked_of_window<OpenFile>().size(), 1U);
}

}  // namespace
}  // namespace deltascope::ui
