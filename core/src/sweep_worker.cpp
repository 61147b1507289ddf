#include "sweep_worker.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

namespace deltascope {
namespace {

// How far a sweep is, is told so many times at most, and no faster than the reader looks: summing
// up a thousand runs takes milliseconds.
constexpr double progress_parts = 200;

// One core is left to training and the window.
std::size_t threads_of_a_sweep() {
  return std::max(1U, std::max(1U, std::thread::hardware_concurrency()) - 1);
}

}  // namespace

SweepWorker::SweepWorker(std::function<void()> on_news, std::function<void()> on_fault)
    : on_news_(std::move(on_news)), on_fault_(std::move(on_fault)), thread_([this] { run(); }) {}

SweepWorker::~SweepWorker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    ends_early_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void SweepWorker::submit(SweepRequest request) {
  {
    const std::lock_guard lock(mutex_);
    request_ = std::move(request);
    ends_early_ = true;
  }
  wake_.notify_one();
}

void SweepWorker::cancel() {
  const std::lock_guard lock(mutex_);
  request_.reset();
  ends_early_ = true;
}

std::string SweepWorker::take_fault() {
  const std::lock_guard lock(mutex_);
  return std::exchange(fault_, {});
}

void SweepWorker::run() {
  while (true) {
    SweepRequest request;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || request_.has_value(); });
      if (stopping_) return;
      request = *std::exchange(request_, std::nullopt);
      ends_early_ = false;
    }
    try {
      work(request);
    } catch (const std::exception& fault) {
      {
        const std::lock_guard lock(mutex_);
        fault_ = fault.what();
      }
      publish({request, {}, {}}, false, 0.0);
      on_fault_();
    }
  }
}

void SweepWorker::work(const SweepRequest& request) {
  publish({request, sweep_steps(request.plan.steps), {}}, true, 0.0);
  double told = 0.0;
  const auto keep_going = [&](const SweepResult& so_far, double done) {
    if (done - told >= 1.0 / progress_parts && results_.taken()) {
      told = done;
      publish(so_far, true, done);
    }
    return !ends_early_.load(std::memory_order_relaxed);
  };
  const SweepResult result = run_sweep(request, threads_of_a_sweep(), keep_going);
  const double share =
      static_cast<double>(result.runs.size()) / static_cast<double>(request.plan.seeds);
  publish(result, false, share);
}

void SweepWorker::publish(const SweepResult& so_far, bool running, double done) {
  SweepSnapshot& slot = results_.back();
  slot.number = ++published_;
  slot.running = running;
  slot.progress = done;
  slot.result = std::make_shared<const SweepResult>(so_far);
  slot.summary = summarize(so_far);
  results_.publish();
  if (on_news_) on_news_();
}

}  // namespace deltascope
