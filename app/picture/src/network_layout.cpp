#include <deltascope/picture/network_picture.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace deltascope::picture {

namespace {

constexpr float smallest_box = 22, largest_box = 84, slot_padding = 6;

/// Title lines from the most to the least said; the first form that fits all columns is taken.
using Titles = std::vector<std::vector<std::string>>;

// Layers are counted as their δ are.
std::vector<Titles> title_forms(const Architecture& architecture, const walk::Notation& notation) {
  std::vector<Titles> forms(5);
  for (Index layer = 0; layer <= architecture.layers(); ++layer) {
    const Index neurons = architecture.sizes()[static_cast<std::size_t>(layer)];
    const Index number = walk::layer_number(notation, {walk::Kind::neuron, layer - 1});
    const std::string name = fmt::format("Layer {}", number);
    const std::string kind =
        layer == 0 ? "input"
                   : fmt::format("{} {}", neurons, architecture.activation(layer - 1).label);
    const std::string role = layer == architecture.layers() ? "output, " + kind : kind;
    forms[0].push_back({fmt::format("{} · {}", name, role)});
    forms[1].push_back({name, role});
    forms[2].push_back({name, kind});
    forms[3].push_back({name, std::to_string(neurons)});
    forms[4].push_back(
        {fmt::format("{}{}{}", notation.layer_fence.front(), number, notation.layer_fence.back()),
         std::to_string(neurons)});
  }
  return forms;
}

bool fits(Canvas& canvas, const Titles& titles, float width_px) {
  return std::all_of(titles.begin(), titles.end(), [&](const auto& lines) {
    return std::all_of(lines.begin(), lines.end(), [&](const std::string& line) {
      return canvas.measure(line, Font::small).width <= width_px;
    });
  });
}

float distance_to(const EdgeCurve& curve, Point at) {
  constexpr int pieces = 24;
  float nearest = INFINITY;
  Point before = curve.from;
  for (int i = 1; i <= pieces; ++i) {
    const Point here = curve.at(static_cast<float>(i) / pieces);
    const float dx = here.x - before.x;
    const float dy = here.y - before.y;
    const float length = dx * dx + dy * dy;
    const float along = length > 0 ? ((at.x - before.x) * dx + (at.y - before.y) * dy) / length : 0;
    const float t = std::clamp(along, 0.0F, 1.0F);
    nearest = std::min(nearest, std::hypot(before.x + t * dx - at.x, before.y + t * dy - at.y));
    before = here;
  }
  return nearest;
}

}  // namespace

Point EdgeCurve::at(float t) const {
  const float u = 1 - t;
  const float a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
  return {a * from.x + b * control_1.x + c * control_2.x + d * to.x,
          a * from.y + b * control_1.y + c * control_2.y + d * to.y};
}

std::optional<EdgeCurve> edge_curve(const NetworkLayout& layout, const WeightId& weight) {
  const auto left = static_cast<std::size_t>(weight.layer);
  const auto from = static_cast<std::size_t>(weight.from);
  const auto to = static_cast<std::size_t>(weight.to);
  if (left + 1 >= layout.neurons.size() || from >= layout.neurons[left].size() ||
      to >= layout.neurons[left + 1].size()) {
    return std::nullopt;
  }
  const Rect& source = layout.neurons[left][from];
  const Rect& target = layout.neurons[left + 1][to];
  const Point start{source.x1, source.center().y};
  const Point end{target.x0, target.center().y};
  const float bend = 0.5F * (end.x - start.x);
  return EdgeCurve{start, {start.x + bend, start.y}, {end.x - bend, end.y}, end};
}

std::optional<NeuronId> NetworkLayout::neuron_at(Point at) const {
  for (std::size_t layer = 0; layer < neurons.size(); ++layer) {
    for (std::size_t j = 0; j < neurons[layer].size(); ++j) {
      if (neurons[layer][j].contains(at)) {
        return NeuronId{static_cast<Index>(layer), static_cast<Index>(j)};
      }
    }
  }
  return std::nullopt;
}

std::optional<WeightId> NetworkLayout::weight_at(Point at, float tolerance_px) const {
  std::optional<WeightId> best;
  float nearest = tolerance_px;
  for (std::size_t layer = 0; layer + 1 < neurons.size(); ++layer) {
    for (std::size_t to = 0; to < neurons[layer + 1].size(); ++to) {
      for (std::size_t from = 0; from < neurons[layer].size(); ++from) {
        const WeightId weight{static_cast<Index>(layer), static_cast<Index>(to),
                              static_cast<Index>(from)};
        const auto curve = edge_curve(*this, weight);
        if (!curve || at.x < curve->from.x || at.x > curve->to.x) continue;
        const float distance = distance_to(*curve, at);
        if (distance > nearest) continue;
        nearest = distance;
        best = weight;
      }
    }
  }
  return best;
}

NetworkLayout layout_network(Canvas& canvas, const Rect& rect, const Architecture& architecture,
                             const walk::Notation& notation) {
  const float s = canvas.scale();
  NetworkLayout layout;
  layout.rect = rect;
  const auto columns = static_cast<std::size_t>(architecture.layers()) + 1;
  const float text_height = canvas.measure("0", Font::small).height;
  const float value_height = canvas.measure("0", Font::mono_small).height;

  // Left of the inputs stands x_1, right of the outputs δ.
  const float spaces = static_cast<float>(columns - 1);
  const float left = 32 * s;
  const auto pitch = [&](float right_px) {
    return (rect.width() - left - right_px - smallest_box * s) / spaces;
  };
  const std::string delta = fmt::format("{} -0.00100", walk::delta_letter(notation));
  float right = canvas.measure(delta, Font::mono_small).width + 8 * s;
  const bool narrow = pitch(right) < smallest_box * s + right;
  if (narrow) right = canvas.measure("+0.00", Font::mono_small).width + 8 * s;
  // Boxes leave room for δ between the columns while they are large enough themselves.
  const float room = rect.width() - left - right;
  const float number = canvas.measure(delta, Font::mono_small).width + 9 * s;
  const float beside_numbers = (room - spaces * number) / static_cast<float>(columns);
  const float widest = std::min(room / (static_cast<float>(columns) + 0.7F * spaces),
                                std::max(beside_numbers, 36 * s));
  const float title_room = pitch(right) - 8 * s;
  for (Titles& titles : title_forms(architecture, notation)) {
    layout.titles = std::move(titles);
    if (fits(canvas, layout.titles, title_room)) break;
  }
  const float title_height = static_cast<float>(layout.titles.front().size()) * text_height + 8 * s;

  const Index tallest = *std::max_element(architecture.sizes().begin(), architecture.sizes().end());
  const float height = std::max(rect.height() - title_height, 1.0F);
  // Of a slot, besides its box: a stands below, or beside the box where that would be too high.
  const float below = value_height + slot_padding * s;
  layout.values_beside = height / static_cast<float>(tallest) < smallest_box * s + below;
  const float fixed =
      layout.values_beside ? std::max(2 * value_height - smallest_box * s, 0.0F) + 2 * s : below;
  const float wanted = height / static_cast<float>(tallest) - fixed;
  const float box =
      std::floor(std::clamp(std::min(wanted, widest), smallest_box * s, largest_box * s));
  const float slot = std::min(std::max(wanted, box) + fixed, box + fixed + 44 * s);
  const auto most = std::max<Index>(1, static_cast<Index>(height / (box + fixed)));

  const float span = std::max(rect.width() - left - right - box, 0.0F);
  layout.gap_px = span / spaces - box;
  const float middle = rect.y0 + title_height + height / 2;
  for (std::size_t column = 0; column < columns; ++column) {
    const Index neurons = architecture.sizes()[column];
    const Index slots = std::min(neurons, most);
    const Index shown = neurons > most ? std::max<Index>(most - 1, 0) : neurons;
    const float x = std::round(rect.x0 + left + static_cast<float>(column) * (box + layout.gap_px));
    const float top = middle - static_cast<float>(slots) * slot / 2 + (slot - box - fixed) / 2;
    std::vector<Rect> boxes;
    Rect more{};
    for (Index j = 0; j < slots; ++j) {
      const float y = std::round(top + static_cast<float>(j) * slot);
      const Rect place{x, y, x + box, y + box};
      if (j < shown) {
        boxes.push_back(place);
      } else {
        more = place;
      }
    }
    layout.neurons.push_back(std::move(boxes));
    layout.hidden_count.push_back(neurons - shown);
    layout.more.push_back(more);
  }
  return layout;
}

}  // namespace deltascope::picture
