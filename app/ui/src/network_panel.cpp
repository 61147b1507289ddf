#include "actions.hpp"
#include "look.hpp"
#include "panels.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace deltascope::ui {
namespace {

constexpr float weight_grip = 5;

// Positive and negative, at the right end of the title's row if there is room.
void legend(const Ui& ui) {
  const SmallControls small(ui);
  ImGuiCanvas canvas = ui.canvas();
  const float line = ui.px(28), gap = ui.px(8), entry_gap = ui.px(22);
  struct Entry {
    const char* text;
    picture::Color color;
    float dash, gap;
  };
  const Entry entries[] = {{"positive weight", ui.palette.positive, 0, 0},
                           {"negative", ui.palette.negative, 7, 5}};
  float width = entry_gap;
  for (const Entry& entry : entries) {
    width += line + gap + canvas.measure(entry.text, picture::Font::small).width;
  }
  if (!same_line_if_fits(width)) return;
  align_right(width);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight(), y = at.y + height / 2;
  ImGui::Dummy(ImVec2(width, height));
  float x = at.x;
  for (const Entry& entry : entries) {
    canvas.line({x, y}, {x + line, y},
                {entry.color, 3 * ui.scale(), entry.dash * ui.scale(), entry.gap * ui.scale()});
    x += line + gap;
    canvas.text({x, y}, entry.text, picture::Font::small, ui.palette.secondary,
                picture::AlignX::left, picture::AlignY::middle);
    x += canvas.measure(entry.text, picture::Font::small).width + entry_gap;
  }
}

// A click on a neuron chooses it, or lets it go; two on a neuron or an edge open the numbers.
void choose(Desk& desk, std::optional<picture::NeuronId> neuron,
            const std::optional<picture::WeightId>& weight) {
  if (ImGui::GetIO().MouseClickedLastCount[ImGuiMouseButton_Left] < 2) {
    desk.view.neuron = desk.view.neuron == neuron ? std::nullopt : neuron;
    return;
  }
  if (weight) neuron = picture::NeuronId{weight->layer + 1, weight->to};
  if (neuron) actions::show_weights(desk, *neuron);
}

// The column of the trace whose numbers stand at the neurons; that behind the last one where it is
// of no point of the batch.
Index shown_column(const Desk& desk) {
  const std::vector<std::uint32_t>& samples = desk.snapshot().trace.samples;
  if (const auto walked = walked_point(desk); walked || desk.snapshot().selected) {
    const auto shown =
        static_cast<std::uint32_t>(walked.value_or(desk.snapshot().selected.value_or(0)));
    return std::find(samples.begin(), samples.end(), shown) - samples.begin();
  }
  return static_cast<Index>(samples.size());
}

}  // namespace

void draw_network_panel(Desk& desk) {
  Ui& ui = desk.ui;
  const Snapshot& snapshot = desk.snapshot();
  const Architecture& net = desk.architecture();
  panel_heading(desk, "network", "Network");
  legend(ui);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImVec2 room = ImGui::GetContentRegionAvail();
  room.x = std::max(room.x, ui.px(160));
  const float foot = ui.px(20);
  room.y = std::max(room.y - foot, ui.px(140));
  const bool clicked = ImGui::InvisibleButton("network", room);
  ui.record("network");
  const bool hovered = ImGui::IsItemHovered();
  const picture::Rect rect{corner.x, corner.y, corner.x + room.x, corner.y + room.y};
  ImGuiCanvas canvas = ui.canvas();
  const picture::NetworkLayout layout = picture::layout_network(canvas, rect, net, desk.notation());

  const picture::Point mouse = to_point(ImGui::GetIO().MousePos);
  std::optional<picture::NeuronId> neuron = hovered ? layout.neuron_at(mouse) : std::nullopt;
  std::optional<picture::WeightId> weight;
  if (hovered && !neuron) weight = layout.weight_at(mouse, ui.px(weight_grip));
  if (neuron) point_at(desk, {walk::Kind::neuron, neuron->layer - 1, neuron->index, walk::every});
  if (weight) point_at(desk, {walk::Kind::edge, weight->layer, weight->to, weight->from});
  if (clicked) choose(desk, neuron, weight);

  picture::NetworkPicture picture;
  picture.architecture = &net;
  picture.parameters = snapshot.parameters;
  if (snapshot.has_trace) picture.gradient = snapshot.trace.gradient;
  picture.grid = desk.frame.grid.grid.maps.empty() ? nullptr : &desk.frame.grid.grid;
  picture.grid_revision = grid_revision(desk.frame.grid);
  const std::optional<SampleTrace> walked = walked_sample(desk);
  picture.sample = walked ? &*walked : snapshot.selected ? &snapshot.selected_trace : nullptr;
  picture.hovered_neuron = neuron || weight ? neuron : desk.view.neuron;
  picture.hovered_weight = weight;
  picture.notation = &desk.notation();
  const std::optional<picture::NetworkLights> lit = lights(desk);
  picture.lights = lit && !neuron && !weight ? &*lit : nullptr;
  const Index column = shown_column(desk);
  picture.covered = [&](const walk::Quantity& quantity) {
    const bool of_sample = !walk::same(quantity, {walk::Kind::edge, quantity.layer}) &&
                           quantity.kind != walk::Kind::db;
    const walk::Quantity shown = of_sample ? quantity.at(quantity.row, column) : quantity;
    return !is_reached(desk, quantity) || is_covered(desk, shown);
  };
  draw_network(canvas, layout, picture, ui.palette);

  const std::string_view delta = walk::delta_letter(desk.notation());
  const std::string hint =
      walked || snapshot.selected
          ? fmt::format("Point {}: a below each neuron, {} beside it",
                        walked_point(desk).value_or(snapshot.selected.value_or(0)) + 1, delta)
          : fmt::format("Select a point in the plane to see its a and {} at every neuron", delta);
  canvas.text({rect.x0, rect.y1 + foot}, hint, picture::Font::small, ui.palette.secondary,
              picture::AlignX::left, picture::AlignY::bottom);
}

}  // namespace deltascope::ui
