#pragma once

#include <deltascope/snapshot.hpp>
#include <deltascope/triple_buffer.hpp>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace deltascope {

/// Evaluates maps of the plane beside training, on a thread of its own; only the newest job counts.
///
/// Contract: submit() from the engine's thread; refresh() and front() from the reader's.
class GridWorker {
 public:
  struct Job {
    std::shared_ptr<const Settings> settings;
    std::vector<double> parameters;
    GridRequest request;
    std::uint64_t step = 0;
    std::uint64_t source = 0;
  };

  explicit GridWorker(std::function<void()> on_news);
  ~GridWorker();
  GridWorker(const GridWorker&) = delete;
  GridWorker& operator=(const GridWorker&) = delete;

  void submit(Job job);
  bool refresh() { return results_.refresh(); }
  const GridSnapshot& front() const { return results_.front(); }

 private:
  void run();

  std::function<void()> on_news_;
  TripleBuffer<GridSnapshot> results_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<Job> job_;
  bool stopping_ = false;
  std::thread thread_;  // last: starts when everything else exists
};

}  // namespace deltascope
