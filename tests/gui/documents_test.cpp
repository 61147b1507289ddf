#include "documents.hpp"

#include <deltascope/dataset.hpp>
#include <deltascope/ui/view_hints.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>

namespace deltascope::gui {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Waits for the worker's call as the window does.
class DocumentsTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder = fs::path(testing::TempDir()) / (std::string("documents-") + test->name());
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  void TearDown() override { fs::remove_all(folder); }

  fs::path put(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name) << text;
    return folder / name;
  }
  Documents::News wait() {
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return calls > polled; });
    ++polled;
    return documents.poll();
  }
  // As the engine does between two steps.
  void save(const fs::path& file, const Session& session, const ViewHints& view = {}) {
    const std::optional<Capture> capture = documents.save(file, view);
    ASSERT_TRUE(capture);
    capture->take(session);
  }
  Documents::News open(const fs::path& file, const std::string& variant = {}) {
    documents.open(file, variant);
    return wait();
  }
  // O/X some steps on its way, with something that a person did.
  static Session ox_session() {
    const auto settings = std::make_shared<const Settings>(ox_settings());
    const Architecture& net = settings->model.architecture;
    Session session(settings,
                    std::make_shared<const Dataset>(make_dataset(
                        dataset_recipes().front(), {}, net.outputs(), net.output_activation())));
    for (int i = 0; i < 7; ++i)
      session.advance();
    session.apply({SetLearningRate{0.5}, 0});
    session.advance();
    return session;
  }
  static std::string rates_document() {
    return R"({"deltascope": 1, "title": "Rates", "about": "Three.", "sizes": [2, 2, 2],
      "activations": ["sigmoid", "sigmoid"], "loss": "quadratic",
      "init": {"scheme": "normal", "scale": 0.5, "seed": 1}, "dataset": {"name": "ox"},
      "training": {"learning_rate": 5}, "view": {"log_cost": true},
      "original": "right", "variants": [{"name": "small", "training": {"learning_rate": 0.05}},
                   {"name": "large", "training": {"learning_rate": 100},
                    "view": {"log_steps": true}}]})";
  }

  fs::path folder;
  std::mutex mutex;
  std::condition_variable done;
  int calls = 0, polled = 0;
  Documents documents{[this] {
    const std::scoped_lock lock(mutex);
    ++calls;
    done.notify_one();
  }};
};

TEST_F(DocumentsTest, WhatIsSavedOpensAgainWithItsRecording) {
  const Session session = ox_session();
  save(folder / "run.json", session);
  EXPECT_TRUE(documents.status().busy);
  EXPECT_TRUE(wait().changed);
  EXPECT_FALSE(documents.status().busy);
  EXPECT_FALSE(documents.status().message_is_error) << documents.status().message;
  EXPECT_EQ(documents.status().name, "run.json");
  EXPECT_EQ(documents.status().saved_revision, session.revision());

  const Documents::News news = open(folder / "run.json");
  ASSERT_TRUE(news.opened) << documents.status().message;
  EXPECT_EQ(news.opened->parameters, session.state().parameters);
  EXPECT_EQ(*news.opened->data, session.data());
  EXPECT_EQ(documents.status().saved_revision, 0U);
  ASSERT_TRUE(news.opened->recording);
  EXPECT_EQ(news.opened->recording->steps, 8U);
  Problems problems;
  const auto again = replay(*news.opened->recording, problems);
  ASSERT_TRUE(again) << problems.front().text();
  EXPECT_EQ(again->state().parameters, session.state().parameters);
}

TEST_F(DocumentsTest, TextsViewAndVariantsOutliveASave) {
  const Documents::News first = open(put("rates.json", rates_document()));
  ASSERT_TRUE(first.opened) << documents.status().message;
  Session session = make_session(*first.opened);
  session.advance();
  ViewHints view;
  view.log_cost = false;
  view.hard_shading = true;
  save(folder / "copy.json", session, view);
  wait();
  ASSERT_FALSE(documents.status().message_is_error) << documents.status().message;
  const Documents::News news = open(folder / "copy.json");
  ASSERT_TRUE(news.opened) << documents.status().message;
  EXPECT_EQ(news.opened->title, "Rates");
  EXPECT_EQ(news.opened->about, "Three.");
  EXPECT_EQ(news.opened->view, view);
  EXPECT_EQ(news.opened->original, "right");
  ASSERT_EQ(news.opened->variants.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const Document& before = *first.opened->variants[i].document;
    const Document& after = *news.opened->variants[i].document;
    EXPECT_EQ(after.settings->rates.learning_rate, before.settings->rates.learning_rate);
    EXPECT_EQ(after.parameters, before.parameters);
    EXPECT_EQ(make_session(after).state().parameters, make_session(before).state().parameters);
  }
  EXPECT_EQ(news.opened->variants[0].document->view, view);
  EXPECT_EQ(news.opened->variants[1].document->view, first.opened->variants[1].document->view);
}

TEST_F(DocumentsTest, AnExerciseGoesOnWhereItWasSaved) {
  std::string exercise = rates_document();
  exercise.insert(1, R"("exercise": {"task": "By hand.", "hide": ["delta", "dW"]},
      "questions": [{"name": "q", "ask": "Up?", "choices": ["yes", "no"], "answer": 0,
                     "because": "So."}], )");
  const Documents::News first = open(put("exercise.json", exercise));
  ASSERT_TRUE(first.opened) << documents.status().message;
  EXPECT_FALSE(first.session);
  Session session = make_session(*first.opened);
  session.advance();
  session.apply({SetLearningRate{0.5}, 0});
  session.advance();
  Answers answers;
  answers.learner = "Ada";
  answers.attempts = {{0, {find_cell_kind("delta"), 1, 0, 0, 3}, "-0.5"},
                      {2, {find_cell_kind("dW"), 0, 1, 1, 0}, ""}};
  answers.predictions = {Prediction{1, "q", 0, true}};
  const std::optional<Capture> capture = documents.save(folder / "mine.json", {}, answers);
  ASSERT_TRUE(capture);
  capture->take(session);
  wait();
  ASSERT_FALSE(documents.status().message_is_error) << documents.status().message;

  const Documents::News news = open(folder / "mine.json");
  ASSERT_TRUE(news.opened) << documents.status().message;
  const ui::DocumentStatus& status = documents.status();
  EXPECT_EQ(status.exercise, first.opened->exercise);
  EXPECT_EQ(status.questions, first.opened->questions);
  EXPECT_EQ(status.answers, answers);
  ASSERT_TRUE(news.session);
  EXPECT_EQ(news.session->state().step, 2U);
  EXPECT_EQ(news.session->state().parameters, session.state().parameters);
  EXPECT_EQ(news.session->initial_parameters(), session.initial_parameters());
  EXPECT_EQ(status.saved_revision, news.session->revision());
}

TEST_F(DocumentsTest, VariantsAreOpenedFromTheOpenDocument) {
  EXPECT_FALSE(documents.open_variant(std::nullopt));  // nothing is open
  const Documents::News news = open(put("rates.json", rates_document()));
  ASSERT_TRUE(news.opened) << documents.status().message;
  const ui::DocumentStatus& status = documents.status();
  EXPECT_EQ(status.variants, (std::vector<std::string>{"small", "large"}));
  EXPECT_EQ(status.original, "right");
  EXPECT_EQ(status.settings, news.opened->settings);
  EXPECT_EQ(status.variant, std::nullopt);
  EXPECT_EQ(status.view.log_cost, true);
  const std::uint64_t opened = status.opened, sessions = status.sessions;

  const auto small = documents.open_variant(0);
  ASSERT_TRUE(small);
  EXPECT_EQ(small->settings->rates.learning_rate, 0.05);
  EXPECT_EQ(status.variant, 0U);
  EXPECT_EQ(status.opened, opened);
  EXPECT_EQ(status.sessions, sessions + 1);
  EXPECT_EQ(status.view, ViewHints());  // asks for nothing of its own
  documents.open_variant(1);
  ViewHints changes;
  changes.log_steps = true;
  EXPECT_EQ(status.view, changes);
  EXPECT_EQ(documents.open_variant(std::nullopt), news.opened);
  changes.log_steps = false;  // as it was before that variant
  EXPECT_EQ(status.view, changes);
  EXPECT_EQ(status.variant, std::nullopt);
  EXPECT_FALSE(documents.open_variant(2));
}

TEST_F(DocumentsTest, WhatTheNextDocumentSaysNothingOfIsAsUsual) {
  std::string striking = rates_document();
  const std::string view = R"({"log_cost": true})";
  striking.replace(striking.find(view), view.size(),
                   R"({"log_steps": true, "log_cost": true, "paper_scale": true,
                       "hard_shading": true, "delta_history": true, "against": "seconds"})");
  std::string plain = rates_document();
  plain.replace(plain.find(view), view.size(), R"({"hard_shading": false})");
  ui::Preferences preferences;
  ASSERT_TRUE(open(put("striking.json", striking)).opened) << documents.status().message;
  ui::apply(documents.status().view, preferences);
  EXPECT_TRUE(preferences.hard_shading);
  EXPECT_NE(ui::view_hints(preferences), ui::view_hints({}));
  ASSERT_TRUE(open(put("plain.json", plain)).opened) << documents.status().message;
  ui::apply(documents.status().view, preferences);
  EXPECT_EQ(ui::view_hints(preferences), ui::view_hints({}));
}

TEST_F(DocumentsTest, AVariantSavedAsADocumentHasNotItsName) {
  const fs::path file = put("rates.json", rates_document());
  ASSERT_TRUE(open(file).opened) << documents.status().message;
  EXPECT_EQ(documents.status().original, "right");
  ASSERT_TRUE(documents.open_variant(1));
  save(folder / "large.json", ox_session());
  wait();
  ASSERT_FALSE(documents.status().message_is_error) << documents.status().message;
  EXPECT_EQ(documents.status().original, "");
}

TEST_F(DocumentsTest, OpeningAPresetIsNoNews) {
  const fs::path preset = put("rates.json", rates_document());
  Documents shipped{[this] {
                      const std::scoped_lock lock(mutex);
                      ++calls;
                      done.notify_one();
                    },
                    {{"rates", preset, "Rates", "", {}}}};
  const auto open_in_shipped = [&](const fs::path& file) {
    shipped.open(file);
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return calls > polled; });
    ++polled;
    return shipped.poll();
  };
  open_in_shipped(folder / "nowhere.json");
  const auto before = shipped.status().message_number;
  ASSERT_TRUE(shipped.status().message_is_error);
  ASSERT_TRUE(open_in_shipped(preset).opened);
  EXPECT_EQ(shipped.status().message_number, before);
  EXPECT_FALSE(shipped.status().message_is_error);
  ASSERT_TRUE(open_in_shipped(put("own.json", rates_document())).opened);
  EXPECT_GT(shipped.status().message_number, before);
}

TEST_F(DocumentsTest, AVariantIsOpenedByName) {
  const auto file = put("rates.json", rates_document());
  const Documents::News news = open(file, "large");
  ASSERT_TRUE(news.opened);
  EXPECT_EQ(news.opened->settings->rates.learning_rate, 100);
  EXPECT_EQ(documents.status().variant, 1U);
  EXPECT_FALSE(open(file, "huge").opened);
  EXPECT_THAT(documents.status().message, HasSubstr("\"huge\"; there are \"small\", \"large\""));
}

TEST_F(DocumentsTest, NothingElseIsOpenedWhileASaveIsUnderWay) {
  ASSERT_TRUE(open(put("rates.json", rates_document())).opened);
  const std::optional<Capture> capture = documents.save(folder / "run.json", {});
  ASSERT_TRUE(capture);
  EXPECT_FALSE(documents.open_variant(0));
  EXPECT_TRUE(documents.status().message_is_error);
  EXPECT_FALSE(documents.save(folder / "other.json", {}));
  capture->take(ox_session());
  wait();
  EXPECT_FALSE(documents.status().message_is_error) << documents.status().message;
}

TEST_F(DocumentsTest, ASaveThatTheEngineNeverAnswersFails) {
  documents.save(folder / "run.json", {});  // and the Capture is dropped
  wait();
  EXPECT_TRUE(documents.status().message_is_error);
  EXPECT_FALSE(fs::exists(folder / "run.json"));
}

TEST_F(DocumentsTest, ABrokenFileNamesTheFieldAndOpensNothing) {
  documents.open(put("broken.json", R"({"deltascope": 1, "sizes": [2]})"));
  const Documents::News news = wait();
  EXPECT_FALSE(news.opened);
  EXPECT_TRUE(documents.status().message_is_error);
  EXPECT_THAT(documents.status().message, HasSubstr("broken.json"));
  EXPECT_THAT(documents.status().message, HasSubstr("sizes"));
  EXPECT_EQ(documents.status().name, "");
}

TEST_F(DocumentsTest, AnUnknownNotationOpensNothing) {
  std::string text = rates_document();
  text.replace(text.find("\"log_steps\""), 0, "\"notation\": \"nq\", ");
  documents.open(put("rates.json", text));
  EXPECT_FALSE(wait().opened);
  EXPECT_THAT(documents.status().message, HasSubstr("variants[1].view.notation"));
  EXPECT_THAT(documents.status().message, HasSubstr("did you mean \"ng\"?"));
}

TEST_F(DocumentsTest, AMissingFileIsNamed) {
  documents.open(folder / "nowhere.json");
  EXPECT_FALSE(wait().opened);
  EXPECT_THAT(documents.status().message, HasSubstr("nowhere.json"));
}

TEST_F(DocumentsTest, ASaveThatFailsKeepsTheOldNameAndRevision) {
  save(folder / "no" / "such" / "run.json", ox_session());
  wait();
  EXPECT_TRUE(documents.status().message_is_error);
  EXPECT_THAT(documents.status().message, HasSubstr("Could not save run.json"));
  EXPECT_EQ(documents.status().saved_revision, 0U);
  EXPECT_EQ(documents.status().name, "");
}

TEST_F(DocumentsTest, EveryOutcomeHasANumberOfItsOwn) {
  documents.open(folder / "a.json");
  wait();
  const auto first = documents.status().message_number;
  documents.open(folder / "a.json");
  wait();
  EXPECT_GT(documents.status().message_number, first);
}

}  // namespace
}  // namespace deltascope::gui
