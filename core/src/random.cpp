#include <deltascope/random.hpp>
#include <deltascope/table.hpp>

#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace deltascope {
namespace {

template <class Stream>
SampleStream start(std::uint64_t seed, std::uint64_t skip_words) {
  Stream stream(seed);
  stream.skip(skip_words);
  return stream;
}

constexpr std::array<StreamRule, 2> table{
    StreamRule{"deltascope", "Deltascope", std::numeric_limits<std::uint64_t>::max(),
               start<RandomStream>},
    StreamRule{"matlab", "MATLAB", std::numeric_limits<std::uint32_t>::max(), start<MatlabStream>},
};

}  // namespace

MersenneTwister::MersenneTwister(std::uint64_t seed) {
  words_[0] = seed;
  for (std::size_t i = 1; i < words_.size(); ++i) {
    const std::uint64_t last = words_[i - 1];
    words_[i] = 6364136223846793005 * (last ^ (last >> 62)) + i;
  }
}

void MersenneTwister::discard(std::uint64_t words) {
  for (; words > 0; --words)
    operator()();
}

void MersenneTwister::renew() {
  constexpr std::uint64_t low = 0x7fffffff, feedback = 0xb5026f5aa96619e9;
  constexpr std::size_t half = 156;
  const std::size_t size = words_.size();
  const auto twisted = [](std::uint64_t word, std::uint64_t next, std::uint64_t far) {
    const std::uint64_t mixed = (word & ~low) | (next & low);
    return far ^ (mixed >> 1) ^ ((0 - (mixed & 1)) & feedback);
  };
  for (std::size_t i = 0; i < half; ++i)
    words_[i] = twisted(words_[i], words_[i + 1], words_[i + half]);
  for (std::size_t i = half; i < size - 1; ++i)
    words_[i] = twisted(words_[i], words_[i + 1], words_[i - half]);
  words_[size - 1] = twisted(words_[size - 1], words_[0], words_[size - 1 - half]);
  next_ = 0;
}

double RandomStream::normal() {
  while (true) {
    const double u = uniform(-1.0, 1.0), v = uniform(-1.0, 1.0);
    const double s = u * u + v * v;
    if (s > 0.0 && s < 1.0) return u * std::sqrt(-2.0 * std::log(s) / s);
  }
}

std::uint64_t RandomStream::below(std::uint64_t count) {
  assert(count > 0);
  // 2⁶⁴ mod count values at the low end are rejected, so that every remainder is equally likely.
  // Fewer than `count` of them, so that hardly any word has to be compared with their number.
  while (true) {
    const std::uint64_t word = engine_();
    if (word >= count || word >= (0 - count) % count) return word % count;
  }
}

MatlabStream::MatlabStream(std::uint64_t seed)
    : engine_(seed == 0 ? Engine::default_seed : static_cast<std::uint32_t>(seed)) {}

double MatlabStream::uniform() {
  const std::uint64_t high = engine_() >> 5;  // 27 bits
  const std::uint64_t low = engine_() >> 6;   // 26 bits
  return static_cast<double>((high << 26) + low) * 0x1.0p-53;
}

std::uint64_t MatlabStream::below(std::uint64_t count) {
  assert(count > 0);
  return static_cast<std::uint64_t>(static_cast<double>(count) * uniform());
}

std::uint64_t draw_below(SampleStream& stream, std::uint64_t count) {
  return std::visit([count](auto& s) { return s.below(count); }, stream);
}

void draw_permutation(SampleStream& stream, std::span<std::uint32_t> order) {
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[draw_below(stream, i)]);
}

std::span<const StreamRule> stream_rules() {
  return table;
}

const StreamRule* find_stream_rule(std::string_view name) {
  return find_row(stream_rules(), name);
}

const StreamRule& default_stream_rule() {
  return table.front();
}

}  // namespace deltascope
