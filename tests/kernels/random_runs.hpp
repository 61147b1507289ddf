#pragma once
// Random small networks with points, settings and weights, for comparing one arithmetic with
// another.

#include <deltascope/trainer.hpp>

#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace deltascope::test {

/// What a random run is made of. Weights are of a size that lets signals through.
class RandomRuns {
 public:
  explicit RandomRuns(std::uint64_t seed) : random_(seed) {}

  /// A run at its beginning, its moments as after a while.
  State next(const Arithmetic& arithmetic);

  Index whole(Index low, Index high) {
    return std::uniform_int_distribution<Index>(low, high)(random_);
  }
  double real(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }

 private:
  template <class Row>
  const Row& any(std::span<const Row> table) {
    return table[static_cast<std::size_t>(whole(0, static_cast<Index>(table.size()) - 1))];
  }
  Model model();
  Dataset points(const Model& model);

  std::mt19937_64 random_;
};

/// What went in, for a test that failed.
std::string description(const State& state);

}  // namespace deltascope::test
