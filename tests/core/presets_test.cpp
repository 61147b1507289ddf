#include <deltascope/assets.hpp>
#include <deltascope/nearest_name.hpp>
#include <deltascope/presets.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace deltascope {
namespace {

using ::testing::HasSubstr;

TEST(Presets, AreListedAndFound) {
  const std::vector<Preset> presets = list_presets();
  ASSERT_FALSE(presets.empty());
  for (const Preset& preset : presets) {
    Problems problems;
    EXPECT_EQ(find_preset(preset.name, problems), preset.file);
    EXPECT_TRUE(std::filesystem::is_regular_file(preset.file)) << preset.file;
    EXPECT_EQ(preset.file.filename(), preset.name + ".json");
    EXPECT_TRUE(problems.empty());
  }
}

TEST(Presets, FollowTheIndexWhichNamesThemAll) {
  std::vector<std::string> index;
  std::ifstream in(find_asset("presets/INDEX"));
  for (std::string name; std::getline(in, name);)
    index.push_back(name);
  std::vector<std::string> listed;
  for (const Preset& preset : list_presets())
    listed.push_back(preset.name);
  EXPECT_EQ(listed, index);
}

TEST(Presets, AnUnknownNameIsAnsweredWithTheNearest) {
  Problems problems;
  EXPECT_FALSE(find_preset("oxx", problems).has_value());
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].text(), HasSubstr("no preset \"oxx\"; did you mean \"ox\"?"));
}

TEST(Presets, AreNoPaths) {
  Problems problems;
  EXPECT_FALSE(find_preset("../presets/ox", problems).has_value());
  EXPECT_FALSE(find_preset("", problems).has_value());
}

TEST(NearestName, CountsEditsOfEveryKind) {
  const std::vector<std::string> names{"train", "trace", "render", "replay"};
  EXPECT_EQ(nearest_name("trian", names), "train");
  EXPECT_EQ(nearest_name("traces", names), "trace");
  EXPECT_EQ(nearest_name("rendr", names), "render");
  EXPECT_EQ(nearest_name("relay", names), "replay");
  EXPECT_EQ(nearest_name("train", names), "train");
  EXPECT_EQ(nearest_name("", names), "train");  // the first of those equally far
}

}  // namespace
}  // namespace deltascope
