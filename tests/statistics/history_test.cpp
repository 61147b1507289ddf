// The memory that going back takes, over runs of ten million steps.

#include "support/moments.hpp"
#include "support/sessions.hpp"

#include <deltascope/session.hpp>

#include <gtest/gtest.h>
#include <malloc.h>

#include <utility>

namespace deltascope::testing {
namespace {

constexpr std::uint64_t ten_million = 10'000'000;

std::size_t bytes_in_use() {
  return mallinfo2().uordblks;
}

/// Trains to `end`; remembers what the run was at a few steps and goes back to those that are kept.
template <class Act>
void expect_bounded(Session& session, std::uint64_t end, Act act) {
  std::vector<State> seen;
  const std::size_t limit = session.history_limit_bytes();
  const std::size_t bytes_before = bytes_in_use();
  while (session.state().step < end) {
    ASSERT_TRUE(session.advance());
    act();
    if (session.state().step % 4096 != 0) continue;
    ASSERT_LE(session.history_bytes(), limit) << session.state().step;
    session.take_history();
    if (session.state().step % (end / 50) < 4096) seen.push_back(session.state());
  }
  // Curves, log and undo have bounds of their own.
  constexpr std::size_t others = std::size_t{40} << 20;
  EXPECT_LT(bytes_in_use() - bytes_before, limit + others);
  std::size_t gone_to = 0;
  for (const State& state : seen) {
    if (state.step < session.first_step()) continue;
    session.go_to(state.step);
    ASSERT_NO_FATAL_FAILURE(expect_same_moment(session.state(), state));
    ++gone_to;
  }
  EXPECT_GT(gone_to, 0U);
}

TEST(TenMillionSteps, CanAllBeGoneBackTo) {
  Session session = ox_session(sampled("with_replacement", 1, "gradient_descent"));
  expect_bounded(session, ten_million, [] {});
  EXPECT_EQ(session.first_step(), 0U);
}

TEST(TenMillionSteps, StayUnderASmallBoundWithMostMoments) {
  Session session = ox_session(sampled("without_replacement", 3, "adam"));
  session.limit_history(300'000);
  expect_bounded(session, ten_million, [] {});
  EXPECT_EQ(session.first_step(), 0U);
}

TEST(TenMillionSteps, StayUnderTheBoundWithCommandsAllAlong) {
  for (const auto& [limit, steps] : {std::pair{std::size_t{500'000}, ten_million / 10},
                                     std::pair{Timeline::default_limit_bytes, ten_million}}) {
    Session session = ox_session(sampled("with_replacement", 1, "adam"));
    session.limit_history(limit);
    RandomStream random(1);
    expect_bounded(session, steps, [&] {
      if (session.state().step % 300 != 0) return;
      const double x = random.uniform();
      switch (random.below(4)) {
        case 0:
          session.apply({SetLearningRate{0.001 + 0.01 * x}});
          break;
        case 1:
          session.apply({MovePoint{static_cast<Index>(random.below(10)), x, random.uniform()}});
          break;
        case 2:
          session.apply({SetWeight{0, 0, 0, x}});
          break;
        default:
          session.apply({Undo{}});
      }
    });
    EXPECT_GT(session.first_step(), 0U);
  }
}

}  // namespace
}  // namespace deltascope::testing
