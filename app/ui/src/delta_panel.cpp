#include "curves_widget.hpp"
#include "panels.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/picture/delta_picture.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace deltascope::ui {
namespace {

constexpr float side_by_side_width = 700, cells_width = 430, least_history_width = 260;
constexpr float history_height = 150;

// The cells of what the mouse points at in another panel.
std::optional<picture::DeltaFocus> focused_cells(const Desk& desk) {
  const std::optional<walk::Quantity>& focus = desk.view.focus;
  if (!focus || !walk::same(*focus, {walk::Kind::delta, focus->layer})) return std::nullopt;
  const auto named = [](Index index) {
    return index == walk::every ? std::nullopt : std::optional(index);
  };
  return picture::DeltaFocus{focus->layer, named(focus->row), named(focus->col)};
}

void cells(Desk& desk, float width_px) {
  Ui& ui = desk.ui;
  const Snapshot& snapshot = desk.snapshot();
  picture::DeltaPicture picture;
  picture.architecture = &desk.architecture();
  picture.trace = snapshot.has_trace ? &snapshot.trace : nullptr;
  picture.notation = &desk.notation();
  if (desk.view.selected) picture.selected_sample = static_cast<std::uint32_t>(*desk.view.selected);
  if (snapshot.divergence && !snapshot.has_trace) {
    wrapped_text(ui, "Stopped: " + snapshot.divergence->reason);
    return;
  }
  picture.focus = focused_cells(desk);
  picture.covered = [&](Index layer, Index neuron, Index column) {
    return is_veiled(desk, {walk::Kind::delta, layer, neuron, column});
  };
  ImGuiCanvas canvas = ui.canvas();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float height = picture::delta_height(canvas, width_px, picture) + ui.px(4);
  ImGui::InvisibleButton("delta cells", ImVec2(width_px, height));
  ui.record("delta cells");
  const picture::Rect rect{corner.x, corner.y, corner.x + width_px, corner.y + height};
  draw_delta(canvas, rect, picture, ui.palette);
  if (!ImGui::IsItemHovered() || picture.trace == nullptr) return;
  const auto cell =
      picture::delta_cell_at(canvas, rect, picture, to_point(ImGui::GetIO().MousePos));
  if (!cell) return;
  point_at(desk, {walk::Kind::delta, cell->layer, cell->neuron, cell->column});
  const auto sample = picture.trace->samples[static_cast<std::size_t>(cell->column)];
  ImGui::BeginTooltip();
  const Index layer = walk::layer_number(desk.notation(), {walk::Kind::delta, cell->layer});
  ImGui::TextUnformatted(
      fmt::format("Layer {}, neuron {}, point {}", layer, cell->neuron + 1, sample + 1).c_str());
  {
    const FontScope font(ui.fonts, picture::Font::mono_small);
    const std::string value = picture.covered(cell->layer, cell->neuron, cell->column)
                                  ? "?"
                                  : fmt::format("{:+.17g}", cell->value);
    ImGui::TextUnformatted(
        fmt::format("{} = {}", walk::delta_letter(desk.notation()), value).c_str());
  }
  secondary_text(ui, "How much the loss of this point moves when this z moves");
  ImGui::EndTooltip();
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) desk.view.selected = sample;
}

// Whether any δ of the step is still to be found: their mean square would help.
bool history_tells(const Desk& desk) {
  for (Index layer = 0; layer < desk.architecture().layers(); ++layer) {
    if (is_veiled(desk, {walk::Kind::delta, layer})) return true;
  }
  return false;
}

void history(Desk& desk, float width_px, float height_px) {
  Ui& ui = desk.ui;
  if (history_tells(desk)) {
    wrapped_text(ui, fmt::format("RMS {} is shown once every hidden number is found.",
                                 walk::delta_letter(desk.notation())));
    return;
  }
  // Layers that have been removed leave their curves behind.
  const std::vector<Series>& recorded = desk.frame.history.rms_delta;
  const auto layers =
      static_cast<std::size_t>(desk.frame.snapshot.settings->model.architecture.layers());
  const std::span series(recorded.data(), std::min(recorded.size(), layers));
  std::vector<std::string> names;
  for (std::size_t l = 0; l < series.size(); ++l)
    names.push_back(walk::label_of({walk::Kind::delta, static_cast<Index>(l)}, desk.notation()));
  const std::vector<picture::Curve> curves = picture::layer_curves(series, names, ui.palette);
  picture::CurvesPicture picture;
  picture.curves = curves;
  picture.x_label = "step";
  picture.y_label = fmt::format("RMS {}", walk::delta_letter(desk.notation()));
  if (ui.preferences.delta_relative) picture.y_label += ", relative to output";
  picture.log_x = ui.preferences.loss_log_x;
  picture.log_y = true;
  if (desk.snapshot().in_past) {
    picture.marker = {desk.snapshot().step, std::nullopt, nullptr};
  }
  const bool relative = ui.preferences.delta_relative && !series.empty();
  if (relative) picture.divide_by = &series.back();
  curves_widget(ui, "delta history", ImVec2(width_px, height_px), picture, desk.view.delta);
}

// Which points the cells are of, where that is not all of them; empty where it is.
std::string batch_caption(const Desk& desk) {
  constexpr std::size_t most_named = 5;
  const Snapshot& snapshot = desk.snapshot();
  const std::vector<std::uint32_t>& samples = snapshot.trace.samples;
  if (snapshot.batch_is_all || !snapshot.has_trace || samples.empty()) return {};
  std::string points = samples.size() == 1 ? "point " : "points ";
  for (std::size_t i = 0; i < std::min(samples.size(), most_named); ++i)
    points += fmt::format("{}{}", i > 0 ? ", " : "", samples[i] + 1);
  if (static_cast<std::size_t>(snapshot.trace.batch_size) > most_named) points += ", …";
  std::string caption = snapshot.run == RunState::playing ? "the last step took " + points
                                                          : "the next step takes " + points;
  const bool complete = static_cast<std::size_t>(snapshot.trace.batch_size) == samples.size();
  const std::optional<Index>& selected = desk.view.selected;
  if (selected && complete &&
      std::find(samples.begin(), samples.end(), static_cast<std::uint32_t>(*selected)) ==
          samples.end()) {
    caption += fmt::format("; point {} is not in this batch", *selected + 1);
  }
  return caption;
}

void title_row(Desk& desk, bool history_open) {
  Ui& ui = desk.ui;
  const std::string_view delta = walk::delta_letter(desk.notation());
  panel_heading(
      desk, "delta", fmt::format("{} = ∂{}/∂z", delta, desk.notation().loss).c_str(),
      "The sensitivity of one point's loss to each z: how much the loss moves if this z moves. "
      "Not \"the error\": a neuron that is saturated and wrong has δ near 0.");
  const std::string caption = batch_caption(desk);
  const std::string about =
      caption.empty() ? "sensitivity: how much a point's loss moves if this z moves" : caption;
  const char* relative = "Relative to output###Relative to output";
  const std::string toggle_label = fmt::format("RMS {} over time###Delta over time", delta);
  const char* toggle = toggle_label.c_str();
  const SmallControls small(ui);
  float width = button_width(ui, toggle);
  if (history_open) width += button_width(ui, relative) + ImGui::GetStyle().ItemSpacing.x;
  const float about_width = ui.canvas().measure(about, picture::Font::small).width + ui.px(20);
  const bool beside = same_line_if_fits(about_width + width);
  if (beside) {
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ui.px(8));
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.px(4));
    secondary_text(ui, about);
  }
  if (same_line_if_fits(width)) align_right(width);
  if (history_open) {
    if (button(ui, relative,
               ui.preferences.delta_relative ? ButtonKind::chosen : ButtonKind::plain)) {
      ui.preferences.delta_relative = !ui.preferences.delta_relative;
      desk.view.delta = {};
    }
    tooltip(ui, fmt::format("Each layer's RMS {} divided by the output layer's", delta));
    ImGui::SameLine();
  }
  if (button(ui, toggle, history_open ? ButtonKind::chosen : ButtonKind::plain)) {
    ui.preferences.open_sections[delta_history_section] = !history_open;
  }
  tooltip(ui, fmt::format("Root mean square of {} over all points, layer by layer", delta));
  if (!beside && !caption.empty()) wrapped_text(ui, caption);
}

}  // namespace

void draw_delta_panel(Desk& desk) {
  const Ui& ui = desk.ui;
  const auto found = ui.preferences.open_sections.find(delta_history_section);
  const bool history_open = found != ui.preferences.open_sections.end() && found->second;
  title_row(desk, history_open);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (!history_open) {
    cells(desk, room.x);
  } else if (room.x >= ui.px(side_by_side_width)) {
    // Cells with numbers first, then the curves.
    const float gap = ui.px(20);
    const float left =
        std::max(std::floor((room.x - gap) / 2),
                 std::min(ui.px(cells_width), room.x - gap - ui.px(least_history_width)));
    const ImVec2 top = ImGui::GetCursorPos();
    ImGui::BeginChild("cells", ImVec2(left, room.y));
    ImGui::Dummy(ImVec2(0, 0));  // raised indices reach above the first line
    cells(desk, ImGui::GetContentRegionAvail().x);
    ImGui::EndChild();
    ImGui::SetCursorPos(ImVec2(top.x + left + gap, top.y));
    history(desk, room.x - left - gap, std::max(room.y, ui.px(100)));
  } else {
    history(desk, room.x, ui.px(history_height));
    cells(desk, room.x);
  }
}

}  // namespace deltascope::ui
