#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(CliTrain, LearnsTheBuiltInPoints) {
  const ProgramResult result = run({"train", "--steps", "20000"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Summary summary = parse_summary(result.out);
  EXPECT_EQ(summary.steps, 20000);
  EXPECT_EQ(summary.accuracy, 1.0);
  EXPECT_LT(summary.cost, 1e-3);
  EXPECT_GT(summary.steps_per_second, 0.0);
}

TEST(CliTrain, GivesTheSameBitsTwice) {
  const auto weights = [](const ProgramResult& result) {
    return result.out.substr(0, result.out.find("\"seconds\""));
  };
  const std::vector<std::string> command{"train", "--steps", "3000", "--dataset", "spiral"};
  EXPECT_EQ(weights(run(command)), weights(run(command)));
}

TEST(CliTrain, ContinuesFromWhatItSaved) {
  const TemporaryFolder folder;
  const std::string half = folder / "half.json";
  ASSERT_EQ(run({"train", "--steps", "500", "--out", half}).exit_code, 0);
  const Summary two_halves = parse_summary(run({"train", half, "--steps", "500"}).out);
  const Summary whole = parse_summary(run({"train", "--steps", "1000"}).out);
  EXPECT_EQ(two_halves.W, whole.W);  // a saved session has the same bits
  EXPECT_EQ(two_halves.b, whole.b);
}

std::vector<std::vector<double>> rows_of(const std::string& csv) {
  std::vector<std::vector<double>> rows;
  std::istringstream lines(csv.substr(csv.find('\n') + 1));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');)
      rows.back().push_back(cell.empty() ? -1.0 : std::stod(cell));
  }
  return rows;
}

TEST(CliTrain, LogsTheRun) {
  const TemporaryFolder folder;
  const std::string log = folder / "losses.csv";
  const ProgramResult result = run({"train", "--steps", "30000", "--log", log});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const std::string text = read_file(log);
  EXPECT_THAT(text, StartsWith("step,cost,accuracy,gradient_evaluations,seconds,"
                               "batch_cost_min,batch_cost_max\n0,"));
  const Summary start = parse_summary(run({"train", "--steps", "0"}).out);
  const Summary end = parse_summary(result.out);
  const auto rows = rows_of(text);
  ASSERT_GT(rows.size(), 500U);
  EXPECT_DOUBLE_EQ(rows[0][1], start.cost);
  // With a full batch the batch cost of a step is the cost of the row before.
  EXPECT_EQ(rows[1][0], 1.0);
  EXPECT_DOUBLE_EQ(rows[1].back(), start.cost);
  EXPECT_EQ(rows[0][4], 0.0);
  double seconds_before = -1.0;
  for (const std::vector<double>& row : rows) {
    EXPECT_EQ(row[3], 10.0 * row[0]);  // ten points a step
    EXPECT_GE(row[4], seconds_before);
    seconds_before = row[4];
  }
  EXPECT_GT(seconds_before, 0.0);
  EXPECT_LE(seconds_before, end.seconds);
}

TEST(CliTrain, IsSilentOnStandardErrorWhenThatIsNoTerminal) {
  EXPECT_EQ(run({"train", "--steps", "200000"}).err, "");
}

TEST(CliTrain, ShowsABarOnATerminal) {
  const std::string command = std::string(DELTASCOPE_CLI) + " train --steps 300000";
  const std::string screen = Program("/usr/bin/script", {"-qec", command, "/dev/null"}).wait().out;
  EXPECT_THAT(screen, AllOf(HasSubstr("[="), HasSubstr(" of 300000  cost ")));
  EXPECT_LT(screen.rfind(" of 300000"), screen.find("\"steps\": 300000"));
}

TEST(CliTrain, InterruptedItLeavesAValidFile) {
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

/// Whether somebody is writing into the folder.
bool is_writing(const std::filesystem::path& folder) {
  return std::ranges::any_of(std::filesystem::directory_iterator(folder), [](const auto& entry) {
    std::error_code gone;
    const std::uintmax_t size = entry.file_size(gone);
    return !gone && size > 0;
  });
}

TEST(CliTrain, InterruptedWhileItSavesItLeavesAValidFile) {
  const TemporaryFolder folder, input;
  // So many points take long enough to write that the interruption comes on the way.
  std::string text = ox_text("{}");
  const std::string ox = R"({"name": "ox"})";
  text.replace(text.find(ox), ox.size(), R"({"name": "moons", "points": 200000, "noise": 0.1})");
  write_file(input / "points.json", text);
  Program program(DELTASCOPE_CLI, {"train", input / "points.json", "--steps", "1", "--out",
                                   folder / "session.json"});
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!is_writing(folder.path()) && std::chrono::steady_clock::now() < patience) {
  }
  program.interrupt();
  const ProgramResult result = program.wait();
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_EQ(parse_summary(result.out).steps, 1);
  Problems problems;
  EXPECT_TRUE(load_document(folder / "session.json", problems).has_value());
  EXPECT_EQ(std::ranges::distance(std::filesystem::directory_iterator(folder.path())), 1);
}

TEST(CliTrain, AsksBeforehandWhetherFilesCanBeWritten) {
  const TemporaryFolder folder;
  // So many steps would take days: the refusal must come first.
  const std::vector<std::string> train{"train", "--steps", "1000000000000"};
  for (const char* option : {"--out", "--log"}) {
    const auto to = [&](const std::string& file) {
      std::vector<std::string> arguments = train;
      arguments.insert(arguments.end(), {option, file});
      return run(arguments);
    };
    expect_refused(to(folder / "none/session.json"), "none/session.json: cannot write into");
    expect_refused(to(folder.path()), "is a folder");
    expect_refused(to("/dev/null"), "is not a regular file");
    expect_refused(to("/proc/session.json"), "cannot write into the folder /proc");
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(CliTrain, PrintsTheResultEvenWhenAFileCannotBeWrittenAnyMore) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "gone");
  Program program(DELTASCOPE_CLI,
                  {"train", "--steps", "1000000000000", "--out", folder / "gone/session.json"});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  std::filesystem::remove(folder / "gone");
  program.interrupt();
  const ProgramResult result = program.wait();
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("gone/session.json: cannot write into"));
  EXPECT_GT(parse_summary(result.out).steps, 0);
}

}  // namespace
}  // namespace deltascope::test
