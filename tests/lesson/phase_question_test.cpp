// The walk's questions, on every reference case: their answers are those of the reference.
#include "support/oracle.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/lesson/phase_question.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

namespace deltascope::lesson {
namespace {

using deltascope::testing::PreparedStep;
using test::OracleCase;
using walk::PhaseId;

double rms(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values)
    sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

template <class Check>
void for_each_question(Check check) {
  for (const OracleCase& oracle : test::oracle_cases()) {
    SCOPED_TRACE(oracle.id);
    Session session = make_session(test::open_document(test::document_text(oracle)));
    const PreparedStep prepared(session);
    for (Index column = 0; column < std::min<Index>(2, std::ssize(oracle.X)); ++column) {
      walk::Options options;
      options.column = column;
      for (const PhaseId& id : walk::phases(prepared.step())) {
        const PhaseQuestion* question = question_of(prepared.step(), id, options);
        if (question != nullptr) check(oracle, prepared.step(), id, options, *question);
      }
    }
  }
}

TEST(PhaseQuestions, AgreeWithTheReference) {
  std::map<std::string_view, std::set<Index>> answers;
  for_each_question([&](const OracleCase& oracle, const walk::Step& step, const PhaseId& id,
                        const walk::Options& options, const PhaseQuestion& question) {
    const Index answer = question.answer(step, id, options);
    answers[question.name].insert(answer);
    const auto l = static_cast<std::size_t>(id.layer), i = static_cast<std::size_t>(options.column);
    const auto& expect = oracle.expect;
    if (question.name == "delta-sign") {
      EXPECT_EQ(answer, expect.delta.back()[i][0] > 0.0 ? 0 : 1);
    } else if (question.name == "delta-size") {
      EXPECT_EQ(answer, rms(expect.delta[l][i]) > rms(expect.delta[l + 1][i]) ? 0 : 1);
    } else if (question.name == "largest-weight") {
      double largest = 0.0;
      for (const auto& row : expect.dW_data[l]) {
        for (const double value : row)
          largest = std::max(largest, std::abs(value));
      }
      // Only the largest is as large: the chosen name is that of its place.
      std::string name;
      for (std::size_t to = 0; to < expect.dW_data[l].size(); ++to) {
        for (std::size_t from = 0; from < expect.dW_data[l][to].size(); ++from) {
          if (std::abs(expect.dW_data[l][to][from]) < largest * (1 - 1e-9)) continue;
          name =
              label_of({walk::Kind::W, id.layer, static_cast<Index>(to), static_cast<Index>(from)},
                       walk::notations().front());
        }
      }
      EXPECT_EQ(question.choices(step, id, options)[static_cast<std::size_t>(answer)], name);
    } else if (question.name == "update-sign") {
      const std::string asked = question.ask(step, id, options);
      // Gradient descent: against the largest entry of dW.
      double largest = 0.0;
      for (const auto& layer : expect.dW) {
        for (const auto& row : layer) {
          for (const double value : row)
            if (std::abs(value) > std::abs(largest) * (1 + 1e-9)) largest = value;
        }
      }
      EXPECT_EQ(answer, largest < 0.0 ? 0 : 1) << asked;
    }
  });
  for (const PhaseQuestion& row : phase_questions()) {
    if (row.name == "step-lowers") continue;  // small steps all do
    EXPECT_GE(answers[row.name].size(), 2U) << row.name << " has always the same answer";
  }
}

TEST(PhaseQuestions, HaveAChoiceThatIsRight) {
  for_each_question([](const OracleCase&, const walk::Step& step, const PhaseId& id,
                       const walk::Options& options, const PhaseQuestion& question) {
    const std::vector<std::string> choices = question.choices(step, id, options);
    EXPECT_GE(choices.size(), 2U);
    EXPECT_LE(choices.size(), 4U);
    const Index answer = question.answer(step, id, options);
    EXPECT_GE(answer, 0);
    EXPECT_LT(answer, std::ssize(choices));
    EXPECT_EQ(std::set<std::string>(choices.begin(), choices.end()).size(), choices.size());
    EXPECT_FALSE(question.because(step, id, options).empty());
  });
}

TEST(PhaseQuestions, TellWhetherAStepIsTooLong) {
  for (const double rate : {0.5, 500.0}) {
    Settings settings = deltascope::testing::settings_of(0);
    settings.rates.learning_rate = rate;
    Session session = deltascope::testing::ox_session(settings);
    const PreparedStep prepared(session);
    const PhaseQuestion* question = question_of(prepared.step(), {walk::PhaseKind::cost, 0}, {});
    ASSERT_NE(question, nullptr);
    EXPECT_EQ(question->answer(prepared.step(), {walk::PhaseKind::cost, 0}, {}), rate > 1 ? 1 : 0);
  }
}

// Nothing moves from weights of 0: there is nothing to predict about δ of a hidden layer.
TEST(PhaseQuestions, AreNotAskedWhereNobodyCouldTell) {
  for (const OracleCase& oracle : test::oracle_cases()) {
    if (oracle.id != "zeros_sigmoid") continue;
    Session session = make_session(test::open_document(test::document_text(oracle)));
    const PreparedStep prepared(session);
    EXPECT_EQ(question_of(prepared.step(), {walk::PhaseKind::gradient, 0}, {}), nullptr);
  }
}

}  // namespace
}  // namespace deltascope::lesson
