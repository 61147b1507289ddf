#include <deltascope/dataset.hpp>
#include <deltascope/picture/decision_map.hpp>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {

namespace {

using Maps = std::vector<GridMap>;

const Maps* output_maps(const DecisionGrid& grid) {
  if (grid.maps.empty() || grid.maps.back().empty()) return nullptr;
  const Maps& maps = grid.maps.back();
  const GridMap& first = maps.front();
  const std::size_t nodes = first.values.size();
  const bool usable = first.width > 1 && first.height > 1 &&
                      nodes == static_cast<std::size_t>(first.width * first.height) &&
                      std::all_of(maps.begin(), maps.end(), [nodes](const GridMap& map) {
                        return map.values.size() == nodes;
                      });
  return usable ? &maps : nullptr;
}

struct Ranking {
  int winner = 0;
  float largest = 0, second = 0;
};

Ranking rank(const Maps& maps, std::size_t node) {
  Ranking ranking{0, maps[0].values[node], -INFINITY};
  for (std::size_t j = 1; j < maps.size(); ++j) {
    const float a = maps[j].values[node];
    if (a > ranking.largest) {
      ranking = {static_cast<int>(j), a, ranking.largest};
    } else {
      ranking.second = std::max(ranking.second, a);
    }
  }
  return ranking;
}

}  // namespace

double color_scale(double a, const Activation& activation, double largest) {
  if (!activation.bounded) return largest > 0 ? a / largest : 0.0;
  return 2 * (a - activation.low) / (activation.high - activation.low) - 1;
}

DecisionMap decision_map(const DecisionGrid& grid, const Activation& output) {
  DecisionMap result;
  const Maps* maps = output_maps(grid);
  if (maps == nullptr) return result;
  const GridMap& first = maps->front();
  result.area = grid.area;
  result.classes = class_count(static_cast<Index>(maps->size()));
  result.score = {first.width, first.height, std::vector<float>(first.values.size())};
  const auto range = static_cast<float>(output.high - output.low);
  const auto low = static_cast<float>(output.low);
  if (maps->size() > 2) result.winner.resize(first.values.size());
  for (std::size_t node = 0; node < first.values.size(); ++node) {
    float& score = result.score.values[node];
    if (maps->size() == 1) {
      score = 2 * (first.values[node] - low) / range - 1;
    } else if (maps->size() == 2) {
      score = (first.values[node] - (*maps)[1].values[node]) / range;
    } else {
      const Ranking ranking = rank(*maps, node);
      result.winner[node] = ranking.winner;
      score = (ranking.largest - ranking.second) / range;
    }
  }
  return result;
}

std::vector<std::vector<PlanePoint>> decision_line(const DecisionGrid& grid,
                                                   const Activation& output) {
  const Maps* maps = output_maps(grid);
  if (maps == nullptr) return {};
  if (maps->size() <= 2) return zero_contours(decision_map(grid, output).score, grid.area);
  // One class against the best of the others; a border belongs to both neighbours, which are drawn
  // over each other.
  std::vector<std::vector<PlanePoint>> lines;
  GridMap lead = maps->front();
  for (std::size_t k = 0; k < maps->size(); ++k) {
    for (std::size_t node = 0; node < lead.values.size(); ++node) {
      const Ranking ranking = rank(*maps, node);
      const float a = (*maps)[k].values[node];
      const bool wins = ranking.winner == static_cast<int>(k);
      lead.values[node] = a - (wins ? ranking.second : ranking.largest);
    }
    for (auto& line : zero_contours(lead, grid.area))
      lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace deltascope::picture
