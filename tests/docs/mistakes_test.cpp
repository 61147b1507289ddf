// docs/twelve-mistakes.md follows the table of mistakes: names, formulas, where each one hides, and
// every figure are those of the program.
#include "docs/pages.hpp"

#include <deltascope/gradient_check.hpp>
#include <deltascope/mistake.hpp>
#include <deltascope/picture/axis.hpp>
#include <deltascope/presets.hpp>
#include <deltascope/session.hpp>
#include <deltascope/session_file.hpp>
#include <deltascope/update_check.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>

namespace deltascope {
namespace {

namespace fs = std::filesystem;
using deltascope::testing::all;
using deltascope::testing::key_names;
using deltascope::testing::project;
using deltascope::testing::read;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const fs::path docs = project / "docs";

std::string page() {
  return read(docs / "twelve-mistakes.md");
}

// From its heading to the next one.
std::string section(const Mistake& mistake) {
  const std::string text = page();
  const auto number = static_cast<int>(&mistake - mistakes().data()) + 1;
  const std::string heading =
      "\n## " + std::to_string(number) + ". " + std::string(mistake.label) + "\n";
  const std::size_t at = text.find(heading);
  if (at == std::string::npos) return {};
  return text.substr(at, text.find("\n## ", at + 1) - at);
}

Document preset(const Mistake& mistake) {
  Problems problems;
  for (const Preset& preset : list_presets()) {
    if (preset.name != mistake.preset) continue;
    Document document = load_document(preset.file, problems).value();
    for (const Variant& variant : document.variants) {
      if (variant.name == mistake.variant) return *variant.document;
    }
    return document;
  }
  throw std::runtime_error("no preset " + std::string(mistake.preset));
}

constexpr double low_cost = 0.01;
constexpr std::uint64_t most_steps = 5000;

// How a run from the preset's start goes: the first step with a low cost, and the cost at the end.
struct Run {
  std::string arrival = "never", cost;
};
Run run_of(Session session) {
  Run run;
  while (session.state().step < most_steps && session.advance()) {
    if (run.arrival == "never" && session.evaluate().cost() <= low_cost) {
      run.arrival = picture::format_count(static_cast<double>(session.state().step));
    }
  }
  run.cost =
      session.divergence() ? "overflows" : picture::format_number(session.evaluate().cost(), 3);
  return run;
}

const char* mark(bool passed) {
  return passed ? "✓" : "✗";
}

// "`no_mean` | `ox` | 1,234 → never | 0.0000974 → 0.0834 | ✗ | ✓ |"
std::string figures_of(const Mistake& mistake) {
  Document document = preset(mistake);
  // The right run, too, by the textbook, which computes all mistakes: the page's figures are of no
  // processor.
  auto settings = std::make_shared<Settings>(*document.settings);
  settings->model.arithmetic = find_arithmetic("textbook");
  document.settings = std::move(settings);
  Session session = make_session(document);
  const Run right = run_of(session);
  const Outcome outcome = session.apply({SetMistake{&mistake}, 0});
  if (!outcome.accepted) return outcome.notice;
  const Run wrong = run_of(session);
  StepTrace trace;
  const Proposal& proposal = session.preview(trace);
  const State& state = session.state();
  const auto gradient =
      check_gradient(state.settings->model, state.parameters, *state.data,
                     {state.batches.all, state.batches.pending}, proposal.gradient);
  const auto update = check_update(state);
  return "`" + std::string(mistake.name) + "` | `" + std::string(mistake.preset) + "` | " +
         right.arrival + " → " + wrong.arrival + " | " + right.cost + " → " + wrong.cost + " | " +
         mark(gradient.passed()) + " | " + mark(update.passed()) + " |";
}

class TwelveMistakes : public ::testing::TestWithParam<std::size_t> {
 protected:
  const Mistake& mistake() const { return mistakes()[GetParam()]; }
};

TEST_P(TwelveMistakes, HaveASectionWithBothFormulas) {
  const std::string text = section(mistake());
  EXPECT_THAT(text, HasSubstr("| `" + std::string(mistake().wrong) + "` | `" +
                              std::string(mistake().right) + "` |"));
}

TEST_P(TwelveMistakes, AreTriedOnThePresetThatShowsThem) {
  const std::string text = section(mistake());
  EXPECT_THAT(text, HasSubstr("--preset " + std::string(mistake().preset) + " "));
  EXPECT_THAT(text, HasSubstr("--mistake " + std::string(mistake().name) + "`"));
  EXPECT_THAT(text, HasSubstr(std::string(mistake().variant)));
}

TEST_P(TwelveMistakes, HaveTheFiguresOfTheProgram) {
  EXPECT_THAT(page(), HasSubstr("| " + std::string(mistake().label) + " | " +
                                figures_of(mistake()) + "\n"));
}

INSTANTIATE_TEST_SUITE_P(Each, TwelveMistakes, ::testing::Range<std::size_t>(0, 12),
                         [](const auto& each) { return std::string(mistakes()[each.param].name); });

TEST(TwelveMistakesPage, HasOneSectionForEach) {
  ASSERT_EQ(mistakes().size(), 12U);
  EXPECT_EQ(all(page(), "\n## ([0-9]+)\\. ").size(), mistakes().size());
}

TEST(TwelveMistakesPage, SaysWhereEachMistakeHides) {
  std::set<std::string> reasons;
  for (const Mistake& mistake : mistakes()) {
    for (const Preset& preset : list_presets()) {
      Problems problems;
      const Session session = make_session(load_document(preset.file, problems).value());
      for (const Index batch_size : {Index{1}, session.data().size()})
        reasons.insert(std::string(mistake.name) + "\n" +
                       mistake.why_hidden(session.settings().model, batch_size));
    }
  }
  std::size_t hidden = 0;
  for (const std::string& reason : reasons) {
    const std::size_t end = reason.find('\n');
    if (end + 1 == reason.size()) continue;
    ++hidden;
    const Mistake& mistake = *find_mistake(reason.substr(0, end));
    const std::string text = std::regex_replace(section(mistake), std::regex("\n"), " ");
    EXPECT_THAT(text, HasSubstr(reason.substr(end + 1))) << mistake.name;
  }
  EXPECT_GE(hidden, 8U);
}

TEST(TwelveMistakesPage, NamesKeysThatThereAre) {
  const std::vector<std::string> letters = all(page(), "press `([A-Z])`");
  EXPECT_FALSE(letters.empty());
  for (const std::string& name : letters)
    EXPECT_THAT(key_names(), Contains(name));
}

TEST(TwelveMistakesPage, ShowsPicturesEachWithAScriptOfItsOwn) {
  const std::vector<std::string> shown = all(page(), R"(\]\((mistakes/[^)]+)\.png\))");
  EXPECT_EQ(shown.size(), 3U);
  for (const std::string& name : shown) {
    EXPECT_TRUE(fs::exists(docs / (name + ".png"))) << name;
    const std::string script = read(docs / (name + ".script"));
    EXPECT_THAT(script, StartsWith("# deltascope --size 1280x800 --theme "));
    EXPECT_THAT(script, HasSubstr("\nscreenshot docs/" + name + ".png\n"));
  }
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(docs / "mistakes"))
    files += entry.path().extension() == ".png" ? 1U : 0U;
  EXPECT_EQ(files, shown.size());
}

}  // namespace
}  // namespace deltascope
