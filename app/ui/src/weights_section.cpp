// The bias and the incoming weights of the chosen neuron, to be typed or dragged.

#include "settings_sections.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/picture/script_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace deltascope::ui {
namespace {

constexpr NumberRange any_number{.low = std::numeric_limits<double>::lowest(),
                                 .high = std::numeric_limits<double>::max()};
constexpr Index most_rows = 12;  // the rest scrolls

// Dragging a name sideways: so much for each unit, in numbers of three decimals.
constexpr double drag_step = 0.01, drag_unit = 0.001;

std::optional<NumberEdit> drag_name(Ui& ui, const std::string& id, double value,
                                    const ImVec2& size) {
  const ImGuiID control = ImGui::GetID(id.c_str());
  ImGui::InvisibleButton(id.c_str(), size);
  ui.record(id);
  if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  if (ImGui::IsItemActivated()) hold(ui, control, value);
  if (ImGui::IsItemDeactivated()) let_go(ui, control);
  const float moved_px = ImGui::GetIO().MouseDelta.x;
  if (!ImGui::IsItemActive() || moved_px == 0) return std::nullopt;
  const double to = ui.edit.slider_value + drag_step * static_cast<double>(moved_px / ui.scale());
  ui.edit.slider_value = std::round(to / drag_unit) * drag_unit;
  return NumberEdit{ui.edit.slider_value, ui.edit.gesture};
}

// Name and number of one parameter; lights up its edge, and is lit up by it.
std::optional<NumberEdit> parameter_row(Desk& desk, const walk::Quantity& quantity, double value) {
  Ui& ui = desk.ui;
  const std::string name = to_text(walk::name_of(quantity, desk.notation()));
  const std::string drag_id = "###" + name + " drag";
  const float height = ImGui::GetFrameHeight(), width = ImGui::GetContentRegionAvail().x;
  const float field = std::min(ui.px(130), 0.62F * width), gap = ui.px(8);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const picture::Rect row{at.x - ui.px(6), at.y, at.x + width + ui.px(6), at.y + height};
  ImGuiCanvas canvas = ui.canvas();
  const bool pointed_at = row.contains(to_point(ImGui::GetIO().MousePos)) &&
                          ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  if (pointed_at) point_at(desk, quantity);
  if (desk.view.focus && walk::same(*desk.view.focus, quantity)) {
    canvas.fill_rect(row, picture::faded(ui.palette.frame, 0.6), ui.px(6));
  }
  value = held_value(ui, ImGui::GetID(drag_id.c_str()), value);
  std::optional<NumberEdit> edit =
      drag_name(ui, drag_id, value, ImVec2(width - field - gap, height));
  tooltip(ui, "Drag sideways to change it, or type a number");
  if (edit) value = edit->value;
  picture::draw_script(canvas, {at.x + ui.px(2), at.y + height / 2},
                       walk::label_of(quantity, desk.notation()), picture::Font::body,
                       ui.palette.text, picture::AlignX::left, picture::AlignY::middle);
  ImGui::SameLine(0, gap);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.px(2));
  if (const auto typed = number_field(ui, ("###" + name).c_str(), value, any_number, field)) {
    edit = NumberEdit{*typed, 0};
  }
  tooltip(ui, fmt::format("{:.17g}", value));
  return edit;
}

void parameters_of(Desk& desk, Index layer, Index to) {
  const Architecture& net = desk.architecture();
  Outbox& outbox = desk.ui.outbox;
  const std::span<const double> parameters = desk.snapshot().parameters;
  const double bias = net.b(parameters, layer)[static_cast<std::size_t>(to)];
  if (const auto edit = parameter_row(desk, {walk::Kind::b, layer, to}, bias)) {
    outbox.command(SetBias{layer, to, edit->value}, edit->gesture);
  }
  const Index inputs = net.fan_in(layer);
  const float row_height = ImGui::GetFrameHeightWithSpacing();
  const bool scrolls = inputs > most_rows;
  if (scrolls) {
    ImGui::BeginChild("incoming", ImVec2(0, static_cast<float>(most_rows) * row_height));
  }
  const ConstWeightView W = net.W(parameters, layer);
  for (Index from = 0; from < inputs; ++from) {
    if (const auto edit = parameter_row(desk, {walk::Kind::W, layer, to, from}, W(to, from))) {
      outbox.command(SetWeight{layer, to, from, edit->value}, edit->gesture);
    }
  }
  if (scrolls) ImGui::EndChild();
}

}  // namespace

void draw_weights_section(Desk& desk) {
  const Ui& ui = desk.ui;
  if (std::exchange(desk.view.show_weights, false)) ImGui::SetScrollHereY(0.1F);
  const Architecture& net = desk.architecture();
  const std::optional<picture::NeuronId>& neuron = desk.view.neuron;
  const bool exists = neuron && neuron->layer <= net.layers() &&
                      neuron->index < net.sizes()[static_cast<std::size_t>(neuron->layer)];
  if (!exists) {
    wrapped_text(ui,
                 "Click a neuron in the network to see its bias and its incoming weights here "
                 "and to change them; two clicks on a neuron or an edge open this list.");
    return;
  }
  if (neuron->layer == 0) {
    wrapped_text(ui, "An input has neither a bias nor incoming weights. Click a neuron behind it.");
    return;
  }
  const Index layer = neuron->layer - 1;
  wrapped_text(ui, fmt::format("Neuron {} of layer {}", neuron->index + 1,
                               walk::layer_number(desk.notation(), {walk::Kind::neuron, layer})));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ImGui::GetStyle().ItemSpacing.x, ui.px(2)));
  parameters_of(desk, layer, neuron->index);
  ImGui::PopStyleVar();
}

}  // namespace deltascope::ui
