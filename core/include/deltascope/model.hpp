#pragma once

#include <deltascope/architecture.hpp>
#include <deltascope/arithmetic.hpp>
#include <deltascope/loss.hpp>
#include <deltascope/operations.hpp>

namespace deltascope {

/// What is minimised, over which network, with which operations, and who computes it:
/// Cost(p) = 1/N Σ C_x + λ/2 Σ ‖W‖²_F.
struct Model {
  Architecture architecture;
  const Loss* loss = nullptr;
  double l2 = 0.0;  ///< λ
  const Operations* operations = &textbook_operations();
  const Arithmetic* arithmetic = &automatic_arithmetic();

  bool operator==(const Model&) const = default;
};

}  // namespace deltascope
