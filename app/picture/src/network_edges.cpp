#include "heat_map.hpp"
#include "network_parts.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace deltascope::picture {

namespace {

constexpr std::size_t busy_edges = 60;  // from here on small weights step back
constexpr double set_back = 0.35;

class NetworkEdges {
 public:
  NetworkEdges(Canvas& canvas, const NetworkLayout& layout, const NetworkPicture& picture,
               const LitParts& lit, const Palette& palette)
      : canvas_(canvas),
        layout_(layout),
        picture_(picture),
        architecture_(*picture.architecture),
        lit_(lit),
        palette_(palette),
        s_(canvas.scale()) {}

  void draw() {
    if (picture_.parameters.size() != static_cast<std::size_t>(architecture_.parameters())) return;
    std::vector<Edge> all = edges();
    double largest = 0;
    for (const Edge& edge : all) {
      if (std::isfinite(edge.weight)) largest = std::max(largest, std::abs(edge.weight));
    }
    // The large ones lie on top, then those that are lit, and those the mouse asks for above all.
    std::stable_sort(all.begin(), all.end(), [](const Edge& a, const Edge& b) {
      if (a.hovered != b.hovered) return b.hovered;
      if (a.lit != b.lit) return b.lit;
      return std::abs(a.weight) < std::abs(b.weight);
    });
    const bool asked = picture_.hovered_neuron || picture_.hovered_weight || lit_.any();
    const auto lit = std::count_if(all.begin(), all.end(), [](const Edge& e) { return e.lit; });
    std::vector<Bezier> curves;
    curves.reserve(all.size());
    for (const Edge& edge : all) {
      const EdgeCurve& c = edge.curve;
      // A whole busy layer that is lit looks as ever, and comes forward as the rest steps back.
      const bool strong = edge.hovered || (edge.lit && static_cast<std::size_t>(lit) <= busy_edges);
      const Look look{all.size() > busy_edges, strong, asked && !edge.hovered && !edge.lit};
      curves.push_back(
          {c.from, c.control_1, c.control_2, c.to, stroke_of(edge.weight, largest, look)});
    }
    canvas_.curves(image_key(ImageKind::edges, 0, 0), curves);
    for (const Edge& edge : all) {
      if (edge.lit) draw_flow(edge);
    }
  }

 private:
  struct Edge {
    WeightId id;
    EdgeCurve curve;
    double weight = 0;
    bool hovered = false, lit = false;
  };
  struct Look {
    bool busy = false, strong = false, steps_back = false;
  };

  bool touches_hovered(const WeightId& id) const {
    if (picture_.hovered_weight) return id == *picture_.hovered_weight;
    if (!picture_.hovered_neuron) return false;
    const NeuronId& neuron = *picture_.hovered_neuron;
    return (id.layer == neuron.layer && id.from == neuron.index) ||
           (id.layer + 1 == neuron.layer && id.to == neuron.index);
  }

  std::vector<Edge> edges() const {
    std::vector<Edge> result;
    for (Index layer = 0; layer < architecture_.layers(); ++layer) {
      const ConstWeightView W = architecture_.W(picture_.parameters, layer);
      for (Index to = 0; to < W.rows; ++to) {
        for (Index from = 0; from < W.cols; ++from) {
          const WeightId id{layer, to, from};
          const auto curve = edge_curve(layout_, id);
          if (!curve) break;  // the neurons shown are the first ones
          result.push_back({id, *curve, W(to, from), touches_hovered(id), lit_.weight(id)});
        }
      }
    }
    return result;
  }

  Stroke stroke_of(double weight, double largest, const Look& look) const {
    if (!std::isfinite(weight)) return {palette_.warning, 1.5F * s_};
    const double size = largest > 0 ? std::abs(weight) / largest : 0;
    const bool negative = weight < 0;
    // Few weights are told apart by width alone; of many only the large ones come forward.
    double alpha = look.busy ? 0.10 + 0.80 * size * size : 0.30 + 0.65 * size;
    if (look.strong) alpha = 1;
    if (look.steps_back) alpha *= set_back;
    const double width = 0.9 + (look.busy ? 3.6 : 4.6) * size + (look.strong ? 0.8 : 0);
    Stroke stroke{faded(negative ? palette_.negative : palette_.positive, alpha),
                  static_cast<float>(width) * s_, 0, 0};
    if (negative) {
      stroke.dash_px = (6 + 1.2F * static_cast<float>(width)) * s_;
      stroke.gap_px = (4 + 0.6F * static_cast<float>(width)) * s_;
    }
    return stroke;
  }

  void draw_flow(const Edge& edge) {
    const walk::Flow flow = picture_.lights->flow;
    if (flow == walk::Flow::none) return;
    const bool backward = flow == walk::Flow::backward;
    if (!picture_.lights->pulse) {
      draw_arrow_head(edge, backward);
      return;
    }
    const auto come = static_cast<float>(std::clamp(*picture_.lights->pulse, 0.0, 1.0));
    const Point at = edge.curve.at(backward ? 1 - come : come);
    canvas_.fill_circle(at, 6 * s_, palette_.panel);
    canvas_.fill_circle(at, 4.5F * s_, palette_.walk);
  }

  /// How much of the end of an edge is covered: by δ's ring, and behind a neuron by its numbers
  /// where they stand beside its middle.
  float covered_px(const WeightId& id, bool backward) const {
    const float ring = 6 * s_;
    if (!backward || fitting_sample(picture_) == nullptr) return ring;
    const Size number = canvas_.measure(delta_text(picture_, "-0.0000"), Font::mono_small);
    const Rect& box =
        layout_.neurons[static_cast<std::size_t>(id.layer)][static_cast<std::size_t>(id.from)];
    if (!layout_.values_beside && box.height() / 2 > number.height + 8 * s_) return ring;
    return std::min(number.width + 8 * s_,
                    std::max(0.5F * layout_.gap_px, layout_.gap_px - 20 * s_));
  }

  /// Where the edge is so far from the end that the numbers run to.
  Point before_end(const EdgeCurve& curve, bool backward, float distance_px) const {
    const float end = backward ? curve.from.x : curve.to.x;
    float far = backward ? 1.0F : 0.0F, near = 1 - far;  // of t; x grows with it
    for (int halving = 0; halving < 16; ++halving) {
      const float t = (far + near) / 2;
      (std::abs(curve.at(t).x - end) > distance_px ? far : near) = t;
    }
    return curve.at(near);
  }

  void draw_arrow_head(const Edge& edge, bool backward) {
    const float length = 11 * s_, half = 5.5F * s_;
    const float covered = covered_px(edge.id, backward);
    const Point tip = before_end(edge.curve, backward, covered);
    const Point tail = before_end(edge.curve, backward, covered + length);
    const float distance = std::max(std::hypot(tip.x - tail.x, tip.y - tail.y), 1e-3F);
    const Point along{(tip.x - tail.x) / distance, (tip.y - tail.y) / distance};
    const auto triangle = [&](float rim_px, Color color) {
      const float back = length + rim_px, wide = half + 1.5F * rim_px;
      const Point front{tip.x + 2 * rim_px * along.x, tip.y + 2 * rim_px * along.y};
      const Point base{tip.x - back * along.x, tip.y - back * along.y};
      const Point corners[] = {front,
                               {base.x - wide * along.y, base.y + wide * along.x},
                               {base.x + wide * along.y, base.y - wide * along.x}};
      canvas_.fill_polygon(corners, color);
    };
    triangle(1.5F * s_, palette_.panel);
    triangle(0, palette_.walk);
  }

  Canvas& canvas_;
  const NetworkLayout& layout_;
  const NetworkPicture& picture_;
  const Architecture& architecture_;
  const LitParts& lit_;
  const Palette& palette_;
  float s_;
};

}  // namespace

void draw_network_edges(Canvas& canvas, const NetworkLayout& layout, const NetworkPicture& picture,
                        const LitParts& lit, const Palette& palette) {
  NetworkEdges(canvas, layout, picture, lit, palette).draw();
}

}  // namespace deltascope::picture
