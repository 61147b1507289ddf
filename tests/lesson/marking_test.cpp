// Marks, against a set of answers that was marked by hand.
#include "support/marked_answers.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/lesson/marking.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

namespace deltascope::lesson {
namespace {

using deltascope::testing::PreparedStep;
using test::MarkedLearner;

std::string said(const Attempt& attempt) {
  return cell_name(attempt.cell) + " of sample " + std::to_string(attempt.cell.sample) + ", \"" +
         attempt.text + "\"";
}

TEST(MarkedSet, IsMarkedSo) {
  for (const MarkedLearner& learner : test::marked_learners()) {
    SCOPED_TRACE(learner.name);
    Session session = make_session(learner.document);
    const PreparedStep prepared(session);
    const std::vector<Attempt>& attempts = learner.document.answers.attempts;
    const std::vector<Marked> marked =
        mark_all(prepared.step(), *learner.document.exercise, attempts);
    ASSERT_EQ(marked.size(), learner.marks.size());
    for (std::size_t i = 0; i < marked.size(); ++i) {
      ASSERT_NE(marked[i].mark, nullptr) << said(attempts[i]);
      EXPECT_EQ(marked[i].mark->name, learner.marks[i])
          << said(attempts[i]) << "; expected is " << marked[i].expected;
    }
  }
}

TEST(MarkedSet, HasEveryMarkAndManyAnswers) {
  std::set<std::string_view> seen;
  std::size_t answers = 0;
  for (const MarkedLearner& learner : test::marked_learners()) {
    answers += learner.marks.size();
    for (const std::string& name : learner.marks)
      seen.insert(find_mark(name)->name);
  }
  EXPECT_EQ(seen.size(), marks().size());
  EXPECT_GE(answers, 100U);
}

TEST(MarkedSet, IsMarkedOneByOneAsAllAtOnce) {
  for (const MarkedLearner& learner : test::marked_learners()) {
    Session session = make_session(learner.document);
    const PreparedStep prepared(session);
    const std::vector<Attempt>& attempts = learner.document.answers.attempts;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      const Marked one = mark(prepared.step(), attempts[i].cell, attempts[i].text,
                              *learner.document.exercise, std::span(attempts).first(i));
      EXPECT_EQ(one.mark->name, learner.marks[i]) << learner.name << ", " << said(attempts[i]);
    }
  }
}

// 1-1 ReLU, W = 1e200, x = 1e200: z, a and all that comes of them are not finite.
TEST(Overflow, HasNoRightAnswer) {
  Problems problems;
  const auto document = parse_document(R"({"deltascope": 1, "sizes": [1, 1, 1],
      "activations": ["relu", "linear"], "loss": "quadratic",
      "W": [[[1e200]], [[-1]]], "b": [[0], [0]], "X": [[1e200]], "Y": [[0]]})",
                                       problems);
  ASSERT_TRUE(document) << problems.front().text();
  Session session = make_session(*document);
  const PreparedStep prepared(session);
  for (const char* name : {"z[0][0]", "a[1][0]", "delta[1][0]", "delta[0][0]", "dW[0][0][0]"}) {
    const Cell cell = *parse_cell(name);
    ASSERT_FALSE(std::isfinite(*value_of(prepared.step(), cell))) << name;
    for (const char* answer : {"0", "1e308", "-1e308", "1"}) {
      const Marked marked = mark(prepared.step(), cell, answer, Exercise(), {});
      EXPECT_EQ(marked.mark->name, "wrong") << name << ", " << answer;
    }
  }
}

// z of layer 0 is wrong by 1: z of layer 1 follows from it only where the a between is hidden, too.
TEST(FollowThrough, GoesOnWithWhatIsOnScreen) {
  Session session = deltascope::testing::ox_session();
  const PreparedStep prepared(session);
  const walk::Step& step = prepared.step();
  const auto sample = static_cast<Index>(step.trace->samples[0]);
  const Cell z{find_cell_kind("z"), 0, 0, 0, sample}, a{find_cell_kind("a"), 0, 0, 0, sample};
  const Cell next{find_cell_kind("z"), 1, 0, 0, sample};
  const double wrong = *value_of(step, z) + 1.0;
  const double change = 1.0 / (1.0 + std::exp(-wrong)) - *value_of(step, a);
  const double follows = *value_of(step, next) + step.net().W(step.parameters, 1)(0, 0) * change;
  const std::vector<Attempt> earlier{{step.number, z, std::to_string(wrong)}};
  Exercise exercise;
  exercise.hidden = {{find_cell_kind("z"), {}}};
  EXPECT_NE(mark(step, next, std::to_string(follows), exercise, earlier).mark->name,
            "follow_through");
  exercise.hidden.push_back({find_cell_kind("a"), {}});
  EXPECT_EQ(mark(step, next, std::to_string(follows), exercise, earlier).mark->name,
            "follow_through");
}

}  // namespace
}  // namespace deltascope::lesson
