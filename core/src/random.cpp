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
