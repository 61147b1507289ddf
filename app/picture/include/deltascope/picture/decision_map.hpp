#pragma once

#include <deltascope/decision_grid.hpp>
#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>
#include <deltascope/picture/plane_mapping.hpp>

#include <vector>

namespace deltascope::picture {

/// How decided the output is at every node of a grid, and the border between the classes.
///
/// | outputs | score                                   | decision line                  |
/// |---------|-----------------------------------------|--------------------------------|
/// | 1       | 2 (a − low)/(high − low) − 1            | score = 0, i.e. the threshold  |
/// | 2       | (a_1 − a_2)/(high − low)                | score = 0                      |
/// | more    | (largest − second largest)/(high − low) | where the largest changes      |
///
/// A score > 0 means class 0 for one and two outputs.
struct DecisionMap {
  Rectangle area;
  Index classes = 0;
  GridMap score;
  std::vector<int> winner;  ///< more than two outputs: the class at each node
};

/// Empty when the grid has no output maps or they differ in size.
DecisionMap decision_map(const DecisionGrid& grid, const Activation& output);

/// The curves on which `map` is zero, by marching squares with linear interpolation, in plane
/// coordinates; closed curves repeat their first point. Cells with a value that is not finite are
/// skipped.
std::vector<std::vector<PlanePoint>> zero_contours(const GridMap& map, const Rectangle& area);

/// The decision line of all classes.
std::vector<std::vector<PlanePoint>> decision_line(const DecisionGrid& grid,
                                                   const Activation& output);

/// The colour of one activation on its scale: half-way between the activation's ends is zero; where
/// it is unbounded, zero is zero and `largest` the end.
double color_scale(double a, const Activation& activation, double largest);

}  // namespace deltascope::picture
