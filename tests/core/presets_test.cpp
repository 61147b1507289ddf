#include <deltascope/nearest_name.hpp>
#include <deltascope/presets.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace deltascope {
namespace {

using ::testing::HasSubstr;

TEST(Presets, AreListedByNameAndFound) {
  const std::vector<Preset> presets = list_presets();
  ASSERT_FALSE(presets.empty());
  EXPECT_TRUE(std::ranges::is_sorted(presets, {}, &Preset::name));
  for (const Preset& preset : presets) {
    Problems problems;
    EXPECT_EQ(find_preset(preset.name, problems), preset.file);
    EXPECT_TRUE(std::filesystem::is_regular_file(preset.file)) << preset.file;
    EXPECT_EQ(preset.file.filename(), preset.name + ".json");
    EXPECT_TRUE(problems.empty());
  }
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
