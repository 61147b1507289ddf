// Threads: every job once, no exception lost, and the same bits however many there are.

#include "team.hpp"

#include "fast_backprop.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace deltascope {
namespace {

TEST(Team, DoesEveryJobOnceAgainAndAgain) {
  Team team(3);
  for (std::size_t jobs = 0; jobs < 200; ++jobs) {
    std::vector<std::atomic<int>> done(jobs);
    team.run(jobs, [&](std::size_t job, std::size_t worker) {
      EXPECT_LT(worker, team.size());
      ++done[job];
    });
    for (const auto& count : done)
      EXPECT_EQ(count, 1);
  }
}

TEST(Team, NeverHasTwoJobsWithOneWorker) {
  Team team(4);
  std::array<std::atomic<int>, 4> inside{};
  team.run(2000, [&](std::size_t, std::size_t worker) {
    EXPECT_EQ(++inside[worker], 1);
    --inside[worker];
  });
}

TEST(Team, ThrowsWhatAJobThrowsAndGoesOn) {
  Team team(3);
  EXPECT_THROW(team.run(50,
                        [](std::size_t job, std::size_t) {
                          if (job == 17) throw std::runtime_error("job 17");
                        }),
               std::runtime_error);
  std::atomic<int> done = 0;
  team.run(50, [&](std::size_t, std::size_t) { ++done; });
  EXPECT_EQ(done, 50);
}

/// Enough work for several chunks, with a rest.
struct Large {
  Model model;
  std::vector<double> parameters;
  Dataset data;
  Large() {
    const Activation* tanh = find_activation("tanh");
    model.architecture = Architecture({2, 40, 30, 2}, {tanh, tanh, find_activation("softmax")});
    model.loss = find_loss("softmax_ce");
    model.arithmetic = &automatic_arithmetic();
    parameters.resize(static_cast<std::size_t>(model.architecture.parameters()));
    for (std::size_t i = 0; i < parameters.size(); ++i)
      parameters[i] = std::sin(1.7 * static_cast<double>(i));
    data.X.resize(2, 20'011);
    data.Y.resize(2, 20'011);
    for (Index i = 0; i < data.size(); ++i) {
      data.X(0, i) = std::sin(0.37 * static_cast<double>(i));
      data.X(1, i) = std::cos(0.11 * static_cast<double>(i));
      data.Y(data.X(0, i) > data.X(1, i) ? 0 : 1, i) = 1.0;
    }
  }
};

TEST(FastBackpropThreads, GiveTheSameBitsHoweverManyThereAre) {
  const Large large;
  const auto answer = [&](std::size_t threads) {
    FastBackprop backprop(threads);
    std::vector<double> gradient(large.parameters.size());
    const double losses =
        backprop.sum_gradient(large.model, large.parameters, large.data, Batch{}, gradient);
    const Evaluation evaluation =
        backprop.evaluate(large.model, large.parameters, large.data, true);
    gradient.push_back(losses);
    gradient.push_back(evaluation.data_cost);
    gradient.push_back(static_cast<double>(evaluation.correct));
    gradient.insert(gradient.end(), evaluation.rms_delta.begin(), evaluation.rms_delta.end());
    return gradient;
  };
  const std::vector<double> one = answer(1);
  for (const std::size_t threads : {2U, 3U, 7U})
    EXPECT_EQ(answer(threads), one) << threads << " threads";
}

}  // namespace
}  // namespace deltascope
