#pragma once

#include <deltascope/architecture.hpp>
#include <deltascope/loss.hpp>
#include <deltascope/operations.hpp>

namespace deltascope {

/// What is minimised, over which network, and with which operations:
/// Cost(p) = 1/N Σ C_x + λ/2 Σ ‖W‖²_F.
struct Model {
  Architecture architecture;
  const Loss* loss = nullptr;
  double l2 = 0.0;  ///< λ
  const Operations* operations = &textbook_operations();

  bool operator==(const Model&) const = default;
};

}  // namespace deltascope
