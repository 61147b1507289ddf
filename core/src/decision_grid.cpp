#include <deltascope/decision_grid.hpp>

#include <algorithm>

namespace deltascope {
namespace {

// Points that pass through the network together: enough for the matrix product, few enough for the
// cache.
constexpr Index block_points = 1024;

double spread(double low, double high, Index i, Index count) {
  if (count == 1) return 0.5 * (low + high);
  // Both ends are hit exactly.
  const double t = static_cast<double>(i) / static_cast<double>(count - 1);
  return low * (1.0 - t) + high * t;
}

void size_maps(const Architecture& net, Index resolution, Index layer, DecisionGrid& grid) {
  auto& maps = grid.maps[static_cast<std::size_t>(layer)];
  maps.resize(resolution > 0 ? static_cast<std::size_t>(net.fan_out(layer)) : 0);
  for (GridMap& map : maps) {
    map.width = map.height = resolution;
    map.values.resize(static_cast<std::size_t>(resolution * resolution));
  }
}

/// Fills the maps of weight layers [first_layer, last_layer], all of one resolution.
void evaluate(const Architecture& net, std::span<const double> parameters, Index resolution,
              Index first_layer, Index last_layer, DecisionGrid& grid, Activity& workspace) {
  const Index points = resolution * resolution;
  Matrix X;  // (2 × block)
  for (Index first = 0; first < points; first += block_points) {
    const Index count = std::min(block_points, points - first);
    X.resize(2, count);
    for (Index i = 0; i < count; ++i) {
      const Index column = (first + i) % resolution, row = (first + i) / resolution;
      X(0, i) = spread(grid.area.x_min, grid.area.x_max, column, resolution);
      X(1, i) = spread(grid.area.y_max, grid.area.y_min, row, resolution);
    }
    predict(net, parameters, X.view(), workspace);
    for (Index layer = first_layer; layer <= last_layer; ++layer) {
      const auto l = static_cast<std::size_t>(layer);
      const ConstMatrixView a = workspace.a[l].view();  // (n_out × block)
      for (Index neuron = 0; neuron < a.rows; ++neuron) {
        float* values = grid.maps[l][static_cast<std::size_t>(neuron)].values.data() + first;
        for (Index i = 0; i < count; ++i)
          values[i] = static_cast<float>(a(neuron, i));
      }
    }
  }
}

}  // namespace

void evaluate_grid(const Architecture& architecture, std::span<const double> parameters,
                   const GridRequest& request, DecisionGrid& grid, Activity& workspace) {
  grid.area = request.area;
  if (architecture.inputs() != 2) {
    grid.maps.clear();
    return;
  }
  const Index last = architecture.layers() - 1;
  grid.maps.resize(static_cast<std::size_t>(last) + 1);
  for (Index layer = 0; layer < last; ++layer)
    size_maps(architecture, request.hidden_resolution, layer, grid);
  size_maps(architecture, request.resolution, last, grid);

  if (request.hidden_resolution == request.resolution) {
    evaluate(architecture, parameters, request.resolution, 0, last, grid, workspace);
    return;
  }
  if (last > 0)
    evaluate(architecture, parameters, request.hidden_resolution, 0, last - 1, grid, workspace);
  evaluate(architecture, parameters, request.resolution, last, last, grid, workspace);
}

}  // namespace deltascope
