#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <string>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

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

}  // namespace
}  // namespace deltascope::test
