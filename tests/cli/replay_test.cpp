#include "run_cli.hpp"
#include "support/oracle.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <string>
#include <thread>

namespace deltascope::test {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

/// What a person might have done: a rate, a point and another optimizer while it trained.
Session edited_session() {
  Problems problems;
  const auto document = parse_document(
      ox_text(R"({"learning_rate": 0.5, "batch": 3, "sampling": "with_replacement"})"), problems);
  Session session = make_session(*document);
  const auto train_to = [&](std::uint64_t step) {
    while (session.state().step < step)
      session.advance();
  };
  train_to(100);
  session.apply({SetLearningRate{1.5}});
  session.apply({MovePoint{2, 0.35, 0.35}});
  train_to(250);
  session.apply({SetOptimizer{find_optimizer("adam")}});
  session.apply({AddPoint{0.2, 0.9, 0}});
  train_to(300);
  session.apply({Undo{}});
  train_to(400);
  return session;
}

void save(const Session& session, const std::filesystem::path& file) {
  Problems problems;
  ASSERT_TRUE(save_document(make_document(session), file, problems));
}

/// The last number of W and b, moved to the next one.
void nudge_a_bias(const std::filesystem::path& file) {
  Json document = Json::parse(read_file(file));
  Json& number = document.at("b").back().back();
  number = std::nextafter(number.get<double>(), 100.0);
  write_file(file, document.dump());
}

TEST(CliReplay, GivesTheSameBitsAgain) {
  const TemporaryFolder folder;
  const std::string trained = folder / "trained.json";
  ASSERT_EQ(run({"train", "--steps", "3000", "--batch", "1", "--sampling", "with_replacement",
                 "--seed", "3", "--out", trained})
                .exit_code,
            0);
  const ProgramResult result = run({"replay", trained});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("steps"), 3000);
  EXPECT_EQ(json.at("commands"), 0);
  EXPECT_EQ(json.at("same_bits"), true);
  EXPECT_EQ(json.at("differing_numbers"), 0);
}

TEST(CliReplay, FollowsWhatAPersonDid) {
  const TemporaryFolder folder;
  const Session session = edited_session();
  save(session, folder / "edited.json");
  const ProgramResult result = run({"replay", folder / "edited.json", "--out", folder / "again"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("steps"), 400);
  EXPECT_EQ(json.at("commands"), 5);
  EXPECT_EQ(json.at("same_bits"), true);
  EXPECT_EQ(read_file(folder / "again"), read_file(folder / "edited.json"));
}

TEST(CliReplay, SeesOneBit) {
  const TemporaryFolder folder;
  const std::string file = folder / "edited.json";
  save(edited_session(), file);
  nudge_a_bias(file);
  const ProgramResult result = run({"replay", file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("1 of 12 numbers of W and b differ"));
  EXPECT_EQ(Json::parse(result.out).at("same_bits"), false);
  EXPECT_EQ(Json::parse(result.out).at("differing_numbers"), 1);
}

TEST(CliReplay, OfTrainingThatWentOnFromASavedSession) {
  const TemporaryFolder folder;
  const std::string half = folder / "half.json", whole = folder / "whole.json";
  ASSERT_EQ(run({"train", "--preset", "ox-paper", "--steps", "500", "--out", half}).exit_code, 0);
  ASSERT_EQ(run({"train", half, "--steps", "500", "--optimizer", "adam", "--out", whole}).exit_code,
            0);
  const ProgramResult result = run({"replay", whole});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(Json::parse(result.out).at("steps"), 500);
}

TEST(CliReplay, OfTrainingThatWasInterrupted) {
  const TemporaryFolder folder;
  const std::string file = folder / "session.json";
  Program program(DELTASCOPE_CLI, {"train", "--steps", "1000000000000", "--out", file});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  program.interrupt();
  const Summary summary = parse_summary(program.wait().out);
  const ProgramResult result = run({"replay", file});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(Json::parse(result.out).at("steps"), summary.steps);
}

TEST(CliReplay, CanBeInterrupted) {
  const TemporaryFolder folder;
  const std::string file = folder / "session.json";
  ASSERT_EQ(run({"train", "--steps", "10", "--out", file}).exit_code, 0);
  Json document = Json::parse(read_file(file));
  document["recording"]["steps"] = 1'000'000'000'000;  // days of work
  write_file(file, document.dump());
  Program program(DELTASCOPE_CLI, {"replay", file, "--out", folder / "again.json"});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  program.interrupt();
  const ProgramResult result = program.wait();
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("interrupted after step "));
  EXPECT_FALSE(std::filesystem::exists(folder / "again.json"));
}

TEST(CliReplay, RefusesWhatIsNoRecording) {
  const TemporaryFolder folder;
  expect_refused(run({"replay"}), "name a FILE or a --preset");
  expect_refused(run({"replay", "-"}, ox_text("{}")), "recording: is missing");
  expect_refused(run({"replay", "--preset", "ox"}), "recording: is missing");
  expect_refused(run({"replay", folder / "none.json"}), "no such file");
  expect_refused(run({"replay", "--steps", "3"}), "no option --steps");

  const std::string file = folder / "edited.json";
  save(edited_session(), file);
  expect_refused(run({"replay", file, "--out", folder / "none/again.json"}), "cannot write into");
  expect_refused(run({"replay", file, "--out", folder.path()}), "is a folder");
  Json document = Json::parse(read_file(file));
  document["recording"]["log"][0]["command"] = "fly";
  expect_refused(run({"replay", "-"}, document.dump()), "fly");
  document = Json::parse(read_file(file));
  document["recording"]["log"][1]["sample"] = 99;
  expect_refused(run({"replay", "-"}, document.dump()), "log[1]");
}

TEST(CliTrain, KeepsTheTextsAndVariantsOfItsDocument) {
  const TemporaryFolder folder;
  const std::string text =
      ox_text("{}", R"(, "title": "T", "about": "A", "view": {"log_cost": false},
      "original": "slow", "variants": [{"name": "fast", "training": {"learning_rate": 7}}])");
  const std::string file = folder / "trained.json";
  ASSERT_EQ(run({"train", "-", "--steps", "5", "--out", file}, text).exit_code, 0);
  const Json saved = Json::parse(read_file(file));
  EXPECT_EQ(saved.at("title"), "T");
  EXPECT_EQ(saved.at("about"), "A");
  EXPECT_EQ(saved.at("view").at("log_cost"), false);
  EXPECT_EQ(saved.at("original"), "slow");
  const std::vector<std::string> fast{"trace", "--steps", "2", "--variant", "fast"};
  const auto trace = [&](const std::string& from, const std::string& input) {
    std::vector<std::string> arguments = fast;
    arguments.push_back(from);
    return run(arguments, input);
  };
  EXPECT_EQ(trace(file, "").out, trace("-", text).out);
}

}  // namespace
}  // namespace deltascope::test
