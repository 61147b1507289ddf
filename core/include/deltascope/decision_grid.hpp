#pragma once

#include <deltascope/architecture.hpp>
#include <deltascope/arithmetic.hpp>
#include <deltascope/network.hpp>
#include <deltascope/workspace.hpp>

#include <span>
#include <vector>

namespace deltascope {

/// A rectangle of the plane, x1 to the right, x2 upwards.
struct Rectangle {
  double x_min = 0.0, x_max = 1.0, y_min = 0.0, y_max = 1.0;
  double width() const { return x_max - x_min; }
  double height() const { return y_max - y_min; }
  bool operator==(const Rectangle&) const = default;
};

/// Values of one neuron on a grid over a rectangle, row 0 at y_max, as a picture is stored. Samples
/// lie on the rectangle's border: column 0 is x_min, the last is x_max.
template <class Number>
struct GridMapOf {
  Index width = 0, height = 0;
  std::vector<Number> values;
  Number at(Index column, Index row) const {
    return values[static_cast<std::size_t>(row * width + column)];
  }
};

/// a of every hidden and output neuron: maps[l][j] for weight layer l.
template <class Number>
struct DecisionGridOf {
  Rectangle area;
  std::vector<std::vector<GridMapOf<Number>>> maps;
};

/// For pictures: half the memory, twice the speed.
using GridMap = GridMapOf<float>;
using DecisionGrid = DecisionGridOf<float>;
/// For who needs the digits.
using ExactDecisionGrid = DecisionGridOf<double>;

/// Which maps to compute. Inputs other than two have no plane: the grid stays empty.
struct GridRequest {
  Rectangle area;
  Index resolution = 128;         ///< of the output maps, columns and rows
  Index hidden_resolution = 128;  ///< of the hidden neurons' maps; 0: none
  bool operator==(const GridRequest&) const = default;
};

class FastGrid;

/// What evaluate_grid works in; reused from call to call.
struct GridWorkspace {
  Activity activity;
  Workspace<FastGrid> fast;
};

/// Evaluates (architecture, parameters) over the request's grid; const, touches no training data.
/// Reuses the memory of `grid` and `workspace`.
///
/// Kernels compute a DecisionGrid in single precision. Its z is off by about 1e-7 of
/// |b| + Σ|w||a|, its a by 1e-6 where that is below ten: a boundary moves by less than a pixel.
void evaluate_grid(const Architecture& architecture, std::span<const double> parameters,
                   const GridRequest& request, DecisionGrid& grid, GridWorkspace& workspace,
                   const Arithmetic& arithmetic = automatic_arithmetic());
/// The same in double precision.
void evaluate_grid(const Architecture& architecture, std::span<const double> parameters,
                   const GridRequest& request, ExactDecisionGrid& grid, GridWorkspace& workspace,
                   const Arithmetic& arithmetic = automatic_arithmetic());

}  // namespace deltascope
