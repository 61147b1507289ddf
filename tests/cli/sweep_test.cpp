#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <sstream>
#include <string>
#include <thread>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::json;

TEST(CliSweep, TellsHowOftenItSucceeds) {
  const ProgramResult result = run({"sweep", "--seeds", "12", "--steps", "1000"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, StartsWith("12 of 12 runs of 1000 steps, seeds 1 … 12\n\n"));
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("\nSeparate all points     "), HasSubstr(" of 12 = "),
                    HasSubstr(" % (95 %: "), HasSubstr("\nCome to cost 0.01 "),
                    HasSubstr("\nDiverge                 0 of 12 = 0.0 % (95 %: 0.0 … 24.2 %)"),
                    HasSubstr("\nSteps to cost 0.01 "), HasSubstr("\nCost after 100 "),
                    HasSubstr("\nCost after 1000 "), HasSubstr("\nWorst seeds (cost) ")));
}

TEST(CliSweep, TakesTheRunsThatTrainTakes) {
  const Json report = Json::parse(
      run({"sweep", "--seeds", "3", "--first-seed", "8", "--steps", "300", "--json"}).out);
  EXPECT_EQ(report.at("finished"), 3);
  ASSERT_EQ(report.at("runs").size(), 3U);
  for (const Json& swept : report.at("runs")) {
    const Json trained =
        Json::parse(run({"train", "--steps", "300", "--seed", to_string(swept.at("seed"))}).out);
    EXPECT_EQ(swept.at("cost"), trained.at("cost"));
    EXPECT_EQ(swept.at("separated"), trained.at("accuracy") == 1.0);
  }
}

TEST(CliSweep, DrawsAnewWeightsThatADocumentGives) {
  const auto costs = [](const std::string& preset) {
    std::vector<Json> found;
    const std::vector<std::string> command{"sweep", "--preset", preset, "--seeds",
                                           "2",     "--steps",  "0",    "--json"};
    const Json report = Json::parse(run(command).out);
    for (const Json& swept : report.at("runs"))
      found.push_back(swept.at("cost"));
    return found;
  };
  const std::vector<Json> paper = costs("ox-paper");
  EXPECT_NE(paper[0], paper[1]);
}

TEST(CliSweep, PrintsJsonWithNullWhereNothingCame) {
  const Json report = Json::parse(
      run({"sweep", "--seeds", "4", "--steps", "20", "--threshold", "1e-30", "--json"}).out);
  EXPECT_EQ(report.at("threshold"), 1e-30);
  EXPECT_EQ(report.at("came_to_threshold").at("count"), 0);
  EXPECT_EQ(report.at("steps_to_threshold"), Json::parse("[null, null, null, null, null]"));
  EXPECT_EQ(report.at("percents"), Json::parse("[10, 25, 50, 75, 90]"));
  ASSERT_EQ(report.at("cost_quantiles").size(), 21U);
  EXPECT_EQ(report.at("cost_quantiles")[20].at("step"), 20);
  EXPECT_TRUE(report.at("runs")[0].at("threshold_step").is_null());
}

TEST(CliSweep, WritesARowForEachRun) {
  const TemporaryFolder folder;
  const std::string file = folder / "runs.csv";
  const ProgramResult result =
      run({"sweep", "--seeds", "5", "--steps", "50", "--out", file, "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  std::istringstream lines(read_file(file));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "seed,separated,separated_step,threshold_step,cost,diverged_step");
  const Json report = Json::parse(result.out);
  for (const Json& swept : report.at("runs")) {
    std::getline(lines, line);
    EXPECT_THAT(line, StartsWith(to_string(swept.at("seed")) + ","));
    EXPECT_THAT(line, HasSubstr("," + swept.at("cost").dump() + ","));
  }
  EXPECT_FALSE(std::getline(lines, line));
}

TEST(CliSweep, CountsRunsThatDiverge) {
  const TemporaryFolder folder;
  const std::string file = folder / "runs.csv";
  const ProgramResult result =
      run({"sweep", "-", "--seeds", "3", "--steps", "200", "--out", file}, diverging_text);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("\nDiverge                 3 of 3 = 100.0 %"),
                                HasSubstr("(diverged at step 7"), HasSubstr("∞")));
  EXPECT_THAT(read_file(file), HasSubstr("\n1,0,"));
  EXPECT_THAT(read_file(file), HasSubstr(",,7"));
}

TEST(CliSweep, SaysInOneSentenceWhatIsWrong) {
  const auto sweep = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"sweep", "--steps", "1000000000000"});
    return run(more);
  };
  expect_refused(run({"sweep"}), "--steps");
  expect_refused(sweep({"--seeds", "0"}), "--seeds: must be a whole number from 1 to 10000, not 0");
  expect_refused(sweep({"--seeds", "10001"}), "--seeds");
  expect_refused(sweep({"--seeds", "many"}), "many");
  expect_refused(sweep({"--first-seed", "-1"}), "--first-seed");
  for (const char* threshold : {"0", "-1", "nan", "inf", "small"}) {
    expect_refused(sweep({"--threshold", threshold}),
                   std::string("--threshold: must be a number greater than 0, not ") + threshold);
  }
  expect_refused(sweep({"--seed", "3"}), "did you mean --seeds?");
  expect_refused(sweep({"--preset", "ox-paper", "--first-seed", "4294967295"}),
                 "whose seeds end at 4294967295");
  const TemporaryFolder folder;
  expect_refused(sweep({"--out", folder / "none/runs.csv"}), "none/runs.csv: cannot write into");
}

TEST(CliSweep, ShowsABarOnATerminal) {
  const std::string command =
      std::string(DELTASCOPE_CLI) + " sweep --seeds 40 --steps 20000 --json";
  const std::string screen = Program("/usr/bin/script", {"-qec", command, "/dev/null"}).wait().out;
  EXPECT_THAT(screen, AllOf(HasSubstr("\x1b[K["), HasSubstr(" of 40 runs")));
}

TEST(CliSweep, InterruptedItKeepsWhatIsFinished) {
  const TemporaryFolder folder;
  const std::string file = folder / "runs.csv";
  Program program(DELTASCOPE_CLI,
                  {"sweep", "--seeds", "10000", "--steps", "10000", "--json", "--out", file});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  program.interrupt();
  const ProgramResult result = program.wait();
  EXPECT_EQ(result.exit_code, 130);
  const Json report = Json::parse(result.out);
  const std::size_t finished = report.at("finished");
  EXPECT_LT(finished, 10'000U);
  EXPECT_EQ(report.at("runs").size(), finished);
  EXPECT_THAT(result.err,
              HasSubstr("interrupted after " + std::to_string(finished) + " of 10000 runs"));
  const std::string rows = read_file(file);
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(rows, '\n')), finished + 1);
}

}  // namespace
}  // namespace deltascope::test
