#include "preferences_store.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace deltascope::gui {
namespace {

namespace fs = std::filesystem;

class PreferencesStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder = fs::path(testing::TempDir()) / (std::string("preferences-") + test->name());
    fs::remove_all(folder);
  }
  void TearDown() override { fs::remove_all(folder); }
  fs::path folder;
};

TEST_F(PreferencesStoreTest, WhatIsSavedIsThereAtTheNextStart) {
  const fs::path file = folder / "deltascope" / "preferences";  // neither folder exists yet
  ui::Preferences preferences;
  preferences.dark = false;
  preferences.zoom = 1.5F;
  preferences.window_width = 1111;
  PreferencesStore(file).save(preferences);
  EXPECT_EQ(PreferencesStore(file).loaded(), preferences);
}

TEST_F(PreferencesStoreTest, NothingIsWrittenWhenNothingChanged) {
  const fs::path file = folder / "preferences";
  PreferencesStore store(file);
  store.save(store.loaded());
  EXPECT_FALSE(fs::exists(file));
}

TEST_F(PreferencesStoreTest, GarbageMeansTheDefaults) {
  fs::create_directories(folder);
  const fs::path file = folder / "preferences";
  std::ofstream(file) << "\x01\xff = = \n\nwindow_width = many\n";
  EXPECT_EQ(PreferencesStore(file).loaded().window_width, ui::Preferences().window_width);
}

TEST_F(PreferencesStoreTest, AFolderThatCannotBeMadeIsReportedOnce) {
  fs::create_directories(folder);
  std::ofstream(folder / "file") << "in the way";
  PreferencesStore store(folder / "file" / "preferences");
  ui::Preferences preferences;
  preferences.dark = false;
  testing::internal::CaptureStderr();
  store.save(preferences);
  preferences.dark = true;
  preferences.zoom = 2.0F;
  store.save(preferences);
  const std::string errors = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 1) << errors;
}

}  // namespace
}  // namespace deltascope::gui
