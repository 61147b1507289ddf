// Every reference case walked to its end in the window.
#include "harness.hpp"
#include "support/oracle.hpp"

namespace deltascope::ui {
namespace {

const test::OracleRun* first_step(const test::OracleCase& oracle) {
  for (const test::OracleRun& run : oracle.runs) {
    if (run.name == "gd_1") return &run;
  }
  return nullptr;
}

TEST(WalkOracle, TheStateAfterTheWalkIsTheStateAfterOneStep) {
  Harness::Options options;
  options.width = 1600;
  options.height = 1000;
  options.preferences.walking = true;
  Harness ui(options);
  for (const test::OracleCase& oracle : test::oracle_cases()) {
    SCOPED_TRACE(oracle.id);
    const test::OracleRun* run = first_step(oracle);
    ASSERT_NE(run, nullptr);
    const Document document = test::open_document(test::document_text(oracle, run));
    Session plain = make_session(document);
    ASSERT_TRUE(plain.advance());
    ui.session = make_session(document);
    ui.key(Key::home);
    for (int presses = 0; ui.session.state().step == 0; ++presses) {
      ASSERT_LT(presses, 200);
      ui.key(Key::right);
    }
    EXPECT_EQ(ui.session.state().parameters, plain.state().parameters);
    const Architecture& net = plain.settings().model.architecture;
    test::expect_close(
        {test::weights_of(net, ui.session.state().parameters),
         test::biases_of(net, ui.session.state().parameters), ui.session.evaluate(false).cost()},
        run->expect, oracle.id);
  }
}

}  // namespace
}  // namespace deltascope::ui
