// The manual page that the build makes of --help.
#include "run_cli.hpp"

#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace deltascope::test {
namespace {

using ::testing::HasSubstr;

std::string page() {
  return read_file(DELTASCOPE_CLI_MAN_PAGE);
}

/// `text` as the page must write it, where that has plain letters only.
std::string escaped(const std::string& text) {
  return std::regex_replace(text, std::regex("-"), "\\-");
}

/// The part of the page about one verb.
std::string section_of(const std::string& verb) {
  const std::string text = page();
  const std::size_t start = text.find("\n.SS " + verb + "\n");
  EXPECT_NE(start, std::string::npos) << verb;
  return text.substr(start, text.find("\n.S", start + 1) - start);
}

std::vector<std::string> verbs() {
  const std::string help = run({"--help"}).out;
  std::vector<std::string> found;
  std::istringstream lines(help.substr(help.find("Subcommands:\n")));
  std::string line;
  for (std::getline(lines, line); std::getline(lines, line) && !line.empty();)
    found.push_back(line.substr(2, line.find(' ', 2) - 2));
  return found;
}

TEST(CliManPage, HasEveryVerbOptionAndExampleOfTheHelp) {
  ASSERT_GE(verbs().size(), 5U);
  for (const std::string& verb : verbs()) {
    const std::string section = section_of(verb);
    const std::string help = run({verb, "--help"}).out;
    int options = 0, examples = 0;
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) {
      std::smatch option;
      if (std::regex_search(line, option, std::regex("^  (-h,)?(--[a-z-]+)"))) {
        EXPECT_THAT(section, HasSubstr(escaped(option[2]) + "\\fR")) << verb;
        ++options;
      }
      if (line.rfind("  deltascope-cli ", 0) == 0) {
        EXPECT_THAT(section, HasSubstr(escaped(line.substr(2)) + "\n")) << verb;
        ++examples;
      }
    }
    EXPECT_GE(options, 2) << verb;
    EXPECT_GE(examples, 1) << verb;
  }
}

TEST(CliManPage, IsTheOneOfThisProgram) {
  EXPECT_EQ(page(), run({"--man-page"}).out);
  EXPECT_THAT(page(), HasSubstr("deltascope " + run({"--version"}).out.substr(15, 3)));
}

TEST(CliManPage, IsCleanRoff) {
  const std::set<std::string> requests{".TH", ".SH", ".SS", ".TP", ".PP",
                                       ".RS", ".RE", ".nf", ".fi", ".br"};
  const std::string text = page();
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_FALSE(line.empty()) << "groff warns of blank lines";
    EXPECT_NE(line.front(), '\'') << line;
    EXPECT_TRUE(line.front() != '.' || requests.contains(line.substr(0, 3))) << line;
    // Only escapes that we mean: a font, a hyphen, a letter by its number, a quiet point.
    const std::string left =
        std::regex_replace(line, std::regex(R"(\\f[BIR]|\\-|\\e|\\&|\\\[u[0-9A-F]{4,6}\])"), "");
    EXPECT_EQ(left.find('\\'), std::string::npos) << line;
    const auto plain = [](char c) { return c >= ' ' && c <= '~'; };
    EXPECT_TRUE(std::ranges::all_of(line, plain)) << line;
  }
  EXPECT_THAT(text, HasSubstr("\\[u03B7], greater than 0"));
}

}  // namespace
}  // namespace deltascope::test
