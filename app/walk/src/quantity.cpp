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

}  // namespace deltascope::walk
