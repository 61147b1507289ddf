// Documents that would keep whoever marks them waiting.
#include "support/documents.hpp"
#include "support/sessions.hpp"

#include <deltascope/lesson/marked_document.hpp>

#include <gtest/gtest.h>

#include <string>

namespace deltascope::lesson {
namespace {

Document hidden_delta() {
  Document document = deltascope::testing::ox_document();
  document.exercise = Exercise();
  document.exercise->hidden.push_back(*parse_part("delta"));
  return document;
}

Document with_recording(Document document, std::vector<LoggedCommand> log) {
  auto recording = std::make_shared<Recording>();
  recording->start = std::make_shared<const Document>(document);
  recording->log = std::move(log);
  document.recording = std::move(recording);
  return document;
}

std::string why_not_marked(const Document& document) {
  Problems problems;
  EXPECT_FALSE(mark_document(document, problems).has_value());
  return problems.empty() ? "" : problems.front().text();
}

constexpr const char* too_long = "has a run of more steps than anybody does by hand";

TEST(MarkedDocument, IsRefusedForAStepThatNobodyComesTo) {
  Document document = hidden_delta();
  document.answers.attempts.push_back({most_marked_steps + 1, *parse_cell("delta[0][0]"), "1"});
  EXPECT_EQ(why_not_marked(document),
            "answers.attempts: tell of step 1000001; nobody does so many by hand");
}

// Each of the two runs is short enough; what was given up took time, too.
TEST(MarkedDocument, IsRefusedForARunThatStartsAgainAndAgain) {
  const LoggedCommand again{10, false, {Reset{}}};
  Problems problems;
  EXPECT_TRUE(mark_document(with_recording(hidden_delta(), {again, again}), problems).has_value());
  const LoggedCommand late{most_marked_steps - 5, false, {Reset{}}};
  EXPECT_EQ(why_not_marked(with_recording(hidden_delta(), {again, late})), too_long);
}

// 100,000 samples times 100,000 steps.
TEST(MarkedDocument, IsRefusedForStepsThatTakeTooLong) {
  Document document = test::with_many_points();
  auto settings = std::make_shared<Settings>(*document.settings);
  settings->batch_size = 0;
  document.settings = std::move(settings);
  document.exercise = Exercise();
  EXPECT_EQ(why_not_marked(with_recording(document, {{100'000, false, {Reset{}}}})), too_long);
}

TEST(MarkedDocument, IsRefusedForMoreAttemptsThanAnybodyMakes) {
  Document document = hidden_delta();
  document.answers.attempts.assign(most_marked_attempts + 1, {0, *parse_cell("delta[0][0]"), "1"});
  EXPECT_EQ(why_not_marked(document),
            "answers.attempts: are 10001; nobody works out so many by hand");
}

}  // namespace
}  // namespace deltascope::lesson
