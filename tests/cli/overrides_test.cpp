// Flags that stand above the document, for every verb that trains.
#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <string>
#include <vector>

namespace deltascope::test {
namespace {

std::vector<std::string> with(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

/// What `verb` says of 8 steps under `flags`: its output, or the picture it draws.
std::string result_of(const std::string& verb, const std::vector<std::string>& flags) {
  const TemporaryFolder folder;
  const std::string document = ox_text(
      R"({"learning_rate": 0.5, "batch": 3, "sampling": "with_replacement", "seed": 5000})");
  std::vector<std::string> arguments{verb, "-"};
  if (verb == "check") arguments = with(arguments, {"--json"});
  if (verb == "render") {
    arguments = with(arguments, {"--out-dir", folder.path(), "--format", "svg"});
  }
  if (std::ranges::count(flags, "--steps") == 0) arguments = with(arguments, {"--steps", "8"});
  const ProgramResult result = run(with(arguments, flags), document);
  EXPECT_EQ(result.exit_code, 0) << verb << ": " << result.err;
  if (verb == "render") return read_file(folder / "network.svg");
  return result.out.substr(0, result.out.find("\"seconds\""));  // that differs each time
}

TEST(CliOverrides, EachHasAnEffectOnEachVerb) {
  const std::vector<std::vector<std::string>> all_flags{
      {"--steps", "9"},   {"--optimizer", "adam"},     {"--learning-rate", "0.75"},
      {"--batch", "4"},   {"--sampling", "in_order"},  {"--seed", "7"},
      {"--batch", "all"}, {"--optimizer", "momentum"},
  };
  for (const char* verb : verbs_with_steps) {
    const std::string plain = result_of(verb, {});
    EXPECT_EQ(result_of(verb, {}), plain) << verb;  // so that a difference means something
    for (const auto& flags : all_flags)
      EXPECT_NE(result_of(verb, flags), plain) << verb << ' ' << flags[0] << ' ' << flags[1];
  }
}

struct Case {
  std::vector<std::string> flags;
  std::string training;
  std::string init_seed = "5000";
};

TEST(CliOverrides, AreAsIfTheDocumentSaidSo) {
  const std::string start = R"({"learning_rate": 0.5, "batch": 3, "sampling": "with_replacement"})";
  const std::vector<Case> cases{
      {{"--optimizer", "adam"},
       R"({"optimizer": "adam", "learning_rate": 0.01, "batch": 3, "sampling": "with_replacement"})"},
      {{"--optimizer", "gradient_descent"}, start},  // chosen already: the rate stays
      {{"--optimizer", "adam", "--learning-rate", "0.2"},
       R"({"optimizer": "adam", "learning_rate": 0.2, "batch": 3, "sampling": "with_replacement"})"},
      {{"--learning-rate", "2"},
       R"({"learning_rate": 2, "batch": 3, "sampling": "with_replacement"})"},
      {{"--batch", "all"}, R"({"learning_rate": 0.5, "batch": "all"})"},
      {{"--batch", "4", "--sampling", "without_replacement"},
       R"({"learning_rate": 0.5, "batch": 4, "sampling": "without_replacement"})"},
      {{"--arithmetic", "textbook"},
       R"({"learning_rate": 0.5, "batch": 3, "sampling": "with_replacement", "arithmetic": "textbook"})"},
      {{"--seed", "7"},
       R"({"learning_rate": 0.5, "batch": 3, "sampling": "with_replacement", "seed": 7})",
       "7"},
  };
  for (const Case& c : cases) {
    const Summary flagged =
        parse_summary(run(with({"train", "-", "--steps", "20"}, c.flags), ox_text(start)).out);
    const std::string init = R"("init": {"scheme": "normal", "scale": 0.5, "seed": )";
    const Summary said = parse_summary(
        run({"train", "-", "--steps", "20"}, ox_text(c.training, "", init + c.init_seed + "}"))
            .out);
    EXPECT_EQ(flagged.W, said.W) << c.flags[0] << ' ' << c.flags[1];
    EXPECT_EQ(flagged.b, said.b) << c.flags[0] << ' ' << c.flags[1];
  }
}

TEST(CliOverrides, ASeedDrawsGivenWeightsAnew) {
  const std::string given = R"("W": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]], "b": [[0, 0], [0, 0]])";
  const auto trace = [&](const std::vector<std::string>& flags, const std::string& weights) {
    return run(with({"trace", "-"}, flags), ox_text("{}", "", weights)).out;
  };
  const std::string drawn = R"("init": {"scheme": "normal", "scale": 0.5, "seed": 7})";
  const std::string other = R"("init": {"scheme": "uniform", "scale": 2, "seed": 7})";
  EXPECT_NE(trace({}, given), trace({}, drawn));
  EXPECT_EQ(trace({"--seed", "7"}, given), trace({}, drawn));
  const std::string both = R"(, "init": {"scheme": "uniform", "scale": 2})";
  EXPECT_EQ(trace({"--seed", "7"}, given + both), trace({}, other));
}

TEST(CliOverrides, AreCheckedLikeTheDocument) {
  const std::vector<std::string> train{"train", "--steps", "1"};
  expect_refused(run(with(train, {"--learning-rate", "0"})),
                 "training.learning_rate: must be greater than 0");
  expect_refused(run(with(train, {"--learning-rate", "nan"})), "training.learning_rate");
  expect_refused(run(with(train, {"--learning-rate", "fast"})), "fast");
  expect_refused(run(with(train, {"--batch", "11"})), "training.batch: is 11, there are only 10");
  expect_refused(run(with(train, {"--batch", "0"})), "--batch: must be a whole number from 1");
  expect_refused(run(with(train, {"--batch", "some"})), "or all, not some");
  expect_refused(run(with(train, {"--seed", "-1"})), "--seed: must be a whole number from 0");
  expect_refused(run(with(train, {"--sampling", "listed"})), "training.batches");
  expect_refused(run(with(train, {"--sampling", "odd"})), "without_replacement");
  expect_refused(run(with(train, {"--optimizer", "sgd"})), "gradient_descent");
  expect_refused(run(with(train, {"--arithmetic", "abacus"})), "textbook");
}

TEST(CliOverrides, LevenbergMarquardtTakesAllPointsAndADamping) {
  const std::string sampled = ox_text(R"({"batch": 1, "sampling": "with_replacement"})");
  const auto weights = [](const std::vector<std::string>& flags, const std::string& document) {
    const ProgramResult result = run(with({"train", "-", "--steps", "12"}, flags), document);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return parse_summary(result.out).W;
  };
  const std::vector<std::string> chosen{"--optimizer", "levenberg_marquardt"};
  const std::string training = R"({"optimizer": "levenberg_marquardt", "damping": )";
  EXPECT_EQ(weights(chosen, sampled), weights({}, ox_text(training + "0.01}")));
  const auto damped = weights(with(chosen, {"--damping", "3"}), sampled);
  EXPECT_EQ(damped, weights({}, ox_text(training + "3}")));
  EXPECT_NE(damped, weights(chosen, sampled));
  const std::string listed = ox_text(R"({"sampling": "listed", "batches": [[0], [1, 2]]})");
  EXPECT_EQ(weights(chosen, listed), weights(chosen, sampled));

  const auto refused = [&](const std::vector<std::string>& flags, const std::string& what) {
    expect_refused(run(with({"train", "--steps", "1"}, flags)), what);
  };
  refused(with(chosen, {"--batch", "1"}), "training.batch: must be \"all\"");
  refused(with(chosen, {"--damping", "0"}), "training.damping: must lie between 1e-100 and 1e100");
  refused(with(chosen, {"--learning-rate", "1"}), "--learning-rate: levenberg_marquardt has none");
  refused({"--damping", "1"}, "--damping: gradient_descent has none");
}

TEST(CliOverrides, AListOfBatchesHasItsOwnSizes) {
  const std::string document = ox_text(R"({"sampling": "listed", "batches": [[0], [1, 2]]})");
  expect_refused(run({"train", "-", "--steps", "1", "--batch", "2"}, document), "--batch");
  EXPECT_EQ(run({"train", "-", "--steps", "1", "--batch", "2", "--sampling", "in_order"}, document)
                .exit_code,
            0);
}

}  // namespace
}  // namespace deltascope::test
