#include <deltascope/walk/quantity.hpp>

#include <algorithm>
#include <array>

namespace deltascope::walk {
namespace {

template <std::size_t size>
bool is_one_of(const std::array<Kind, size>& kinds, Kind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

constexpr std::array of_neurons{Kind::neuron, Kind::a,      Kind::y,      Kind::z, Kind::residual,
                                Kind::slope,  Kind::pulled, Kind::delta,  Kind::b, Kind::db,
                                Kind::b_m,    Kind::b_v,    Kind::b_after};
constexpr std::array of_edges{Kind::edge, Kind::W,   Kind::dW_data, Kind::dW,
                              Kind::W_m,  Kind::W_v, Kind::W_after};

bool agree(Index a, Index b) {
  return a == every || b == every || a == b;
}

}  // namespace

bool same(const Quantity& focus, const Quantity& shown) {
  if (focus.kind == Kind::none || focus.layer != shown.layer) return false;
  if (!agree(focus.row, shown.row)) return false;
  if (focus.kind == shown.kind) return agree(focus.col, shown.col);
  const auto belongs = [&](Kind whole, const auto& kinds) {
    return (focus.kind == whole || shown.kind == whole) && is_one_of(kinds, focus.kind) &&
           is_one_of(kinds, shown.kind);
  };
  // A neuron stands for all samples: columns do not matter.
  if (belongs(Kind::neuron, of_neurons)) return true;
  return belongs(Kind::edge, of_edges) && agree(focus.col, shown.col);
}

std::vector<Quantity> made_of(const Quantity& quantity) {
  const auto [kind, layer, row, col] = quantity;
  if (row == every) return {};
  // Samples are columns of neurons' quantities only.
  const Index sample = is_one_of(of_edges, kind) ? every : col;
  const Quantity delta{Kind::delta, layer, row, sample};
  switch (kind) {
    case Kind::z:
      return {
          {Kind::W, layer, row, every}, {Kind::a, layer - 1, every, sample}, {Kind::b, layer, row}};
    case Kind::a:
    case Kind::slope:
      if (layer < 0) return {};
      return {{Kind::z, layer, row, sample}};
    case Kind::residual:
      return {{Kind::a, layer, row, sample}, {Kind::y, layer, row, sample}};
    case Kind::pulled:
      return {{Kind::W, layer + 1, every, row}, {Kind::delta, layer + 1, every, sample}};
    case Kind::delta:
      return {{Kind::pulled, layer, row, sample},
              {Kind::residual, layer, row, sample},
              {Kind::slope, layer, row, sample}};
    case Kind::dW:
    case Kind::dW_data:
      if (col == every) return {};
      return {delta, {Kind::a, layer - 1, col, every}};
    case Kind::db:
      return {delta};
    case Kind::W_after:
      return {{Kind::W, layer, row, col}, {Kind::dW, layer, row, col}};
    case Kind::b_after:
      return {{Kind::b, layer, row}, {Kind::db, layer, row}};
    default:
      return {};
  }
}

}  // namespace deltascope::walk
