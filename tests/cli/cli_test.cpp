// How deltascope-cli behaves whatever the verb: usage, help, where a session comes from.
#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <string>
#include <vector>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Cli, SaysItsVersionAndHowToUseIt) {
  const std::string version = run({"--version"}).out;
  EXPECT_THAT(version, StartsWith("deltascope-cli "));
  EXPECT_THAT(version, AnyOf(HasSubstr("\nkernels: AVX-512\n"), HasSubstr("\nkernels: AVX2\n"),
                             HasSubstr("\nkernels: portable\n")));
  const ProgramResult help = run({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* verb : {"train", "trace", "check", "render", "presets"}) {
    EXPECT_THAT(help.out, HasSubstr(verb));
    const ProgramResult verb_help = run({verb, "--help"});
    EXPECT_EQ(verb_help.exit_code, 0);
    EXPECT_THAT(verb_help.out, HasSubstr("Examples:\n  deltascope-cli " + std::string(verb)));
  }
}

TEST(Cli, RefusesWrongUsage) {
  expect_refused(run({}), "a verb is missing: train, trace");
  expect_refused(run({"trian", "--steps", "1"}), "no verb \"trian\"; did you mean \"train\"?");
  expect_refused(run({"--loud", "trace"}), "no option --loud before the verb");
  expect_refused(run({"train"}), "--steps");
  expect_refused(run({"train", "--steps"}), "--steps");
  expect_refused(run({"train", "--steps", "-1"}), "--steps: must be a whole number from 0");
  expect_refused(run({"train", "--steps", "many"}), "not many");
  expect_refused(run({"train", "--steps", "99999999999999999999"}), "--steps");
  expect_refused(run({"trace", "--dataset", "nothing"}), "nothing");
  expect_refused(run({"trace", "one", "two"}), "two");
  expect_refused(run({"trace", "-x"}), "-x");
  for (const char* verb : {"train", "trace", "check"}) {
    expect_refused(run({verb, "--steps", "1", "--lerning-rate", "3"}),
                   "no option --lerning-rate; did you mean --learning-rate?");
  }
  expect_refused(run({"render", "--steps", "1", "--out-dir", "x", "--them=dark"}),
                 "no option --them; did you mean --theme?");
}

TEST(Cli, SaysOneLineWhateverTheArgument) {
  expect_refused(run({"no\nverb"}), "no verb");
  expect_refused(run({"trace", "no\nfile"}), "no such file");
}

TEST(CliInput, IsAFileOrStandardInput) {
  const TemporaryFolder folder;
  const std::string text = ox_text("{}");
  write_file(folder / "session.json", text);
  const ProgramResult from_file = run({"trace", folder / "session.json"});
  EXPECT_EQ(from_file.exit_code, 0) << from_file.err;
  EXPECT_EQ(run({"trace", "-"}, text).out, from_file.out);
  EXPECT_NE(run({"trace"}).out, from_file.out);  // the built-in network is another
}

TEST(CliInput, IsAPreset) {
  const ProgramResult preset = run({"trace", "--preset", "ox"});
  EXPECT_EQ(preset.exit_code, 0) << preset.err;
  EXPECT_EQ(preset.out, run({"trace", std::string(DELTASCOPE_ASSETS) + "/presets/ox.json"}).out);
  expect_refused(run({"trace", "--preset", "oxx"}),
                 "there is no preset \"oxx\"; did you mean \"ox\"?");
  expect_refused(run({"trace", "--preset", "ox", "file.json"}), "excludes");
  expect_refused(run({"trace", "--preset", "ox", "--dataset", "xor"}), "excludes");
  expect_refused(run({"trace", "file.json", "--dataset", "xor"}), "excludes");
}

TEST(CliInput, IsAVariantOfTheDocument) {
  const std::string document =
      ox_text("{}", R"(, "variants": [{"name": "wild", "training": {"learning_rate": 7}},
                          {"name": "uniform", "init": {"scheme": "uniform", "scale": 1}}])");
  const std::string plain = run({"trace", "-", "--steps", "2"}, document).out;
  EXPECT_EQ(run({"trace", "-", "--steps", "2", "--variant", "wild"}, document).out,
            run({"trace", "-", "--steps", "2"}, ox_text(R"({"learning_rate": 7})")).out);
  EXPECT_NE(run({"trace", "-", "--steps", "2", "--variant", "uniform"}, document).out, plain);
  expect_refused(run({"trace", "-", "--variant", "tame"}, document),
                 "there is no variant \"tame\"; there are \"wild\", \"uniform\"");
  expect_refused(run({"trace", "--variant", "tame"}), "the document has no variants");
}

TEST(CliInput, NamesTheFileOrField) {
  const TemporaryFolder folder;
  const std::string file = folder / "bad.json";
  expect_refused(run({"trace", folder / "none.json"}), "none.json: no such file");
  expect_refused(run({"trace", folder.path()}), "is a folder");
  write_file(file, "{\"deltascope\": 1,\n  \"sizes\": [2, 2,\n}");
  expect_refused(run({"train", file, "--steps", "1"}), "bad.json:3:1: is not valid JSON");
  expect_refused(run({"check", file}), "bad.json:3:1: is not valid JSON");
  expect_refused(run({"trace", "-"}, ""), "standard input:1:1: is not valid JSON");
  const std::string ok_parts = R"({"deltascope": 1, "sizes": [2, 1], "activations": ["sigmoid"],
      "loss": "bce", "X": [[0, 0]], "Y": [[1]], )";
  expect_refused(run({"trace", "-"}, ok_parts + R"("W": [[[1, 2, 3]]], "b": [[0]]})"),
                 "W[0][0]: has 3 numbers, the layer has 2 inputs");
  expect_refused(run({"trace", "-"}, ok_parts + R"("W": [[[1, NaN]]], "b": [[0]]})"),
                 "is not valid JSON");
  expect_refused(run({"trace", "-"}, ok_parts + R"("init": {"scheme": "zeros"},
                                              "training": {"learning_rate": -1}})"),
                 "training.learning_rate: must be greater than 0");
}

TEST(CliInput, NeedsSamples) {
  const std::string empty = R"({"deltascope": 1, "sizes": [2, 1], "activations": ["sigmoid"],
      "loss": "bce", "X": [], "Y": [], "init": {"scheme": "zeros"}})";
  for (const char* verb : {"trace", "check"})
    expect_refused(run({verb, "-"}, empty), "X: has no samples");
  expect_refused(run({"train", "-", "--steps", "1"}, empty), "X: has no samples");
}

TEST(Cli, RefusesEmptyValues) {
  // As "$UNSET" in a script gives them: a night's training must not end in no file.
  for (const char* option : {"--out", "--log", "--preset", "--variant", "--learning-rate"}) {
    expect_refused(run({"train", "--steps", "3", option, ""}), std::string(option));
  }
  expect_refused(run({"render", "--steps", "3", "--out-dir", ""}), "--out-dir");
  expect_refused(run({"trace", ""}), "FILE");
}

TEST(Cli, SaysWhenHelpCannotBeWritten) {
  for (const char* arguments : {"--help", "--version", "train --help"}) {
    const ProgramResult result =
        Program("/bin/sh", {"-c", std::string(DELTASCOPE_CLI) + " " + arguments + " >/dev/full"},
                "")
            .wait();
    expect_refused(result, "cannot write");
  }
}

TEST(Cli, SaysInOneLineWhatDoesNotGoTogether) {
  expect_refused(
      run({"train", "--steps", "3", "--optimizer", "levenberg_marquardt", "--sampling", "listed"}),
      "sampling");
}

}  // namespace
}  // namespace deltascope::test
