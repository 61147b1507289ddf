#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace deltascope::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Json = nlohmann::json;

TEST(CliCheck, PassesOnEveryOracleCase) {
  for (const OracleCase& oracle : oracle_cases()) {
    const ProgramResult result = run({"check", "-", "--json"}, document_text(oracle));
    ASSERT_EQ(result.exit_code, 0) << oracle.id << ": " << result.err;
    const Json report = Json::parse(result.out);
    EXPECT_EQ(report.at("passed"), true) << oracle.id;
    EXPECT_LE(report.at("worst_error").get<double>(), 1e-6) << oracle.id;
    EXPECT_EQ(report.at("layers").size(), 2 * (oracle.sizes.size() - 1)) << oracle.id;
  }
}

TEST(CliCheck, ShowsLayersAndTheWorst) {
  const ProgramResult result = run({"check"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("W^[2]"), HasSubstr("b^[4]"), HasSubstr("kinks"),
                                HasSubstr("\npassed: the worst relative error is ")));
  const Json report = Json::parse(run({"check", "--json"}).out);
  EXPECT_EQ(report.at("parameters"), 23);
  EXPECT_EQ(report.at("layers")[0].at("name"), "W^[2]");
  EXPECT_EQ(report.at("layers")[0].at("parameters"), 4);
  double before = report.at("worst_error");
  ASSERT_EQ(report.at("worst").size(), 5U);
  EXPECT_EQ(report.at("worst")[0].at("error"), before);
  for (const Json& offender : report.at("worst")) {
    EXPECT_LE(offender.at("error").get<double>(), before);
    before = offender.at("error");
  }
}

TEST(CliCheck, NamesTheEntryThatItMeans) {
  // C = ½ (w₁₁ + 10 w₁₂)² + ½ (2 w₂₁ …)²: four derivatives, all different.
  const std::string document =
      R"({"deltascope": 1, "sizes": [2, 2], "activations": ["linear"], "loss": "quadratic",
          "W": [[[1, 0], [0, 3]]], "b": [[0, 0]], "X": [[1, 10]], "Y": [[0, 0]]})";
  const Json report = Json::parse(run({"check", "-", "--json"}, document).out);
  const std::map<std::string, double> gradient{{"W^[2](1,1)", 1},  {"W^[2](1,2)", 10},
                                               {"W^[2](2,1)", 30}, {"W^[2](2,2)", 300},
                                               {"b^[2](1)", 1},    {"b^[2](2)", 30}};
  for (const Json& offender : report.at("worst")) {
    EXPECT_NEAR(offender.at("analytic"), gradient.at(offender.at("name")), 1e-9)
        << offender.at("name");
  }
}

TEST(CliCheck, FailsAboveTheTolerance) {
  const ProgramResult table = run({"check", "--tolerance", "1e-14"});
  EXPECT_EQ(table.exit_code, 1);
  EXPECT_THAT(table.out, HasSubstr("\nFAILED: "));
  EXPECT_THAT(table.err, HasSubstr("the gradient check failed"));
  const ProgramResult json = run({"check", "--tolerance", "1e-14", "--json"});
  EXPECT_EQ(json.exit_code, 1);
  EXPECT_EQ(Json::parse(json.out).at("passed"), false);
  expect_refused(run({"check", "--tolerance", "0"}), "--tolerance");
  expect_refused(run({"check", "--tolerance", "little"}), "little");
}

TEST(CliCheck, LeavesOutKinksAndNeedsSomethingElse) {
  const std::string relu = R"({"deltascope": 1, "sizes": [1, 1], "activations": ["relu"],
      "loss": "quadratic", "b": [[0]], "Y": [[1]], )";
  const ProgramResult all = run({"check", "-"}, relu + R"("W": [[[0]]], "X": [[1]]})");
  EXPECT_EQ(all.exit_code, 1);
  EXPECT_THAT(all.out, HasSubstr("2 of 2 derivatives were left out"));
  EXPECT_THAT(all.err, HasSubstr("none was compared"));
  const ProgramResult none = run({"check", "-"}, relu + R"("W": [[[2]]], "X": [[1]]})");
  EXPECT_EQ(none.exit_code, 0) << none.err;
}

TEST(CliCheck, ChecksTheUpdateBesideTheGradient) {
  const ProgramResult right = run({"check", "--update"});
  EXPECT_EQ(right.exit_code, 0) << right.err;
  EXPECT_THAT(right.out, AllOf(HasSubstr("what the step does"),
                               HasSubstr("\npassed: the worst relative error of an update is ")));
  const ProgramResult climbs = run({"check", "--update", "--mistake", "sign", "--json"});
  EXPECT_EQ(climbs.exit_code, 1);
  EXPECT_THAT(climbs.err, AllOf(HasSubstr("computed with a deliberate mistake: Wrong sign"),
                                HasSubstr("the update check failed")));
  const Json report = Json::parse(climbs.out);
  EXPECT_EQ(report.at("passed"), true);
  EXPECT_EQ(report.at("mistake"), "sign");
  EXPECT_EQ(report.at("update").at("passed"), false);
  EXPECT_NEAR(report.at("update").at("worst_error"), 2.0, 1e-9);
  EXPECT_EQ(report.at("update").at("layers").size(), 6U);
  EXPECT_FALSE(Json::parse(run({"check", "--json"}).out).contains("update"));
}

TEST(CliCheck, CatchesAMistakeInTheGradient) {
  const ProgramResult wrong =
      run({"check", "--preset", "transpose", "--update", "--mistake", "transpose_forgotten"});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("the gradient check failed"));
  EXPECT_THAT(wrong.out, HasSubstr("\npassed: the worst relative error of an update is "));
}

TEST(CliCheck, TakesAMistakeBackWithNone) {
  const std::vector<std::string> clipped{"check", "--preset", "clipped", "--variant", "clipped"};
  EXPECT_EQ(run(clipped).exit_code, 1);
  std::vector<std::string> right = clipped;
  right.insert(right.end(), {"--mistake", "none"});
  const ProgramResult result = run(right);
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  expect_refused(run({"check", "--mistake", "signs"}), "signs");
}

TEST(CliCheck, OfARunThatDivergesSaysSo) {
  const ProgramResult result = run({"check", "-", "--steps", "100"}, diverging_text);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("finite"));
}

}  // namespace
}  // namespace deltascope::test
