#include "grid_worker.hpp"

#include <exception>
#include <utility>

namespace deltascope {

GridWorker::GridWorker(std::function<void()> on_news)
    : on_news_(std::move(on_news)), thread_([this] { run(); }) {}

GridWorker::~GridWorker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void GridWorker::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    job_ = std::move(job);
  }
  wake_.notify_one();
}

void GridWorker::run() {
  GridWorkspace workspace;
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || job_.has_value(); });
      if (stopping_) return;
      job = *std::exchange(job_, std::nullopt);
    }
    try {
      GridSnapshot& result = results_.back();
      result.step = job.step;
      result.source = job.source;
      result.request = job.request;
      evaluate_grid(job.settings->model.architecture, job.parameters, job.request, result.grid,
                    workspace, *job.settings->model.arithmetic);
      results_.publish();
    } catch (const std::exception&) {
      // Not enough memory for this resolution: the picture stays as it was, training goes on.
      continue;
    }
    if (on_news_) on_news_();
  }
}

}  // namespace deltascope
