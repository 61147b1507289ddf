// The training runs of Higham & Higham (2019), Section 6, with ten and eleven points: the presets
// ox-paper and ox-paper-11 must meet every reference value, up to a million steps.

#include "support/oracle.hpp"

#include <deltascope/network.hpp>
#include <deltascope/session_file.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace deltascope::test {
namespace {

// The reference states 1e-8 at every checkpoint: parameters that differ by 1e-12 at the start
// differ by less than 1e-12 in the last cost, so that only another order of summation is forgiven.
constexpr double tolerance = 1e-8;

double relative_error(double expected, double got) {
  return std::abs(got - expected) / std::abs(expected);
}

/// The start of the paper's Listing 6.1 after rng(5000), in the order of our parameters: MATLAB's
/// randn is the ziggurat of Marsaglia & Tsang (2000) with 256 strips of equal area v.
Row initial_parameters_of_the_paper() {
  const auto f = [](double x) { return std::exp(-0.5 * x * x); };
  const double r = 3.6541528853610088;
  const double v = r * f(r) + std::sqrt(std::numbers::pi / 2) * std::erfc(r / std::numbers::sqrt2);
  std::array<double, 257> x{};
  x[256] = v / f(r);
  x[255] = r;
  for (std::size_t i = 254; i > 0; --i)
    x.at(i) = std::sqrt(-2 * std::log(v / x.at(i + 1) + f(x.at(i + 1))));

  std::mt19937 words(5000);
  const auto randn = [&] {
    const std::uint64_t a = words(), b = words();
    const double u = static_cast<double>((a >> 3) * 16777216 + (b & 0xffffff)) * 0x1.0p-53;
    const std::size_t strip = b >> 24;
    const double value = (2 * u - 1) * x.at(strip + 1);
    EXPECT_LT(std::abs(value), x.at(strip)) << "rejected: the recipe takes two words a number";
    return value;
  };
  const Architecture net({2, 2, 3, 2}, std::vector(3, find_activation("sigmoid")));
  Row parameters(static_cast<std::size_t>(net.parameters()));
  const std::span<double> block = parameters;
  for (Index layer = 0; layer < 3; ++layer) {
    const WeightView W = net.W(block, layer);
    for (Index from = 0; from < W.cols; ++from) {
      for (Index to = 0; to < W.rows; ++to)
        W(to, from) = 0.5 * randn();
    }
  }
  for (Index layer = 0; layer < 3; ++layer) {
    for (double& b : net.b(block, layer))
      b = 0.5 * randn();
  }
  return parameters;
}

struct Case {
  const char* preset;
  std::size_t run;
};

class PaperTest : public ::testing::TestWithParam<Case> {
 protected:
  static Document open_preset() {
    Problems problems;
    const std::string file = std::string(DELTASCOPE_PRESETS "/") + GetParam().preset;
    std::optional<Document> document = load_document(file, problems);
    for (const Problem& problem : problems)
      ADD_FAILURE() << problem.text();
    return document.value();
  }
  const PaperRun run = paper_runs().at(GetParam().run);
  const Document document = open_preset();
};

TEST_P(PaperTest, IsShownAsInThePaper) {
  EXPECT_EQ(document.view.paper_scale, true);
  EXPECT_EQ(document.view.log_cost, true);
  EXPECT_EQ(document.view.log_steps, false);
  EXPECT_EQ(document.view.hard_shading, true);
}

TEST_P(PaperTest, StartsWhereThePaperStarts) {
  EXPECT_EQ(document.parameters, run.p0);
  EXPECT_EQ(rows_of(document.data->X), run.X);
  EXPECT_EQ(rows_of(document.data->Y), run.Y);
  const Row drawn = initial_parameters_of_the_paper();
  ASSERT_EQ(drawn.size(), run.p0.size());
  // Each strip's edge comes from the one before: 255 roundings of 1e-16 add up to a few 1e-15.
  for (std::size_t i = 0; i < drawn.size(); ++i)
    EXPECT_LE(relative_error(run.p0[i], drawn[i]), 1e-14) << i;
}

TEST_P(PaperTest, DrawsThePointsThatMatlabDraws) {
  Session session = make_session(document);
  for (std::size_t i = 0; i < run.first_indices.size(); ++i) {
    ASSERT_EQ(session.state().batches.pending, std::vector{run.first_indices[i]}) << i;
    ASSERT_TRUE(session.advance());
  }
  State state = initial_state(document.settings, document.data);
  std::vector<int> counts(run.index_counts.size());
  for (int i = 0; i < 1'000'000; ++i) {
    ++counts.at(state.batches.pending.at(0));
    advance_stream(state.batches, *document.settings->sampling, state.plan());
  }
  EXPECT_EQ(counts, run.index_counts);
}

/// Crossings: the last of the grid's points before the side changes.
void expect_grid(const Architecture& net, const std::vector<double>& parameters,
                 const PaperRun::Grid& expected) {
  constexpr Index points = 501;
  constexpr double spacing = 1.0 / (points - 1);
  Activity activity;
  Matrix row(2, points);
  Row bottom, right;
  Index shaded_count = 0;
  double leftmost_unshaded_x = 1.0;
  bool corner_before = false;
  for (Index j = 0; j < points; ++j) {
    for (Index i = 0; i < points; ++i) {
      row(0, i) = static_cast<double>(i) * spacing;
      row(1, i) = static_cast<double>(j) * spacing;
    }
    predict(net, parameters, row.view(), activity);
    const Matrix& a = activity.a.back();
    const auto is_shaded = [&](Index i) { return a(0, i) > a(1, i); };
    for (Index i = 0; i < points; ++i) {
      if (is_shaded(i)) {
        ++shaded_count;
      } else {
        leftmost_unshaded_x = std::min(leftmost_unshaded_x, row(0, i));
      }
      if (j == 0 && i > 0 && is_shaded(i) != is_shaded(i - 1)) bottom.push_back(row(0, i - 1));
    }
    const bool corner = is_shaded(points - 1);
    if (j > 0 && corner != corner_before) right.push_back(row(1, points - 1) - spacing);
    corner_before = corner;
  }
  EXPECT_EQ(shaded_count, expected.shaded_count);
  EXPECT_DOUBLE_EQ(static_cast<double>(shaded_count) / (points * points), expected.shaded_fraction);
  EXPECT_NEAR(leftmost_unshaded_x, expected.leftmost_unshaded_x, 1e-9);
  ASSERT_EQ(bottom.size(), 1U);
  EXPECT_NEAR(bottom[0], expected.bottom_edge_crossings.at(0), 1e-9);
  ASSERT_EQ(right.size(), 1U);
  EXPECT_NEAR(right[0], expected.right_edge_crossings.at(0), 1e-9);
}

TEST_P(PaperTest, MeetsEveryCheckpointOfAMillionSteps) {
  Session session = make_session(document);
  const auto samples = static_cast<double>(session.data().size());
  for (const PaperRun::Checkpoint& checkpoint : run.checkpoints) {
    SCOPED_TRACE("step " + std::to_string(checkpoint.step));
    while (session.state().step < checkpoint.step)
      ASSERT_TRUE(session.advance());
    const Evaluation evaluation = session.evaluate();
    EXPECT_LE(relative_error(checkpoint.cost, evaluation.cost()), tolerance);
    EXPECT_LE(relative_error(checkpoint.scaled_cost, 2 * samples * evaluation.cost()), tolerance);
    EXPECT_EQ(std::lround(samples * evaluation.accuracy()), checkpoint.correct);
    for (std::size_t i = 0; i < checkpoint.p.size(); ++i)
      EXPECT_LE(relative_error(checkpoint.p[i], session.state().parameters[i]), tolerance) << i;
  }
  EXPECT_EQ(session.state().step, 1'000'000U);

  const Architecture& net = session.settings().model.architecture;
  Activity activity;
  predict(net, session.state().parameters, session.data().X.view(), activity);
  const Rows outputs = rows_of(activity.a.back());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    for (std::size_t j = 0; j < 2; ++j)
      EXPECT_LE(relative_error(run.outputs_at_data[i][j], outputs[i][j]), tolerance)
          << i << ", " << j;
  }
  expect_grid(net, session.state().parameters, run.grid);
}

INSTANTIATE_TEST_SUITE_P(Runs, PaperTest,
                         ::testing::Values(Case{"ox-paper.json", 0}, Case{"ox-paper-11.json", 1}),
                         [](const auto& tested) { return paper_runs()[tested.param.run].data; });

}  // namespace
}  // namespace deltascope::test
