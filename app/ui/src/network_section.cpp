#include "settings_sections.hpp"
#include "widgets.hpp"

#include <fmt/format.h>

namespace deltascope::ui {
namespace {

constexpr Index new_layer_neurons = 3;

void layer_row(Desk& desk, Index layer) {
  Ui& ui = desk.ui;
  const Architecture& net = desk.architecture();
  const bool is_output = layer == net.layers() - 1;
  const std::string name = is_output ? "Output" : fmt::format("Hidden {}", layer + 1);
  const Index neurons = net.fan_out(layer);

  const float square = ImGui::GetFrameHeight(), number = ui.px(30), gap = ui.px(4);
  const float width = 3 * square + number + 3 * gap;
  std::string shown =
      fmt::format("Layer {}", walk::layer_number(desk.notation(), {walk::Kind::neuron, layer}));
  const std::string complete = shown + (is_output ? " (output)" : " (hidden)");
  const float room = ImGui::GetContentRegionAvail().x - width - gap;
  if (ui.canvas().measure(complete, picture::Font::small).width <= room) shown = complete;
  ImGui::AlignTextToFramePadding();
  {
    const FontScope font(ui.fonts, picture::Font::small);
    ImGui::TextUnformatted(shown.c_str());
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(4), ui.px(6)));
  ImGui::SameLine();
  align_right(width);
  if (icon_button(ui, ("−###" + name + ": fewer").c_str(), neurons > 1)) {
    ui.outbox.command(SetLayerSize{layer, neurons - 1});
  }
  tooltip(ui, "One neuron fewer");
  ImGui::SameLine();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy(ImVec2(number, square));
  ui.canvas().text({at.x + number / 2, at.y + square / 2}, std::to_string(neurons),
                   picture::Font::mono, ui.palette.text, picture::AlignX::center,
                   picture::AlignY::middle);
  ImGui::SameLine();
  if (icon_button(ui, ("+###" + name + ": more").c_str())) {
    ui.outbox.command(SetLayerSize{layer, neurons + 1});
  }
  tooltip(ui, "One neuron more");
  ImGui::SameLine();
  if (is_output) {
    ImGui::Dummy(ImVec2(square, square));
  } else {
    if (icon_button(ui, ("×###" + name + ": remove").c_str())) {
      ui.outbox.command(RemoveLayer{layer});
    }
    tooltip(ui, "Remove this layer");
  }
  ImGui::PopStyleVar();

  const auto offered = [&](const Activation& activation) {
    return is_output || !activation.output_only;
  };
  const std::string label = "###" + name + ": activation";
  if (const Activation* chosen =
          table_combo(ui, label.c_str(), activations(), &net.activation(layer), offered)) {
    ui.outbox.command(SetActivation{layer, chosen});
  }
}

}  // namespace

void draw_network_section(Desk& desk) {
  const Index layers = desk.architecture().layers();
  for (Index layer = 0; layer < layers; ++layer)
    layer_row(desk, layer);
  if (button(desk.ui, "Add a hidden layer###Add layer", ButtonKind::plain, true,
             ImGui::GetContentRegionAvail().x)) {
    desk.ui.outbox.command(InsertLayer{layers - 1, new_layer_neurons});
  }
}

}  // namespace deltascope::ui
