#pragma once

#include <deltascope/snapshot.hpp>
#include <deltascope/triple_buffer.hpp>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace deltascope {

/// Checks gradient and update of one state beside training, on a thread of its own; only the newest
/// job counts, and one that is running ends early for it.
///
/// Contract: submit(), cancel() and take_fault() from the engine's thread; refresh() and front()
/// from the reader's.
class CheckWorker {
 public:
  struct Job {
    std::optional<State> state;  ///< with points and finite numbers; none: nothing to check
    std::uint64_t source = 0;    ///< number of the snapshot that shows it
    std::uint64_t revision = 0;  ///< Session::revision
  };

  /// Both are called on the worker's thread: `on_news` after publishing, `on_fault` when a check
  /// ended with a fault and take_fault() has it. They must not block.
  CheckWorker(std::function<void()> on_news, std::function<void()> on_fault);
  ~CheckWorker();
  CheckWorker(const CheckWorker&) = delete;
  CheckWorker& operator=(const CheckWorker&) = delete;

  void submit(Job job);
  void cancel();
  /// What a check failed with since the last call; empty: nothing.
  std::string take_fault();
  bool refresh() { return results_.refresh(); }
  const CheckSnapshot& front() const { return results_.front(); }

 private:
  void run();
  void work(const Job& job);
  void publish(const CheckSnapshot& found);

  std::function<void()> on_news_, on_fault_;
  TripleBuffer<CheckSnapshot> results_;
  std::uint64_t published_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Job> job_;
  std::string fault_;
  bool stopping_ = false;
  std::atomic<bool> ends_early_{false};  // the running job; set under the lock, read without
  std::thread thread_;                   // last: starts when everything else exists
};

}  // namespace deltascope
