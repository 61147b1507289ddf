#include "support/sessions.hpp"
#include "support/walk_steps.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace deltascope::walk {
namespace {

TEST(Step, IsFiniteUntilItsUpdateOverflows) {
  Session session = deltascope::testing::ox_session();
  const deltascope::testing::PreparedStep prepared(session);
  EXPECT_TRUE(is_finite(prepared.step()));
  Step step = prepared.step();
  std::vector<double> after(step.parameters_after.begin(), step.parameters_after.end());
  after.back() = std::numeric_limits<double>::infinity();
  step.parameters_after = after;
  EXPECT_FALSE(is_finite(step));
}

}  // namespace
}  // namespace deltascope::walk
