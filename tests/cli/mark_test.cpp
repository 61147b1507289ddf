// An exercise made, handed out, handed in and marked, by the real program.
#include "run_cli.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace deltascope::test {
namespace {

namespace fs = std::filesystem;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::json;

Json attempt(const char* cell, const char* answer, int step = 0, int sample = 0) {
  Json object{{"step", step}, {"cell", cell}, {"answer", answer}};
  if (cell[1] != 'W' && cell[1] != 'b') object["sample"] = sample;
  return object;
}

/// A folder of its own with exercise.json (δ of testnet) in it, and an empty one, in/.
class CliMark : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "in");
    const ProgramResult made = run({"exercise", "--preset", "testnet", "--hide", "delta", "--lock",
                                    "weights", "--lock", "steps", "--out", key()});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    exercise_ = read(key());
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string key() const { return (folder_ / "exercise.json").string(); }
  std::string handed_in() const { return (folder_ / "in").string(); }
  static Json read(const fs::path& file) {
    std::ifstream in(file);
    return Json::parse(in);
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / "in" / name) << text;
  }
  Json answered(const std::string& learner, const std::vector<Json>& attempts) const {
    Json document = exercise_;
    document["answers"] = {{"learner", learner}, {"attempts", attempts}};
    return document;
  }
  void hand_in(const std::string& name, const std::string& learner,
               const std::vector<Json>& attempts) const {
    write(name, answered(learner, attempts).dump());
  }
  Json marked(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"mark", handed_in(), "--json"});
    return Json::parse(run(more).out);
  }

  fs::path folder_ = fs::path(::testing::TempDir()) /
                     ("deltascope-mark-" +
                      std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
  Json exercise_;
};

TEST_F(CliMark, PrintsARowForEachLearner) {
  hand_in("b.json", "Bo", {attempt("delta[1][0]", "-0.69"), attempt("delta[1][1]", "x")});
  hand_in("a.json", "Ada", {attempt("delta[1][0]", "0.689"), attempt("delta[1][0]", "-0.689")});
  const ProgramResult result = run({"mark", handed_in(), "--key", key()});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out,
            "file,learner,points,of,percent,attempts,empty,not_a_number,right,follow_through,"
            "rounded,wrong_sign,missing_mean,extra_mean,missing_decay,transposed,wrong,"
            "predictions_right,predictions\r\n"
            "a.json,Ada,1,5,20.0,2,4,0,1,0,0,0,0,0,0,0,0,0,1\r\n"
            "b.json,Bo,0.5,5,10.0,2,3,1,0,0,1,0,0,0,0,0,0,0,1\r\n");
}

TEST_F(CliMark, PrintsARowForEachCell) {
  hand_in("a.json", "Ada", {attempt("delta[1][0]", "0.689"), attempt("delta[1][1]", "0.689")});
  const ProgramResult result = run({"mark", handed_in(), "--details"});
  EXPECT_THAT(result.out, StartsWith("file,learner,step,cell,sample,answer,expected,mark,points,"
                                     "attempts\r\na.json,Ada,0,delta[0][0],0,,0.0472637"));
  EXPECT_THAT(result.out, HasSubstr("\r\na.json,Ada,0,delta[1][0],0,0.689,-0.6886"));
  EXPECT_THAT(result.out, EndsWith(",right,1,1\r\n"));
}

TEST_F(CliMark, MarksTheGoodOnesAndListsTheOthers) {
  hand_in("good.json", "Ada", {attempt("delta[1][0]", "-0.689")});
  write("broken.json", "{\"deltascope\": 1,");
  write("other.json", "[]");
  write("empty.json", "");
  write("session.json", ox_text("{}"));
  Json far = answered("Far", {attempt("delta[1][0]", "1", 999'999'999)});
  write("far.json", far.dump());
  fs::create_directories(folder_ / "in" / "folder.json");
  write("notes.txt", "not a document");
  const ProgramResult result = run({"mark", handed_in()});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(std::ranges::count(result.out, '\n'), 2) << result.out;
  EXPECT_THAT(result.out, HasSubstr("good.json,Ada,1,5,"));
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 6) << result.err;
  for (const char* name : {"broken.json", "other.json", "empty.json",
                           "session.json: exercise: is "
                           "missing",
                           "far.json: answers.attempts: tell of step", "folder.json"})
    EXPECT_THAT(result.err, HasSubstr(name));
}

TEST_F(CliMark, FindsWhoChangedTheExercise) {
  const std::vector<Json> attempts{attempt("delta[1][0]", "-0.689")};
  hand_in("honest.json", "Ada", attempts);
  const auto changed = [&](const std::string& name, auto change) {
    Json document = answered("Eve", attempts);
    change(document);
    write(name, document.dump());
  };
  changed("weights.json", [](Json& d) { d["W"][0][0][0] = 0; });
  changed("points.json", [](Json& d) { d["X"][0][0] = 0; });
  changed("hidden.json", [](Json& d) { d["exercise"]["hide"] = {"delta[1]"}; });
  changed("digits.json", [](Json& d) { d["exercise"]["digits"] = 1; });
  changed("locks.json", [](Json& d) { d["exercise"]["lock"] = Json::array(); });
  changed("loss.json", [](Json& d) { d["l2"] = 0.5; });
  changed("rate.json", [](Json& d) { d["training"]["learning_rate"] = 0.1; });
  const ProgramResult result = run({"mark", handed_in(), "--key", key()});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(std::ranges::count(result.out, '\n'), 2) << result.out;
  for (const char* what :
       {"weights.json: was changed: the weights", "points.json: was changed: the points",
        "hidden.json: was changed: what is hidden", "digits.json: was changed: what is hidden",
        "locks.json: was changed: what is hidden", "loss.json: was changed: the network",
        "rate.json: was changed: the training"})
    EXPECT_THAT(result.err, HasSubstr(what));
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 7) << result.err;
}

TEST_F(CliMark, FindsCommandsThatAreLocked) {
  Json document = answered("Eve", {attempt("delta[1][0]", "-0.689")});
  document["recording"] = {{"start", Json::object()},
                           {"log",
                            {{{"step", 0},
                              {"command", "set_weight"},
                              {"layer", 0},
                              {"to", 0},
                              {"from", 0},
                              {"value", 0.0}}}},
                           {"steps", 0}};
  write("eve.json", document.dump());
  const ProgramResult result = run({"mark", handed_in(), "--key", key()});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("eve.json: recording.log[0]: is locked in this exercise: "
                                    "weights and biases"));
}

// The document has the weights of the end, and the answer is about the step before.
TEST_F(CliMark, ComputesTheStepOfTheAttemptAnew) {
  Json document = exercise_;
  document["exercise"]["lock"] = Json::array();
  const fs::path out = folder_ / "trained.json";
  const ProgramResult trained =
      run({"train", "-", "--steps", "3", "--out", out.string()}, document.dump());
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  document = read(out);
  ASSERT_TRUE(document.contains("exercise"));
  document["answers"] = {{"attempts", {attempt("delta[1][0]", "-0.689", 0)}}};
  write("a.json", document.dump());
  EXPECT_EQ(marked()[0].at("marks").at("right"), 1);
}

TEST_F(CliMark, MakesFormulasText) {
  hand_in("a.json", "=HYPERLINK(\"x\"),\n1",
          {attempt("delta[1][0]", "-0.689"), attempt("delta[1][1]", "@SUM(A1)"),
           attempt("delta[0][0]", "-2+3"), attempt("delta[0][1]", "+cmd|' /C calc'!A0")});
  const ProgramResult result = run({"mark", handed_in(), "--details"});
  EXPECT_THAT(result.out,
              HasSubstr("a.json,\"'=HYPERLINK(\"\"x\"\"),\n1\",0,delta[1][0],0,-0.689,"));
  EXPECT_THAT(result.out, HasSubstr(",'@SUM(A1),"));
  EXPECT_THAT(result.out, HasSubstr(",'-2+3,"));
  EXPECT_THAT(result.out, HasSubstr(",'+cmd|' /C calc'!A0,"));
  EXPECT_THAT(run({"mark", handed_in()}).out, HasSubstr("a.json,\"'=HYPERLINK"));
}

TEST_F(CliMark, CountsPredictionsByTheDocumentsOwnAnswer) {
  Json document = answered("Ada", {});
  document["questions"] = {
      {{"name", "one"}, {"ask", "?"}, {"choices", {"a", "b"}}, {"answer", 0}},
      {{"name", "two"}, {"ask", "?"}, {"choices", {"a", "b"}}, {"answer", 1}},
      {{"name", "three"}, {"ask", "?"}, {"choices", {"a", "b"}}, {"answer", 1}}};
  const auto predicted = [](const char* question, int choice, bool right) {
    return Json{{"step", 0}, {"question", question}, {"choice", choice}, {"right", right}};
  };
  document["answers"]["predictions"] = {predicted("one", 0, false), predicted("two", 0, true),
                                        predicted("two", 1, true), predicted("walk", 0, true)};
  write("a.json", document.dump());
  EXPECT_EQ(marked()[0].at("predictions_right"), 2);  // "one" and the walk's
  EXPECT_EQ(marked()[0].at("predictions"), 4);
}

TEST_F(CliMark, PassesOverWhatNeverEnds) {
  hand_in("a.json", "Ada", {attempt("delta[1][0]", "-0.689")});
  fs::create_symlink("/dev/zero", fs::path(handed_in()) / "zero.json");
  fs::create_symlink("nowhere", fs::path(handed_in()) / "lost.json");
  const ProgramResult result = run({"mark", handed_in()});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("a.json,Ada,1,"));
  EXPECT_THAT(result.err, HasSubstr("lost.json: no such file"));
  EXPECT_THAT(result.err, Not(HasSubstr("zero.json")));
}

TEST_F(CliMark, RefusesWhatHoldsNoDocument) {
  expect_refused(run({"mark", handed_in()}), "there are no documents (*.json) to mark");
  expect_refused(run({"mark", (folder_ / "nowhere").string()}), "no such file or folder");
  hand_in("a.json", "Ada", {});
  expect_refused(run({"mark", handed_in(), "--key", handed_in() + "/none.json"}),
                 "no such file or folder");
}

TEST_F(CliMark, TakesAClassOfExercisesAsTheKey) {
  const std::string out = (folder_ / "class").string();
  const ProgramResult made = run({"exercise", "--preset", "testnet", "--hide", "dW[0]", "--seed",
                                  "7", "--count", "3", "--out-dir", out});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  std::vector<Json> weights;
  for (const char* seed : {"7", "8", "9"}) {
    const Json document = read(out + "/testnet-seed-" + seed + ".json");
    for (const Json& layer : document.at("W")) {
      for (const Json& row : layer) {
        for (const double w : row)
          EXPECT_EQ(w, std::stod(std::to_string(std::lround(100 * w)) + "e-2"));
      }
    }
    EXPECT_THAT(weights, Not(::testing::Contains(document.at("W"))));
    weights.push_back(document.at("W"));
    write(std::string(seed) + ".json", document.dump());
  }
  EXPECT_EQ(run({"mark", handed_in(), "--key", out}).exit_code, 0);
  Json changed = read(out + "/testnet-seed-8.json");
  changed["W"] = Json::parse("[[[0, 0], [0, 0], [0, 0]], [[0, 0, 0], [0, 0, 0]]]");
  write("8.json", changed.dump());
  const ProgramResult result = run({"mark", handed_in(), "--key", out});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("8.json: was changed: it is none of the exercises"));
}

TEST(CliExercise, SaysWhatIsAskedFor) {
  const std::string file = ::testing::TempDir() + "/deltascope-exercise.json";
  const ProgramResult made =
      run({"exercise", "--preset", "testnet", "--variant", "four samples, λ = 0.1", "--hide",
           "delta[0]", "--hide", "db", "--lock", "points", "--digits", "4", "--task", "By hand.",
           "--no-follow-through", "--no-explanations", "--out", file});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  std::ifstream in(file);
  const Json document = Json::parse(in);
  fs::remove(file);
  EXPECT_EQ(document.at("exercise"), (Json{{"task", "By hand."},
                                           {"hide", {"delta[0]", "db"}},
                                           {"lock", {"points", "steps"}},
                                           {"digits", 4},
                                           {"follow_through", false},
                                           {"explanations", false}}));
  EXPECT_EQ(document.at("X").size(), 4U);
  EXPECT_FALSE(document.contains("about"));  // it tells the numbers
  EXPECT_FALSE(document.contains("variants"));
}

TEST(CliExercise, LeavesTheStepsOpenWhenAsked) {
  const std::string file = ::testing::TempDir() + "/deltascope-steps.json";
  const ProgramResult made = run({"exercise", "--preset", "testnet", "--hide", "delta", "--lock",
                                  "points", "--several-steps", "--out", file});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  std::ifstream in(file);
  const Json document = Json::parse(in);
  fs::remove(file);
  EXPECT_EQ(document.at("exercise").at("lock"), Json::array({"points"}));
}

TEST(CliExercise, RefusesWhatItCannotHideOrLock) {
  const std::string out = ::testing::TempDir() + "/deltascope-none.json";
  const auto refused = [&](std::vector<std::string> more, const std::string& what) {
    more.insert(more.begin(), {"exercise", "--preset", "testnet", "--out", out});
    expect_refused(run(more), what);
    EXPECT_FALSE(fs::exists(out));
  };
  refused({"--hide", "W"}, "--hide: \"W\" is no part of a step");
  refused({"--hide", "dW[2]"}, "there is no dW[2]");
  refused({"--hide", "dW", "--lock", "weight"}, "did you mean weights?");
  refused({"--hide", "dW", "--lock", "steps", "--several-steps"}, "leave out --lock steps");
  refused({"--hide", "dW", "--digits", "13"}, "--digits");
  refused({}, "--hide");
  expect_refused(run({"exercise", "--hide", "dW"}), "say with --out");
  expect_refused(run({"exercise", "--hide", "dW", "--count", "3"}), "--out-dir");
}

}  // namespace
}  // namespace deltascope::test
