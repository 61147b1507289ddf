#pragma once

#include "kernels/kernels.hpp"

#include <deltascope/architecture.hpp>

#include <vector>

namespace deltascope {

/// Whether kernels have every activation of the network.
bool kernels_know(const Architecture& architecture);
/// The weight layers as kernels are told of them, into `layers`.
void list_layers(const Architecture& architecture, std::vector<kernels::Layer>& layers);

/// Samples or pixels of a block or strip come in multiples of this: whole tiles of every
/// instruction set.
inline constexpr Index block_unit = 48;

constexpr Index round_up(Index count, Index unit) {
  return (count + unit - 1) / unit * unit;
}

/// How far apart rows of `count` numbers of so many bytes lie: an odd number of cache lines, so
/// that the rows of one sample do not compete for the same places in the cache.
constexpr Index row_stride(Index count, Index bytes) {
  const Index per_line = kernels::alignment_bytes / bytes;
  return (round_up(count, per_line) / per_line | 1) * per_line;
}

}  // namespace deltascope
