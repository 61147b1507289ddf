#include "harness.hpp"

#include <imgui.h>

#include <filesystem>
#include <fstream>

namespace deltascope::ui {
namespace {

namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  Files() {
    folder = fs::temp_directory_path() /
             ("deltascope-ui-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    fs::create_directories(folder / "inner");
    std::ofstream(folder / "one.json") << "{}";
    std::ofstream(folder / "notes.txt") << "no document";
    ui.document.path = folder / "one.json";
    ui.document.name = "one.json";
  }
  ~Files() override { fs::remove_all(folder); }

  void answer_save(bool error) {
    ui.document.message = error ? "Could not save" : "Saved";
    ui.document.message_is_error = error;
    ++ui.document.message_number;
    if (!error) ui.document.saved_revision = ui.session.revision();
    ui.frames(3);
  }

  // The field has the focus, with its text selected.
  void name_it(const std::string& name) {
    ui.frames(2);
    ui.type(name);
    ui.edit_key(shim::EditKey::enter);
    ui.frames(2);
  }

  fs::path folder;
  Harness ui{all_unfolded()};
};

TEST_F(Files, OpenListsDocumentsAndFolders) {
  ui.key(Key::o, true);
  EXPECT_TRUE(ui.has("file: one.json"));
  EXPECT_FALSE(ui.has("file: notes.txt"));
  EXPECT_TRUE(ui.has("folder: inner"));
  ui.press("file: one.json");
  ui.press("Accept file");
  ASSERT_EQ(ui.asked_of_window<OpenFile>().size(), 1U);
  EXPECT_EQ(ui.asked_of_window<OpenFile>().front().path, folder / "one.json");
  EXPECT_FALSE(ui.has("Accept file"));
}

TEST_F(Files, OpenByDoubleClick) {
  ui.key(Key::o, true);
  ui.double_click(ui.rect("file: one.json").center());
  EXPECT_EQ(ui.asked_of_window<OpenFile>().size(), 1U);
}

TEST_F(Files, FoldersAreEntered) {
  ui.key(Key::o, true);
  ui.press("folder: inner");
  EXPECT_FALSE(ui.has("file: one.json"));
}

TEST_F(Files, OpenSaysWhenThereIsNoSuchFile) {
  ui.key(Key::o, true);
  ui.enter("File name", "missing.json");
  EXPECT_TRUE(ui.asked_of_window<OpenFile>().empty());
  EXPECT_TRUE(ui.has("Accept file"));
}

TEST_F(Files, OpenAcceptsATypedPath) {
  ui.key(Key::o, true);
  ui.enter("File name", (folder / "one.json").string());
  ASSERT_EQ(ui.asked_of_window<OpenFile>().size(), 1U);
}

TEST_F(Files, SaveGoesToTheKnownFile) {
  ui.key(Key::s, true);
  ASSERT_EQ(ui.asked_of_window<SaveFile>().size(), 1U);
  EXPECT_EQ(ui.asked_of_window<SaveFile>().front().path, folder / "one.json");
}

TEST_F(Files, SaveAsAddsTheExtension) {
  ui.key(Key::s, true, true);
  name_it("two");
  ASSERT_EQ(ui.asked_of_window<SaveFile>().size(), 1U);
  EXPECT_EQ(ui.asked_of_window<SaveFile>().front().path, folder / "two.json");
}

TEST_F(Files, SaveAsAsksBeforeReplacing) {
  ui.key(Key::s, true, true);
  name_it("one.json");
  EXPECT_TRUE(ui.asked_of_window<SaveFile>().empty());
  ui.press("Back to the name");
  EXPECT_TRUE(ui.has("Accept file"));
  ui.press("Accept file");
  ui.press("Replace");
  EXPECT_EQ(ui.asked_of_window<SaveFile>().size(), 1U);
}

TEST_F(Files, SaveIntoAMissingFolderIsRefused) {
  ui.key(Key::s, true, true);
  name_it("nowhere/two.json");
  EXPECT_TRUE(ui.asked_of_window<SaveFile>().empty());
}

TEST_F(Files, QuitWithoutChangesAsksNothing) {
  ui.key(Key::q, true);
  EXPECT_EQ(ui.asked_of_window<Quit>().size(), 1U);
}

TEST_F(Files, ClosingTheWindowAsksAboutChanges) {
  ui.press("Hidden 1: more");
  ui.close_requested = true;
  ui.frames(4);
  EXPECT_TRUE(ui.asked_of_window<Quit>().empty());
  ui.press("Cancel closing");
  EXPECT_TRUE(ui.asked_of_window<Quit>().empty());
  ui.key(Key::q, true);
  ui.press("Don't save");
  EXPECT_EQ(ui.asked_of_window<Quit>().size(), 1U);
  EXPECT_TRUE(ui.asked_of_window<SaveFile>().empty());
}

TEST_F(Files, SaveThenQuitWaitsForTheSave) {
  ui.press("Hidden 1: more");
  ui.key(Key::q, true);
  ui.press("Save changes");
  EXPECT_EQ(ui.asked_of_window<SaveFile>().size(), 1U);
  EXPECT_TRUE(ui.asked_of_window<Quit>().empty());
  answer_save(false);
  EXPECT_EQ(ui.asked_of_window<Quit>().size(), 1U);
}

TEST_F(Files, AFailedSaveKeepsTheWindowOpen) {
  ui.press("Hidden 1: more");
  ui.key(Key::q, true);
  ui.press("Save changes");
  answer_save(true);
  EXPECT_TRUE(ui.asked_of_window<Quit>().empty());
  answer_save(false);  // a later one does not quit either
  EXPECT_TRUE(ui.asked_of_window<Quit>().empty());
}

TEST_F(Files, OpenAsksAboutChangesFirst) {
  ui.press("Hidden 1: more");
  ui.key(Key::o, true);
  EXPECT_FALSE(ui.has("Accept file"));
  ui.press("Don't save");
  ui.frames(3);
  EXPECT_TRUE(ui.has("file: one.json"));
}

TEST_F(Files, APresetIsNeverSavedOver) {
  ui.document.presets = {{"first", ui.document.path, "First", "", {}}};
  ui.key(Key::s, true);
  EXPECT_TRUE(ui.asked_of_window<SaveFile>().empty());
  EXPECT_TRUE(ui.has("Accept file"));
  EXPECT_FALSE(ui.has("folder: inner"));  // not in the presets' folder
}

TEST_F(Files, MessagesBecomeToasts) {
  EXPECT_GT(ui.workbench.seconds_until_next_change(), 1e9);
  answer_save(true);
  EXPECT_LT(ui.workbench.seconds_until_next_change(), 10);
  ui.now_seconds += 20;
  ui.frames(2);
  EXPECT_GT(ui.workbench.seconds_until_next_change(), 1e9);
}

TEST(RunTo, TrainsToTheStepThatWasTyped) {
  for (const char* const typed : {"25", "1 000", "1,100", "1.2e3"}) {
    Harness ui;
    ui.key(Key::g);
    ui.frames(2);
    ui.type(typed);
    ui.edit_key(shim::EditKey::enter);
    ui.frames(3);
    EXPECT_FALSE(ui.has("Accept run to")) << typed;
    std::string digits = typed;
    std::erase_if(digits, [](char c) { return c == ' ' || c == ','; });
    EXPECT_EQ(static_cast<double>(ui.session.state().step), std::stod(digits)) << typed;
  }
}

TEST(RunTo, ClosesOnTheFirstEscapeWhileItsFieldIsActive) {
  Harness ui;
  for (const char* const typed : {"", "25"}) {
    ui.key(Key::g);
    ui.frames(2);
    ASSERT_TRUE(ImGui::GetIO().WantTextInput);
    ui.type(typed);
    shim::feed_key(shim::EditKey::escape, true);  // both are told
    ui.key(Key::escape);
    shim::feed_key(shim::EditKey::escape, false);
    ui.frames(2);
    EXPECT_FALSE(ui.has("Accept run to"));
  }
  ui.key(Key::g);
  ui.frames(2);
  ui.edit_key(shim::EditKey::enter);
  EXPECT_EQ(ui.session.state().step, 0U);  // what was typed before is forgotten
}

TEST(Escape, ClosesTheListOfAComboAndNothingElse) {
  Harness ui(all_unfolded());
  ui.click(ui.plane_px(0.1, 0.1));
  const bool selected = ui.sent<Look>().back().selected.has_value();
  ASSERT_TRUE(selected);
  const std::string row = "Optimizer: " + std::string(find_optimizer("adam")->label);
  ui.press("Optimizer");
  ui.frames(2);
  ASSERT_TRUE(ui.has(row));
  ui.key(Key::escape);
  EXPECT_FALSE(ui.has(row));
  EXPECT_TRUE(ui.sent<Look>().back().selected);
  ui.key(Key::escape);
  EXPECT_FALSE(ui.sent<Look>().back().selected);
}

TEST(Escape, TakesBackWhatIsTypedInTheSettings) {
  Harness ui(all_unfolded());
  ui.press("Learning rate η");
  ui.type("77");
  shim::feed_key(shim::EditKey::escape, true);
  ui.key(Key::escape);
  shim::feed_key(shim::EditKey::escape, false);
  ui.frames(2);
  EXPECT_EQ(ui.settings().rates.learning_rate, 5);
}

TEST(RunTo, RefusesWhatIsNoStep) {
  Harness ui;
  ui.key(Key::g);
  for (const char* const typed : {"0", "-5", "2.5", "many", "", "1e99", "nan"}) {
    ui.enter("Run to", typed);
    ui.frames(2);
    EXPECT_TRUE(ui.has("Accept run to")) << typed;
    EXPECT_EQ(ui.session.state().step, 0U) << typed;
  }
  ui.press("Cancel run to");
  EXPECT_FALSE(ui.has("Accept run to"));
}

}  // namespace
}  // namespace deltascope::ui
