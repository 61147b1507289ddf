#include <deltascope/random.hpp>

#include <cassert>
#include <cmath>
#include <utility>

namespace deltascope {

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
  const std::uint64_t rejected = (0 - count) % count;
  while (true) {
    const std::uint64_t word = engine_();
    if (word >= rejected) return word % count;
  }
}

std::vector<std::uint32_t> RandomStream::permutation(std::uint32_t count) {
  std::vector<std::uint32_t> order(count);
  for (std::uint32_t i = 0; i < count; ++i)
    order[i] = i;
  for (std::uint32_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[below(i)]);
  return order;
}

}  // namespace deltascope
