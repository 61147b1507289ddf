// Sequences of commands that nobody would think of. What must hold whatever was done: sizes that
// fit, a log that replays to the same bits, and undo that leads back to the start.

#include "support/person.hpp"
#include "support/sessions.hpp"

#include <deltascope/session.hpp>

#include <gtest/gtest.h>

namespace deltascope {
namespace {

using testing::advance;
using testing::ox_session;
using testing::Person;
using testing::same_bits;

void expect_sizes_fit(const Session& session) {
  const Architecture& net = session.settings().model.architecture;
  const auto parameters = static_cast<std::size_t>(net.parameters());
  const auto blocks = static_cast<std::size_t>(session.settings().optimizer->moment_blocks);
  ASSERT_EQ(session.state().parameters.size(), parameters);
  ASSERT_EQ(session.initial_parameters().size(), parameters);
  ASSERT_EQ(session.state().moments.size(), parameters * blocks);
  ASSERT_EQ(session.data().X.rows(), net.inputs());
  ASSERT_EQ(session.data().Y.rows(), net.outputs());
  ASSERT_EQ(session.data().X.cols(), session.data().Y.cols());
  ASSERT_TRUE(session.settings().model.loss->admits(net.output_activation()));
  for (const std::uint32_t sample : session.state().batches.pending) {
    ASSERT_LT(static_cast<Index>(sample), session.data().size());
  }
}

TEST(RandomCommands, KeepTheSessionWholeReplayableAndUndoable) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Person person(seed);
    Settings settings = ox_settings();
    settings.rates.learning_rate = 0.1;
    Session session = ox_session(settings);
    const Settings first_settings = session.settings();
    const Dataset first_data = session.data();
    const std::vector<double> first_weights = session.initial_parameters();
    for (int i = 0; i < 60; ++i) {
      if (person.number(3) == 0) advance(session, static_cast<int>(person.number(12)));
      person.look(session);
      const Outcome outcome = session.apply(person.next(session));
      ASSERT_TRUE(outcome.accepted || !outcome.notice.empty());
      ASSERT_NO_FATAL_FAILURE(expect_sizes_fit(session));
    }

    session.go_to(session.last_step());
    Session again = ox_session(settings);
    Problems problems;
    ASSERT_TRUE(replay(again, session.log(), problems));
    while (again.state().step < session.state().step && again.advance()) {
    }
    ASSERT_TRUE(same_bits(again.state().parameters, session.state().parameters));
    ASSERT_EQ(again.settings(), session.settings());
    ASSERT_EQ(again.data(), session.data());

    while (session.can_undo())
      ASSERT_TRUE(session.apply({Undo{}}).accepted);
    ASSERT_EQ(session.settings(), first_settings);
    ASSERT_EQ(session.data(), first_data);
    ASSERT_EQ(session.initial_parameters(), first_weights);
    while (session.can_redo())
      ASSERT_TRUE(session.apply({Redo{}}).accepted);
    advance(session, 5);
    ASSERT_NO_FATAL_FAILURE(expect_sizes_fit(session));
  }
}

}  // namespace
}  // namespace deltascope
