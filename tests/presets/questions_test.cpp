// The questions of the presets: each right answer is what comes out when it is computed.
#include "preset_runs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>

namespace deltascope::test {
namespace {

double length(std::span<const double> values) {
  return std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0));
}

StepTrace first_step(const Document& document) {
  Session session = make_session(document);
  return trace_of(session);
}

double rms(const Matrix& matrix) {
  return length(matrix.values()) / std::sqrt(static_cast<double>(matrix.size()));
}

// Each computes the number of the right choice.

Index transpose() {
  const Document document = preset("testnet");
  const Architecture& net = document.settings->model.architecture;
  const ConstWeightView W = net.W(std::span<const double>(document.parameters), 1);
  const Index entries_of_delta = net.outputs(), hidden_units = net.fan_out(0);
  const bool W_fits = W.cols == entries_of_delta && W.rows == hidden_units;
  const bool turned_fits = W.rows == entries_of_delta && W.cols == hidden_units;
  return W_fits && turned_fits ? 2 : turned_fits ? 1 : 0;
}

Index one_over_n() {
  const Document once = preset("ox");
  Document twice = once;
  auto data = std::make_shared<Dataset>(*once.data);
  const Index n = data->size();
  data->X.resize(data->X.rows(), 2 * n);
  data->Y.resize(data->Y.rows(), 2 * n);
  for (Matrix Dataset::*part : {&Dataset::X, &Dataset::Y}) {
    const std::span<double> values = ((*data).*part).values();
    std::copy_n(values.begin(), values.size() / 2,
                values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  }
  twice.data = data;
  const double ratio = length(first_step(twice).gradient) / length(first_step(once).gradient);
  return ratio > 1.5 ? 0 : ratio < 0.75 ? 2 : 1;
}

Index symmetry() {
  Session session = make_session(preset("symmetry"));
  advance_to(session, 100);
  const std::vector<double>& before = session.initial_parameters();
  const std::vector<double>& after = session.state().parameters;
  if (before == after) return 2;
  const Architecture& net = session.settings().model.architecture;
  const auto hidden = net.parameters() - net.fan_out(2) * (net.fan_in(2) + 1);
  return std::equal(before.begin(), before.begin() + hidden, after.begin()) ? 1 : 0;
}

Index scaling() {
  const auto of_first_layer = [](const Document& document) {
    const StepTrace trace = first_step(document);
    const ConstWeightView W = document.settings->model.architecture.W(trace.gradient, 0);
    return length({W.data, static_cast<std::size_t>(W.size())});
  };
  const double large = of_first_layer(preset("input-scale"));
  const double usual = of_first_layer(preset("input-scale", "the points as they were"));
  return large == 0.0 ? 2 : large > 100.0 * usual ? 0 : 1;
}

Index saturation() {
  const double quadratic = length(first_step(preset("quadratic-or-bce")).gradient);
  const double entropy = length(first_step(preset("quadratic-or-bce", "cross-entropy")).gradient);
  return quadratic > 1.1 * entropy ? 0 : entropy > 1.1 * quadratic ? 1 : 2;
}

Index vanishing() {
  const StepTrace trace = first_step(preset("vanishing"));
  const double times = rms(trace.delta.back()) / rms(trace.delta.front());
  return times > 1000.0 ? 2 : times > 5.0 ? 1 : 0;
}

Index dying_relu() {
  Session session = make_session(preset("dying-relu"));
  advance_to(session, 30);
  const StepTrace trace = trace_of_all(session);
  Index alive = 0;
  for (Index unit = 0; unit < trace.delta[0].rows(); ++unit) {
    for (Index i = 0; i < trace.delta[0].cols(); ++i) {
      if (trace.delta[0](unit, i) == 0.0) continue;
      ++alive;
      break;
    }
  }
  return alive == 0 ? 2 : alive == 8 ? 0 : 1;
}

Index divergence() {
  Session session = make_session(preset("exploding", "η = 0.1"));
  advance_to(session, 10);
  if (session.divergence()) return 1;
  return separated(session.evaluate()) ? 0 : 2;
}

Index plateau() {
  EXPECT_NEAR(result_at(preset("stuck"), 100'000).cost(), 1.0 / 12.0, 0.001);
  return separated(result_at(preset("stuck", "η = 5"), 10'000)) ? 1 : 0;
}

Index batch_or_sample() {
  Session session = make_session(preset("batch-size"));
  Index lower = 0, higher = 0;
  for (int step = 0; step < 100; ++step) {
    const double before = session.evaluate(false).cost();
    session.advance();
    ++(session.evaluate(false).cost() < before ? lower : higher);
  }
  return higher == 0 ? 0 : lower == 0 ? 2 : 1;
}

Index epoch() {
  Session session = make_session(preset("batch-size"));
  const std::uint64_t first = session.state().batches.epoch;
  std::uint64_t steps = 0;
  while (session.state().batches.epoch == first && session.advance())
    ++steps;
  return steps == 1 ? 0 : steps == 10 ? 1 : steps == 100 ? 2 : -1;
}

/// Where the line crosses the axes' directions is told by w alone: z changes alike everywhere.
Index bias() {
  Session session = make_session(preset("ng-logistic"));
  advance_to(session, 10);
  std::vector<double> parameters = session.state().parameters;
  const auto height_at = [&](double x) {  // of the line, where w₁ x + w₂ y + b = 0
    return -(parameters[0] * x + parameters[2]) / parameters[1];
  };
  const double left = height_at(0.0), right = height_at(1.0);
  parameters[2] += 1.0;
  const double rises_left = height_at(0.0) - left, rises_right = height_at(1.0) - right;
  if (std::abs(rises_left - rises_right) > 1e-9 * std::abs(rises_left)) return 0;
  return rises_left == 0.0 ? 2 : 1;
}

Index boundary() {
  Session session = make_session(preset("zigzag"));
  Index turns = 0;
  double before = 0.0;
  for (int step = 0; step < 20; ++step) {
    const double w = session.state().parameters[1];
    session.advance();
    const double moved = session.state().parameters[1] - w;
    if (moved * before < 0.0) ++turns;
    before = moved;
  }
  return before == 0.0 ? 2 : turns == 19 ? 1 : 0;
}

Index one_line() {
  return separated(result_at(preset("xor-no-hidden"), 10'000)) ? 1 : 0;
}

Index output_sign() {
  return first_step(preset("exercise-testnet")).delta.back()(0, 0) > 0.0 ? 0 : 1;
}

const std::map<std::string, Index (*)()> computed{
    {"testnet/transpose", transpose},
    {"ox/one-over-n", one_over_n},
    {"symmetry/symmetry", symmetry},
    {"input-scale/scaling", scaling},
    {"quadratic-or-bce/saturation", saturation},
    {"vanishing/vanishing", vanishing},
    {"dying-relu/dying-relu", dying_relu},
    {"exploding/divergence", divergence},
    {"stuck/plateau", plateau},
    {"batch-size/batch-or-sample", batch_or_sample},
    {"batch-size/epoch", epoch},
    {"ng-logistic/bias", bias},
    {"zigzag/boundary", boundary},
    {"xor-no-hidden/one-line", one_line},
    {"exercise-testnet/output-sign", output_sign},
};

TEST(Questions, HaveTheAnswerThatIsComputed) {
  std::set<std::string> asked;
  for (const std::string& name : preset_names()) {
    for (const Question& question : preset(name).questions) {
      const std::string place = name + "/" + question.name;
      SCOPED_TRACE(place);
      asked.insert(place);
      const auto row = computed.find(place);
      ASSERT_NE(row, computed.end()) << "nobody computes its answer";
      EXPECT_EQ(row->second(), question.answer) << question.ask;
    }
  }
  for (const auto& [place, compute] : computed)
    EXPECT_TRUE(asked.contains(place)) << place << " is asked nowhere";
}

TEST(Questions, AreShortAndExplained) {
  for (const std::string& name : preset_names()) {
    for (const Question& question : preset(name).questions) {
      EXPECT_LE(question.choices.size(), 4U) << question.name;
      EXPECT_LE(question.ask.size(), 130U) << question.name;
      EXPECT_FALSE(question.because.empty()) << question.name;
    }
  }
}

TEST(ExercisePreset, IsTheHandComputedNetWithItsBackwardPassHidden) {
  const Document exercise = preset("exercise-testnet"), net = preset("testnet");
  EXPECT_EQ(exercise.settings->model, net.settings->model);
  EXPECT_EQ(*exercise.data, *net.data);
  EXPECT_EQ(exercise.parameters, net.parameters);
  ASSERT_TRUE(exercise.exercise);
  EXPECT_TRUE(exercise.exercise->hides({find_cell_kind("delta"), 0, 0, 0, 0}));
  EXPECT_TRUE(exercise.exercise->hides({find_cell_kind("dW"), 1, 0, 0, 0}));
  EXPECT_FALSE(exercise.exercise->hides({find_cell_kind("a"), 0, 0, 0, 0}));
  EXPECT_EQ(exercise.exercise->locked.size(), locks().size());
}

}  // namespace
}  // namespace deltascope::test
