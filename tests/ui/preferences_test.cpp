#include <deltascope/ui/preferences.hpp>

#include <gtest/gtest.h>

namespace deltascope::ui {
namespace {

Preferences unusual() {
  Preferences preferences;
  preferences.dark = false;
  preferences.zoom = 1.35F;
  preferences.window_width = 1917;
  preferences.window_height = 1003;
  preferences.maximized = true;
  preferences.loss_log_x = preferences.loss_log_y = true;
  preferences.paper_scale = true;
  preferences.reference_lines = false;
  preferences.loss_against = find_run_measure("seconds");
  preferences.notation = walk::find_notation("ufldl");
  preferences.hard_shading = preferences.delta_relative = true;
  preferences.walking = preferences.checking = true;
  preferences.steps_per_second = 0.1;
  preferences.open_sections = {{"Initial weights", true}, {"‖δ‖ over time", false}};
  preferences.splits = {{"settings", 0.123456F}};
  preferences.other = {{"colour of tomorrow", "green = blue"}};
  return preferences;
}

TEST(PreferencesText, SurvivesBeingWrittenAndRead) {
  EXPECT_EQ(parse_preferences(to_text(unusual())), unusual());
  EXPECT_EQ(parse_preferences(to_text(Preferences())), Preferences());
}

TEST(PreferencesText, EmptyMeansDefaults) {
  EXPECT_EQ(parse_preferences(""), Preferences());
}

TEST(PreferencesText, BrokenLinesAreIgnored) {
  const Preferences defaults;
  for (const char* text :
       {"zoom", "= 3", "zoom = ", "zoom = 1.5x", "zoom = 99", "zoom = nan", "zoom = inf",
        "window_width = -5", "window_width = 1e3", "dark = perhaps", "steps_per_second = -1",
        "loss_against = hours", "notation = euler", "split settings = 7", "split settings = nan",
        "open Data = maybe", "\xff\xfe\x00garbage", "window_width = 99999999999999999999"}) {
    const Preferences read = parse_preferences(text);
    EXPECT_EQ(read.zoom, defaults.zoom) << text;
    EXPECT_EQ(read.window_width, defaults.window_width) << text;
    EXPECT_EQ(read.dark, defaults.dark) << text;
    EXPECT_EQ(read.notation, defaults.notation) << text;
    EXPECT_EQ(read.steps_per_second, defaults.steps_per_second) << text;
    EXPECT_TRUE(read.splits.empty()) << text;
    EXPECT_TRUE(read.open_sections.empty()) << text;
  }
}

TEST(PreferencesText, OneBrokenLineLeavesTheOthers) {
  const Preferences read = parse_preferences("zoom = big\r\ndark = no\r\n# a note\nzoom = 2");
  EXPECT_FALSE(read.dark);
  EXPECT_EQ(read.zoom, 2.0F);
}

TEST(PreferencesText, LeavesOutWhatADocumentAskedFor) {
  Preferences preferences;
  preferences.notation_of_document = walk::find_notation("ng");
  EXPECT_EQ(parse_preferences(to_text(preferences)), Preferences());
}

TEST(PreferencesFile, FollowsTheXdgFolders) {
  const char* home = std::getenv("HOME");
  const std::string kept = home != nullptr ? home : "";
  setenv("XDG_CONFIG_HOME", "/somewhere", 1);
  EXPECT_EQ(preferences_file(), "/somewhere/deltascope/preferences");
  setenv("XDG_CONFIG_HOME", "relative", 1);
  setenv("HOME", "/home/ada", 1);
  EXPECT_EQ(preferences_file(), "/home/ada/.config/deltascope/preferences");
  unsetenv("XDG_CONFIG_HOME");
  unsetenv("HOME");
  EXPECT_TRUE(preferences_file().empty());
  if (!kept.empty()) setenv("HOME", kept.c_str(), 1);
}

}  // namespace
}  // namespace deltascope::ui
