#pragma once

#include <deltascope/session.hpp>
#include <deltascope/session_file.hpp>

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace deltascope::cli {

/// How the next step of a session is written out with its formulas.
class StepReport {
 public:
  /// Declares --format, json unless said otherwise, and what goes with the other formats.
  void define(CLI::App& command);

  /// The plain numbers of a trace are wanted, not a report.
  bool is_json() const { return format_ == "json"; }
  /// Why a flag would change nothing; empty when each does.
  std::string idle_flag() const;
  /// Prints the next step and leaves the session as it is. The exit code, after one sentence on
  /// standard error if there is no such step.
  int print_next_step(Session& session, const ViewHints& view) const;

 private:
  std::string format_ = "json", notation_, mean_at_;
  std::int64_t sample_ = 0;  // 0: the batch's first
  bool whole_batch_ = false;
};

}  // namespace deltascope::cli
