#include "network_parts.hpp"
#include "readout.hpp"

#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace deltascope::picture {

namespace {

class NetworkReadout {
 public:
  NetworkReadout(Canvas& canvas, const NetworkLayout& layout, const NetworkPicture& picture,
                 const SampleTrace* sample, const Palette& palette)
      : canvas_(canvas),
        layout_(layout),
        picture_(picture),
        architecture_(*picture.architecture),
        sample_(sample),
        palette_(palette),
        s_(canvas.scale()) {}

  void draw() {
    if (picture_.hovered_weight) {
      draw_weight_readout(*picture_.hovered_weight);
    } else if (picture_.hovered_neuron) {
      draw_neuron_readout(*picture_.hovered_neuron);
    }
  }

 private:
  bool is_block(std::span<const double> block) const {
    return block.size() == static_cast<std::size_t>(architecture_.parameters());
  }

  std::string exact(double value) const {
    return picture_.blank ? "?" : format_significant(value, 6);
  }

  ReadoutLine line(const walk::Quantity& quantity, double value) const {
    const bool covered = picture_.covered && picture_.covered(quantity);
    return {walk::label_of(quantity, *picture_.notation) + " = " + (covered ? "?" : exact(value)),
            {0, 0, 0, 0}};
  }

  void draw_weight_readout(const WeightId& id) {
    const auto curve = edge_curve(layout_, id);
    if (!curve || !is_block(picture_.parameters)) return;
    std::vector<ReadoutLine> lines;
    const auto add = [&](walk::Kind kind, std::span<const double> block) {
      const double value = architecture_.W(block, id.layer)(id.to, id.from);
      lines.push_back(line({kind, id.layer, id.to, id.from}, value));
    };
    add(walk::Kind::W, picture_.parameters);
    if (is_block(picture_.gradient)) add(walk::Kind::dW, picture_.gradient);
    const Point at = curve->at(0.5F);
    place_readout({at.x, at.y, at.x, at.y}, lines);
  }

  void draw_neuron_readout(const NeuronId& id) {
    const auto layer = static_cast<std::size_t>(id.layer);
    const auto j = static_cast<std::size_t>(id.index);
    if (layer >= layout_.neurons.size() || j >= layout_.neurons[layer].size()) return;
    std::vector<ReadoutLine> lines;
    const auto add = [&](walk::Kind kind, double value) {
      lines.push_back(line({kind, id.layer - 1, id.index}, value));
    };
    if (sample_ != nullptr) {
      if (id.layer > 0) add(walk::Kind::z, sample_->z[layer - 1][j]);
      add(walk::Kind::a, activation_of(*sample_, id));
      if (id.layer > 0) add(walk::Kind::delta, delta_of(*sample_, id.layer - 1, id.index));
    }
    const auto add_bias = [&](walk::Kind kind, std::span<const double> block) {
      if (id.layer > 0 && is_block(block)) add(kind, architecture_.b(block, id.layer - 1)[j]);
    };
    add_bias(walk::Kind::b, picture_.parameters);
    add_bias(walk::Kind::db, picture_.gradient);
    if (lines.empty()) return;
    place_readout(layout_.neurons[layer][j], lines);
  }

  /// A neuron with the numbers that stand around it.
  Rect with_numbers(const Rect& box, bool input) const {
    const float height = canvas_.measure("0", Font::mono_small).height;
    const float right = canvas_.measure(delta_text(picture_, "-0.0000"), Font::mono_small).width;
    const bool beside = sample_ != nullptr && (!input || layout_.values_beside);
    const bool below = sample_ != nullptr && !layout_.values_beside;
    return {box.x0 - (input ? 32 : 3) * s_, box.y0 - 4 * s_, box.x1 + (beside ? right : 3 * s_),
            box.y1 + (below ? height : 0) + 3 * s_};
  }

  /// Beside `anchor`, where it hides the least: of all places on a raster the one that covers least
  /// of the neurons and their numbers; of those the nearest.
  void place_readout(const Rect& anchor, std::span<const ReadoutLine> lines) {
    std::vector<Rect> taken{anchor.shrunk(-12 * s_)};
    const auto title_lines = static_cast<float>(layout_.titles.front().size());
    Rect titles = layout_.rect;
    titles.y1 = titles.y0 + title_lines * canvas_.measure("0", Font::small).height;
    taken.push_back(titles);
    for (std::size_t layer = 0; layer < layout_.neurons.size(); ++layer) {
      for (const Rect& box : layout_.neurons[layer])
        taken.push_back(with_numbers(box, layer == 0));
    }
    const Size size = readout_size(canvas_, lines);
    const Rect& bounds = layout_.rect;
    const float step = 8 * s_;
    Point best{bounds.x0, bounds.y0};
    float least = INFINITY;
    for (float y = bounds.y0; y == bounds.y0 || y + size.height <= bounds.y1; y += step) {
      for (float x = bounds.x0; x == bounds.x0 || x + size.width <= bounds.x1; x += step) {
        constexpr float far = 8;  // pixels hidden that one pixel of distance is worth
        float cost = far * std::hypot(std::max({anchor.x0 - x - size.width, x - anchor.x1, 0.0F}),
                                      std::max({anchor.y0 - y - size.height, y - anchor.y1, 0.0F}));
        for (std::size_t i = 0; i < taken.size(); ++i) {
          const float width = std::min(x + size.width, taken[i].x1) - std::max(x, taken[i].x0);
          const float height = std::min(y + size.height, taken[i].y1) - std::max(y, taken[i].y0);
          // Above all it never lies on what it tells about.
          if (width > 0 && height > 0) cost += (i == 0 ? 100.0F : 1.0F) * width * height;
        }
        if (cost >= least) continue;
        least = cost;
        best = {x, y};
      }
    }
    draw_readout_at(canvas_, best, lines, palette_);
  }

  Canvas& canvas_;
  const NetworkLayout& layout_;
  const NetworkPicture& picture_;
  const Architecture& architecture_;
  const SampleTrace* sample_;
  const Palette& palette_;
  float s_;
};

}  // namespace

const SampleTrace* fitting_sample(const NetworkPicture& picture) {
  const auto layers = static_cast<std::size_t>(picture.architecture->layers());
  const SampleTrace* sample = picture.sample;
  const bool fits =
      sample != nullptr && sample->a.size() == layers && sample->delta.size() == layers;
  return fits ? sample : nullptr;
}

std::string delta_text(const NetworkPicture& picture, std::string_view number) {
  return fmt::format("{} {}", walk::delta_letter(*picture.notation), number);
}

double delta_of(const SampleTrace& sample, Index layer, Index neuron) {
  return sample.delta[static_cast<std::size_t>(layer)][static_cast<std::size_t>(neuron)];
}

double activation_of(const SampleTrace& sample, const NeuronId& id) {
  const auto j = static_cast<std::size_t>(id.index);
  return id.layer == 0 ? sample.x[j] : sample.a[static_cast<std::size_t>(id.layer) - 1][j];
}

void draw_network_readout(Canvas& canvas, const NetworkLayout& layout,
                          const NetworkPicture& picture, const SampleTrace* sample,
                          const Palette& palette) {
  NetworkReadout(canvas, layout, picture, sample, palette).draw();
}

}  // namespace deltascope::picture
