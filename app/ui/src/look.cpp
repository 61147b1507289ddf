#include "look.hpp"

#include <bit>

namespace deltascope::ui {
namespace {

constexpr Index plane_resolution = 128;
// Neurons are drawn small; where there are many of them, they are smaller still.
constexpr Index neuron_resolution = 64, small_neuron_resolution = 32;
constexpr Index many_neurons = 64;

}  // namespace

void send_look(Desk& desk) {
  PlaneView& view = desk.view.plane;
  const Rectangle area = view.area ? *view.area : picture::fitted(desk.data().X.view(), 1);
  const bool many = desk.architecture().neurons() > many_neurons;
  const Look look{desk.view.selected,
                  {area, plane_resolution, many ? small_neuron_resolution : neuron_resolution}};
  if (view.looked == look) return;
  view.looked = look;
  desk.ui.outbox.control(look);
}

std::uint64_t grid_revision(const GridSnapshot& grid) {
  const Rectangle& area = grid.grid.area;
  const std::uint64_t parts[] = {grid.source,
                                 std::bit_cast<std::uint64_t>(area.x_min),
                                 std::bit_cast<std::uint64_t>(area.x_max),
                                 std::bit_cast<std::uint64_t>(area.y_min),
                                 std::bit_cast<std::uint64_t>(area.y_max),
                                 static_cast<std::uint64_t>(grid.request.resolution),
                                 static_cast<std::uint64_t>(grid.request.hidden_resolution)};
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const std::uint64_t part : parts)
    hash = (hash ^ part) * 0x100000001b3ULL;
  return hash;
}

}  // namespace deltascope::ui
