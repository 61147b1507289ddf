// Every reference case, walked through: what the stages show is what is expected, and every worked
// example comes out on a pocket calculator.
#include "support/oracle.hpp"
#include "support/walk_checks.hpp"
#include "support/walk_steps.hpp"

#include <deltascope/session_file.hpp>
#include <deltascope/walk/phase.hpp>

#include <gtest/gtest.h>

#include <string>

namespace deltascope::walk {
namespace {

using deltascope::testing::expect_reproducible;
using deltascope::testing::for_each_way;
using deltascope::testing::last_grid;
using deltascope::testing::PreparedStep;
using test::OracleCase;
using test::OracleRun;
using test::OracleTrace;

/// What the reference says about one entry; δ is divided by `divisor`.
double expected(const OracleTrace& trace, const Quantity& entry, double divisor) {
  const auto l = static_cast<std::size_t>(entry.layer), row = static_cast<std::size_t>(entry.row),
             col = static_cast<std::size_t>(entry.col);
  switch (entry.kind) {
    case Kind::z:
      return trace.z[l][col][row];
    case Kind::a:
      return trace.a[l][col][row];
    case Kind::delta:
      return trace.delta[l][col][row] / divisor;
    case Kind::dW_data:
      return trace.dW_data[l][row][col];
    case Kind::dW:
      return trace.dW[l][row][col];
    case Kind::db:
      return trace.db[l][row];
    default:
      ADD_FAILURE() << "nothing is expected of kind " << static_cast<int>(entry.kind);
      return 0.0;
  }
}

/// The last matrix of that kind in a phase is its outcome.
void expect_outcome(const Phase& phase, Kind kind, const OracleTrace& trace, double divisor,
                    const std::string& id) {
  const Grid* const grid = last_grid(phase, kind);
  ASSERT_NE(grid, nullptr) << id << ", " << phase.title;
  for (Index r = 0; r < grid->rows; ++r) {
    for (Index c = 0; c < grid->cols; ++c) {
      test::expect_close(
          grid->value(r, c), expected(trace, grid->entry(r, c), divisor),
          id + ", " + phase.title + ", cell " + std::to_string(r) + ", " + std::to_string(c));
    }
  }
}

void expect_outcomes(const Step& step, const Options& options, const OracleTrace& trace,
                     const std::string& id) {
  const bool divided = options.mean_at == MeanAt::delta;
  const double divisor = divided ? static_cast<double>(step.trace->batch_size) : 1.0;
  const bool regularized = step.model().l2 > 0.0;
  for (const PhaseId& phase_id : phases(step)) {
    const Phase shown = phase(step, phase_id, options);
    if (phase_id.kind == PhaseKind::forward) {
      expect_outcome(shown, Kind::z, trace, divisor, id);
      expect_outcome(shown, Kind::a, trace, divisor, id);
    }
    if (phase_id.kind == PhaseKind::output_delta || phase_id.kind == PhaseKind::hidden_delta) {
      expect_outcome(shown, Kind::delta, trace, divisor, id);
    }
    if (phase_id.kind == PhaseKind::gradient) {
      expect_outcome(shown, regularized ? Kind::dW_data : Kind::dW, trace, divisor, id);
      expect_outcome(shown, Kind::db, trace, divisor, id);
    }
    if (phase_id.kind == PhaseKind::regularization) {
      expect_outcome(shown, Kind::dW, trace, divisor, id);
    }
  }
}

TEST(PhaseOracle, MatricesHoldWhatIsExpected) {
  for (const OracleCase& oracle : test::oracle_cases()) {
    Session session = make_session(test::open_document(test::document_text(oracle)));
    const PreparedStep prepared(session);
    for_each_way(prepared.step(), oracle.id, [&](const Options& options, const std::string& id) {
      expect_outcomes(prepared.step(), options, oracle.expect, id);
    });
  }
}

TEST(PhaseOracle, TheUpdateLeadsWhereItIsExpectedTo) {
  for (const OracleCase& oracle : test::oracle_cases()) {
    for (const OracleRun& run : oracle.runs) {
      if (run.steps != 1) continue;
      Session session = make_session(test::open_document(test::document_text(oracle, &run)));
      const PreparedStep prepared(session);
      const Phase update = phase(prepared.step(), {PhaseKind::update}, {});
      for (const Stage& stage : update.stages) {
        const bool of_weights = stage.result.kind == Kind::W_after;
        if (!of_weights && stage.result.kind != Kind::b_after) continue;
        const auto l = static_cast<std::size_t>(stage.result.layer);
        const Grid* const grid = last_grid(stage.numbers, stage.result.kind);
        ASSERT_NE(grid, nullptr) << oracle.id;
        for (Index r = 0; r < grid->rows; ++r) {
          for (Index c = 0; c < grid->cols; ++c) {
            const auto row = static_cast<std::size_t>(r), col = static_cast<std::size_t>(c);
            test::expect_close(grid->value(r, c),
                               of_weights ? run.expect.W[l][row][col] : run.expect.b[l][row],
                               oracle.id + " " + run.name);
          }
        }
      }
    }
  }
}

TEST(PhaseOracle, EveryExampleComesOutOnAPocketCalculator) {
  for (const OracleCase& oracle : test::oracle_cases()) {
    Session session = make_session(test::open_document(test::document_text(oracle)));
    const PreparedStep prepared(session);
    const Index last = prepared.step().trace->X.cols() - 1;
    for_each_way(prepared.step(), oracle.id, [&](const Options& options, const std::string& id) {
      // What the samples between differ in, the whole batch has shown.
      const bool between = options.column != 0 && options.column != last;
      if (!between) expect_reproducible(prepared.step(), options, id);
    });
  }
}

// The second step: moments are no longer 0.
TEST(PhaseOracle, EveryOptimizersUpdateComesOutOnAPocketCalculator) {
  for (const OracleCase& oracle : test::oracle_cases()) {
    for (const OracleRun& run : oracle.runs) {
      if (run.steps == 1) continue;  // begins another one
      Session session = make_session(test::open_document(test::document_text(oracle, &run)));
      session.advance();
      const PreparedStep prepared(session);
      expect_reproducible(prepared.step(), {}, oracle.id + " " + run.name, PhaseKind::update);
    }
  }
}

}  // namespace
}  // namespace deltascope::walk
