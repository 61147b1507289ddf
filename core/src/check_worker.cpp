#include "check_worker.hpp"

#include <exception>
#include <utility>

namespace deltascope {
namespace {

// How far a check is, is told so many times at most, and no faster than the reader looks.
constexpr Index progress_parts = 100;

/// What is known before anything was computed.
CheckSnapshot announce(const CheckWorker::Job& job) {
  CheckSnapshot found;
  found.source = job.source;
  found.revision = job.revision;
  if (!job.state) return found;
  const State& state = *job.state;
  found.running = true;
  found.step = state.step;
  found.settings = state.settings;
  found.batch_size = state.batches.next().size(state.data->size());
  found.batch_is_all = state.batches.all;
  return found;
}

}  // namespace

CheckWorker::CheckWorker(std::function<void()> on_news, std::function<void()> on_fault)
    : on_news_(std::move(on_news)), on_fault_(std::move(on_fault)), thread_([this] { run(); }) {}

CheckWorker::~CheckWorker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    ends_early_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void CheckWorker::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    job_ = std::move(job);
    ends_early_ = true;
  }
  wake_.notify_one();
}

void CheckWorker::cancel() {
  const std::lock_guard lock(mutex_);
  job_.reset();
  ends_early_ = true;
}

std::string CheckWorker::take_fault() {
  const std::lock_guard lock(mutex_);
  return std::exchange(fault_, {});
}

void CheckWorker::run() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || job_.has_value(); });
      if (stopping_) return;
      job = *std::exchange(job_, std::nullopt);
      ends_early_ = false;
    }
    try {
      work(job);
    } catch (const std::exception& fault) {
      {
        const std::lock_guard lock(mutex_);
        fault_ = fault.what();
      }
      CheckSnapshot ended = announce(job);
      ended.running = false;
      ended.gradient.ended_early = true;
      publish(ended);
      on_fault_();
    }
  }
}

void CheckWorker::work(const Job& job) {
  CheckSnapshot found = announce(job);
  publish(found);
  if (!job.state) return;
  const State& state = *job.state;
  const Model& model = state.settings->model;
  const Batch batch = state.batches.next();
  const auto parameters = static_cast<Index>(state.parameters.size());
  std::vector<double> gradient(state.parameters.size());
  Backprop().gradient(model, state.parameters, *state.data, batch, gradient);
  found.update = check_update(state);
  Index part = 0;
  const auto keep_checking = [&](Index done) {
    const Index reached = done * progress_parts / parameters;
    if (reached > part && results_.taken()) {
      part = reached;
      found.progress = static_cast<double>(done) / static_cast<double>(parameters);
      publish(found);
    }
    return !ends_early_.load(std::memory_order_relaxed);
  };
  found.gradient = check_gradient(model, state.parameters, *state.data, batch, gradient,
                                  default_gradient_tolerance, keep_checking);
  found.running = false;
  if (!found.gradient.ended_early) found.progress = 1.0;
  publish(found);
}

void CheckWorker::publish(const CheckSnapshot& found) {
  CheckSnapshot& slot = results_.back();
  slot = found;
  slot.number = ++published_;
  results_.publish();
  if (on_news_) on_news_();
}

}  // namespace deltascope
