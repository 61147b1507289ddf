#include "run_cli.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

TEST(CliPresets, ListsEveryFileWithItsTitle) {
  const ProgramResult text = run({"presets"});
  ASSERT_EQ(text.exit_code, 0) << text.err;
  const Json list = Json::parse(run({"presets", "--json"}).out);
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(DELTASCOPE_ASSETS "/presets")) {
    if (file.path().extension() != ".json") continue;
    const std::string name = file.path().stem().string();
    const std::string title = Json::parse(read_file(file.path())).at("title");
    EXPECT_THAT("\n" + text.out, AllOf(HasSubstr("\n" + name + " "), HasSubstr(title + "\n")));
    const auto same = [&](const Json& entry) {
      return entry.at("name") == name && entry.at("title") == title;
    };
    EXPECT_TRUE(std::ranges::any_of(list, same)) << name;
    ++files;
  }
  EXPECT_EQ(list.size(), files);
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text.out, '\n')), files);
}

TEST(CliPresets, TellsWhatOneShows) {
  const ProgramResult text = run({"presets", "ox"});
  ASSERT_EQ(text.exit_code, 0) << text.err;
  const Json object = Json::parse(run({"presets", "ox", "--json"}).out);
  EXPECT_EQ(object.at("name"), "ox");
  EXPECT_THAT(text.out, StartsWith(object.at("title").get<std::string>() + "\n\n"));
  std::string one_line = text.out;
  std::ranges::replace(one_line, '\n', ' ');
  EXPECT_THAT(one_line, HasSubstr(object.at("about").get<std::string>()));
}

TEST(CliPresets, NamesTheVariants) {
  for (const Json& preset : Json::parse(run({"presets", "--json"}).out)) {
    const std::string name = preset.at("name");
    const std::string file = DELTASCOPE_ASSETS "/presets/" + name + ".json";
    const Json variants = Json::parse(read_file(file)).value("variants", Json::array());
    EXPECT_EQ(preset.at("variants").size(), variants.size()) << name;
    const std::string text = run({"presets", name}).out;
    EXPECT_EQ(text.find("Variants (--variant NAME):") != std::string::npos, !variants.empty());
    for (const Json& variant : variants) {
      const std::string variant_name = variant.at("name");
      EXPECT_THAT(text, HasSubstr("\n  " + variant_name + "\n")) << name;
      const ProgramResult chosen = run({"trace", "--preset", name, "--variant", variant_name});
      EXPECT_EQ(chosen.exit_code, 0) << name << ": " << chosen.err;
    }
  }
}

TEST(CliPresets, RefusesUnknownNames) {
  expect_refused(run({"presets", "oxx"}), "no preset \"oxx\"; did you mean \"ox\"?");
  expect_refused(run({"presets", "ox", "ox"}), "ox");
}

}  // namespace
}  // namespace deltascope::test
