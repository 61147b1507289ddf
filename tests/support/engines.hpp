#pragma once
// Waiting for an engine, whose thread takes its own time.

#include <deltascope/engine.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace deltascope::testing {

/// Takes snapshots until one satisfies `wanted`; fails the test after a generous minute.
template <class Wanted>
const Snapshot& wait_for(Engine& engine, Wanted wanted) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  engine.refresh();
  while (!wanted(engine.snapshot())) {
    if (std::chrono::steady_clock::now() > end) {
      ADD_FAILURE() << "the engine did not get there; it is at step " << engine.snapshot().step;
      break;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(200));
    engine.refresh();
  }
  return engine.snapshot();
}

inline const Snapshot& wait_for_step(Engine& engine, std::uint64_t step) {
  return wait_for(engine, [step](const Snapshot& s) { return s.step >= step; });
}

}  // namespace deltascope::testing
