// How deltascope-cli behaves as a program: files, exit codes, messages.
#include "support/oracle.hpp"
#include "support/run_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

ProgramResult run(std::vector<std::string> arguments, const std::string& input = "") {
  return Program(DELTASCOPE_CLI, std::move(arguments), input).wait();
}

/// Bad input: exit code 2, nothing on standard output, one line that says `what`.
void expect_refused(const ProgramResult& result, const std::string& what) {
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, AllOf(StartsWith("deltascope-cli: "), HasSubstr(what)));
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
}

TEST(Cli, SaysItsVersionAndHowToUseIt) {
  EXPECT_THAT(run({"--version"}).out, StartsWith("deltascope-cli "));
  const ProgramResult help = run({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* verb : {"train", "trace", "render"}) {
    EXPECT_THAT(help.out, HasSubstr(verb));
    const ProgramResult verb_help = run({verb, "--help"});
    EXPECT_EQ(verb_help.exit_code, 0);
    EXPECT_THAT(verb_help.out, HasSubstr("Example:\n  deltascope-cli " + std::string(verb)));
  }
}

TEST(Cli, RefusesWrongUsage) {
  expect_refused(run({}), "verb");
  expect_refused(run({"juggle"}), "juggle");
  expect_refused(run({"train"}), "--steps");
  expect_refused(run({"train", "--steps", "-1"}), "--steps");
  expect_refused(run({"train", "--steps", "many"}), "many");
  expect_refused(run({"train", "--steps", "99999999999999999999"}), "--steps");
  expect_refused(run({"trace", "--dataset", "nothing"}), "nothing");
}

TEST(Cli, LearnsTheBuiltInPoints) {
  const ProgramResult result = run({"train", "--steps", "20000"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Summary summary = parse_summary(result.out);
  EXPECT_EQ(summary.steps, 20000);
  EXPECT_EQ(summary.accuracy, 1.0);
  EXPECT_LT(summary.cost, 1e-3);
  EXPECT_GT(summary.steps_per_second, 0.0);
}

TEST(Cli, GivesTheSameBitsTwice) {
  const auto weights = [](const ProgramResult& result) {
    return result.out.substr(0, result.out.find("\"seconds\""));
  };
  const std::vector<std::string> command{"train", "--steps", "3000", "--dataset", "spiral"};
  EXPECT_EQ(weights(run(command)), weights(run(command)));
}

TEST(Cli, ContinuesFromWhatItSaved) {
  const TemporaryFolder folder;
  const std::string half = folder / "half.json";
  ASSERT_EQ(run({"train", "--steps", "500", "--out", half}).exit_code, 0);
  const Summary two_halves = parse_summary(run({"train", half, "--steps", "500"}).out);
  const Summary whole = parse_summary(run({"train", "--steps", "1000"}).out);
  EXPECT_EQ(two_halves.W, whole.W);  // a saved session has the same bits
  EXPECT_EQ(two_halves.b, whole.b);
}

TEST(Cli, LogsTheLossCurve) {
  const TemporaryFolder folder;
  const std::string log = folder / "losses.csv";
  ASSERT_EQ(run({"train", "--steps", "1000", "--log", log}).exit_code, 0);
  const std::string text = read_file(log);
  EXPECT_THAT(text, StartsWith("step,cost,accuracy,batch_cost_min,batch_cost_max\n0,"));
  const Summary start = parse_summary(run({"train", "--steps", "0"}).out);
  const std::string first_row = text.substr(text.find('\n') + 1);
  EXPECT_DOUBLE_EQ(std::stod(first_row.substr(2)), start.cost);
  // With a full batch the batch cost of a step is the cost of the row before.
  const std::string second_row = first_row.substr(first_row.find('\n') + 1);
  EXPECT_THAT(second_row, StartsWith("1,"));
  EXPECT_DOUBLE_EQ(std::stod(second_row.substr(second_row.rfind(',', second_row.find('\n')) + 1)),
                   start.cost);
  EXPECT_GT(std::ranges::count(text, '\n'), 300);
}

TEST(Cli, IsSilentOnStandardErrorWhenThatIsNoTerminal) {
  EXPECT_EQ(run({"train", "--steps", "200000"}).err, "");
}

TEST(Cli, InterruptedTrainingLeavesAValidFile) {
  const TemporaryFolder folder;
  const std::string out = folder / "session.json";
  Program program(DELTASCOPE_CLI, {"train", "--steps", "1000000000000", "--out", out});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  program.interrupt();
  const ProgramResult result = program.wait();
  EXPECT_EQ(result.exit_code, 130);
  const Summary summary = parse_summary(result.out);
  EXPECT_GT(summary.steps, 0);
  Problems problems;
  const std::optional<Document> document = load_document(out, problems);
  ASSERT_TRUE(document.has_value());
  const Architecture& net = document->settings->model.architecture;
  EXPECT_EQ(weights_of(net, document->parameters), summary.W);  // of the last completed step
}

/// Width and height from the header of a PNG; zeros if it is none.
std::pair<int, int> png_size(const std::string& bytes) {
  if (bytes.size() < 24 || bytes.compare(1, 3, "PNG") != 0) return {0, 0};
  const auto number = [&](std::size_t at) {
    int value = 0;
    for (std::size_t i = at; i < at + 4; ++i)
      value = value * 256 + static_cast<unsigned char>(bytes[i]);
    return value;
  };
  return {number(16), number(20)};
}

TEST(CliRender, WritesEveryPictureItLists) {
  const TemporaryFolder folder;
  for (const std::string format : {"png", "svg"}) {
    const ProgramResult result = run(
        {"render", "--steps", "2000", "--out-dir", folder / "new/pictures", "--format", format});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    for (const char* name : {"boundary", "network", "loss", "delta-history", "delta"}) {
      const std::string file = folder / "new/pictures" / (std::string(name) + "." + format);
      EXPECT_THAT(result.out, HasSubstr(file + "\n"));
      const std::string content = read_file(file);
      if (format == "png") {
        EXPECT_GT(png_size(content).first, 400) << name;
        EXPECT_GT(png_size(content).second, 200) << name;
        EXPECT_GT(content.size(), 5000U) << name << " seems to be empty";
      } else {
        EXPECT_THAT(content, HasSubstr("<svg")) << name;
      }
    }
  }
}

TEST(CliRender, ThemesDiffer) {
  const TemporaryFolder folder;
  for (const std::string theme : {"dark", "light"}) {
    ASSERT_EQ(
        run({"render", "--steps", "10", "--out-dir", folder / theme, "--theme", theme}).exit_code,
        0);
  }
  EXPECT_NE(read_file(folder / "dark/boundary.png"), read_file(folder / "light/boundary.png"));
}

TEST(CliRender, DrawsNetworksWithoutAPlane) {
  const TemporaryFolder folder;
  for (const OracleCase& oracle : oracle_cases()) {
    if (oracle.sizes.front() == 2 || oracle.sizes.size() > 4) continue;
    const ProgramResult result =
        run({"render", "-", "--steps", "3", "--out-dir", folder.path()}, document_text(oracle));
    EXPECT_EQ(result.exit_code, 0) << oracle.id << ": " << result.err;
  }
}

TEST(CliRender, SaysWhereItCannotWrite) {
  const TemporaryFolder folder;
  write_file(folder / "file", "");
  expect_refused(run({"render", "--steps", "1", "--out-dir", folder / "file"}), "file: cannot be");
  expect_refused(run({"render", "--steps", "1", "--out-dir", folder / "x", "--theme", "pink"}),
                 "pink");
}

TEST(CliBadInput, NamesTheFileOrField) {
  const TemporaryFolder folder;
  const std::string file = folder / "bad.json";
  expect_refused(run({"trace", folder / "none.json"}), "none.json: no such file");
  expect_refused(run({"trace", folder.path()}), "is a folder");
  write_file(file, "{\"deltascope\": 1,\n  \"sizes\": [2, 2,\n}");
  expect_refused(run({"train", file, "--steps", "1"}), "bad.json:3:1: is not valid JSON");
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

TEST(CliBadInput, RefusesASessionWithoutSamples) {
  const std::string empty = R"({"deltascope": 1, "sizes": [2, 1], "activations": ["sigmoid"],
      "loss": "bce", "X": [], "Y": [], "init": {"scheme": "zeros"}})";
  expect_refused(run({"trace", "-"}, empty), "X: has no samples");
  expect_refused(run({"train", "-", "--steps", "1"}, empty), "X: has no samples");
}

TEST(CliBadInput, ChecksTheFolderBeforeItTrains) {
  const TemporaryFolder folder;
  // So many steps would take days: the refusal must come first.
  expect_refused(run({"train", "--steps", "1000000000000", "--out", folder / "none/session.json"}),
                 "there is no folder");
}

TEST(CliBadInput, PrintsTheResultEvenWhenAFileCannotBeWritten) {
  const TemporaryFolder folder;
  const std::string out = folder.path();  // a folder, not a file
  const ProgramResult result = run({"train", "--steps", "10", "--out", out});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("is a folder"));
  EXPECT_EQ(parse_summary(result.out).steps, 10);
}

TEST(CliBadInput, TraceOfNumbersThatOverflowSaysSo) {
  const ProgramResult result =
      run({"trace", "-"}, R"({"deltascope": 1, "sizes": [1, 1], "activations": ["linear"],
          "loss": "quadratic", "W": [[[1e200]]], "b": [[0]], "X": [[1e200]], "Y": [[0]]})");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("finite"));
  EXPECT_THAT(result.out, AllOf(HasSubstr("\"cost\": null"), HasSubstr("\"note\": \"null ")));
}

}  // namespace
}  // namespace deltascope::test
