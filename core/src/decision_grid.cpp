#include "fast_grid.hpp"

#include <deltascope/decision_grid.hpp>

#include <algorithm>

namespace deltascope {
namespace {

// Points that pass through the network together: enough for the matrix product, few enough for the
// cache.
constexpr Index block_points = 1024;

/// One call of evaluate_grid.
struct Question {
  const Architecture& net;
  std::span<const double> parameters;
  const Arithmetic& arithmetic;
};

double spread(double low, double high, Index i, Index count) {
  if (count == 1) return 0.5 * (low + high);
  // Both ends are hit exactly.
  const double t = static_cast<double>(i) / static_cast<double>(count - 1);
  return low * (1.0 - t) + high * t;
}

template <class Number>
void size_maps(const Architecture& net, Index resolution, Index layer,
               DecisionGridOf<Number>& grid) {
  auto& maps = grid.maps[static_cast<std::size_t>(layer)];
  maps.resize(resolution > 0 ? static_cast<std::size_t>(net.fan_out(layer)) : 0);
  for (auto& map : maps) {
    map.width = map.height = resolution;
    map.values.resize(static_cast<std::size_t>(resolution * resolution));
  }
}

template <class Number>
std::vector<Number> between(double low, double high, Index count) {
  std::vector<Number> result;
  for (Index i = 0; i < count; ++i)
    result.push_back(static_cast<Number>(spread(low, high, i, count)));
  return result;
}

template <class Number>
void textbook_maps(const Question& question, Index resolution, Index first_layer, Index last_layer,
                   DecisionGridOf<Number>& grid, Activity& workspace) {
  const Index points = resolution * resolution;
  const Rectangle& area = grid.area;
  const auto x = between<double>(area.x_min, area.x_max, resolution);
  const auto y = between<double>(area.y_max, area.y_min, resolution);
  Matrix X;  // (2 × block)
  for (Index first = 0; first < points; first += block_points) {
    const Index count = std::min(block_points, points - first);
    X.resize(2, count);
    for (Index i = 0; i < count; ++i) {
      X(0, i) = x[static_cast<std::size_t>((first + i) % resolution)];
      X(1, i) = y[static_cast<std::size_t>((first + i) / resolution)];
    }
    predict(question.net, question.parameters, X.view(), workspace);
    for (Index layer = first_layer; layer <= last_layer; ++layer) {
      const auto l = static_cast<std::size_t>(layer);
      const ConstMatrixView a = workspace.a[l].view();  // (n_out × block)
      for (Index neuron = 0; neuron < a.rows; ++neuron) {
        Number* values = grid.maps[l][static_cast<std::size_t>(neuron)].values.data() + first;
        for (Index i = 0; i < count; ++i)
          values[i] = static_cast<Number>(a(neuron, i));
      }
    }
  }
}

/// Fills the maps of weight layers [first_layer, last_layer], all of one resolution.
template <class Number>
void fill(const Question& question, Index resolution, Index first_layer, Index last_layer,
          DecisionGridOf<Number>& grid, GridWorkspace& workspace) {
  if (!has_kernels(question.net, question.arithmetic)) {
    textbook_maps(question, resolution, first_layer, last_layer, grid, workspace.activity);
    return;
  }
  const Rectangle& area = grid.area;
  const auto x = between<Number>(area.x_min, area.x_max, resolution);
  const auto y = between<Number>(area.y_max, area.y_min, resolution);
  workspace.fast.get().fill(question.net, question.parameters, *question.arithmetic.kernels, x, y,
                            first_layer, last_layer, grid);
}

template <class Number>
void evaluate(const Question& question, const GridRequest& request, DecisionGridOf<Number>& grid,
              GridWorkspace& workspace) {
  const Architecture& net = question.net;
  grid.area = request.area;
  if (net.inputs() != 2) {
    grid.maps.clear();
    return;
  }
  const Index last = net.layers() - 1;
  grid.maps.resize(static_cast<std::size_t>(last) + 1);
  for (Index layer = 0; layer < last; ++layer)
    size_maps(net, request.hidden_resolution, layer, grid);
  size_maps(net, request.resolution, last, grid);

  if (request.hidden_resolution == request.resolution) {
    fill(question, request.resolution, 0, last, grid, workspace);
    return;
  }
  if (last > 0 && request.hidden_resolution > 0)
    fill(question, request.hidden_resolution, 0, last - 1, grid, workspace);
  fill(question, request.resolution, last, last, grid, workspace);
}

}  // namespace

void evaluate_grid(const Architecture& architecture, std::span<const double> parameters,
                   const GridRequest& request, DecisionGrid& grid, GridWorkspace& workspace,
                   const Arithmetic& arithmetic) {
  evaluate({architecture, parameters, arithmetic}, request, grid, workspace);
}

void evaluate_grid(const Architecture& architecture, std::span<const double> parameters,
                   const GridRequest& request, ExactDecisionGrid& grid, GridWorkspace& workspace,
                   const Arithmetic& arithmetic) {
  evaluate({architecture, parameters, arithmetic}, request, grid, workspace);
}

}  // namespace deltascope
