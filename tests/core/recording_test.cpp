// What a session was and what was done to it, through JSON and back, to the same bits.

#include "support/documents.hpp"
#include "support/person.hpp"
#include "support/sessions.hpp"

#include <deltascope/session.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace deltascope::test {
namespace {

using testing::advance;
using testing::diverging_document;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::ox_document;
using testing::ox_session;
using testing::Person;
using testing::same_bits;
using testing::sampled;
using ::testing::StartsWith;

/// Saves, opens and replays; null after a failure.
std::optional<Session> again(const Session& session) {
  const Document saved = make_document(session);
  EXPECT_TRUE(same_bits(saved.parameters, session.newest().parameters));
  for (const Problem& problem : validate(saved))
    ADD_FAILURE() << problem.text();
  const Document opened = open_document(to_json(saved));
  expect_same(opened, saved);
  Problems problems;
  std::optional<Session> replayed = replay(*opened.recording, problems);
  for (const Problem& problem : problems)
    ADD_FAILURE() << problem.text();
  return replayed;
}

void expect_replays(const Session& session) {
  const std::optional<Session> replayed = again(session);
  ASSERT_TRUE(replayed.has_value());
  ASSERT_TRUE(same_bits(replayed->state().parameters, session.newest().parameters));
  ASSERT_TRUE(same_bits(replayed->state().moments, session.newest().moments));
  ASSERT_TRUE(same_bits(replayed->initial_parameters(), session.initial_parameters()));
  ASSERT_EQ(replayed->state().step, session.state().step);
  ASSERT_EQ(replayed->state().damping, session.state().damping);
  ASSERT_EQ(replayed->state().batches.random, session.state().batches.random);
  ASSERT_EQ(replayed->state().batches.pending, session.state().batches.pending);
  ASSERT_EQ(replayed->data(), session.data());
}

TEST(Recording, OfWhateverAnybodyDoesGivesTheSameBits) {
  int seed = 0;
  for (const Optimizer& optimizer : optimizers()) {
    for (const SamplingRule& rule : sampling_rules()) {
      for (const StreamRule& stream : stream_rules()) {
        if (optimizer.least_squares && rule.needs_list) continue;  // excluded by validate()
        for (int repetition = 0; repetition < 10; ++repetition) {
          SCOPED_TRACE(std::string(optimizer.name) + ", " + std::string(rule.name) + ", " +
                       std::string(stream.name) + ", " + std::to_string(++seed));
          Settings settings = sampled(rule.name, optimizer.least_squares ? 0 : 3, optimizer.name);
          settings.stream = &stream;
          settings.stream_skip_words = 46;
          if (rule.needs_list) {
            settings.batches = std::make_shared<const BatchList>(BatchList{{0, 3}, {9}, {4, 4}});
          }
          Session session = ox_session(settings);
          Person person(static_cast<std::uint64_t>(seed));
          for (int i = 0; i < 40; ++i) {
            advance(session, static_cast<int>(person.number(12)));
            person.look(session);
            session.apply(person.next(session));
          }
          advance(session, 20);
          session.go_to(session.last_step());
          ASSERT_NO_FATAL_FAILURE(expect_replays(session));
        }
      }
    }
  }
}

TEST(Recording, OfARunThatDivergedAndRecoveredGivesTheSameBits) {
  Session session = make_session(diverging_document());
  const auto run_into_it = [&] {
    while (session.advance()) {
    }
  };
  run_into_it();
  ASSERT_NO_FATAL_FAILURE(expect_replays(session));  // as it lies there
  ASSERT_TRUE(session.apply({Recover{0.5}}).accepted);
  run_into_it();
  ASSERT_TRUE(session.apply({SetLearningRate{0.001}}).accepted);
  advance(session, 10);
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  run_into_it();
  ASSERT_TRUE(session.apply({Reset{}}).accepted);
  advance(session, 5);
  ASSERT_TRUE(session.apply({SetLearningRate{0.0001}}).accepted);
  ASSERT_TRUE(session.apply({NewSeed{3}}).accepted);
  advance(session, 100);
  EXPECT_EQ(session.state().step, 100U);
  EXPECT_EQ(session.log().size(), 6U);
  expect_replays(session);
}

TEST(Recording, OfARunThatIsLookedAtEarlierIsOfTheWholeRun) {
  Session session = ox_session();
  advance(session, 30);
  session.apply({SetLearningRate{0.5}});
  advance(session, 5);
  session.go_to(12);
  const Document saved = make_document(session);
  EXPECT_EQ(saved.recording->steps, 35U);
  EXPECT_EQ(saved.settings->rates.learning_rate, 0.5);
  session.go_to(35);
  expect_replays(session);
}

TEST(Recording, OfARunContinuedFromBeforeItDivergedGivesTheSameBits) {
  Session session = make_session(diverging_document());
  while (session.advance()) {
  }
  session.go_to(20);
  ASSERT_TRUE(session.apply({SetLearningRate{0.001}}).accepted);
  advance(session, 10);
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  ASSERT_TRUE(session.apply({Undo{}}).accepted);
  ASSERT_TRUE(session.divergence().has_value());
  expect_replays(session);
  ASSERT_TRUE(session.apply({Redo{}}).accepted);
  ASSERT_TRUE(session.apply({Redo{}}).accepted);
  advance(session, 10);
  EXPECT_EQ(session.state().step, 40U);
  expect_replays(session);
}

TEST(Recording, KeepsADragAsOneGesture) {
  Session session = ox_session();
  for (const double x : {0.1, 0.2, 0.3}) {
    session.apply({MovePoint{2, x, 0.5}, 77});
    advance(session, 1);
  }
  std::optional<Session> replayed = again(session);
  ASSERT_TRUE(replayed.has_value());
  ASSERT_EQ(replayed->log().size(), 3U);
  EXPECT_EQ(replayed->log()[2].command.gesture, 77U);
  ASSERT_TRUE(replayed->apply({Undo{}}).accepted);
  EXPECT_EQ(replayed->data(), *ox_document().data);
}

TEST(Recording, OfAnOpenedDocumentStartsWithItsWeights) {
  const Document document = open_document(good);
  Session session = make_session(document);
  advance(session, 7);
  const Document saved = open_document(to_json(make_document(session)));
  EXPECT_EQ(saved.recording->start->parameters, document.parameters);
  EXPECT_EQ(saved.recording->start->data, saved.data);
  EXPECT_EQ(saved.recording->steps, 7U);
  EXPECT_NE(saved.parameters, document.parameters);
  expect_replays(session);
}

TEST(Recording, StandsBesideTextViewAndVariants) {
  Session session = ox_session();
  advance(session, 3);
  Document document = make_document(session);
  document.title = "A title";
  document.view.log_cost = true;
  document.variants = {{"v", std::make_shared<const Document>(ox_document())}};
  const std::string text = to_json(document);
  EXPECT_THAT(text.substr(text.find("\"recording\"")), Not(HasSubstr("null")));
  const Document opened = open_document(text);
  EXPECT_EQ(opened.title, "A title");
  EXPECT_EQ(opened.view, document.view);
  EXPECT_EQ(opened.variants.size(), 1U);
  Problems problems;
  const std::optional<Session> replayed = replay(*opened.recording, problems);
  ASSERT_TRUE(replayed.has_value());
  EXPECT_EQ(replayed->state().parameters, opened.parameters);
}

TEST(Recording, DoesNotRepeatManyPoints) {
  Document document = with_many_points();
  const std::size_t alone = to_json(document).size();
  Session session = make_session(document);
  advance(session, 1);
  const Document saved = make_document(session);
  EXPECT_EQ(saved.data, document.data);  // in memory neither
  EXPECT_LT(to_json(saved).size(), alone + 1000);
  // With one more point, both sets of points are needed.
  session.apply({RemovePoint{0}});
  EXPECT_GT(to_json(make_document(session)).size(), 3 * alone / 2);
}

template <class Kind>
bool is_inverse() {
  return std::is_same_v<Kind, RestoreNetwork> || std::is_same_v<Kind, ReplaceData> ||
         std::is_same_v<Kind, RestoreInitial> || std::is_same_v<Kind, RestoreTarget> ||
         std::is_same_v<Kind, InsertPoint> || std::is_same_v<Kind, RestoreRun>;
}

template <std::size_t... I>
void expect_all_can_be_saved(std::index_sequence<I...>) {
  const auto expect = [](const Action& action, bool inverse) {
    Document document = make_document(ox_session());
    Recording recording = *document.recording;
    recording.log = {{0, false, {action, 0}}};
    document.recording = std::make_shared<const Recording>(recording);
    const Problems problems = validate(document);
    EXPECT_EQ(problems.empty(), !inverse) << describe(action);
    if (inverse) {
      EXPECT_EQ(problems.at(0).text(),
                "recording.log[0].command: is not one that a person can give");
    }
  };
  (expect(std::variant_alternative_t<I, Action>{},
          is_inverse<std::variant_alternative_t<I, Action>>()),
   ...);
}

TEST(Recording, HasANameForEveryCommandThatAPersonCanGive) {
  expect_all_can_be_saved(std::make_index_sequence<std::variant_size_v<Action>>());
}

/// The O/X network with a recording of 5 steps and this log.
std::string recorded(const std::string& log, const std::string& steps = "5") {
  return R"({"deltascope": 1, "sizes": [2, 2], "activations": ["sigmoid"], "loss": "quadratic",
      "init": {"scheme": "zeros"}, "dataset": {"name": "ox"},
      "recording": {"start": {}, "steps": )" +
         steps + ", \"log\": [" + log + "]}}";
}

TEST(Recording, ReadsCommandsAsPeopleWriteThem) {
  const Document document = open_document(recorded(
      R"({"step": 1, "command": "set_learning_rate", "value": 2},
         {"step": 3, "command": "set_batch_size", "value": "all", "gesture": 4},
         {"step": 4, "command": "choose_dataset", "name": "moons", "points": 0, "noise": 0.1, "seed": 1})"));
  const std::vector<LoggedCommand>& log = document.recording->log;
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log[0].step, 1U);
  EXPECT_EQ(std::get<SetLearningRate>(log[0].command.action).value, 2.0);
  EXPECT_EQ(std::get<SetBatchSize>(log[1].command.action).value, 0);
  EXPECT_EQ(log[1].command.gesture, 4U);
  EXPECT_EQ(std::get<ChooseDataset>(log[2].command.action).recipe->name, "moons");
  Problems problems;
  const std::optional<Session> session = replay(*document.recording, problems);
  ASSERT_TRUE(session.has_value());
  EXPECT_EQ(session->state().step, 5U);
  EXPECT_EQ(session->settings().rates.learning_rate, 2.0);
}

std::string replay_problems(const std::string& json) {
  const Document document = open_document(json);
  Problems problems;
  EXPECT_FALSE(replay(*document.recording, problems).has_value());
  EXPECT_EQ(problems.size(), 1U);
  return problems.at(0).text();
}

TEST(Recording, SaysWhichCommandCannotBeReplayed) {
  EXPECT_EQ(replay_problems(recorded(R"({"step": 1, "command": "undo"})")),
            "recording.log[0]: is refused: Nothing to undo.");
  EXPECT_EQ(replay_problems(recorded(R"({"step": 4, "command": "clear_points"},
                                        {"step": 2, "command": "reset"})")),
            "recording.log[1]: acted at step 2, but this run is at step 4");
  EXPECT_EQ(replay_problems(recorded(R"({"step": 4, "command": "reset", "diverged": true})")),
            "recording.log[0]: acted at step 4 of a run that diverged there, but this run is at "
            "step 5");
  EXPECT_EQ(replay_problems(recorded(R"({"step": 4, "command": "clear_points"})")),
            "recording.steps: is 5, but the run is at step 4 then");
}

TEST(Recording, CanBeToldToEnd) {
  const Document document =
      open_document(recorded(R"({"step": 9000, "command": "reset"})", "1000000000000000"));
  Problems problems;
  std::vector<std::uint64_t> asked;
  const std::optional<Session> session =
      replay(*document.recording, problems, [&](const Session& s) {
        asked.push_back(s.state().step);
        return s.log().empty() || s.state().step < 5000;
      });
  EXPECT_FALSE(session.has_value());
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(asked.front(), 0U);
  EXPECT_GE(asked.back(), 5000U);
  EXPECT_LT(asked.back(), 7000U);
}

struct BadEntry {
  const char* entry;
  const char* problem;
};

class BadLog : public ::testing::TestWithParam<BadEntry> {};

TEST_P(BadLog, IsRefusedByName) {
  EXPECT_THAT(
      problems_of(recorded(R"({"step": 0, "command": "undo"}, )" + std::string(GetParam().entry))),
      StartsWith(GetParam().problem));
}

const BadEntry bad_entries[] = {
    {"7", "recording.log[1]: must be an object"},
    {"{}", "recording.log[1].step: is missing"},
    {R"({"step": 1})", "recording.log[1].command: is missing"},
    {R"({"step": -1, "command": "undo"})", "recording.log[1].step: must be a whole number from 0"},
    {R"({"step": 1e3, "command": "undo"})", "recording.log[1].step: must be a whole number"},
    {R"({"step": 1000000000000001, "command": "undo"})",
     "recording.log[1].step: must be a whole number from 0 to 1000000000000000"},
    {R"({"step": 1, "command": "jump", "value": 3})",
     "recording.log[1].command: \"jump\" is not known; it must be one of add_point, move_point"},
    {R"({"step": 1, "command": "restore_network"})", "recording.log[1].command: "},
    {R"({"step": 1, "command": "undo", "value": 3})",
     "recording.log[1].value: is not known here; known are step, command, gesture, diverged"},
    {R"({"step": 1, "command": "undo", "step": 2})", "recording.log[1].step: is given twice"},
    {R"({"step": 1, "command": "undo", "gesture": "a"})",
     "recording.log[1].gesture: must be a whole number"},
    {R"({"step": 1, "command": "undo", "diverged": 1})",
     "recording.log[1].diverged: must be true or false"},
    {R"({"step": 1, "command": "set_learning_rate"})", "recording.log[1].value: is missing"},
    {R"({"step": 1, "command": "set_learning_rate", "value": "2"})",
     "recording.log[1].value: must be a number"},
    {R"({"step": 1, "command": "set_batch_size", "value": 0})",
     "recording.log[1].value: must be a whole number from 1 to 2000000 or \"all\""},
    {R"({"step": 1, "command": "move_point", "sample": -1, "x": 1, "y": 1})",
     "recording.log[1].sample: must be a whole number from 0 to 1999999"},
    {R"({"step": 1, "command": "move_point", "sample": 1, "x": 1})",
     "recording.log[1].y: is missing"},
    {R"({"step": 1, "command": "relabel_point", "sample": 1, "label": 256})",
     "recording.log[1].label: must be a whole number from 0 to 255"},
    {R"({"step": 1, "command": "set_layer_size", "layer": 16, "neurons": 1})",
     "recording.log[1].layer: must be a whole number from 0 to 15"},
    {R"({"step": 1, "command": "insert_layer", "layer": 1, "neurons": 0})",
     "recording.log[1].neurons: must be a whole number from 1 to 256"},
    {R"({"step": 1, "command": "set_optimizer", "optimizer": "sgd"})",
     "recording.log[1].optimizer: \"sgd\" is not known; it must be one of gradient_descent"},
    {R"({"step": 1, "command": "new_seed", "seed": 0.5})",
     "recording.log[1].seed: must be a whole number"},
};

INSTANTIATE_TEST_SUITE_P(Entries, BadLog, ::testing::ValuesIn(bad_entries));

TEST(Recording, ItsPartsMustBeThere) {
  const auto document = [](const std::string& recording) {
    return with("\"l2\": 0.01", "\"recording\": " + recording);
  };
  EXPECT_THAT(problems_of(document("3")), StartsWith("recording: must be an object"));
  EXPECT_EQ(problems_of(document("{}")),
            "recording.start: is missing\nrecording.steps: is missing\nrecording.log: is "
            "missing\n");
  EXPECT_EQ(problems_of(document(R"({"start": 1, "steps": 0, "log": {}, "end": 1})")),
            "recording.end: is not known here; known are start, log, steps\n"
            "recording.start: must be an object: { … }\n"
            "recording.log: must be a list: [ … ]\n");
  EXPECT_THAT(problems_of(document(R"({"start": {"sizes": [2, 4, 1]}, "steps": 0, "log": []})")),
              StartsWith("recording.start.W[0]: has 3 rows, the layer has 4 neurons"));
  EXPECT_THAT(problems_of(document(R"({"start": {"name": "a"}, "steps": 0, "log": []})")),
              StartsWith("recording.start.name: is not known here; known are title,"));
  EXPECT_THAT(problems_of(document(R"({"start": {}, "steps": 1e15, "log": []})")),
              StartsWith("recording.steps: must be a whole number from 0 to 1000000000000000"));
  EXPECT_THAT(
      problems_of(document(R"({"start": {"X": [[1]], "Y": [[1]]}, "steps": 0, "log": []})")),
      StartsWith("recording.start.X[0]: has 1 numbers, the network has 2 inputs"));
}

}  // namespace
}  // namespace deltascope::test
