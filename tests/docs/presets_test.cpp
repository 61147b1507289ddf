// docs/presets.md shows every preset as the real program does: none is missing, none is of old.
#include "docs/pages.hpp"

#include <deltascope/presets.hpp>
#include <deltascope/session_file.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>

namespace deltascope {
namespace {

namespace fs = std::filesystem;
using deltascope::testing::read;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const fs::path docs = deltascope::testing::project / "docs";

void expect_known_variants(const std::string& script, const Document& document) {
  const std::regex press("press \"Variant: ([^\"]+)\"");
  for (std::sregex_iterator it(script.begin(), script.end(), press), end; it != end; ++it) {
    const std::string name = (*it)[1];
    if (name == document.original) continue;
    EXPECT_EQ(std::ranges::count(document.variants, name, &Variant::name), 1) << name;
  }
}

TEST(PresetsPage, HasASectionAndAPictureForEach) {
  const std::string page = read(docs / "presets.md");
  std::size_t last = 0;
  for (const Preset& preset : list_presets()) {
    SCOPED_TRACE(preset.name);
    Problems problems;
    const auto document = load_document(preset.file, problems);
    ASSERT_TRUE(document) << problems.front().text();
    const std::size_t at = page.find("\n## " + document->title + "\n");
    ASSERT_NE(at, std::string::npos) << "no section " << document->title;
    EXPECT_GT(at, last) << "sections follow the order of assets/presets/INDEX";
    last = at;
    const std::string section = page.substr(at, page.find("\n## ", at + 1) - at);
    EXPECT_THAT(section, HasSubstr("`--preset " + preset.name + "`"));
    EXPECT_THAT(section, HasSubstr("](presets/" + preset.name + ".png)"));
    EXPECT_TRUE(fs::exists(docs / "presets" / (preset.name + ".png")));
    std::string variants;
    for (const Variant& variant : document->variants)
      variants += ", *" + variant.name + "*";
    if (variants.empty()) continue;
    EXPECT_THAT(section, HasSubstr("variants: *" + document->original + "*" + variants + "\n"));
  }
}

TEST(PresetsPage, EachPictureIsTakenByAScriptOfItsOwn) {
  std::set<std::string> names;
  for (const Preset& preset : list_presets()) {
    SCOPED_TRACE(preset.name);
    names.insert(preset.name);
    Problems problems;
    const std::string script = read(docs / "presets" / (preset.name + ".script"));
    EXPECT_THAT(script, StartsWith("# deltascope "));
    EXPECT_THAT(script.substr(0, script.find('\n')), EndsWith(" --preset " + preset.name));
    const auto document = load_document(preset.file, problems);
    ASSERT_TRUE(document) << problems.front().text();
    expect_known_variants(script, *document);
    EXPECT_THAT(script, HasSubstr("\nscreenshot docs/presets/" + preset.name + ".png\n"));
  }
  for (const auto& entry : fs::directory_iterator(docs / "presets")) {
    EXPECT_EQ(names.count(entry.path().stem().string()), 1U) << entry.path() << " is of no preset";
  }
}

}  // namespace
}  // namespace deltascope
