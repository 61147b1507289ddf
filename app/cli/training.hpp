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

/// More would not end in a person's life; also keeps the number within 64 bits.
inline constexpr double most_steps = 1e15;

/// Takes up to `steps` steps, fewer if the run diverges or somebody presses Ctrl-C. Shows a bar
/// when standard error is a terminal.
Training run_training(Session& session, std::uint64_t steps);

/// The exit code of such a run, after one sentence on standard error if it ended early or badly.
int outcome(const Session& session, const Evaluation& evaluation, const Training& training);

/// Cost and accuracy at the recorded steps, with the range of the batch cost since the row before.
std::string curves_csv(const History& history);

}  // namespace deltascope::cli
