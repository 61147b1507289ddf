// What every preset has in common.
#include "preset_runs.hpp"

#include <gmock/gmock.h>

#include <regex>
#include <set>

namespace deltascope::test {
namespace {

std::ptrdiff_t sentences(const std::string& text) {
  const std::regex end("[.!?]( |$)");
  return std::distance(std::sregex_iterator(text.begin(), text.end(), end), std::sregex_iterator());
}

TEST(Presets, AreTheseAndNoOthers) {
  EXPECT_THAT(preset_names(),
              testing::UnorderedElementsAre(
                  "ox", "ox-paper", "ox-paper-11", "testnet", "ng-logistic", "ng-one-hidden",
                  "symmetry", "small-init", "vanishing", "exploding", "zigzag", "input-scale",
                  "dying-relu", "stuck", "rates", "quadratic-or-bce", "batch-size",
                  "optimizer-race", "xor-no-hidden", "transpose", "clipped", "exercise-testnet"));
}

TEST(Presets, HaveATitleAndTwoOrThreeSentences) {
  std::set<std::string> titles;
  for (const std::string& name : preset_names()) {
    const Document document = preset(name);
    EXPECT_FALSE(document.title.empty()) << name;
    EXPECT_TRUE(titles.insert(document.title).second) << name << ": " << document.title;
    EXPECT_THAT(sentences(document.about), testing::AllOf(testing::Ge(2), testing::Le(3)))
        << name << ": " << document.about;
  }
}

TEST(Presets, NameThemselvesAmongTheirVariants) {
  for (const std::string& name : preset_names()) {
    const Document document = preset(name);
    EXPECT_EQ(document.original.empty(), document.variants.empty()) << name;
  }
}

// A line that breaks at "η =" is hard to read; names are typed on the command line, texts are not.
TEST(Presets, KeepEachEqualsSignOnItsLine) {
  int equations = 0;
  for (const std::string& name : preset_names()) {
    const Document document = preset(name);
    EXPECT_THAT(document.about, testing::Not(testing::HasSubstr(" ="))) << name;
    EXPECT_THAT(document.about, testing::Not(testing::HasSubstr("= "))) << name;
    equations += document.about.find("\u00A0=\u00A0") != std::string::npos ? 1 : 0;
    for (const Variant& variant : document.variants)
      EXPECT_THAT(variant.name, testing::Not(testing::HasSubstr("\u00A0"))) << name;
    EXPECT_THAT(document.original, testing::Not(testing::HasSubstr("\u00A0"))) << name;
  }
  EXPECT_GT(equations, 10);
}

TEST(Presets, HaveVariantsThatDifferAndRun) {
  int variants = 0;
  for (const std::string& name : preset_names()) {
    const Document document = preset(name);
    std::set<std::string> names;
    for (const Variant& variant : document.variants) {
      ++variants;
      EXPECT_TRUE(names.insert(variant.name).second) << name << ": " << variant.name;
      EXPECT_TRUE(validate(*variant.document).empty()) << name << ": " << variant.name;
      EXPECT_FALSE(*variant.document->settings == *document.settings &&
                   *variant.document->data == *document.data)
          << name << ": " << variant.name << " is the preset itself";
      Session session = make_session(*variant.document);
      EXPECT_TRUE(session.advance()) << name << ": " << variant.name;
    }
  }
  EXPECT_GT(variants, 20);
}

}  // namespace
}  // namespace deltascope::test
