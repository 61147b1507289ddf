#pragma once

#include <deltascope/architecture.hpp>
#include <deltascope/random.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace deltascope {

/// One row: how starting weights are drawn.
///
/// | name     | W                                        | b     | scale means     |
/// |----------|------------------------------------------|-------|-----------------|
/// | zeros    | 0                                        | 0     | nothing         |
/// | constant | scale                                    | scale | the value       |
/// | normal   | scale · N(0, 1)                          | same  | std. deviation  |
/// | uniform  | U(−scale, scale)                         | same  | half width      |
/// | xavier   | scale · U(−√(6/(n_in+n_out)), +√…)       | 0     | a gain, usually 1 |
/// | he       | scale · N(0, 2/n_in)                     | 0     | a gain, usually 1 |
///
/// Normal draws biases too, as the paper's Listing 6.1 does. Sources: Glorot & Bengio (2010); He et
/// al. (2015).
struct Initializer {
  std::string_view name;
  std::string_view label;
  double default_scale;
  /// Fills W (n_out × n_in) and b (n_out) of one layer.
  void (*fill)(RandomStream& random, double scale, WeightView W, std::span<double> b);
};

std::span<const Initializer> initializers();
const Initializer* find_initializer(std::string_view name);

/// Where a network's starting weights come from.
struct InitialWeights {
  const Initializer* scheme = nullptr;
  double scale = 0.5;
  std::uint64_t seed = 5000;
  bool operator==(const InitialWeights&) const = default;
};

/// Fills `parameters` (P) layer by layer from the stream seeded with `initial.seed`.
void initialize(const InitialWeights& initial, const Architecture& architecture,
                std::span<double> parameters);

}  // namespace deltascope
