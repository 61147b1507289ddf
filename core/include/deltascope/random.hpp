#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace deltascope {

/// The words of std::mt19937_64, bit for bit. Without the branch on every word, which libstdc++ has
/// and a processor cannot foresee, they take a third of the time.
class MersenneTwister {
 public:
  explicit MersenneTwister(std::uint64_t seed);

  std::uint64_t operator()() {
    if (next_ == words_.size()) renew();
    std::uint64_t word = words_[next_++];
    word ^= (word >> 29) & 0x5555555555555555;
    word ^= (word << 17) & 0x71d67fffeda60000;
    word ^= (word << 37) & 0xfff7eee000000000;
    return word ^ (word >> 43);
  }
  void discard(std::uint64_t words);

  bool operator==(const MersenneTwister&) const = default;

 private:
  void renew();

  std::array<std::uint64_t, 312> words_;
  std::size_t next_ = words_.size();
};

/// MersenneTwister with our own distributions: those of the standard library differ between
/// vendors, and the same seed must give the same bits everywhere.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed = 0) : engine_(seed) {}

  void skip(std::uint64_t words) { engine_.discard(words); }
  /// [0, 1) in steps of 2⁻⁵³.
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Standard normal, Marsaglia's polar method (1964); the second value of a pair is dropped.
  double normal();
  /// An integer in [0, count), unbiased (rejection). count ≥ 1.
  std::uint64_t below(std::uint64_t count);

  bool operator==(const RandomStream&) const = default;

 private:
  MersenneTwister engine_;
};

/// What MATLAB draws after rng(seed): a number takes two words a, b of std::mt19937,
/// u = (⌊a/2⁵⌋·2²⁶ + ⌊b/2⁶⌋) / 2⁵³, and randi(N) is ⌊N·u⌋ + 1. Seed 0 means 5489 there.
class MatlabStream {
 public:
  explicit MatlabStream(std::uint64_t seed);

  void skip(std::uint64_t words) { engine_.discard(words); }
  /// rand: [0, 1) in steps of 2⁻⁵³.
  double uniform();
  /// randi(count) − 1. count ≥ 1.
  std::uint64_t below(std::uint64_t count);

  bool operator==(const MatlabStream&) const = default;

 private:
  // std::mt19937, whose 32-bit words many libraries keep in 64 bits each: keyframes carry this.
  using Engine =
      std::mersenne_twister_engine<std::uint32_t, 32, 624, 397, 31, 0x9908b0df, 11, 0xffffffff, 7,
                                   0x9d2c5680, 15, 0xefc60000, 18, 1812433253>;
  Engine engine_;
};

/// The stream that numbers of samples are drawn from.
using SampleStream = std::variant<RandomStream, MatlabStream>;

/// An integer in [0, count). count ≥ 1.
std::uint64_t draw_below(SampleStream& stream, std::uint64_t count);
/// Fisher–Yates on 0 … count−1, which fill `order`.
void draw_permutation(SampleStream& stream, std::span<std::uint32_t> order);

/// One row: whose numbers of samples are drawn. Another program's stream makes its run come out
/// here, number for number.
struct StreamRule {
  std::string_view name;
  std::string_view label;
  std::uint64_t largest_seed;
  /// The stream of this seed behind its first `skip_words` words, which the initial weights took.
  SampleStream (*start)(std::uint64_t seed, std::uint64_t skip_words);
};

/// Skipping takes time: more than any network's initial weights need.
inline constexpr std::uint64_t max_skip_words = 10'000'000;

std::span<const StreamRule> stream_rules();
const StreamRule* find_stream_rule(std::string_view name);
/// Our own, which sessions follow unless they say otherwise.
const StreamRule& default_stream_rule();

}  // namespace deltascope
