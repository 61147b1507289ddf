#pragma once
// Runs the real deltascope-cli.
#include "support/run_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace deltascope::test {

inline ProgramResult run(std::vector<std::string> arguments, const std::string& input = "") {
  return Program(DELTASCOPE_CLI, std::move(arguments), input).wait();
}

/// Bad input: exit code 2, nothing on standard output, one line that says `what`.
inline void expect_refused(const ProgramResult& result, const std::string& what) {
  EXPECT_EQ(result.exit_code, 2) << what;
  EXPECT_EQ(result.out, "") << what;
  EXPECT_THAT(result.err, ::testing::AllOf(::testing::StartsWith("deltascope-cli: "),
                                           ::testing::HasSubstr(what)));
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
}

/// The O/X points and a network with these weights (JSON members) and training.
inline std::string ox_text(const std::string& training, const std::string& more = "",
                           const std::string& weights = R"("init": {"scheme": "normal",
                             "scale": 0.5, "seed": 5000})") {
  return R"({"deltascope": 1, "sizes": [2, 2, 2], "activations": ["sigmoid", "sigmoid"],
      "loss": "quadratic", "dataset": {"name": "ox"}, "training": )" +
         training + ", " + weights + more + "}";
}

/// Its cost is no longer finite after 77 steps.
inline constexpr const char* diverging_text =
    R"({"deltascope": 1, "sizes": [1, 1], "activations": ["linear"], "loss": "quadratic",
        "W": [[[1]]], "b": [[0]], "X": [[10]], "Y": [[0]], "training": {"learning_rate": 1}})";

inline constexpr const char* verbs_with_steps[] = {"train", "trace", "check", "render"};

}  // namespace deltascope::test
