#pragma once

#include <deltascope/clock.hpp>
#include <deltascope/command.hpp>
#include <deltascope/session_file.hpp>
#include <deltascope/snapshot.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace deltascope {

// Controls of the engine. They decide when steps happen, never what a step computes: not in the
// log.
struct Play {};
struct Pause {};
/// Plays until so many steps are finished, then pauses there.
struct RunTo {
  std::uint64_t step;
};
struct StepOnce {};
struct SetSpeed {
  double steps_per_second;
};  ///< 0: unlimited
/// What the reader wants to see; costs time, changes no bits.
struct Look {
  std::optional<Index> selected;
  GridRequest grid;
  bool operator==(const Look&) const = default;
};
/// Replaces the session; the engine pauses. Checked before: a Document is always valid.
struct OpenDocument {
  std::shared_ptr<const Document> document;
  /// Already somewhere on its way; the engine takes what is in it. Null: it begins.
  std::shared_ptr<Session> session = nullptr;
};

/// Shows an earlier step, or goes on to a later one that is known; nothing is given up. The run
/// pauses. From there StepOnce and Play go along what is known, and a Command continues from there.
/// Beyond the newest step: the newest step.
struct GoToStep {
  std::uint64_t step;
};
/// Checks gradient and update of the step on screen, beside training; a running check is dropped.
struct RunCheck {};
struct CancelCheck {};
/// Takes the runs of a sweep with the settings and points on screen, beside training; a running
/// sweep is dropped.
struct RunSweep {
  SweepPlan plan;
};
/// Keeps the runs that are finished.
struct CancelSweep {};

/// Looks at the session itself, between two steps: what a file needs of it, its recording
/// included. `take` runs on the engine's thread, which trains on only when it returns; it copies
/// what it wants, must not throw and must not post.
struct Capture {
  std::function<void(const Session&)> take;
};

using Request = std::variant<Command, Play, Pause, RunTo, StepOnce, SetSpeed, Look, GoToStep,
                             RunCheck, CancelCheck, RunSweep, CancelSweep, OpenDocument, Capture>;

/// Trains on a thread of its own and shows what it does.
///
/// Contract: one thread (the UI's) calls post(), refresh(), snapshot(), grid(), check(), sweep()
/// and drain_history(); a reference from all but the last holds until the next refresh().
/// Requests act between steps, in the order posted. No exception leaves the thread: a fault pauses
/// the run and becomes a notice.
class Engine {
 public:
  struct Options {
    std::shared_ptr<Clock> clock;  ///< null: make_steady_clock()
    /// Called after publishing, on the engine's threads and in the constructor; must not block.
    std::function<void()> on_news;
  };

  explicit Engine(const Document& document) : Engine(document, Options()) {}
  Engine(const Document& document, Options options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void post(Request request);
  void post(std::vector<Request> requests);

  /// Takes the newest snapshot, grids, check and sweep; true if there was any.
  bool refresh();
  const Snapshot& snapshot() const;
  const GridSnapshot& grid() const;
  const CheckSnapshot& check() const;
  const SweepSnapshot& sweep() const;
  /// Appends to `history` all that was recorded since the last call, and cuts it where a reset or a
  /// recovery did. Nothing is lost: every step's batch cost arrives in exactly one bucket. At least
  /// as new as snapshot().
  void drain_history(History& history);

 private:
  class Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace deltascope
