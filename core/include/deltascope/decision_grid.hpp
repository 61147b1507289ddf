#pragma once

#include <deltascope/architecture.hpp>
#include <deltascope/network.hpp>

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
struct GridMap {
  Index width = 0, height = 0;
  std::vector<float> values;
  float at(Index column, Index row) const {
    return values[static_cast<std::size_t>(row * width + column)];
  }
};

/// a of every hidden and output neuron: maps[l][j] for weight layer l.
struct DecisionGrid {
  Rectangle area;
  std::vector<std::vector<GridMap>> maps;
};

/// Which maps to compute. Inputs other than two have no plane: the grid stays empty.
struct GridRequest {
  Rectangle area;
  Index resolution = 128;         ///< of the output maps, columns and rows
  Index hidden_resolution = 128;  ///< of the hidden neurons' maps; 0: none
  bool operator==(const GridRequest&) const = default;
};

/// Evaluates (architecture, parameters) over the request's grid; const, touches no training data.
/// Reuses the memory of `grid` and `workspace`.
void evaluate_grid(const Architecture& architecture, std::span<const double> parameters,
                   const GridRequest& request, DecisionGrid& grid, Activity& workspace);

}  // namespace deltascope
