#pragma once

#include <deltascope/backprop.hpp>
#include <deltascope/decision_grid.hpp>
#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace deltascope::picture {

/// One neuron: `layer` 0 is the input, layer l ≥ 1 is made by weight layer l − 1.
struct NeuronId {
  Index layer = 0, index = 0;
  bool operator==(const NeuronId&) const = default;
};
/// The weight from `from` (in layer) to `to` (in layer + 1) of weight layer `layer`.
struct WeightId {
  Index layer = 0, to = 0, from = 0;
  bool operator==(const WeightId&) const = default;
};

struct NetworkPicture {
  const Architecture* architecture = nullptr;
  std::span<const double> parameters;
  const DecisionGrid* grid = nullptr;  ///< heat map per neuron; null: plain boxes
  std::uint64_t grid_revision = 0;
  const SampleTrace* sample = nullptr;  ///< a and δ written at each neuron
  std::optional<NeuronId> hovered_neuron;
  std::optional<WeightId> hovered_weight;
};

/// Where everything lies, for drawing and for the mouse. Layers too tall for the panel show their
/// first neurons and a "+12" box.
struct NetworkLayout {
  std::vector<std::vector<Rect>> neurons;  ///< [layer][index], only those shown
  std::vector<Index> hidden_count;         ///< per layer: how many are not shown
  Rect rect;
  std::optional<NeuronId> neuron_at(Point at) const;
  std::optional<WeightId> weight_at(Point at, float tolerance_px) const;
};

NetworkLayout layout_network(Canvas& canvas, const Rect& rect, const Architecture& architecture);
void draw_network(Canvas& canvas, const NetworkLayout& layout, const NetworkPicture& picture,
                  const Palette& palette);

}  // namespace deltascope::picture
