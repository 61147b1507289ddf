#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace deltascope {

/// std::mt19937_64 with our own distributions: those of the standard library differ between
/// vendors, and the same seed must give the same bits everywhere.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed = 0) : engine_(seed) {}

  /// [0, 1) in steps of 2⁻⁵³.
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Standard normal, Marsaglia's polar method (1964); the second value of a pair is dropped.
  double normal();
  /// An integer in [0, count), unbiased (rejection). count ≥ 1.
  std::uint64_t below(std::uint64_t count);
  /// Fisher–Yates on 0 … count−1.
  std::vector<std::uint32_t> permutation(std::uint32_t count);

  bool operator==(const RandomStream&) const = default;

 private:
  std::mt19937_64 engine_;
};

}  // namespace deltascope
