// Every deliberate mistake: which check sees it and which does not, where it hides, and that it
// leaves nothing behind.
#include "support/documents.hpp"
#include "support/sessions.hpp"

#include <deltascope/gradient_check.hpp>
#include <deltascope/mistake.hpp>
#include <deltascope/presets.hpp>
#include <deltascope/update_check.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace deltascope::test {
namespace {

using testing::advance;
using testing::ox_session;
using testing::sampled;

Document preset_of(const Mistake& mistake) {
  Problems problems;
  const auto file = find_preset(mistake.preset, problems);
  const std::optional<Document> document = load_document(file.value(), problems);
  if (mistake.variant.empty()) return document.value();
  const auto variant =
      std::ranges::find(document.value().variants, mistake.variant, &Variant::name);
  EXPECT_NE(variant, document->variants.end()) << mistake.name;
  return *variant->document;
}

Session with_mistake(const Document& document, const Mistake* mistake) {
  Session session = make_session(document);
  EXPECT_TRUE(session.apply({SetMistake{mistake}}).accepted);
  return session;
}

GradientCheckReport gradient_check(const State& state) {
  const Model& model = state.settings->model;
  std::vector<double> gradient(state.parameters.size());
  Backprop().gradient(model, state.parameters, *state.data, state.batches.next(), gradient);
  return check_gradient(model, state.parameters, *state.data, state.batches.next(), gradient);
}

TEST(Mistakes, AreTwelveWithNamesOfTheirOwn) {
  EXPECT_EQ(mistakes().size(), 12U);
  for (const Mistake& mistake : mistakes()) {
    EXPECT_EQ(find_mistake(mistake.name), &mistake) << mistake.name;
    EXPECT_NE(mistake.operations, textbook_operations()) << mistake.name;
    Model model;
    model.operations = &operations_of(&mistake);
    EXPECT_EQ(mistake_in(model), &mistake) << mistake.name;
  }
  EXPECT_EQ(mistake_in(Model()), nullptr);
  EXPECT_EQ(&operations_of(nullptr), &textbook_operations());
}

TEST(Mistakes, AreCaughtOnTheirPresetByTheirCheckAlone) {
  for (const Mistake& mistake : mistakes()) {
    const Document document = preset_of(mistake);
    const Session right = with_mistake(document, nullptr);
    ASSERT_TRUE(gradient_check(right.state()).passed()) << mistake.preset;
    ASSERT_TRUE(check_update(right.state()).passed()) << mistake.preset;
    const Session wrong = with_mistake(document, &mistake);
    const bool in_gradient = mistake.caught_by == CaughtBy::gradient_check;
    const GradientCheckReport gradient = gradient_check(wrong.state());
    const UpdateCheckReport update = check_update(wrong.state());
    EXPECT_EQ(gradient.passed(), !in_gradient) << mistake.name << ": " << gradient.worst_error;
    EXPECT_EQ(update.passed(), in_gradient) << mistake.name << ": " << update.worst_error;
    const Index batch = right.state().batches.next().size(right.data().size());
    EXPECT_EQ(mistake.why_hidden(right.settings().model, batch), "") << mistake.name;
  }
}

// The runs below: O/X with every optimizer.
std::vector<Settings> settings_of_every_optimizer() {
  std::vector<Settings> all;
  for (const Optimizer& optimizer : optimizers()) {
    const Index batch = optimizer.least_squares ? 0 : 3;
    Settings settings = sampled("without_replacement", batch, optimizer.name);
    settings.model.l2 = 0.01;
    all.push_back(settings);
  }
  return all;
}

void expect_same_run(const State& got, const State& expected, const std::string& where) {
  EXPECT_EQ(got.parameters, expected.parameters) << where;
  EXPECT_EQ(got.moments, expected.moments) << where;
  EXPECT_EQ(got.damping, expected.damping) << where;
  EXPECT_EQ(got.step, expected.step) << where;
}

TEST(Mistakes, LeaveNoTraceOnceTheyAreOff) {
  for (const Settings& settings : settings_of_every_optimizer()) {
    for (const Mistake& mistake : mistakes()) {
      const std::string where =
          std::string(mistake.name) + ", " + std::string(settings.optimizer->name);
      Session plain = ox_session(settings), wrong = ox_session(settings);
      advance(plain, 5);
      advance(wrong, 5);
      wrong.apply({SetMistake{&mistake}});
      StepTrace trace;
      wrong.preview(trace);
      wrong.apply({SetMistake{nullptr}});
      advance(plain, 10);
      advance(wrong, 10);
      expect_same_run(wrong.state(), plain.state(), where);
    }
  }
}

TEST(Mistakes, AreTakenBackAfterStepsWithThem) {
  for (const Settings& settings : settings_of_every_optimizer()) {
    for (const Mistake& mistake : mistakes()) {
      const std::string where =
          std::string(mistake.name) + ", " + std::string(settings.optimizer->name);
      Session session = ox_session(settings);
      session.apply({SetMistake{&mistake}});
      advance(session, 3);
      ASSERT_TRUE(session.apply({Undo{}}).accepted) << where;
      ASSERT_EQ(mistake_in(session.settings().model), nullptr) << where;
      State expected = session.state();
      Trainer trainer;
      for (int step = 0; step < 5; ++step) {
        trainer.prepare(expected);
        trainer.commit(expected);
      }
      advance(session, 5);
      expect_same_run(session.state(), expected, where);
      ASSERT_TRUE(session.apply({Redo{}}).accepted) << where;
      EXPECT_EQ(mistake_in(session.settings().model), &mistake) << where;
    }
  }
}

TEST(Mistakes, TrainSoThatThePreviewShowsWhatACommitDoes) {
  for (const Settings& settings : settings_of_every_optimizer()) {
    for (const Mistake& mistake : mistakes()) {
      Session session = ox_session(settings);
      session.apply({SetMistake{&mistake}});
      advance(session, 2);
      StepTrace trace;
      std::vector<double> shown;
      session.apply_proposal(session.preview(trace), shown);
      session.advance();
      EXPECT_EQ(session.state().parameters, shown)
          << mistake.name << ", " << settings.optimizer->name;
    }
  }
}

// Shapes, activations, losses, batches, λ and weights at random. Odd weights put no z at a kink.
struct Case {
  Settings settings;
  Dataset data;
  std::vector<double> parameters;
};

Index pick(RandomStream& random, Index count) {
  return std::min(count - 1, static_cast<Index>(random.uniform() * static_cast<double>(count)));
}

Case random_case(RandomStream& random) {
  Case made;
  const auto all = activations();
  const Loss& loss = losses()[static_cast<std::size_t>(pick(random, 3))];
  std::vector<Index> sizes{1 + pick(random, 3)};
  std::vector<const Activation*> rows;
  for (Index hidden = pick(random, 4); hidden > 0; --hidden) {
    sizes.push_back(1 + pick(random, 3));
    rows.push_back(&all[static_cast<std::size_t>(pick(random, 5))]);
  }
  sizes.push_back(1 + pick(random, 3));
  const Activation* output = &all[static_cast<std::size_t>(pick(random, 5))];
  rows.push_back(loss.admits(*output) ? output : find_activation(loss.preferred_output));
  made.settings = sampled("in_order", 0, optimizers()[0].name);
  made.settings.model.architecture = Architecture(sizes, rows);
  made.settings.model.loss = &loss;
  made.settings.model.l2 = pick(random, 2) == 0 ? 0.0 : 0.1;
  // Mistakes always go through the textbook; what they are compared with does so too, bit for bit.
  made.settings.model.arithmetic = find_arithmetic("textbook");
  const Index samples = 1 + pick(random, 4);
  made.data.X.resize(sizes.front(), samples);
  made.data.Y.resize(sizes.back(), samples);
  for (double& x : made.data.X.values())
    x = random.normal();
  for (double& y : made.data.Y.values())
    y = random.uniform();  // of a softmax, Σy ≠ 1
  made.parameters.resize(static_cast<std::size_t>(made.settings.model.architecture.parameters()));
  for (double& p : made.parameters)
    p = random.normal();
  return made;
}

State state_of(const Case& made, const Operations& operations) {
  auto settings = std::make_shared<Settings>(made.settings);
  settings->model.operations = &operations;
  settings->model.arithmetic = find_arithmetic("textbook");  // as every mistake is computed
  State state = initial_state(settings, std::make_shared<const Dataset>(made.data));
  state.parameters = made.parameters;
  return state;
}

// What must show is looked for where numbers hide nothing: a dead or saturated unit hides much, and
// a ReLU that is alive has the slope 1.
bool is_lively(const Case& made) {
  const auto& rows = made.settings.model.architecture.activations();
  if (std::ranges::any_of(rows, &Activation::has_kink)) return false;
  StepTrace trace;
  std::vector<double> gradient(made.parameters.size());
  Backprop().gradient(made.settings.model, made.parameters, made.data, {}, gradient, &trace);
  return std::ranges::all_of(gradient, [](double g) { return std::abs(g) > 1e-3; });
}

TEST(Mistakes, HideWhereTheySayAndNowhereElse) {
  RandomStream random(5);
  std::map<std::string_view, int> hidden, shown;
  for (int round = 0; round < 3000; ++round) {
    const Case made = random_case(random);
    const bool lively = is_lively(made);
    for (const Mistake& mistake : mistakes()) {
      const std::string why = mistake.why_hidden(made.settings.model, made.data.size());
      const State wrong = state_of(made, mistake.operations);
      const std::string where = std::string(mistake.name) + ", round " + std::to_string(round);
      if (!why.empty()) {
        const State right = state_of(made, textbook_operations());
        Trainer wrong_trainer, right_trainer;
        EXPECT_EQ(wrong_trainer.prepare(wrong).gradient, right_trainer.prepare(right).gradient)
            << where << ": " << why;
        EXPECT_EQ(wrong_trainer.last().update, right_trainer.last().update) << where << ": " << why;
        ++hidden[mistake.name];
      } else if (lively && mistake.name != "clipped_log") {  // it needs an a beyond the clip
        const bool green = mistake.caught_by == CaughtBy::gradient_check
                               ? gradient_check(wrong).passed()
                               : check_update(wrong).passed();
        EXPECT_FALSE(green) << where;
        ++shown[mistake.name];
      }
    }
  }
  for (const Mistake& mistake : mistakes()) {
    const bool always = mistake.name == "sign" || mistake.name == "biases_not_updated";
    EXPECT_TRUE(always || hidden[mistake.name] > 100) << mistake.name << hidden[mistake.name];
    EXPECT_TRUE(mistake.name == "clipped_log" || shown[mistake.name] > 100)
        << mistake.name << shown[mistake.name];
  }
}

TEST(Mistakes, SayWhatLevenbergMarquardtDoesNotTrainWith) {
  Settings settings = sampled("in_order", 0, "levenberg_marquardt");
  const auto trains_alike = [&](const Mistake& mistake) {
    Session plain = ox_session(settings), wrong = ox_session(settings);
    wrong.apply({SetMistake{&mistake}});
    advance(plain, 3);
    advance(wrong, 3);
    return wrong.state().parameters == plain.state().parameters;
  };
  for (const Mistake& mistake : mistakes()) {
    settings.model.arithmetic = &automatic_arithmetic();
    if (!why_not_trained(mistake, settings).empty()) {
      EXPECT_TRUE(trains_alike(mistake)) << mistake.name;
    }
    // A mistake in J is computed by the textbook; bit for bit it is only compared with that.
    settings.model.arithmetic = find_arithmetic("textbook");
    // Without decay the mistake of the biases is none.
    const bool hidden = !mistake.why_hidden(settings.model, 10).empty();
    EXPECT_EQ(trains_alike(mistake), hidden || !why_not_trained(mistake, settings).empty())
        << mistake.name;
    EXPECT_EQ(why_not_trained(mistake, sampled("in_order", 0, "adam")), "") << mistake.name;
  }
}

TEST(Mistakes, EndNoRunOfLevenbergMarquardt) {
  for (const Mistake& mistake : mistakes()) {
    Session session = ox_session(sampled("in_order", 0, "levenberg_marquardt"));
    session.apply({SetMistake{&mistake}});
    advance(session, 300);
    EXPECT_EQ(session.state().step, 300U) << mistake.name;
    EXPECT_TRUE(all_finite(session.state().parameters)) << mistake.name;
  }
}

TEST(Mistakes, AreKeptInADocument) {
  for (const Mistake& mistake : mistakes()) {
    const std::string name(mistake.name);
    const Document document =
        open_document(with(R"("batch": 2)", R"("batch": 2, "mistake": ")" + name + '"'));
    EXPECT_EQ(mistake_in(document.settings->model), &mistake);
    expect_same(open_document(to_json(document)), document);
  }
  EXPECT_EQ(to_json(open_document(good)).find("mistake"), std::string::npos);
  const Document none = open_document(with(R"("batch": 2)", R"("batch": 2, "mistake": "none")"));
  EXPECT_EQ(mistake_in(none.settings->model), nullptr);
}

TEST(Mistakes, OfAnotherNameAreRefused) {
  const std::string text = problems_of(with(R"("batch": 2)", R"("batch": 2, "mistake": "signs")"));
  EXPECT_NE(text.find("training.mistake"), std::string::npos) << text;
  EXPECT_NE(text.find("sign"), std::string::npos) << text;
  problems_of(with(R"("batch": 2)", R"("batch": 2, "mistake": 3)"));
}

TEST(Mistakes, AreDoneAgainByARecording) {
  for (const Mistake& mistake : mistakes()) {
    Session session = ox_session(sampled("without_replacement", 3, "adam"));
    advance(session, 4);
    session.apply({SetMistake{&mistake}});
    advance(session, 4);
    session.apply({SetMistake{nullptr}});
    advance(session, 4);
    const Document saved = open_document(to_json(make_document(session)));
    ASSERT_NE(saved.recording, nullptr) << mistake.name;
    Problems problems;
    const std::optional<Session> again = replay(*saved.recording, problems);
    ASSERT_TRUE(problems.empty()) << problems.front().text();
    EXPECT_EQ(again->state().parameters, session.state().parameters) << mistake.name;
  }
}

}  // namespace
}  // namespace deltascope::test
