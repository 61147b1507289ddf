#include "keys.hpp"

#include "harness.hpp"

#include <algorithm>
#include <array>

namespace deltascope::ui {
namespace {

TEST(Keys, Transport) {
  Harness ui;
  ui.key(Key::space);
  EXPECT_EQ(ui.run, RunState::playing);
  ui.key(Key::space);
  EXPECT_EQ(ui.run, RunState::paused);
  ui.key(Key::s);
  ui.key(Key::right);
  EXPECT_EQ(ui.session.state().step, 2U);
  ui.key(Key::r);
  EXPECT_EQ(ui.session.state().step, 0U);
  ui.key(Key::n);
  EXPECT_EQ(ui.settings().initial.seed, 5001U);
}

TEST(Keys, Speed) {
  Harness ui;
  ui.key(Key::plus);
  EXPECT_EQ(ui.workbench.preferences().steps_per_second, 100);
  ui.key(Key::minus);
  ui.key(Key::minus);
  EXPECT_EQ(ui.workbench.preferences().steps_per_second, 30);
  for (int i = 0; i < 20; ++i)
    ui.key(Key::plus);
  EXPECT_EQ(ui.sent<SetSpeed>().back().steps_per_second, 0);
  for (int i = 0; i < 20; ++i)
    ui.key(Key::minus);
  EXPECT_EQ(ui.sent<SetSpeed>().back().steps_per_second, 1);
}

TEST(Keys, DeleteRemovesTheSelectedPoint) {
  Harness ui;
  ui.click(ui.plane_px(0.3, 0.4));
  ui.key(Key::del);
  EXPECT_EQ(ui.data().size(), 9);
}

TEST(Keys, DeleteWithoutSelectionRemovesThePointUnderTheMouse) {
  Harness ui;
  ui.move_to(ui.plane_px(0.3, 0.4));
  ui.key(Key::del);
  EXPECT_EQ(ui.data().size(), 9);
  ui.move_to(ui.plane_px(0.8, 0.8));
  ui.key(Key::del);
  EXPECT_EQ(ui.data().size(), 9);
}

TEST(Keys, UndoAndRedo) {
  Harness ui;
  ui.click(ui.plane_px(0.25, 0.75));
  ui.key(Key::z, true);
  EXPECT_EQ(ui.data().size(), 10);
  ui.key(Key::y, true);
  EXPECT_EQ(ui.data().size(), 11);
  ui.key(Key::z, true);
  ui.key(Key::z, true, true);
  EXPECT_EQ(ui.data().size(), 11);
}

TEST(Keys, ShiftDigitsPickTheClassOfAClick) {
  Harness ui;
  ui.key(Key::digit_2, false, true);
  ui.click(ui.plane_px(0.25, 0.75));
  EXPECT_EQ(ui.label(10), 1);
  ui.key(Key::digit_1, false, true);
  ui.click(ui.plane_px(0.8, 0.8));
  EXPECT_EQ(ui.label(11), 0);
  ui.key(Key::digit_7, false, true);  // there is no class 7: said, and nothing changes
  ui.click(ui.plane_px(0.2, 0.9));
  EXPECT_EQ(ui.label(12), 0);
}

TEST(Keys, View) {
  Harness ui;
  ui.key(Key::t);
  EXPECT_FALSE(ui.workbench.preferences().dark);
  ui.key(Key::h);
  EXPECT_TRUE(ui.workbench.preferences().hard_shading);
  ui.key(Key::l);
  EXPECT_TRUE(ui.workbench.preferences().loss_log_x);
  ui.key(Key::plus, true);
  EXPECT_NEAR(ui.workbench.preferences().zoom, 1.1F, 1e-6);
  ui.key(Key::minus, true);
  ui.key(Key::minus, true);
  EXPECT_EQ(ui.workbench.preferences().zoom, 1.0F);
  ui.key(Key::plus, true);
  ui.key(Key::digit_0, true);
  EXPECT_EQ(ui.workbench.preferences().zoom, 1.0F);
  ui.key(Key::f11);
  ASSERT_EQ(ui.asked_of_window<SetFullscreen>().size(), 1U);
  EXPECT_TRUE(ui.asked_of_window<SetFullscreen>().front().on);
}

TEST(Keys, MGoesThroughAllNotations) {
  Harness ui;
  for (const char* name : {"ng", "zhujian", "ufldl", "higham", "ng"}) {
    ui.key(Key::m);
    EXPECT_EQ(ui.workbench.preferences().notation->name, name);
  }
}

TEST(Keys, EscapeDeselects) {
  Harness ui;
  ui.click(ui.plane_px(0.3, 0.4));
  ui.key(Key::escape);
  EXPECT_EQ(ui.sent<Look>().back().selected, std::nullopt);
}

TEST(Keys, HelpOpensAndCloses) {
  Harness ui;
  ui.key(Key::slash, false, true);
  EXPECT_TRUE(ui.has("Close help"));
  ui.key(Key::space);  // behind the overlay nothing acts
  EXPECT_EQ(ui.run, RunState::paused);
  ui.key(Key::escape);
  EXPECT_FALSE(ui.has("Close help"));
  ui.key(Key::f1);
  ui.press("Close help");
  EXPECT_FALSE(ui.has("Close help"));
}

TEST(Keys, DoNotActWhileTextIsTyped) {
  Harness ui;
  ui.press("Learning rate η");
  ui.key(Key::space);
  ui.key(Key::s);
  ui.key(Key::r);
  ui.key(Key::del);
  EXPECT_EQ(ui.run, RunState::paused);
  EXPECT_EQ(ui.session.state().step, 0U);
  EXPECT_EQ(ui.data().size(), 10);
  ui.edit_key(shim::EditKey::escape);
  ui.key(Key::s);
  EXPECT_EQ(ui.session.state().step, 1U);
}

TEST(Keys, EveryRowHasItsOwnCombination) {
  const auto rows = key_bindings();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      const bool same = rows[i].key == rows[j].key && rows[i].ctrl == rows[j].ctrl;
      if (!same) continue;
      EXPECT_TRUE(rows[i].shift != Shift::either && rows[j].shift != Shift::either &&
                  rows[i].shift != rows[j].shift)
          << rows[i].name << " and " << rows[j].name;
    }
  }
}

bool is_of_the_walk(const KeyBinding& row) {
  constexpr std::array keys{Key::left, Key::page_down, Key::page_up, Key::home, Key::b};
  return std::find(keys.begin(), keys.end(), row.key) != keys.end();
}

bool is_of_hand_check(const KeyBinding& row) {
  constexpr std::array keys{Key::down, Key::up, Key::v, Key::i};
  return !row.ctrl && std::find(keys.begin(), keys.end(), row.key) != keys.end();
}

TEST(Keys, EveryRowDoesSomething) {
  for (const KeyBinding& row : key_bindings()) {
    SCOPED_TRACE(row.name);
    Harness ui;
    ui.document.presets.resize(9);
    ui.click(ui.plane_px(0.25, 0.75));   // something to undo
    ui.click(ui.plane_px(0.3, 0.4));     // something to delete, to deselect
    ui.wheel(ui.plane_px(0.5, 0.5), 2);  // something to fit
    if (is_of_the_walk(row)) {
      ui.key(Key::w);
      ui.press("phase 3");  // there is something before it and behind it
    }
    if (row.key == Key::end) {
      ui.pretend = [](Snapshot& snapshot) { snapshot.in_past = true; };
      ui.frames(2);
    }
    if (row.key == Key::o && !row.ctrl) {
      Exercise exercise;
      exercise.hidden = {{find_cell_kind("z"), std::nullopt}};
      ui.open_exercise(exercise);
    } else if (is_of_hand_check(row)) {
      ui.key(Key::w);
      ui.press("phase 2");
      ui.key(Key::a);
    }
    const int vertices = ui.vertices();
    const Preferences before = ui.workbench.preferences();
    const Rectangle area = ui.workbench.plane()->plane;
    const std::size_t requests = ui.requests.size(), wishes = ui.wishes.size();
    const std::size_t controls = ui.workbench.controls().all().size();
    ui.key(row.key, row.ctrl, row.shift == Shift::yes);
    const bool changed = ui.workbench.preferences() != before || ui.requests.size() > requests ||
                         ui.wishes.size() > wishes || !(ui.workbench.plane()->plane == area) ||
                         ui.workbench.controls().all().size() != controls ||
                         ui.vertices() != vertices;
    // Picking a class shows in the picker only; 100 % is there already.
    const bool silent = (row.shift == Shift::yes && !row.ctrl) || row.key == Key::digit_0 ||
                        (row.key == Key::minus && row.ctrl);
    EXPECT_TRUE(changed || silent);
  }
}

}  // namespace
}  // namespace deltascope::ui
