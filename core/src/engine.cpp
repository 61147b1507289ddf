#include "engine_thread.hpp"

#include <deltascope/engine.hpp>

namespace deltascope {

Engine::Engine(const Document& document, Options options)
    : thread_(std::make_unique<Thread>(document, std::move(options))) {}

Engine::~Engine() = default;

void Engine::post(Request request) {
  std::vector<Request> requests;
  requests.push_back(std::move(request));
  thread_->post(std::move(requests));
}

void Engine::post(std::vector<Request> requests) {
  thread_->post(std::move(requests));
}

bool Engine::refresh() {
  return thread_->refresh();
}

const Snapshot& Engine::snapshot() const {
  return thread_->snapshot();
}

const GridSnapshot& Engine::grid() const {
  return thread_->grid();
}

const CheckSnapshot& Engine::check() const {
  return thread_->check();
}

const SweepSnapshot& Engine::sweep() const {
  return thread_->sweep();
}

void Engine::drain_history(History& history) {
  thread_->drain_history(history);
}

}  // namespace deltascope
