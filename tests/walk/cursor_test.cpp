#include "support/sessions.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/walk/cursor.hpp>

#include <gtest/gtest.h>

namespace deltascope::walk {
namespace {

std::vector<Cursor> all_of(const Step& step, const Options& options, Pace pace) {
  std::vector<Cursor> cursors{begin_of(step, options, pace, 0, 0)};
  while (const auto further = next(step, options, pace, cursors.back())) {
    cursors.push_back(*further);
    if (cursors.size() > 10'000) break;
  }
  return cursors;
}

class Cursors : public ::testing::TestWithParam<Pace> {
 protected:
  Session session_ = deltascope::testing::ox_session();
  deltascope::testing::PreparedStep prepared_{session_};
  const Step& step_ = prepared_.step();
  Options options_{.notation = &notations().front()};
};
INSTANTIATE_TEST_SUITE_P(Paces, Cursors, ::testing::Values(Pace::layer, Pace::neuron));

TEST_P(Cursors, GoThroughEveryStageOfEveryPhaseInOrder) {
  const std::vector<Cursor> cursors = all_of(step_, options_, GetParam());
  std::size_t at = 0;
  const std::vector<PhaseId> ids = phases(step_);
  for (std::size_t p = 0; p < ids.size(); ++p) {
    const std::size_t stages = phase(step_, ids[p], options_).stages.size();
    for (std::size_t s = 0; s < stages; ++s) {
      ASSERT_LT(at, cursors.size());
      EXPECT_EQ(cursors[at].phase, p);
      EXPECT_EQ(cursors[at].stage, s);
      while (at < cursors.size() && cursors[at].phase == p && cursors[at].stage == s)
        ++at;
    }
  }
  EXPECT_EQ(at, cursors.size());
}

TEST_P(Cursors, GoBackTheWayTheyCame) {
  std::vector<Cursor> cursors = all_of(step_, options_, GetParam());
  for (std::size_t i = cursors.size() - 1; i > 0; --i)
    EXPECT_EQ(previous(step_, options_, GetParam(), cursors[i]), cursors[i - 1]) << i;
  EXPECT_EQ(previous(step_, options_, GetParam(), cursors.front()), std::nullopt);
}

TEST_P(Cursors, AreLeftAloneWhereTheyExist) {
  for (const Cursor& cursor : all_of(step_, options_, GetParam()))
    EXPECT_EQ(clamped(step_, options_, GetParam(), cursor), cursor);
}

TEST_P(Cursors, OfABiggerNetworkComeToSomethingThatExists) {
  for (const Cursor& far : {Cursor{99, 0, 0, 0}, Cursor{2, 99, 0, 0}, Cursor{1, 0, 99, 99}}) {
    const Cursor near = clamped(step_, options_, GetParam(), far);
    const auto further = next(step_, options_, GetParam(), near);
    EXPECT_TRUE(further || near.phase + 1 == phases(step_).size());
    EXPECT_EQ(clamped(step_, options_, GetParam(), near), near);
  }
}

TEST(Cursor, NeuronByNeuronShowsEveryTermOfEveryResult) {
  Session session = deltascope::testing::ox_session();
  const deltascope::testing::PreparedStep prepared(session);
  const Options options{.notation = &notations().front()};
  // z of two neurons: two products, the bias, the sum.
  Cursor cursor = begin_of(prepared.step(), options, Pace::neuron, 1, 0);
  int presses = 0;
  while (cursor.phase == 1 && cursor.stage == 0) {
    cursor = next(prepared.step(), options, Pace::neuron, cursor).value();
    ++presses;
  }
  EXPECT_EQ(presses, 2 * 4);
}

}  // namespace
}  // namespace deltascope::walk
