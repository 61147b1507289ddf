// Marks, against a set of answers that was marked by hand.
#include "support/marked_answers.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/lesson/marking.hpp>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace deltascope::lesson
