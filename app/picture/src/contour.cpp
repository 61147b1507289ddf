#include <deltascope/picture/decision_map.hpp>

#include <array>
#include <cmath>
#include <utility>

namespace deltascope::picture {

namespace {

/// Follows the zero line from grid edge to grid edge. An edge is known by its node and direction:
/// 2 · node leads to the right neighbour, 2 · node + 1 to the one below.
class ContourTracer {
 public:
  ContourTracer(const GridMap& map, const Rectangle& area)
      : map_(map), area_(area), links_(2 * map.values.size(), {none, none}) {
    for (Index row = 0; row + 1 < map.height; ++row) {
      for (Index column = 0; column + 1 < map.width; ++column)
        link_cell(column, row);
    }
  }

  std::vector<std::vector<PlanePoint>> trace() {
    std::vector<std::vector<PlanePoint>> lines;
    // Open lines first, from one of their ends; what remains is closed.
    for (const bool ends_only : {true, false}) {
      for (Index edge = 0; edge < static_cast<Index>(links_.size()); ++edge) {
        const auto& [a, b] = links(edge);
        const bool start = ends_only ? (a == none) != (b == none) : a != none;
        if (start) lines.push_back(follow(edge));
      }
    }
    return lines;
  }

 private:
  static constexpr Index none = -1;
  using Links = std::pair<Index, Index>;

  Links& links(Index edge) { return links_[static_cast<std::size_t>(edge)]; }
  static bool inside(float value) { return value >= 0; }

  void link_cell(Index column, Index row) {
    const std::array<float, 4> corner{map_.at(column, row), map_.at(column + 1, row),
                                      map_.at(column + 1, row + 1), map_.at(column, row + 1)};
    unsigned code = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      if (!std::isfinite(corner[i])) return;
      code |= inside(corner[i]) ? 1U << i : 0U;
    }
    if (code == 0 || code == 15) return;
    const Index node = row * map_.width + column;
    const std::array<Index, 4> edge{2 * node, 2 * (node + 1) + 1, 2 * (node + map_.width),
                                    2 * node + 1};  // top, right, bottom, left
    std::array<Index, 4> crossed{};
    std::size_t crossings = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      if (((code >> i) & 1U) != ((code >> ((i + 1) % 4)) & 1U)) crossed[crossings++] = edge[i];
    }
    if (crossings == 2) {
      join(crossed[0], crossed[1]);
      return;
    }
    // A saddle: the value in the middle decides which opposite corners are connected.
    const bool middle = inside((corner[0] + corner[1] + corner[2] + corner[3]) / 4);
    if (middle == inside(corner[0])) {
      join(edge[0], edge[1]);
      join(edge[2], edge[3]);
    } else {
      join(edge[3], edge[0]);
      join(edge[1], edge[2]);
    }
  }

  void join(Index a, Index b) {
    const auto add = [this](Index edge, Index other) {
      Links& both = links(edge);
      (both.first == none ? both.first : both.second) = other;
    };
    add(a, b);
    add(b, a);
  }

  std::vector<PlanePoint> follow(Index start) {
    std::vector<PlanePoint> line;
    Index edge = start;
    while (edge != none) {
      line.push_back(crossing(edge));
      Links& both = links(edge);
      const Index next = both.first != none ? both.first : both.second;
      (both.first != none ? both.first : both.second) = none;
      if (next != none) {
        Links& back = links(next);
        (back.first == edge ? back.first : back.second) = none;
      }
      edge = next;
    }
    return line;
  }

  PlanePoint crossing(Index edge) const {
    const Index node = edge / 2;
    const Index column = node % map_.width;
    const Index row = node / map_.width;
    const bool down = edge % 2 == 1;
    const double from = map_.at(column, row);
    const double to = down ? map_.at(column, row + 1) : map_.at(column + 1, row);
    const double t = from == to ? 0.5 : from / (from - to);
    const double x = static_cast<double>(column) + (down ? 0 : t);
    const double y = static_cast<double>(row) + (down ? t : 0);
    return {area_.x_min + x / static_cast<double>(map_.width - 1) * area_.width(),
            area_.y_max - y / static_cast<double>(map_.height - 1) * area_.height()};
  }

  const GridMap& map_;
  const Rectangle& area_;
  std::vector<Links> links_;
};

}  // namespace

std::vector<std::vector<PlanePoint>> zero_contours(const GridMap& map, const Rectangle& area) {
  const bool usable = map.width > 1 && map.height > 1 &&
                      map.values.size() == static_cast<std::size_t>(map.width * map.height);
  if (!usable) return {};
  return ContourTracer(map, area).trace();
}

}  // namespace deltascope::picture
