#include "documents.hpp"

#include <deltascope/dataset.hpp>

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
  static Snapshot ox_snapshot() {
    Snapshot snapshot;
    const Settings settings = ox_settings();
    const Architecture& net = settings.model.architecture;
    snapshot.settings = std::make_shared<const Settings>(settings);
    snapshot.data = std::make_shared<const Dataset>(
        make_dataset(dataset_recipes().front(), {}, net.outputs(), net.output_activation()));
    snapshot.parameters.assign(static_cast<std::size_t>(net.parameters()), 0.25);
    snapshot.revision = 7;
    return snapshot;
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

TEST_F(DocumentsTest, WhatIsSavedOpensAgain) {
  const Snapshot snapshot = ox_snapshot();
  documents.save(folder / "run.json", snapshot);
  EXPECT_TRUE(documents.status().busy);
  EXPECT_TRUE(wait().changed);
  EXPECT_FALSE(documents.status().busy);
  EXPECT_FALSE(documents.status().message_is_error) << documents.status().message;
  EXPECT_EQ(documents.status().name, "run.json");
  EXPECT_EQ(documents.status().saved_revision, 7U);

  documents.open(folder / "run.json");
  const Documents::News news = wait();
  ASSERT_TRUE(news.opened) << documents.status().message;
  EXPECT_EQ(news.opened->parameters, snapshot.parameters);
  EXPECT_EQ(*news.opened->data, *snapshot.data);
  EXPECT_EQ(documents.status().saved_revision, 0U);
}

TEST_F(DocumentsTest, TitleAndTextOutliveASave) {
  Document document =
      make_document(*ox_snapshot().settings, *ox_snapshot().data, ox_snapshot().parameters);
  document.title = "Mine";
  document.about = "A note";
  documents.open(put("mine.json", to_json(document)));
  ASSERT_TRUE(wait().opened) << documents.status().message;
  documents.save(folder / "copy.json", ox_snapshot());
  wait();
  documents.open(folder / "copy.json");
  const Documents::News news = wait();
  ASSERT_TRUE(news.opened);
  EXPECT_EQ(news.opened->title, "Mine");
  EXPECT_EQ(news.opened->about, "A note");
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

TEST_F(DocumentsTest, AMissingFileIsNamed) {
  documents.open(folder / "nowhere.json");
  EXPECT_FALSE(wait().opened);
  EXPECT_THAT(documents.status().message, HasSubstr("nowhere.json"));
}

TEST_F(DocumentsTest, ASaveThatFailsKeepsTheOldNameAndRevision) {
  documents.save(folder / "no" / "such" / "run.json", ox_snapshot());
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
