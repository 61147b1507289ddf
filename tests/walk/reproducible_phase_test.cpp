// Numbers that come out on a pocket calculator, whatever is trained with whatever.
#include "activation_formula.hpp"
#include "loss_formula.hpp"
#include "support/sessions.hpp"
#include "support/walk_checks.hpp"
#include "support/walk_steps.hpp"
#include "update_formula.hpp"

#include <deltascope/table.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace deltascope::walk {
namespace {

using deltascope::testing::expect_reproducible;
using deltascope::testing::for_each_example;
using deltascope::testing::for_each_way;
using deltascope::testing::last_grid;
using deltascope::testing::ox_session;
using deltascope::testing::PreparedStep;
using deltascope::testing::settings_of;

/// All numbers of a walk: those of the matrices, and both sides of every worked example.
std::vector<std::string> numbers_of(const Step& step, Options options, const Notation& notation) {
  options.notation = &notation;
  std::vector<std::string> numbers;
  for (const PhaseId& id : phases(step)) {
    for (const Stage& stage : walk::phase(step, id, options).stages) {
      std::vector<const Grid*> grids;
      deltascope::testing::collect_grids(stage.numbers, grids);
      for (const Grid* grid : grids) {
        for (const double value : grid->values)
          numbers.push_back(std::to_string(value));
      }
    }
  }
  for_each_example(step, options,
                   [&](const Phase& phase, std::size_t s, const Stage&, Index row, Index col) {
                     const auto checked = deltascope::testing::check_equation(
                         to_text(worked(step, phase.id, s, row, col, options).numbers));
                     numbers.push_back(checked.left);
                     numbers.push_back(checked.result);
                   });
  return numbers;
}

TEST(Phase, KeepsItsNumbersInEveryNotation) {
  Session session = ox_session(settings_of(3, "adam", 0.1));
  const PreparedStep prepared(session);
  for_each_way(prepared.step(), "", [&](const Options& options, const std::string& id) {
    const auto expected = numbers_of(prepared.step(), options, notations().front());
    for (const Notation& notation : notations())
      EXPECT_EQ(numbers_of(prepared.step(), options, notation), expected) << notation.name << id;
  });
}

TEST(Phase, HasARowForEveryActivationLossAndOptimizer) {
  for (const Activation& row : activations())
    EXPECT_NE(find_row(activation_formulas(), row.name), nullptr) << row.name;
  for (const Loss& row : losses())
    EXPECT_NE(find_row(loss_formulas(), row.name), nullptr) << row.name;
  for (const Optimizer& row : optimizers())
    EXPECT_NE(find_row(update_formulas(), row.name), nullptr) << row.name;
}

TEST(Phase, ComesOutForEveryActivationWithEveryLoss) {
  for (const Activation& hidden : activations()) {
    if (hidden.output_only) continue;
    for (const Activation& output : activations()) {
      for (const Loss& loss : losses()) {
        if (!loss.admits(output)) continue;
        Settings settings = settings_of(3, "momentum", 0.01);
        settings.model.architecture = Architecture({2, 3, 2}, {&hidden, &output});
        settings.model.loss = &loss;
        Session session = ox_session(settings);
        session.advance();
        const PreparedStep prepared(session);
        expect_reproducible(prepared.step(), {},
                            std::string(hidden.name) + ", " + std::string(output.name) + ", " +
                                std::string(loss.name));
      }
    }
  }
}

TEST(Phase, ComesOutForEveryOptimizer) {
  for (const Optimizer& optimizer : optimizers()) {
    for (const double l2 : {0.0, 0.01}) {
      Session session = ox_session(settings_of(0, optimizer.name, l2));
      for (int step = 0; step < 20; ++step) {
        const PreparedStep prepared(session);
        if (step % 5 == 0) expect_reproducible(prepared.step(), {}, std::string(optimizer.name));
        session.advance();
      }
    }
  }
}

// Else the window would say of one sample's tile that it is dW.
TEST(Phase, MarksMatricesWithOtherNumbersThanThoseOfTheirQuantity) {
  for (const Optimizer& optimizer : optimizers()) {
    Session session = ox_session(settings_of(0, optimizer.name, 0.01));
    session.advance();
    const PreparedStep prepared(session);
    for_each_way(prepared.step(), std::string(optimizer.name),
                 [&](const Options& options, const std::string& way) {
                   const Walk walk(prepared.step(), options, false);
                   for (const PhaseId& id : phases(prepared.step())) {
                     for (const Stage& stage : walk::phase(prepared.step(), id, options).stages) {
                       std::vector<const Grid*> grids;
                       deltascope::testing::collect_grids(stage.numbers, grids);
                       for (const Grid* grid : grids) {
                         if (grid->of.kind == Kind::jacobian || grid->of.kind == Kind::step)
                           continue;
                         const double of_quantity = walk.value(grid->entry(0, 0));
                         EXPECT_EQ(!grid->other_numbers, grid->value(0, 0) == of_quantity)
                             << way << ", " << stage.about << " " << to_text(*grid->caption);
                       }
                     }
                   }
                 });
  }
}

TEST(Phase, ComesOutForEverySizeOfABatch) {
  for (const Index batch : {1, 3, 0}) {
    Session session = ox_session(settings_of(batch));
    const PreparedStep prepared(session);
    for_each_way(prepared.step(), "batch of " + std::to_string(batch),
                 [&](const Options& options, const std::string& id) {
                   expect_reproducible(prepared.step(), options, id);
                 });
  }
}

/// The O/X step with all parameters times `factor`.
Session scaled_session(double factor, const Settings& settings) {
  const Session start = ox_session(settings);
  std::vector<double> parameters = start.state().parameters;
  for (double& parameter : parameters)
    parameter *= factor;
  return Session(start.state().settings, start.state().data, parameters);
}

TEST(Phase, ComesOutForHugeAndTinyWeights) {
  for (const double factor : {1e6, 1e3, 50.0, 1e-3, 1e-12, 1e-160, 1e-310, 0.0}) {
    for (const std::string_view loss : {"quadratic", "bce"}) {
      Settings settings = settings_of(3, "gradient_descent", 0.01);
      settings.model.loss = find_loss(loss);
      Session session = scaled_session(factor, settings);
      const PreparedStep prepared(session);
      for (const bool whole : {false, true}) {
        Options options;
        options.whole_batch = whole;
        expect_reproducible(prepared.step(), options, "weights times " + std::to_string(factor));
      }
    }
  }
}

TEST(Worked, OfASoftmaxKeepsItsDigitsForHugeZ) {
  const std::array z{measured(1.166e14, {Kind::z}), measured(7.49e10, {Kind::z})};
  const Reproduced a = reproduce(activation_formula("softmax").work_value(z, 0), 1.0, {});
  EXPECT_EQ(to_text(a.result), "1") << to_text(a.left);
}

/// 100 points, of which a trace keeps 64.
Session many_points(Index batch) {
  const Settings settings = settings_of(batch);
  auto data = std::make_shared<Dataset>();
  data->X.resize(2, 100);
  data->Y.resize(2, 100);
  for (Index i = 0; i < 100; ++i) {
    data->X(0, i) = std::sin(static_cast<double>(i));
    data->X(1, i) = std::cos(2.0 * static_cast<double>(i));
    data->Y(0, i) = i % 2 == 0 ? 1.0 : 0.0;
    data->Y(1, i) = 1.0 - data->Y(0, i);
  }
  return Session(std::make_shared<const Settings>(settings), data);
}

TEST(Phase, CountsTheSamplesThatATraceDidNotKeep) {
  Session session = many_points(0);
  const PreparedStep prepared(session);
  Options options;
  options.whole_batch = true;
  const Phase batch = walk::phase(prepared.step(), {PhaseKind::batch}, options);
  EXPECT_EQ(batch.stages.front().about,
            "Every column is a sample. 64 of the 100 samples are shown; the other 36 are in every "
            "sum.");
  const Phase gradient = walk::phase(prepared.step(), {PhaseKind::gradient, 2}, options);
  EXPECT_NE(to_text(gradient.stages.front().numbers).find("… and 36 more"), std::string::npos);
  // Three terms, what the others add up to, and the result.
  const Worked sum = worked(prepared.step(), {PhaseKind::gradient, 2}, 0, 0, 0, options);
  EXPECT_EQ(sum.terms.size(), 5U);
}

int count_of_numbers(const Formula& formula) {
  int count = formula.form == Form::number ? 1 : 0;
  for (const Formula& part : formula.parts)
    count += count_of_numbers(part);
  return count;
}

TEST(Phase, WorksOutNoLineOfManyNumbersForManySamples) {
  Session session = many_points(0);
  const PreparedStep prepared(session);
  for (const PhaseId& id : {PhaseId{PhaseKind::cost}, PhaseId{PhaseKind::gradient, 1}}) {
    const Phase phase = walk::phase(prepared.step(), id, {});
    for (std::size_t s = 0; s < phase.stages.size(); ++s) {
      const Worked example = worked(prepared.step(), id, s, 0, 0, {});
      // The indices of the name, what is added up, N and the result.
      EXPECT_LE(count_of_numbers(example.numbers), 14) << to_text(example.numbers);
    }
  }
}

TEST(Phase, SaysWhichSamplesOfALongSumAreWrittenOut) {
  const auto about = [](Session session, PhaseId id, std::size_t stage) {
    const PreparedStep prepared(session);
    return walk::phase(prepared.step(), id, {}).stages[stage].about;
  };
  const std::string others = "The first 3 samples are written out; the last number is what the ";
  const PhaseId cost{PhaseKind::cost}, gradient{PhaseKind::gradient, 2};
  EXPECT_TRUE(about(many_points(0), cost, 2).ends_with(others + "other 97 add up to."));
  EXPECT_TRUE(about(many_points(0), gradient, 1).ends_with(others + "other 97 add up to."));
  EXPECT_EQ(about(ox_session(settings_of(0)), cost, 2), "The cost is the mean over all 10 points.");
  EXPECT_TRUE(
      about(ox_session(settings_of(0)), gradient, 1).ends_with(others + "other 7 add up to."));
}

TEST(Phase, AddsUpManySquaresOfWeightsByLayer) {
  Session session = ox_session(settings_of(0, "gradient_descent", 0.5));
  const PreparedStep prepared(session);
  const Phase phase = walk::phase(prepared.step(), {PhaseKind::cost}, {});
  const std::string numbers = to_text(phase.stages.back().numbers);
  EXPECT_EQ(numbers.find("‖W^[2]‖^2 = "), 0U) << numbers;
  EXPECT_TRUE(numbers.ends_with("λ = 0.5")) << numbers;
  const Worked example =
      worked(prepared.step(), {PhaseKind::cost}, phase.stages.size() - 1, 0, 0, {});
  EXPECT_EQ(count_of_numbers(example.numbers), 1 + 2 + 3 + 1) << to_text(example.numbers);
}

TEST(Phase, ComesOutForMoreSamplesThanATraceKeeps) {
  Session session = many_points(0);
  const PreparedStep prepared(session);
  for (const MeanAt mean_at : {MeanAt::gradient, MeanAt::delta}) {
    for (const bool whole : {false, true}) {
      Options options;
      options.whole_batch = whole;
      options.mean_at = mean_at;
      options.column = 63;
      expect_reproducible(prepared.step(), options, "100 points");
    }
  }
}

TEST(Phase, OfATrialComparesWithWhatWasPredicted) {
  Session session = ox_session(settings_of(0, "levenberg_marquardt"));
  const PreparedStep prepared(session);
  const Phase jacobian = walk::phase(prepared.step(), {PhaseKind::jacobian}, {});
  EXPECT_EQ(jacobian.stages.front().about,
            "How far each output falls short of its target; F are the outputs.");
  const Phase trial = walk::phase(prepared.step(), {PhaseKind::trial}, {});
  EXPECT_TRUE(to_text(trial.stages.back().rule).ends_with("/predicted"));
  EXPECT_NE(to_text(trial.stages.front().numbers).find("μ = "), std::string::npos);
  const Phase verdict = walk::phase(prepared.step(), {PhaseKind::verdict}, {});
  EXPECT_NE(verdict.stages.front().about.find("would be smaller"), std::string::npos);
}

TEST(Phase, OfARejectedTrialKeepsTheParameters) {
  Settings settings = settings_of(0, "levenberg_marquardt");
  settings.rates.damping = 1e-12;
  Session session = ox_session(settings);
  bool seen = false;
  for (int step = 0; step < 50 && !seen; ++step) {
    const PreparedStep prepared(session);
    if (!prepared.step().trial->accepted) {
      seen = true;
      const Phase verdict = walk::phase(prepared.step(), {PhaseKind::verdict}, {});
      EXPECT_EQ(verdict.title, "Rejected");
      EXPECT_EQ(last_grid(verdict, Kind::W_after), nullptr);
      expect_reproducible(prepared.step(), {}, "a rejected trial");
    }
    session.advance();
  }
  EXPECT_TRUE(seen);
}

TEST(Phase, OfAnUpdateThatExplodesDoesNotSayThatNothingChanged) {
  Settings settings = settings_of(0);
  settings.rates.learning_rate = 1e300;
  settings.model.architecture =
      Architecture({2, 2, 2}, {find_activation("linear"), find_activation("softmax")});
  settings.model.loss = find_loss("softmax_ce");
  Session session = ox_session(settings);
  const PreparedStep prepared(session);
  ASSERT_FALSE(std::isfinite(*prepared.step().cost_after));
  const Phase update = walk::phase(prepared.step(), {PhaseKind::update}, {});
  EXPECT_NE(update.stages.back().about.find("cost over all points leaves the range"),
            std::string::npos)
      << update.stages.back().about;
}

// ‖r‖² of the trial counts them.
TEST(Phase, OfTheResidualsSaysThatWeightsHaveThemToo) {
  for (const double l2 : {0.0, 0.1}) {
    Session session = ox_session(settings_of(0, "levenberg_marquardt", l2));
    const PreparedStep prepared(session);
    const Phase phase = walk::phase(prepared.step(), {PhaseKind::jacobian}, {});
    EXPECT_EQ(phase.stages.front().about.find("every weight") != std::string::npos, l2 > 0.0);
  }
}

}  // namespace
}  // namespace deltascope::walk
