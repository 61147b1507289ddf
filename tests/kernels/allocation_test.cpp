// No memory is allocated in a step after the first: counted.

#include <deltascope/trainer.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace {
std::atomic<long> allocations = 0;

void* allocate(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  ++allocations;
  const auto unit = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(unit, (size + unit - 1) / unit * unit)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace deltascope::test {
namespace {

State ox_state(const Optimizer& optimizer, const SamplingRule& rule, Index batch_size) {
  Settings settings = ox_settings();
  settings.model.l2 = 0.01;
  settings.optimizer = &optimizer;
  settings.rates.learning_rate = 0.01;
  settings.sampling = &rule;
  settings.batch_size = batch_size;
  settings.batches = std::make_shared<const BatchList>(BatchList{{1, 2, 3}, {4}, {5, 6}});
  const Architecture& net = settings.model.architecture;
  auto data = std::make_shared<const Dataset>(
      make_dataset(*find_dataset_recipe("ox"), {}, net.outputs(), net.output_activation()));
  return initial_state(std::make_shared<const Settings>(settings), data);
}

/// Calls `each(state, description)` for every way to choose batches and to make updates of them.
template <class Each>
void for_all_ways(Each each) {
  for (const Optimizer& optimizer : optimizers()) {
    if (optimizer.least_squares) continue;
    for (const SamplingRule& rule : sampling_rules()) {
      for (const Index batch_size : {1, 10, 0}) {
        each(ox_state(optimizer, rule, batch_size), std::string(optimizer.name) + ' ' +
                                                        std::string(rule.name) + ' ' +
                                                        std::to_string(batch_size));
      }
    }
  }
}

TEST(Allocations, AreNoneInAStepAfterTheFirst) {
  for_all_ways([](State state, const std::string& way) {
    Trainer trainer;
    trainer.prepare(state);
    trainer.commit(state);
    const long before = allocations;
    for (int i = 0; i < 1'000; ++i) {
      trainer.prepare(state);
      trainer.commit(state);
    }
    EXPECT_EQ(allocations - before, 0) << way;
  });
}

TEST(Allocations, AreNoneInARowOfSteps) {
  for_all_ways([](State state, const std::string& way) {
    Trainer trainer;
    std::vector<double> costs(100);
    trainer.run(state, std::span(costs).first(1));
    const long before = allocations;
    for (int i = 0; i < 10; ++i)
      EXPECT_EQ(trainer.run(state, costs), costs.size()) << way;
    EXPECT_EQ(allocations - before, 0) << way;
  });
}

TEST(Allocations, AreCounted) {
  const long before = allocations;
  const auto memory = std::make_unique<std::vector<double>>(3);
  EXPECT_EQ(allocations - before, 2) << memory->size();
}

}  // namespace
}  // namespace deltascope::test
