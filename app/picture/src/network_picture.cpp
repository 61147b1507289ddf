#include "heat_map.hpp"
#include "network_parts.hpp"

#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/network_picture.hpp>
#include <deltascope/picture/script_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace deltascope::picture {

namespace {

constexpr float rounding = 6;
constexpr double unlit_strength = 0.45;

/// Draws one picture; holds what its parts share.
class NetworkDrawing {
 public:
  NetworkDrawing(Canvas& canvas, const NetworkLayout& layout, const NetworkPicture& picture,
                 const Palette& palette)
      : canvas_(canvas),
        layout_(layout),
        picture_(picture),
        architecture_(*picture.architecture),
        palette_(palette),
        lit_(picture),
        s_(canvas.scale()) {
    sample_ = fitting_sample(picture);
    if (sample_ == nullptr) return;
    for (const auto& layer : sample_->delta) {
      for (const double delta : layer) {
        if (std::isfinite(delta)) largest_delta_ = std::max(largest_delta_, std::abs(delta));
      }
    }
  }

  void draw() {
    draw_titles();
    draw_network_edges(canvas_, layout_, picture_, lit_, palette_);
    for (std::size_t layer = 0; layer < layout_.neurons.size(); ++layer) {
      for (std::size_t j = 0; j < layout_.neurons[layer].size(); ++j) {
        draw_neuron({static_cast<Index>(layer), static_cast<Index>(j)}, layout_.neurons[layer][j]);
      }
      draw_more(layer);
    }
    // Over the boxes: where it is tight, δ may reach the next column.
    for (std::size_t layer = 1; sample_ != nullptr && layer < layout_.neurons.size(); ++layer) {
      for (std::size_t j = 0; j < layout_.neurons[layer].size(); ++j) {
        draw_delta({static_cast<Index>(layer), static_cast<Index>(j)}, layout_.neurons[layer][j]);
      }
    }
    draw_network_readout(canvas_, layout_, picture_, sample_, palette_);
  }

 private:
  float column_center(std::size_t layer) const {
    const Rect& box =
        layout_.neurons[layer].empty() ? layout_.more[layer] : layout_.neurons[layer].front();
    return box.center().x;
  }

  void draw_titles() {
    const float text_height = canvas_.measure("0", Font::small).height;
    for (std::size_t layer = 0; layer < layout_.titles.size(); ++layer) {
      float y = layout_.rect.y0;
      for (const std::string& line : layout_.titles[layer]) {
        // The outermost titles may be wider than their column: they stay inside the picture.
        const float half = canvas_.measure(line, Font::small).width / 2;
        const float x = std::max(layout_.rect.x0 + half,
                                 std::min(column_center(layer), layout_.rect.x1 - half));
        const bool first = y == layout_.rect.y0 && layout_.titles[layer].size() > 1;
        canvas_.text({x, y}, line, Font::small, first ? palette_.text : palette_.secondary,
                     AlignX::center);
        y += text_height;
      }
    }
  }

  const GridMap* map_of(const NeuronId& id) const {
    if (picture_.grid == nullptr || id.layer == 0) return nullptr;
    const auto layer = static_cast<std::size_t>(id.layer) - 1;
    const auto j = static_cast<std::size_t>(id.index);
    const auto& maps = picture_.grid->maps;
    if (layer >= maps.size() || j >= maps[layer].size() || maps[layer][j].values.empty()) {
      return nullptr;
    }
    return &maps[layer][j];
  }

  void draw_box(const NeuronId& id, const Rect& box) {
    const GridMap* map = map_of(id);
    const bool ramp = id.layer == 0 && architecture_.inputs() == 2 && picture_.grid != nullptr;
    const ImagePlace place{
        image_key(ImageKind::neuron, id.layer, id.index),
        image_revision(ramp ? 0 : picture_.grid_revision, palette_, Shading::smooth)};
    if (ramp) {
      draw_heat_map(
          canvas_, box, place, [&] { return input_image(id.index, palette_); }, rounding * s_);
    } else if (map != nullptr) {
      const auto size = static_cast<Index>(std::ceil(box.width()));
      draw_heat_map(
          canvas_, box, place,
          [&] {
            return neuron_image(*map, architecture_.activation(id.layer - 1), size, palette_);
          },
          rounding * s_);
    } else {
      canvas_.fill_rect(box, palette_.frame, rounding * s_);
    }
    canvas_.stroke_rect(box, {palette_.dark ? palette_.secondary : palette_.border, s_},
                        rounding * s_);
  }

  double strength(const NeuronId& id) const {
    return !lit_.any() || lit_.neuron(id) ? 1 : unlit_strength;
  }

  // The frame lies inside the box: around it stand δ's ring and the numbers.
  void draw_light(const Rect& box, bool lit) {
    if (lit) {
      canvas_.stroke_rect(box.shrunk(-3 * s_), {faded(palette_.walk, 0.25), 6 * s_},
                          (rounding + 3) * s_);
      canvas_.stroke_rect(box.shrunk(2 * s_), {palette_.panel, 6 * s_}, (rounding - 2) * s_);
      canvas_.stroke_rect(box.shrunk(1.5F * s_), {palette_.walk, 4 * s_}, (rounding - 2) * s_);
    } else if (lit_.any()) {
      canvas_.fill_rect(box.shrunk(-s_), faded(palette_.panel, 1 - unlit_strength), rounding * s_);
    }
  }

  bool covered(const NeuronId& id, walk::Kind kind) const {
    return picture_.blank || (picture_.covered && picture_.covered({kind, id.layer - 1, id.index}));
  }

  void draw_neuron(const NeuronId& id, const Rect& box) {
    draw_box(id, box);
    draw_light(box, lit_.neuron(id));
    const Color color = faded(palette_.text, strength(id));
    if (id.layer == 0) {
      draw_script(canvas_, {box.x0 - 8 * s_, box.center().y}, fmt::format("x_{{{}}}", id.index + 1),
                  Font::body, color, AlignX::right, AlignY::middle);
    }
    if (sample_ != nullptr) {
      const std::string a =
          covered(id, walk::Kind::a) ? "?" : format_signed(activation_of(*sample_, id));
      if (layout_.values_beside) {
        write_over_edges({box.x1 + 5 * s_, box.center().y}, a, Font::mono_small, color);
      } else {
        canvas_.text({box.center().x, box.y1 + 2 * s_}, a, Font::mono_small, color, AlignX::center);
      }
    }
    if (picture_.hovered_neuron == id) {
      canvas_.stroke_rect(box.shrunk(-3 * s_), {palette_.text, 2 * s_}, (rounding + 3) * s_);
    }
  }

  void draw_delta(const NeuronId& id, const Rect& box) {
    const double delta = delta_of(*sample_, id.layer - 1, id.index);
    // The ring is as strong as the sensitivity, relative to the largest in the network.
    const double size = largest_delta_ > 0 ? std::abs(delta) / largest_delta_ : 0;
    const bool hidden = covered(id, walk::Kind::delta);
    canvas_.stroke_rect(
        box.shrunk(-2.5F * s_),
        {faded(palette_.delta, (0.08 + (hidden ? 0 : 0.92 * size)) * strength(id)), 2 * s_},
        (rounding + 2) * s_);
    std::string text = delta_text(picture_, hidden ? "?" : format_significant(delta, 3));
    const bool last = id.layer == architecture_.layers();
    const float room = last ? layout_.rect.x1 - box.x1 - 4 * s_ : layout_.gap_px - 9 * s_;
    Font font = Font::mono_small;
    if (!hidden) {
      if (canvas_.measure(text, font).width > room) text = format_significant(delta, 3);
      if (canvas_.measure(text, font).width > room) text = format_signed(delta);
    }
    if (canvas_.measure(text, font).width > room) font = Font::script;
    // Above the middle, where the edges leave.
    const float above = box.center().y - canvas_.measure(text, font).height;
    write_over_edges({box.x1 + 5 * s_, layout_.values_beside ? above : box.y0 - 3 * s_}, text, font,
                     faded(palette_.delta, strength(id)));
  }

  // A background keeps the text readable.
  void write_over_edges(Point at, const std::string& text, Font font, Color color) {
    const Size size = canvas_.measure(text, font);
    canvas_.fill_rect({at.x - s_, at.y, at.x + size.width + s_, at.y + size.height},
                      faded(palette_.panel, lit_.any() ? 1 : 0.8), 3 * s_);
    canvas_.text(at, text, font, color);
  }

  void draw_more(std::size_t layer) {
    if (layout_.hidden_count[layer] == 0) return;
    const Rect& box = layout_.more[layer];
    canvas_.stroke_rect(box, {palette_.border, s_, 4 * s_, 3 * s_}, rounding * s_);
    draw_light(box, lit_.beyond(layer, layout_.neurons[layer].size()));
    canvas_.text(box.center(), fmt::format("+{}", layout_.hidden_count[layer]), Font::small,
                 palette_.secondary, AlignX::center, AlignY::middle);
  }

  Canvas& canvas_;
  const NetworkLayout& layout_;
  const NetworkPicture& picture_;
  const Architecture& architecture_;
  const Palette& palette_;
  const LitParts lit_;
  float s_;
  const SampleTrace* sample_ = nullptr;
  double largest_delta_ = 0;
};

}  // namespace

void draw_network(Canvas& canvas, const NetworkLayout& layout, const NetworkPicture& picture,
                  const Palette& palette) {
  if (picture.architecture == nullptr || layout.neurons.empty()) return;
  canvas.push_clip(layout.rect);
  NetworkDrawing(canvas, layout, picture, palette).draw();
  canvas.pop_clip();
}

}  // namespace deltascope::picture
