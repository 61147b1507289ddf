#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(CliTrace, ShowsTheStateAfterTheSteps) {
  const OracleTrace traced = parse_trace(run({"trace", "--steps", "50"}).out);
  EXPECT_EQ(traced.cost, parse_summary(run({"train", "--steps", "50"}).out).cost);
  EXPECT_NE(traced.cost, parse_trace(run({"trace"}).out).cost);
}

TEST(CliTrace, OfNumbersThatOverflowSaysSo) {
  const ProgramResult result =
      run({"trace", "-"}, R"({"deltascope": 1, "sizes": [1, 1], "activations": ["linear"],
          "loss": "quadratic", "W": [[[1e200]]], "b": [[0]], "X": [[1e200]], "Y": [[0]]})");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("finite"));
  EXPECT_THAT(result.out, AllOf(HasSubstr("\"cost\": null"), HasSubstr("\"note\": \"null ")));
}

TEST(CliTrace, OfARunThatDivergesShowsWhereItStopped) {
  const ProgramResult result = run({"trace", "-", "--steps", "100"}, diverging_text);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("deltascope-cli: "));
  EXPECT_THAT(result.out, HasSubstr("\"delta\""));
}

TEST(CliTraceFormat, IsJsonUnlessSaidOtherwise) {
  EXPECT_EQ(run({"trace", "--format", "json"}).out, run({"trace"}).out);
}

TEST(CliTraceFormat, IsOneOfThose) {
  const std::pair<const char*, const char*> beginnings[] = {
      {"markdown", "# Step 1\n"}, {"latex", "\\documentclass"}, {"csv", "phase,quantity,layer,"}};
  for (const auto& [format, beginning] : beginnings) {
    const ProgramResult result = run({"trace", "--format", format});
    EXPECT_EQ(result.exit_code, 0) << format;
    EXPECT_EQ(result.err, "") << format;
    EXPECT_THAT(result.out, StartsWith(beginning));
  }
  expect_refused(run({"trace", "--format", "pdf"}), "pdf");
}

/// The numbers of one quantity in a CSV.
std::vector<std::string> values_of(const std::string& csv, const std::string& quantity) {
  std::vector<std::string> values;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("," + quantity + ",") != std::string::npos) {
      values.push_back(line.substr(line.rfind(',') + 1));
    }
  }
  return values;
}

TEST(CliTraceFormat, IsOfTheNextStepUpToItsUpdate) {
  const auto traced = [](const char* steps) {
    return run({"trace", "--format", "csv", "--steps", steps, "--optimizer", "adam"}).out;
  };
  const std::vector<std::string> updated = values_of(traced("20"), "W^[3]new");
  ASSERT_EQ(updated.size(), 6U);
  EXPECT_EQ(updated, values_of(traced("21"), "W^[3]"));
  EXPECT_NE(updated, values_of(traced("20"), "W^[3]"));
  EXPECT_THAT(run({"trace", "--format", "markdown", "--steps", "20"}).out,
              StartsWith("# Step 21\n"));
}

TEST(CliTraceFormat, TakesANotation) {
  EXPECT_THAT(run({"trace", "--format", "csv"}).out, HasSubstr(",δ^[4],4,"));
  EXPECT_THAT(run({"trace", "--format", "csv", "--notation", "ng"}).out, HasSubstr(",dz^[3],3,"));
  EXPECT_THAT(run({"trace", "--format", "csv", "--notation", "ufldl"}).out, HasSubstr(",δ^(4),4,"));
  expect_refused(run({"trace", "--format", "csv", "--notation", "newton"}), "newton");
}

TEST(CliTraceFormat, WalksThePointThatIsAskedFor) {
  const std::string third = run({"trace", "--format", "csv", "--sample", "3"}).out;
  EXPECT_THAT(third, AllOf(HasSubstr("\nBatch,y,4,1,,3,"), Not(HasSubstr("\nBatch,y,4,1,,1,"))));
  EXPECT_THAT(run({"trace", "--format", "csv"}).out, HasSubstr("\nBatch,y,4,1,,1,"));
  EXPECT_THAT(run({"trace", "--format", "csv", "--whole-batch"}).out,
              AllOf(HasSubstr("\nBatch,y,4,1,,1,"), HasSubstr("\nBatch,y,4,1,,10,")));
  expect_refused(run({"trace", "--format", "csv", "--whole-batch", "--sample", "3"}), "excludes");
}

TEST(CliTraceFormat, RefusesAPointThatIsNotInTheNextBatch) {
  const auto traced = [](const char* steps, const char* sample) {
    return run({"trace", "--format", "csv", "--batch", "2", "--sampling", "in_order", "--steps",
                steps, "--sample", sample});
  };
  EXPECT_EQ(traced("1", "4").exit_code, 0);
  expect_refused(traced("0", "4"), "--sample: point 4 is not in the next batch, which is 1, 2\n");
  expect_refused(traced("1", "1"), "the next batch, which is 3, 4\n");
  expect_refused(traced("0", "11"), "--sample: there is no point 11, there are 10");
  expect_refused(traced("0", "0"), "--sample: must be a whole number from 1");
  expect_refused(run({"trace", "-", "--format", "csv", "--sample", "99"},
                     R"({"deltascope": 1, "sizes": [2, 2], "activations": ["sigmoid"],
                         "loss": "quadratic", "init": {"scheme": "zeros"},
                         "dataset": {"name": "spiral", "points": 100},
                         "training": {"batch": "all"}})"),
                 "point 99 is not among the 64 of the next batch that can be walked: 1, 2, 3");
}

TEST(CliTraceFormat, TakesTheMeanWhereItIsToldTo) {
  const auto traced = [](const char* place) {
    return run({"trace", "--format", "csv", "--mean-at", place}).out;
  };
  EXPECT_EQ(traced("gradient"), run({"trace", "--format", "csv"}).out);
  const std::string late = traced("gradient"), early = traced("delta");
  const auto number = [](const std::string& csv) {
    return std::stod(values_of(csv, "δ^[2]").front());
  };
  EXPECT_DOUBLE_EQ(number(early), number(late) / 10.0);
  EXPECT_EQ(values_of(early, "∂Cost/∂W^[2]"), values_of(late, "∂Cost/∂W^[2]"));
  expect_refused(run({"trace", "--format", "csv", "--mean-at", "cost"}), "cost");
}

TEST(CliTraceFormat, RefusesWhatChangesNothingInJson) {
  const std::string why = ": changes nothing in JSON; choose another --format as well";
  expect_refused(run({"trace", "--notation", "ng"}), "--notation" + why);
  expect_refused(run({"trace", "--sample", "1"}), "--sample" + why);
  expect_refused(run({"trace", "--whole-batch", "--format", "json"}), "--whole-batch" + why);
  expect_refused(run({"trace", "--mean-at", "delta"}), "--mean-at" + why);
}

/// Exit code 1, nothing on standard output, one line that says `what`.
void expect_no_report(const ProgramResult& result, const std::string& what) {
  EXPECT_EQ(result.exit_code, 1) << what;
  EXPECT_EQ(result.out, "") << what;
  EXPECT_THAT(result.err, AllOf(StartsWith("deltascope-cli: "), HasSubstr(what)));
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
}

TEST(CliTraceFormat, OfNumbersThatOverflowSaysSo) {
  const auto single = [](const char* learning_rate, const char* x) {
    return run({"trace", "-", "--format", "latex", "--learning-rate", learning_rate},
               std::string(R"({"deltascope": 1, "sizes": [1, 1], "activations": ["linear"],
                   "loss": "quadratic", "W": [[[1]]], "b": [[0]], "Y": [[0]], "X": [[)") +
                   x + "]]}");
  };
  EXPECT_EQ(single("1", "2").exit_code, 0);
  expect_no_report(single("1", "1e200"), "no longer a finite number");
  // The step before it was finite, its update is not.
  expect_no_report(single("1e300", "1e10"), "step 1 would leave the range of finite numbers");
}

TEST(CliTraceFormat, OfARunThatDivergesSaysWhereItStopped) {
  expect_no_report(run({"trace", "-", "--format", "csv", "--steps", "100"}, diverging_text),
                   "stopped at step 77");
}

}  // namespace
}  // namespace deltascope::test
