#pragma once

#include <deltascope/session.hpp>
#include <deltascope/timeline.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace deltascope {

/// What a session gives up when it goes on from an earlier step or starts again, complete: undo
/// makes it the present run again.
struct GivenUpRun {
  std::uint64_t from_step = 0;  ///< where it parts from the run that took its place
  Session::Newest end;
  State keyframe;              ///< of Recover
  Timeline timeline;           ///< from `from_step` on; empty where that took too much memory
  History curves;              ///< likewise
  std::size_t path_start = 0;  ///< what comes before on Session's path, both have done
  std::vector<Session::PathEntry> path;
  Evaluation recorded;
  std::uint64_t recorded_step = 0;

  std::size_t bytes() const;
  bool has_details() const { return !timeline.empty(); }
};

}  // namespace deltascope
