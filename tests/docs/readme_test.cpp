// The README names keys and shows pictures: those that are there.
#include "docs/pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace deltascope {
namespace {

using deltascope::testing::all;
using deltascope::testing::key_names;
using deltascope::testing::project;
using deltascope::testing::read;
using ::testing::AnyOf;
using ::testing::HasSubstr;

// Its first column, where several keys may share a row.
TEST(Readme, ListsEveryKey) {
  const std::string readme = read(project / "README.md");
  const std::size_t begin = readme.find("\n## Keys and mouse\n");
  ASSERT_NE(begin, std::string::npos);
  const std::string section = readme.substr(begin, readme.find("\n## ", begin + 1) - begin);
  std::string keys;
  for (const std::string& cell : all(section, R"(\n\| ([^|]+) \|)"))
    keys += ", " + cell + ",";
  for (const std::string& name : key_names())
    EXPECT_THAT(keys, AnyOf(HasSubstr(" " + name + ","), HasSubstr(" " + name + " ")));
}

TEST(Readme, ShowsPicturesThatAreThere) {
  const std::vector<std::string> shown = all(read(project / "README.md"), R"(\]\(([^)]+\.png)\))");
  EXPECT_GE(shown.size(), 5U);
  for (const std::string& name : shown)
    EXPECT_TRUE(std::filesystem::exists(project / name)) << name;
}

}  // namespace
}  // namespace deltascope
