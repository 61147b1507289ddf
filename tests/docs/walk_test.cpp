// docs/first-backward-pass.md walks through a step of the TestNet. These tests walk along: its
// numbers, keys, buttons and pictures are those of the program.
#include "docs/pages.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/presets.hpp>
#include <deltascope/session_file.hpp>
#include <deltascope/walk/export.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <string>
#include <vector>

namespace deltascope {
namespace {

namespace fs = std::filesystem;
using deltascope::testing::all;
using deltascope::testing::key_names;
using deltascope::testing::PreparedStep;
using deltascope::testing::project;
using deltascope::testing::read;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const fs::path docs = project / "docs";

// A page prints the minus sign, what is computed with the hyphen.
std::string with_hyphens(std::string text) {
  const std::string minus = "−";
  for (std::size_t at = 0; (at = text.find(minus, at)) != std::string::npos;)
    text.replace(at, minus.size(), "-");
  return text;
}

std::string page() {
  return with_hyphens(read(docs / "first-backward-pass.md"));
}

Document testnet() {
  Problems problems;
  for (const Preset& preset : list_presets()) {
    if (preset.name == "testnet") return load_document(preset.file, problems).value();
  }
  return {};
}

class FirstBackwardPass : public ::testing::Test {
 protected:
  FirstBackwardPass() : session_(make_session(document_)), prepared_(session_) {
    options_.notation = walk::find_notation("zhujian");
  }

  const walk::Step& step() const { return prepared_.step(); }

  /// Every worked example as the one line that a pocket calculator is given.
  std::vector<std::string> worked_lines() const {
    std::vector<std::string> lines;
    for (const walk::PhaseId& id : walk::phases(step())) {
      const auto stages = walk::phase(step(), id, options_).stages;
      for (std::size_t i = 0; i < stages.size(); ++i) {
        if (stages[i].result.kind == walk::Kind::none) continue;
        for (Index entry = 0; entry < stages[i].rows * stages[i].cols; ++entry) {
          lines.push_back(walk::to_text(
              walk::worked(step(), id, i, entry / stages[i].cols, entry % stages[i].cols, options_)
                  .numbers));
        }
      }
    }
    return lines;
  }

  std::string exported() const {
    return walk::find_export_format("markdown")->write(step(), options_);
  }

  Document document_ = testnet();
  walk::Options options_;

 private:
  Session session_;
  PreparedStep prepared_;
};

TEST_F(FirstBackwardPass, EveryCalculationIsAWorkedExampleOfTheWalk) {
  const std::vector<std::string> expected = worked_lines();
  const std::vector<std::string> blocks = all(page(), "\n```\n([^`]+)```\n");
  ASSERT_GE(blocks.size(), 7U);
  for (const std::string& block : blocks) {
    for (const std::string& line : all(block, "([^\n]+)\n"))
      EXPECT_THAT(expected, Contains(line));
  }
}

TEST_F(FirstBackwardPass, SaysHowManyCalculationsThereAre) {
  EXPECT_THAT(page(),
              HasSubstr(": " + std::to_string(worked_lines().size()) + " small calculations"));
}

TEST_F(FirstBackwardPass, EveryNumberWithAPointStandsInTheExportedStep) {
  const std::string number = R"(([0-9]+\.[0-9]+))";
  const std::vector<std::string> computed = all(exported(), number);
  const std::vector<std::string> printed = all(page(), number);
  ASSERT_GT(printed.size(), 30U);
  for (const std::string& text : printed)
    EXPECT_THAT(computed, Contains(text));
}

TEST_F(FirstBackwardPass, EveryVectorIsAColumnOfTheExportedStep) {
  const std::string columns = exported();
  const std::vector<std::string> vectors = all(page(), R"(\((-?[0-9.]+(, -?[0-9.]+)+)\))");
  ASSERT_GE(vectors.size(), 6U);
  for (const std::string& vector : vectors) {
    const std::string rows = std::regex_replace(vector, std::regex(", "), R"( \\ )");
    EXPECT_THAT(columns, HasSubstr(R"(\begin{bmatrix} )" + rows + R"( \end{bmatrix})"));
  }
}

TEST_F(FirstBackwardPass, NamesThePresetItsVariantAndItsNotation) {
  EXPECT_THAT(page(), HasSubstr("*" + document_.title + "*"));
  ASSERT_EQ(document_.variants.size(), 1U);
  EXPECT_THAT(page(), HasSubstr("*" + document_.variants.front().name + "*"));
  ASSERT_EQ(document_.view.notation, options_.notation->name);
  EXPECT_THAT(page(), HasSubstr("--preset testnet --notation " + *document_.view.notation));
}

TEST_F(FirstBackwardPass, EveryKeyIsInTheTableOfKeys) {
  std::vector<std::string> named = all(page(), R"(\n\| `([^`]+)` \|)");
  EXPECT_EQ(named.size(), 6U);
  const std::vector<std::string> letters = all(page(), "`([A-Z])`");
  named.insert(named.end(), letters.begin(), letters.end());
  for (const std::string& name : named)
    EXPECT_THAT(key_names(), Contains(name));
}

TEST(WalkPictures, AreThoseOfThePageEachWithAScriptOfItsOwn) {
  const std::vector<std::string> shown = all(page(), R"(\]\((walk/[^)]+)\.png\))");
  EXPECT_EQ(shown.size(), 5U);
  for (const std::string& name : shown) {
    EXPECT_TRUE(fs::exists(docs / (name + ".png"))) << name;
    const std::string script = read(docs / (name + ".script"));
    EXPECT_THAT(script, StartsWith("# deltascope --size 1280x800 --theme dark --preset testnet\n"));
    EXPECT_THAT(script, HasSubstr("\nscreenshot docs/" + name + ".png\n"));
  }
  for (const auto& entry : fs::directory_iterator(docs / "walk"))
    EXPECT_THAT(shown, Contains("walk/" + entry.path().stem().string())) << "is on no page";
}

TEST(WalkPictures, AreSmallEnoughForAPageOfThem) {
  constexpr std::uintmax_t most_bytes = 160'000;  // five of them are looked at over a slow line
  for (const auto& entry : fs::directory_iterator(docs / "walk"))
    EXPECT_LE(entry.file_size(), most_bytes) << entry.path();
}

}  // namespace
}  // namespace deltascope
