#include "fast_grid.hpp"

#include "kernel_layers.hpp"

#include <algorithm>

namespace deltascope {
namespace {

// A strip's rows, all layers', should stay in the first cache.
constexpr Index strip_bytes = 24 * 1024;
constexpr Index largest_strip = 1008;

}  // namespace

bool has_kernels(const Architecture& architecture, const Arithmetic& arithmetic) {
  return arithmetic.kernels != nullptr && kernels_know(architecture);
}

template <class Number>
kernels::Plane<Number> FastGrid::prepare(const Architecture& net, std::span<const Number> x,
                                         std::span<const Number> y, Index first_layer,
                                         Index last_layer, DecisionGridOf<Number>& grid,
                                         Room<Number>& room) {
  list_layers(net, layers_);
  layers_.resize(static_cast<std::size_t>(last_layer) + 1);
  Index neurons_below = 0;
  for (Index layer = 0; layer < first_layer; ++layer)
    neurons_below += net.fan_out(layer);
  room.maps.assign(static_cast<std::size_t>(neurons_below), nullptr);
  for (Index layer = first_layer; layer <= last_layer; ++layer) {
    for (auto& map : grid.maps[static_cast<std::size_t>(layer)])
      room.maps.push_back(map.values.data());
  }
  constexpr auto bytes = static_cast<Index>(sizeof(Number));
  const Index rows = 2 + static_cast<Index>(room.maps.size());
  const Index fitting = std::min(strip_bytes / bytes / rows, largest_strip);
  const Index strip = std::max(fitting / block_unit, Index{1}) * block_unit;
  const Index stride = row_stride(strip, bytes);
  room.strip.resize(static_cast<std::size_t>(rows * stride));
  return {x.data(), y.data(), static_cast<Index>(x.size()), room.maps.data(), room.strip.data(),
          strip,    stride};
}

void FastGrid::fill(const Architecture& net, std::span<const double> parameters,
                    const kernels::Kernels& kernels, std::span<const float> x,
                    std::span<const float> y, Index first_layer, Index last_layer,
                    DecisionGrid& grid) {
  const auto plane = prepare(net, x, y, first_layer, last_layer, grid, floats_);
  parameters_.resize(parameters.size());
  std::ranges::transform(parameters, parameters_.begin(),
                         [](double p) { return static_cast<float>(p); });
  kernels.float_grid({layers_.data(), last_layer + 1, kernels::Misfit::none}, parameters_.data(),
                     plane, 0, static_cast<Index>(x.size() * y.size()));
}

void FastGrid::fill(const Architecture& net, std::span<const double> parameters,
                    const kernels::Kernels& kernels, std::span<const double> x,
                    std::span<const double> y, Index first_layer, Index last_layer,
                    ExactDecisionGrid& grid) {
  const auto plane = prepare(net, x, y, first_layer, last_layer, grid, doubles_);
  kernels.grid({layers_.data(), last_layer + 1, kernels::Misfit::none}, parameters.data(), plane, 0,
               static_cast<Index>(x.size() * y.size()));
}

}  // namespace deltascope
