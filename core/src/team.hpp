#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace deltascope {

/// A few threads that work through numbered jobs together with whoever asks them to, and sleep in
/// between. Which of them does a job is left to chance, so a job must not depend on it.
///
/// Contract: run() from one thread at a time; it returns when no worker is in a job any more.
class Team {
 public:
  using Job = std::function<void(std::size_t job, std::size_t worker)>;

  /// `size` counts the caller of run() too; where the system has fewer threads, there are fewer.
  explicit Team(std::size_t size);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  std::size_t size() const { return threads_.size() + 1; }

  /// Calls job(i, worker) once for each i < jobs, with worker < size(); no two at once have the
  /// same. What a job throws is thrown here, after the others have ended; then some jobs may not
  /// have been done.
  void run(std::size_t jobs, const Job& job);

 private:
  void serve(std::size_t worker);
  void work(std::unique_lock<std::mutex>& lock, std::size_t worker);

  // All under the mutex.
  std::mutex mutex_;
  std::condition_variable wake_, finished_;
  const Job* job_ = nullptr;
  std::size_t next_ = 0, end_ = 0, busy_ = 0;
  std::exception_ptr error_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;  // last: they start when everything else exists
};

}  // namespace deltascope
