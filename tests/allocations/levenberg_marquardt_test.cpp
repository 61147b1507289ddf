// The first step of Levenberg–Marquardt makes its memory; the others use it.

#include "count.hpp"

#include <deltascope/trainer.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace deltascope {
namespace {

State run_of(const Arithmetic& arithmetic, const char* solve, double l2, Index points) {
  auto settings = std::make_shared<Settings>(ox_settings());
  settings->optimizer = find_optimizer("levenberg_marquardt");
  settings->model.arithmetic = &arithmetic;
  settings->model.l2 = l2;
  settings->damped_solve = find_damped_solve(solve);
  const Architecture& net = settings->model.architecture;
  auto data = std::make_shared<Dataset>(
      make_dataset(*find_dataset_recipe(points == 0 ? "ox" : "spiral"), {points, 0.1, 1},
                   net.outputs(), net.output_activation()));
  return initial_state(std::move(settings), std::move(data));
}

TEST(Allocations, OfLevenbergMarquardtEndWithItsFirstStep) {
  for (const Arithmetic& arithmetic : arithmetics()) {
    if (!arithmetic.usable || arithmetic.kernels == nullptr) continue;
    for (const char* solve : {"normal", "woodbury", "automatic"}) {
      for (const double l2 : {0.0, 0.01}) {
        for (const Index points : {0, 300}) {  // ten, and more than a block
          SCOPED_TRACE(std::string(arithmetic.name) + ", " + solve + ", λ " + std::to_string(l2) +
                       ", points " + std::to_string(points));
          State state = run_of(arithmetic, solve, l2, points);
          Trainer trainer;
          trainer.prepare(state);
          trainer.commit(state);
          const auto before = test::allocations();
          for (int step = 0; step < 12; ++step) {
            trainer.prepare(state);
            trainer.commit(state);
          }
          EXPECT_EQ(test::allocations() - before, 0U);
          EXPECT_GT(state.accepted_trials, 0U);
        }
      }
    }
  }
}

}  // namespace
}  // namespace deltascope
