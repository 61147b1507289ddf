#pragma once

#include <deltascope/backprop.hpp>
#include <deltascope/decision_grid.hpp>
#include <deltascope/picture/canvas.hpp>
#include <deltascope/picture/palette.hpp>
#include <deltascope/walk/notation.hpp>
#include <deltascope/walk/phase.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
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

/// What a walk through a step lights up in the network; the rest steps back. Empty: nothing does.
struct NetworkLights {
  std::vector<NeuronId> neurons;
  std::vector<WeightId> weights;
  walk::Flow flow = walk::Flow::none;  ///< which way numbers run along the weights
  std::optional<double> pulse;  ///< 0 … 1: how far they have come; none: arrow heads tell the way
};

struct NetworkPicture {
  const Architecture* architecture = nullptr;
  std::span<const double> parameters;
  const DecisionGrid* grid = nullptr;  ///< heat map per neuron; null: plain boxes
  std::uint64_t grid_revision = 0;
  std::span<const double> gradient;     ///< of the cost, like `parameters`; empty: not known
  const SampleTrace* sample = nullptr;  ///< a and δ written at each neuron
  std::optional<NeuronId> hovered_neuron;
  std::optional<WeightId> hovered_weight;
  const NetworkLights* lights = nullptr;  ///< null: no walk
  bool blank = false;                     ///< "?" in place of every number
  const walk::Notation* notation = walk::notations().data();
  /// Numbers at neurons and in read-outs that have "?" in their place; empty: none.
  std::function<bool(const walk::Quantity&)> covered;
};

/// Where everything lies, for drawing and for the mouse. Layers too tall for the panel show their
/// first neurons and a "+12" box.
struct NetworkLayout {
  std::vector<std::vector<Rect>> neurons;  ///< [layer][index], only those shown
  std::vector<Index> hidden_count;         ///< per layer: how many are not shown
  std::vector<Rect> more;                  ///< per layer: the "+12" box; empty if all are shown
  std::vector<std::vector<std::string>> titles;  ///< per layer: one or two lines
  bool values_beside = false;                    ///< a stands right of its neuron, not below it
  float gap_px = 0;                              ///< between the boxes of neighbouring layers
  Rect rect;
  std::optional<NeuronId> neuron_at(Point at) const;
  std::optional<WeightId> weight_at(Point at, float tolerance_px) const;
};

/// The curve of one weight from box to box; empty if one of its neurons is not shown.
struct EdgeCurve {
  Point from, control_1, control_2, to;
  Point at(float t) const;  ///< 0 ≤ t ≤ 1
};
std::optional<EdgeCurve> edge_curve(const NetworkLayout& layout, const WeightId& weight);

NetworkLayout layout_network(Canvas& canvas, const Rect& rect, const Architecture& architecture,
                             const walk::Notation& notation = walk::notations().front());
void draw_network(Canvas& canvas, const NetworkLayout& layout, const NetworkPicture& picture,
                  const Palette& palette);

}  // namespace deltascope::picture
