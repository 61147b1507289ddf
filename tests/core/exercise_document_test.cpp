// What a document asks of a learner, and what was answered: kept, and checked.
#include "support/documents.hpp"

#include <deltascope/exercise.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace deltascope::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const char* const lesson = R"("l2": 0.01,
  "exercise": {"task": "δ by hand", "hide": ["delta", "dW[0]"], "lock": ["points", "steps"],
               "digits": 4, "follow_through": false, "explanations": false},
  "questions": [{"name": "sign", "ask": "Is it positive?", "choices": ["yes", "no"], "answer": 1,
                 "because": "a < y"}],
  "answers": {"learner": "Ada", "attempts": [
                {"step": 0, "cell": "delta[0][2]", "sample": 1, "answer": "−0,5"},
                {"step": 3, "cell": "dW[0][2][1]", "answer": "?"}],
              "predictions": [{"step": 0, "question": "sign", "choice": 1, "right": true},
                              {"step": 2, "question": "of a walk", "choice": 7, "right": false}]})";

Document lesson_document() {
  return open_document(with("\"l2\": 0.01", lesson));
}

TEST(ExerciseDocument, IsRead) {
  const Document document = lesson_document();
  ASSERT_TRUE(document.exercise);
  EXPECT_EQ(document.exercise->task, "δ by hand");
  EXPECT_EQ(document.exercise->hidden,
            (std::vector<HiddenPart>{{find_cell_kind("delta"), std::nullopt},
                                     {find_cell_kind("dW"), 0}}));
  EXPECT_EQ(document.exercise->locked,
            (std::vector<const Lock*>{find_lock("points"), find_lock("steps")}));
  EXPECT_EQ(document.exercise->digits, 4);
  EXPECT_FALSE(document.exercise->follow_through);
  EXPECT_FALSE(document.exercise->explanations);
  EXPECT_EQ(document.questions,
            (std::vector<Question>{{"sign", "Is it positive?", {"yes", "no"}, 1, "a < y"}}));
  const Answers& answers = document.answers;
  EXPECT_EQ(answers.learner, "Ada");
  EXPECT_EQ(answers.attempts,
            (std::vector<Attempt>{{0, {find_cell_kind("delta"), 0, 2, 0, 1}, "−0,5"},
                                  {3, {find_cell_kind("dW"), 0, 2, 1, 0}, "?"}}));
  EXPECT_EQ(answers.predictions,
            (std::vector<Prediction>{{0, "sign", 1, true}, {2, "of a walk", 7, false}}));
}

TEST(ExerciseDocument, IsWrittenAndReadAgain) {
  const Document document = lesson_document();
  const Document again = open_document(to_json(document));
  EXPECT_EQ(again.exercise, document.exercise);
  EXPECT_EQ(again.questions, document.questions);
  EXPECT_EQ(again.answers, document.answers);
  EXPECT_EQ(to_json(again), to_json(document));
}

TEST(ExerciseDocument, KeepsWhateverALearnerTyped) {
  Document document = lesson_document();
  document.answers.learner = "=HYPERLINK(\"x\"),\n\"Ada\"";
  document.answers.attempts[0].text = "\t\"\\ \xE2\x88\x92 1,5 \x01";
  EXPECT_EQ(open_document(to_json(document)).answers, document.answers);
}

TEST(ExerciseDocument, HasUsualValues) {
  const Document document = open_document(with("\"l2\": 0.01", "\"exercise\": {}"));
  EXPECT_EQ(document.exercise, Exercise());
  EXPECT_EQ(document.exercise->digits, 3);
  EXPECT_TRUE(document.exercise->follow_through);
}

TEST(ExerciseDocument, IsOfTheDocumentAndNotOfASession) {
  const Session session = make_session(lesson_document());
  const Document document = make_document(session);
  EXPECT_FALSE(document.exercise);
  EXPECT_TRUE(document.questions.empty());
  EXPECT_TRUE(document.answers.empty());
  EXPECT_THAT(to_json(document), Not(HasSubstr("exercise")));
}

TEST(ExerciseDocument, IsCheckedBeforeItIsSaved) {
  Document document = lesson_document();
  document.questions[0].answer = 2;
  const Problems problems = validate(document);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].text(),
            "questions[0].answer: is 2, but choices are numbered from 0 and there are 2");
}

// What was answered stays when the network has another shape afterwards.
TEST(ExerciseDocument, CanBeSavedAfterANetworkWasChanged) {
  Document from = lesson_document();
  Session session = make_session(from);
  ASSERT_TRUE(session.apply({SetLayerSize{0, 2}, 0}).accepted);
  Document document = make_document(session);
  document.exercise = from.exercise;
  document.answers = from.answers;
  EXPECT_EQ(open_document(to_json(document)).answers, from.answers);
}

TEST(CellName, IsReadBack) {
  for (const CellKind& kind : cell_kinds()) {
    const Cell cell{&kind, 1, 12, kind.of_weight ? 3 : 0, 0};
    EXPECT_EQ(parse_cell(cell_name(cell)), cell) << cell_name(cell);
    const HiddenPart all{&kind, std::nullopt}, layer{&kind, 7};
    EXPECT_EQ(parse_part(part_name(all)), all);
    EXPECT_EQ(parse_part(part_name(layer)), layer);
  }
  EXPECT_EQ(cell_name({find_cell_kind("dW"), 0, 2, 1, 0}), "dW[0][2][1]");
}

TEST(CellName, IsNothingElse) {
  for (const char* name :
       {"", "delta", "delta[0]", "delta[0][1][2]", "dW[0][1]", "dw[0][1][2]", "delta[-1][0]",
        "delta[0][01]", "delta[0][ 1]", "delta[0][]", "delta[0][1] ", "delta[0][1", "delta[0]1]",
        "delta[0]x[1]", "delta[0][99999999999]", "[0][1]", "delta[0][1e1]", "delta[0][+1]"}) {
    EXPECT_FALSE(parse_cell(name)) << name;
  }
  for (const char* name : {"", "delta[", "delta[0][1]", "deltas", "dW[x]"})
    EXPECT_FALSE(parse_part(name)) << name;
}

TEST(HiddenParts, HideTheirLayerOrAll) {
  const Exercise exercise = *lesson_document().exercise;
  EXPECT_TRUE(exercise.hides({find_cell_kind("delta"), 1, 0, 0, 2}));
  EXPECT_TRUE(exercise.hides({find_cell_kind("dW"), 0, 1, 1, 0}));
  EXPECT_FALSE(exercise.hides({find_cell_kind("dW"), 1, 1, 1, 0}));
  EXPECT_FALSE(exercise.hides({find_cell_kind("db"), 0, 1, 0, 0}));
}

bool stops(std::string_view lock, const Action& action) {
  return find_lock(lock)->stops(action);
}

TEST(Locks, StopTheirOwnCommandsAlone) {
  EXPECT_TRUE(stops("points", MovePoint{0, 0, 0}));
  EXPECT_TRUE(stops("weights", SetWeight{0, 0, 0, 1}));
  EXPECT_TRUE(stops("weights", NewSeed{1}));
  EXPECT_TRUE(stops("network", SetActivation{0, nullptr}));
  EXPECT_TRUE(stops("rates", SetLearningRate{1}));
  EXPECT_TRUE(stops("rates", Recover{0.5}));
  EXPECT_FALSE(stops("rates", Recover{1.0}));
  EXPECT_TRUE(stops("optimizer", SetOptimizer{nullptr}));
  EXPECT_TRUE(stops("batches", SetBatchSize{1}));
  EXPECT_TRUE(stops("mistake", SetMistake{nullptr}));
  EXPECT_TRUE(stops("steps", Reset{}));
  for (const Lock& lock : locks()) {
    EXPECT_FALSE(lock.stops(Undo{})) << lock.name;
    EXPECT_EQ(lock.stops(SetBatchSize{1}), lock.name == "batches") << lock.name;
    EXPECT_EQ(lock.stops_steps, lock.name == "steps") << lock.name;
  }
}

struct Bad {
  const char* part;
  const char* replacement;
  const char* message;
};

class BadLesson : public ::testing::TestWithParam<Bad> {};

TEST_P(BadLesson, IsRefusedByName) {
  const Bad& bad = GetParam();
  std::string text = with("\"l2\": 0.01", lesson);
  const std::size_t at = text.find(bad.part);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, std::string(bad.part).size(), bad.replacement);
  EXPECT_THAT(problems_of(text), StartsWith(bad.message));
}

const Bad bad_lessons[] = {
    {"\"task\": \"δ by hand\"", "\"tasks\": \"\"",
     "exercise.tasks: is not known here; known are task, hide, lock, digits"},
    {"\"task\": \"δ by hand\"", "\"task\": 5", "exercise.task: must be text in quotes"},
    {"[\"delta\", \"dW[0]\"]", "\"delta\"", "exercise.hide: must be a list"},
    {"[\"delta\", \"dW[0]\"]", "[3]", "exercise.hide[0]: must be text in quotes"},
    {"[\"delta\", \"dW[0]\"]", "[\"Delta\"]",
     "exercise.hide[0]: \"Delta\" is no part of a step; it must be one of z, a, delta, dW, db"},
    {"[\"delta\", \"dW[0]\"]", "[\"dW[2]\"]",
     "exercise.hide[0]: there is no dW[2]: weight layers are numbered from 0 and there are 2"},
    {"[\"delta\", \"dW[0]\"]", "[\"dW\", \"dW\"]", "exercise.hide[0]: \"dW\" is listed twice"},
    {"[\"points\", \"steps\"]", "[\"point\"]",
     "exercise.lock[0]: \"point\" is not known; did you mean \"points\"? There are points, "
     "weights"},
    {"[\"points\", \"steps\"]", "[\"points\", \"points\"]",
     "exercise.lock[0]: \"points\" is listed twice"},
    {"\"digits\": 4", "\"digits\": 0", "exercise.digits: must be a whole number from 1 to 12"},
    {"\"digits\": 4", "\"digits\": 13", "exercise.digits: must be a whole number from 1 to 12"},
    {"\"digits\": 4", "\"digits\": 3.5", "exercise.digits: must be a whole number from 1 to 12"},
    {"\"follow_through\": false", "\"follow_through\": 0",
     "exercise.follow_through: must be true or false"},
    {"\"name\": \"sign\", ", "", "questions[0].name: is missing"},
    {"\"name\": \"sign\"", "\"name\": \"\"", "questions[0].name: must not be empty"},
    {"\"name\": \"sign\"", "\"name\": \"sign\", \"phase\": 1",
     "questions[0].phase: is not known here; known are name, ask, choices, answer, because"},
    {"[{\"name\": \"sign\"",
     "[{\"name\": \"sign\", \"ask\": \"?\", \"choices\": [\"a\", \"b\"], \"answer\": 0}, "
     "{\"name\": \"sign\"",
     "questions[0].name: \"sign\" is the name of another question, too"},
    {"\"ask\": \"Is it positive?\"", "\"ask\": \"\"", "questions[0].ask: must not be empty"},
    {"[\"yes\", \"no\"]", "[\"yes\"]", "questions[0].choices: must have at least two entries"},
    {"[\"yes\", \"no\"]", "[\"yes\", 5]", "questions[0].choices[1]: must be text in quotes"},
    {"[\"yes\", \"no\"]", "[\"no\", \"no\"]", "questions[0].choices[0]: \"no\" is listed twice"},
    {"[\"yes\", \"no\"]", "[\"yes\", \"\"]", "questions[0].choices[1]: must not be empty"},
    {"\"answer\": 1", "\"answer\": 2",
     "questions[0].answer: is 2, but choices are numbered from 0"},
    {"\"answer\": 1", "\"answer\": -1", "questions[0].answer: must be a whole number"},
    {"\"questions\": [", "\"questions\": [5, ", "questions[0]: must be an object"},
    {"\"learner\": \"Ada\"", "\"learner\": 5", "answers.learner: must be text in quotes"},
    {"\"learner\": \"Ada\"", "\"name\": \"Ada\"", "answers.name: is not known here"},
    {"\"step\": 0, \"cell\"", "\"step\": -1, \"cell\"",
     "answers.attempts[0].step: must be a whole number"},
    {"\"cell\": \"delta[0][2]\"", "\"cell\": \"delta\"",
     "answers.attempts[0].cell: \"delta\" is no cell; there are such as"},
    {"\"cell\": \"delta[0][2]\"", "\"cell\": \"delta[0][3]\"",
     "answers.attempts[0].cell: the network has no delta[0][3]"},
    {"\"cell\": \"dW[0][2][1]\"", "\"cell\": \"dW[0][2][2]\"",
     "answers.attempts[1].cell: the network has no dW[0][2][2]"},
    {"\"sample\": 1", "\"sample\": 3",
     "answers.attempts[0].sample: is 3, but samples are numbered from 0 and there are 3"},
    {"\"sample\": 1, ", "", "answers.attempts[0].sample: is missing"},
    {"\"dW[0][2][1]\"", "\"dW[0][2][1]\", \"sample\": 0",
     "answers.attempts[1].sample: must be left out: dW is of the batch"},
    {"\"answer\": \"?\"", "\"answer\": 0.5", "answers.attempts[1].answer: must be text in quotes"},
    {"\"question\": \"sign\"", "\"question\": \"\"",
     "answers.predictions[0].question: must not be empty"},
    {"\"choice\": 1", "\"choice\": 2",
     "answers.predictions[0].choice: is 2, but choices are numbered from 0 and there are 2"},
    {"\"right\": true", "\"right\": 1", "answers.predictions[0].right: must be true or false"},
    {", \"right\": true", "", "answers.predictions[0].right: is missing"},
    {"\"exercise\": {", "\"variants\": [{\"name\": \"a\", \"exercise\": {}}], \"exercise\": {",
     "variants[0].exercise: is not known here"},
};

INSTANTIATE_TEST_SUITE_P(Documents, BadLesson, ::testing::ValuesIn(bad_lessons));

TEST(LessonKeys, AreNotNull) {
  for (const std::string key : {"exercise", "answers"}) {
    EXPECT_THAT(problems_of(with("\"l2\": 0.01", "\"" + key + "\": null")),
                StartsWith(key + ": must be an object"));
  }
  EXPECT_THAT(problems_of(with("\"l2\": 0.01", "\"questions\": null")),
              StartsWith("questions: must be a list"));
}

}  // namespace
}  // namespace deltascope::test
