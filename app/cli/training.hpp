#pragma once

#include <deltascope/series.hpp>
#include <deltascope/session.hpp>

#include <cstdint>
#include <string>

namespace deltascope::cli {

/// A stretch of training and what it left.
struct Training {
  History history;
  double seconds = 0.0;
  bool interrupted = false;  ///< by Ctrl-C or a request to terminate
};

/// Takes up to `steps` steps, fewer if the run diverges or somebody presses Ctrl-C. Adds the
/// seconds to the curves. Shows a bar when standard error is a terminal.
Training run_training(Session& session, std::uint64_t steps);

/// The exit code of such a run, after one sentence on standard error if it ended early or badly.
int outcome(const Session& session, const Evaluation& evaluation, const Training& training);

/// Cost, accuracy and what was spent at the recorded steps, with the range of the batch cost since
/// the row before.
std::string curves_csv(const History& history);

}  // namespace deltascope::cli
