#include "curves_widget.hpp"
#include "panels.hpp"
#include "widgets.hpp"

#include <deltascope/picture/loss_picture.hpp>
#include <deltascope/reference_cost.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace deltascope::ui {
namespace {

constexpr const char* keep_label = "Keep";

void keep_button(Desk& desk) {
  if (button(desk.ui, keep_label, ButtonKind::plain, can_keep_run(desk.frame))) {
    keep_run(desk.view, desk.frame, desk.notation());
  }
  tooltip(desk.ui,
          "Keeps this run's curve, to be compared with the next run: reset, choose another rate or "
          "optimizer, and train again");
}

float measure_width(const Ui& ui) {
  float width = 0;
  for (const RunMeasure& row : run_measures())
    width = std::max(width, button_width(ui, std::string(row.short_label).c_str()));
  return width + ImGui::GetFrameHeight();
}

void measure_combo(Desk& desk) {
  Ui& ui = desk.ui;
  std::vector<std::string_view> names;
  for (const RunMeasure& row : run_measures())
    names.push_back(row.short_label);
  const int present = static_cast<int>(ui.preferences.loss_against - run_measures().data());
  const auto pressed =
      combo(ui, "###Against", names, present, "", {.why_not = {}, .width_px = measure_width(ui)});
  tooltip(ui,
          "The horizontal axis. A step costs one method more than another: gradient evaluations "
          "or seconds compare them fairly");
  if (!pressed) return;
  ui.preferences.loss_against = &run_measures()[static_cast<std::size_t>(*pressed)];
  desk.view.loss = {};
}

void toggle(Desk& desk, const char* label, bool& on, std::string_view about) {
  if (button(desk.ui, label, on ? ButtonKind::chosen : ButtonKind::plain)) {
    on = !on;
    desk.view.loss = {};
  }
  tooltip(desk.ui, about);
}

std::string paper_label(const Desk& desk) {
  return picture::paper_scale_name(desk.notation()) + "###Paper scale";
}

constexpr const char* log_x_label = "log x###Log x";
constexpr const char* log_y_label = "log y###Log y";

// One control of the title row. Where room is short the highest rank goes first; it stands in the
// settings under View as well.
struct Piece {
  float width_px;
  int rank;
  void (*draw)(Desk&);
};

std::vector<Piece> pieces(const Desk& desk) {
  const Ui& ui = desk.ui;
  std::vector<Piece> all{{button_width(ui, keep_label), 0, keep_button},
                         {measure_width(ui), 1, measure_combo}};
  if (paper_scale(desk.settings().model, desk.data().size())) {
    all.push_back({button_width(ui, paper_label(desk).c_str()), 4, [](Desk& d) {
                     toggle(
                         d, paper_label(d).c_str(), d.ui.preferences.paper_scale,
                         fmt::format("Σ‖y−a‖² = {}, as Higham & Higham plot it, or {}",
                                     picture::paper_scale_name(d.notation()), d.notation().cost));
                   }});
  }
  all.push_back({button_width(ui, log_x_label), 3, [](Desk& d) {
                   toggle(d, log_x_label, d.ui.preferences.loss_log_x,
                          "Logarithmic horizontal axis (L)");
                 }});
  all.push_back({button_width(ui, log_y_label), 2, [](Desk& d) {
                   toggle(d, log_y_label, d.ui.preferences.loss_log_y, "Logarithmic cost axis");
                 }});
  return all;
}

float width_of(const std::vector<Piece>& row) {
  float width = -ImGui::GetStyle().ItemSpacing.x;
  for (const Piece& piece : row)
    width += piece.width_px + ImGui::GetStyle().ItemSpacing.x;
  return width;
}

void title_row(Desk& desk) {
  const std::string_view symbol = desk.notation().cost;
  panel_heading(desk, "loss", symbol == "Cost" ? "Cost" : fmt::format("Cost {}", symbol).c_str());
  const SmallControls small(desk.ui);
  std::vector<Piece> row = pieces(desk);
  while (!row.empty() && !same_line_if_fits(width_of(row))) {
    row.erase(std::max_element(row.begin(), row.end(),
                               [](const Piece& a, const Piece& b) { return a.rank < b.rank; }));
  }
  if (row.empty()) return;
  align_right(width_of(row));
  for (const Piece& piece : row) {
    piece.draw(desk);
    if (&piece != &row.back()) ImGui::SameLine();
  }
}

const std::vector<picture::ReferenceLine>& references(Desk& desk) {
  CostReferences& known = desk.view.references;
  const Model& model = desk.settings().model;
  if (known.data != desk.snapshot().data || known.model != model) {
    known = {model, desk.snapshot().data, picture::reference_lines(model, desk.data())};
  }
  return known.lines;
}

// A × behind each kept run's name in the legend: a click there, or on the name, lets it go.
void kept_crosses(Desk& desk, const picture::Rect& rect, const picture::CurvesPicture& picture) {
  const Ui& ui = desk.ui;
  const bool hovered = ImGui::IsItemHovered();
  const picture::Point mouse = to_point(ImGui::GetIO().MousePos);
  ImGuiCanvas canvas = ui.canvas();
  std::vector<KeptRun>& kept = desk.view.kept;
  auto released = kept.end();
  for (const picture::LegendPlace& place : picture::legend_places(canvas, rect, picture)) {
    const auto run = std::find_if(kept.begin(), kept.end(), [&](const KeptRun& candidate) {
      return &candidate.history.cost == place.curve->series;
    });
    if (run == kept.end()) continue;
    picture::Rect entry = place.rect;
    const picture::Point cross{entry.x1 + ui.px(7), entry.center().y};
    entry.x1 = cross.x + ui.px(5);
    ui.record("Kept: " + run->name, ImVec2(entry.x0, entry.y0), ImVec2(entry.x1, entry.y1));
    const bool here = hovered && entry.contains(mouse);
    const float r = ui.px(3);
    const picture::Stroke stroke{here ? ui.palette.text : ui.palette.secondary, 1.5F * ui.scale()};
    canvas.line({cross.x - r, cross.y - r}, {cross.x + r, cross.y + r}, stroke);
    canvas.line({cross.x - r, cross.y + r}, {cross.x + r, cross.y - r}, stroke);
    if (!here) continue;
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    const ImVec2 dragged = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, ui.px(3));
    const bool clicked =
        ImGui::IsMouseReleased(ImGuiMouseButton_Left) && dragged.x == 0 && dragged.y == 0;
    if (clicked) released = run;
  }
  if (released != kept.end()) kept.erase(released);
}

}  // namespace

void draw_loss_panel(Desk& desk) {
  const Ui& ui = desk.ui;
  const Preferences& preferences = ui.preferences;
  title_row(desk);
  std::vector<picture::KeptRun> kept;
  for (const KeptRun& run : desk.view.kept)
    kept.push_back({run.name, &run.history, run.look});
  // On the paper's scale a sum over all points is drawn: a batch's cost has no place there.
  const bool on_paper_scale =
      preferences.paper_scale && paper_scale(desk.settings().model, desk.data().size());
  std::vector<picture::Curve> curves =
      picture::loss_curves(desk.frame.history, !desk.snapshot().batch_is_all && !on_paper_scale,
                           kept, preferences.loss_against, ui.palette);
  const std::string present = shown_run_name(desk.view, desk.frame, desk.notation());
  for (picture::Curve& curve : curves) {
    if (curve.series == &desk.frame.history.cost) curve.name = present;
  }
  picture::CurvesPicture picture =
      picture::loss_axes({preferences.loss_log_x, preferences.loss_log_y, preferences.paper_scale,
                          preferences.loss_against, true, &desk.notation()},
                         desk.settings().model, desk.data().size());
  picture.curves = curves;
  const Snapshot& snapshot = desk.snapshot();
  if (snapshot.in_past) {
    picture.marker = {snapshot.evaluation_step, snapshot.evaluation.cost(),
                      picture::curve_x(desk.frame.history, preferences.loss_against)};
  }
  if (preferences.reference_lines) picture.references = references(desk);
  ImVec2 room = ImGui::GetContentRegionAvail();
  room.x = std::max(room.x, ui.px(140));
  room.y = std::max(room.y, ui.px(100));
  const picture::Rect rect = curves_widget(ui, "loss", room, picture, desk.view.loss);
  kept_crosses(desk, rect, picture);
}

}  // namespace deltascope::ui
