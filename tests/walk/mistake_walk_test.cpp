// A step with a deliberate mistake, walked through: "=" only where the printed numbers agree, and
// "≠" where the mistake acts.
#include "support/walk_checks.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/mistake.hpp>
#include <deltascope/presets.hpp>
#include <deltascope/session_file.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>

namespace deltascope::walk {
namespace {

using deltascope::testing::check_equation;
using deltascope::testing::for_each_example;
using deltascope::testing::for_each_way;
using deltascope::testing::PreparedStep;

Session with_mistake(const Mistake& mistake) {
  Problems problems;
  for (const Preset& preset : list_presets()) {
    if (preset.name != mistake.preset) continue;
    const Document document = load_document(preset.file, problems).value();
    const Document* wanted = &document;
    for (const Variant& variant : document.variants) {
      if (variant.name == mistake.variant) wanted = variant.document.get();
    }
    Session session = make_session(*wanted);
    session.apply({SetMistake{&mistake}, 0});
    return session;
  }
  throw std::runtime_error("no preset " + std::string(mistake.preset));
}

/// A worked example with "=" in place of "≠".
struct Printed {
  std::string text;
  bool says_equal = true;
};
Printed printed(const Formula& formula) {
  Printed result{to_text(formula), true};
  const std::string unequal = "≠";
  if (const std::size_t at = result.text.find(unequal); at != std::string::npos) {
    result.text.replace(at, unequal.size(), "=");
    result.says_equal = false;
  }
  return result;
}

class MistakenWalk : public ::testing::TestWithParam<std::size_t> {
 protected:
  const Mistake& mistake() const { return mistakes()[GetParam()]; }
};

TEST_P(MistakenWalk, SaysEqualExactlyWhereTheNumbersAre) {
  Session session = with_mistake(mistake());
  for (int step = 0; step < 3; ++step, session.advance()) {
    const PreparedStep prepared(session);
    for_each_way(prepared.step(), std::string(mistake().name),
                 [&](const Options& options, const std::string& way) {
                   for_each_example(
                       prepared.step(), options,
                       [&](const Phase& phase, std::size_t s, const Stage&, Index row, Index col) {
                         const Printed found = printed(
                             worked(prepared.step(), phase.id, s, row, col, options).numbers);
                         EXPECT_EQ(check_equation(found.text).agrees, found.says_equal)
                             << way << ", " << phase.title << ", stage " << s << ": " << found.text;
                       });
                 });
  }
}

// Each at its own line of the textbook: a look at the stage says which.
std::set<PhaseKind> phases_of(const Mistake& mistake) {
  using enum PhaseKind;
  const Operations& wrong = mistake.operations;
  const Operations& right = textbook_operations();
  std::set<PhaseKind> kinds;
  if (wrong.output_delta != right.output_delta) kinds.insert(output_delta);
  if (wrong.pull_back != right.pull_back) kinds.insert(hidden_delta);
  if (wrong.through_activation != right.through_activation) kinds.insert(hidden_delta);
  if (wrong.average != right.average) kinds.insert(gradient);
  if (wrong.regularize != right.regularize) kinds.insert(gradient);
  if (wrong.apply_update != right.apply_update || wrong.updates_in_turn) kinds.insert(update);
  return kinds;
}

TEST_P(MistakenWalk, SaysUnequalInThePhasesWhereItActsAndInNoOther) {
  Session session = with_mistake(mistake());
  // Biases that start at 0 are not pulled to 0.
  session.advance();
  const PreparedStep prepared(session);
  for_each_way(prepared.step(), std::string(mistake().name),
               [&](const Options& options, const std::string& way) {
                 if (!options.whole_batch) return;
                 std::set<PhaseKind> unequal;
                 for_each_example(
                     prepared.step(), options,
                     [&](const Phase& phase, std::size_t s, const Stage&, Index row, Index col) {
                       const Worked example =
                           worked(prepared.step(), phase.id, s, row, col, options);
                       if (!printed(example.numbers).says_equal) unequal.insert(phase.id.kind);
                     });
                 EXPECT_EQ(unequal, phases_of(mistake())) << way;
               });
}

// 64 samples are kept of a hundred: what the others add up to follows from how the mean was made.
TEST(MistakenMean, IsUnequalToItsSumDividedAndTheSumIsRight) {
  auto data = std::make_shared<Dataset>();
  for (const Index samples : {10, 100}) {
    data->X.resize(2, samples);
    data->Y.resize(2, samples);
    for (Index i = 0; i < samples; ++i) {
      data->X(0, i) = static_cast<double>(i % 7) / 7.0;
      data->X(1, i) = static_cast<double>(i % 5) / 5.0;
      data->Y(i % 2, i) = 1.0;
      data->Y(1 - i % 2, i) = 0.0;
    }
    for (const char* name : {"no_mean", "mean_twice"}) {
      Session session(std::make_shared<const Settings>(deltascope::testing::settings_of(0)), data);
      session.apply({SetMistake{find_mistake(name)}, 0});
      const PreparedStep prepared(session);
      Options options;
      options.whole_batch = true;
      for (const bool is_bias : {false, true}) {
        const std::size_t sum = is_bias ? 2 : 0;
        const PhaseId id{PhaseKind::gradient, 1};
        for (const bool mean : {false, true}) {
          const Worked example = worked(prepared.step(), id, sum + (mean ? 1 : 0), 0, 0, options);
          EXPECT_EQ(printed(example.numbers).says_equal, !mean)
              << name << ", " << samples << ": " << to_text(example.numbers);
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Each, MistakenWalk, ::testing::Range<std::size_t>(0, 12),
                         [](const auto& each) { return std::string(mistakes()[each.param].name); });

}  // namespace
}  // namespace deltascope::walk
