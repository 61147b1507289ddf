// The theory pages point into the code; the code moves. These tests notice.
#include "docs/pages.hpp"

#include <deltascope/loss.hpp>
#include <deltascope/optimizer.hpp>

#include <gmock/gmock.h>

#include <filesystem>
#include <regex>
#include <string>
#include <vector>

namespace deltascope {
namespace {

namespace fs = std::filesystem;
using deltascope::testing::project;
using deltascope::testing::read;

const fs::path theory = project / "docs" / "theory";

std::vector<fs::path> pages() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(theory)) {
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  }
  return found;
}

std::vector<std::smatch> matches(const std::string& text, const std::regex& pattern) {
  return {std::sregex_iterator(text.begin(), text.end(), pattern), std::sregex_iterator()};
}

bool has_word(const std::string& text, const std::string& word) {
  return std::regex_search(text, std::regex("(^|[^A-Za-z0-9_])" + word + "([^A-Za-z0-9_]|$)"));
}

// Every table row of a kind stands in the index, as a document writes it, with a page that exists.
template <class Row>
void expect_a_page_for_each(std::span<const Row> table, const std::string& key) {
  const std::string index = read(theory / "README.md");
  for (const Row& row : table) {
    const std::string value = "\"" + key + "\": \"" + std::string(row.name) + "\"";
    std::smatch line;
    ASSERT_TRUE(
        std::regex_search(index, line, std::regex(R"(\[[^\]]+\]\(([^)]+)\)[^\n]*)" + value)))
        << value << " has no line in docs/theory/README.md";
    EXPECT_TRUE(fs::exists(theory / line[1].str())) << line[1];
  }
}

TEST(TheoryPages, EveryPointerNamesSomethingThatIsThere) {
  const std::regex pointer(R"(`([A-Za-z_:0-9]+)`\s+in\s+`([^`\s]+/[^`\s]+)`)");
  for (const fs::path& page : pages()) {
    if (page.filename() == "README.md") continue;
    const std::string text = read(page);
    const auto found = matches(text, pointer);
    EXPECT_FALSE(found.empty()) << page << " does not say where its algorithm is";
    for (const std::smatch& match : found) {
      const fs::path file = project / match[2].str();
      ASSERT_TRUE(fs::is_regular_file(file)) << page << " names " << match[2];
      EXPECT_TRUE(has_word(read(file), match[1].str()))
          << page << ": " << match[2] << " has no " << match[1];
    }
  }
}

TEST(TheoryPages, EveryFileOfTheCodeThatIsNamedExists) {
  const std::regex file(R"(`((core|app|tests|docs|assets)/[^`\s]+)`)");
  for (const fs::path& page : pages()) {
    const std::string text = read(page);
    for (const std::smatch& match : matches(text, file)) {
      EXPECT_TRUE(fs::exists(project / match[1].str())) << page << " names " << match[1];
    }
  }
}

TEST(TheoryPages, EveryPresetThatIsNamedExists) {
  const std::regex preset(R"([Pp]resets?:?\s+`([a-z0-9-]+)`)");
  int named = 0;
  for (const fs::path& page : pages()) {
    const std::string text = read(page);
    for (const std::smatch& match : matches(text, preset)) {
      ++named;
      EXPECT_TRUE(fs::exists(project / "assets" / "presets" / (match[1].str() + ".json")))
          << page << " names " << match[1];
    }
  }
  EXPECT_GT(named, 5);
}

TEST(TheoryPages, EveryOptimizerAndEveryLossHasOne) {
  expect_a_page_for_each(optimizers(), "optimizer");
  expect_a_page_for_each(losses(), "loss");
}

TEST(TheoryPages, TheIndexListsEveryPage) {
  const std::string index = read(theory / "README.md");
  for (const fs::path& page : pages()) {
    if (page.filename() == "README.md") continue;
    EXPECT_THAT(index, ::testing::HasSubstr("](" + page.filename().string() + ")"));
  }
}

}  // namespace
}  // namespace deltascope
