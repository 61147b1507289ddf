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

/// Takes the runs of a sweep beside training, on a thread of its own and on the cores that are
/// left; only the newest request counts, and a sweep that is running ends early for it.
///
/// Contract: submit(), cancel() and take_fault() from the engine's thread; refresh() and front()
/// from the reader's.
class SweepWorker {
 public:
  /// Both are called on the worker's threads: `on_news` after publishing, `on_fault` when a sweep
  /// ended with a fault and take_fault() has it. They must not block.
  SweepWorker(std::function<void()> on_news, std::function<void()> on_fault);
  ~SweepWorker();
  SweepWorker(const SweepWorker&) = delete;
  SweepWorker& operator=(const SweepWorker&) = delete;

  /// why_no_sweep() is empty.
  void submit(SweepRequest request);
  void cancel();
  /// What a sweep failed with since the last call; empty: nothing.
  std::string take_fault();
  bool refresh() { return results_.refresh(); }
  const SweepSnapshot& front() const { return results_.front(); }

 private:
  void run();
  void work(const SweepRequest& request);
  void publish(const SweepResult& so_far, bool running, double done);

  std::function<void()> on_news_, on_fault_;
  TripleBuffer<SweepSnapshot> results_;  // written by one of a sweep's threads at a time
  std::uint64_t published_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<SweepRequest> request_;
  std::string fault_;
  bool stopping_ = false;
  std::atomic<bool> ends_early_{false};  // the running sweep; set under the lock, read without
  std::thread thread_;                   // last: starts when everything else exists
};

}  // namespace deltascope
