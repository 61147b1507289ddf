#include "team.hpp"

#include <system_error>
#include <utility>

namespace deltascope {

Team::Team(std::size_t size) {
  try {
    for (std::size_t worker = 1; worker < size; ++worker)
      threads_.emplace_back([this, worker] { serve(worker); });
  } catch (const std::system_error&) {
    // The system has no more threads to give: those there are do it too.
    return;
  }
}

Team::~Team() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_)
    thread.join();
}

void Team::run(std::size_t jobs, const Job& job) {
  std::unique_lock lock(mutex_);
  job_ = &job;
  next_ = 0;
  end_ = jobs;
  wake_.notify_all();
  work(lock, 0);
  finished_.wait(lock, [this] { return busy_ == 0; });
  job_ = nullptr;
  if (error_ != nullptr) std::rethrow_exception(std::exchange(error_, nullptr));
}

void Team::serve(std::size_t worker) {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || next_ < end_; });
    if (stopping_) return;
    work(lock, worker);
  }
}

void Team::work(std::unique_lock<std::mutex>& lock, std::size_t worker) {
  ++busy_;
  const Job& do_job = *job_;
  while (next_ < end_) {
    const std::size_t job = next_++;
    lock.unlock();
    std::exception_ptr error;
    try {
      do_job(job, worker);
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    if (error != nullptr) {
      error_ = error;
      end_ = next_;  // no more
    }
  }
  if (--busy_ == 0) finished_.notify_one();
}

}  // namespace deltascope
