// One step of backpropagation, taken apart: the phases on the left, the present stage beside them.

#include "actions.hpp"
#include "formula_block.hpp"
#include "panels.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/picture/activation_picture.hpp>
#include <deltascope/picture/script_text.hpp>
#include <deltascope/walk/notation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace deltascope::ui {
namespace {

constexpr float list_width = 206, curve_width = 230, curve_height = 150, worked_width = 760;

bool is_alone(const Desk& desk) {
  return desk.view.alone == "walk";
}

// Which point is walked, and of which batch.
std::string caption(const Desk& desk) {
  const WalkPage& page = *desk.page;
  const StepTrace& trace = *page.step.trace;
  const auto batch = static_cast<long>(trace.batch_size);
  const std::string of_step = fmt::format("step {}", page.step.number + 1);
  if (page.options.whole_batch) {
    return fmt::format("{} · {} {}", of_step, batch, batch == 1 ? "point" : "points");
  }
  const auto sample = trace.samples[static_cast<std::size_t>(page.options.column)];
  std::string text = fmt::format("{} · point {}", of_step, sample + 1);
  if (batch > 1) text += fmt::format(", one of the {} in this batch", batch);
  return text;
}

struct Switch {
  const char* label;
  const char* about;
  bool Preferences::*on;
  void (*toggled)(Desk&);
};
void nothing_more(Desk&) {}
void to_stage_begin(Desk& desk) {
  const walk::Cursor& here = desk.view.walk.cursor;
  desk.view.walk.cursor = {here.phase, here.stage};
}
constexpr std::array switches{
    Switch{"Neuron by neuron", "One term of one neuron at a time; else a layer at a time (D)",
           &Preferences::neuron_by_neuron, to_stage_begin},
    Switch{"Whole batch", "All samples of the batch as columns; else one sample",
           &Preferences::walks_whole_batch, to_stage_begin},
    Switch{"1/N inside δ",
           "Divides every δ by N; dW is then a sum. Else dW is divided once, at the end. Both "
           "give the same dW",
           &Preferences::mean_inside_delta, nothing_more},
};

void title_row(Desk& desk) {
  Ui& ui = desk.ui;
  panel_heading(desk, "walk", "Backpropagation, step by step");
  const SmallControls small(ui);
  if (desk.page != nullptr) {
    const std::string text = caption(desk);
    const float width = ui.canvas().measure(text, picture::Font::small).width;
    if (same_line_if_fits(width + ui.px(16))) {
      ImGui::SetCursorPos(
          ImVec2(ImGui::GetCursorPosX() + ui.px(8), ImGui::GetCursorPosY() + ui.px(4)));
      secondary_text(ui, text);
    }
  }
  const char* cover = desk.view.walk.blank ? "Show numbers###Cover" : "Cover numbers###Cover";
  const bool last = desk.page == nullptr || !walk::next(desk.page->step, desk.page->options,
                                                        desk.page->pace, desk.page->cursor);
  const char* further = last && desk.page != nullptr ? "Take this step ▶###Next" : "Next ▶###Next";
  const std::array labels{cover,
                          "Export",
                          is_alone(desk) ? "Smaller###Alone" : "Fill###Alone",
                          "Close###Close walk",
                          "◀ Back###Back",
                          further};
  float width = 0;
  for (const Switch& row : switches)
    width += button_width(ui, row.label) + ImGui::GetStyle().ItemSpacing.x;
  for (const char* label : labels)
    width += button_width(ui, label) + ImGui::GetStyle().ItemSpacing.x;
  if (same_line_if_fits(width)) align_right(width - ImGui::GetStyle().ItemSpacing.x);
  for (const Switch& row : switches) {
    bool& on = ui.preferences.*row.on;
    if (&row != switches.data()) same_line_if_fits(button_width(ui, row.label));
    if (button(ui, row.label, on ? ButtonKind::chosen : ButtonKind::plain)) {
      on = !on;
      row.toggled(desk);
    }
    tooltip(ui, row.about);
  }
  struct Row {
    const char* label;
    const char* about;
    void (*act)(Desk&);
    bool enabled;
    ButtonKind kind;
  };
  const bool here = desk.page != nullptr;
  const std::array rows{
      Row{labels[0], "Covers the numbers; a click on one shows it (B)", actions::toggle_blank, here,
          desk.view.walk.blank ? ButtonKind::chosen : ButtonKind::plain},
      Row{labels[1], "All phases with their numbers, as Markdown, LaTeX or CSV (E)",
          actions::export_step, here, ButtonKind::plain},
      Row{labels[2], "This panel fills the window, or goes back (X)",
          [](Desk& d) { actions::show_alone(d, "walk"); }, true, ButtonKind::plain},
      Row{labels[3], "Back to training (W)", actions::toggle_walk, true, ButtonKind::plain},
      Row{labels[4], "One stage back (←)", actions::back,
          here && desk.view.walk.cursor != walk::Cursor(), ButtonKind::plain},
      Row{labels[5], "One stage further (→); at the end the step is taken", actions::next, here,
          ButtonKind::primary},
  };
  for (const Row& row : rows) {
    same_line_if_fits(button_width(ui, row.label));
    if (button(ui, row.label, row.kind, row.enabled)) row.act(desk);
    tooltip(ui, row.about);
  }
}

// The phases with their place; those that have been walked are ticked.
void phase_list(Desk& desk) {
  const Ui& ui = desk.ui;
  const WalkPage& page = *desk.page;
  const float height = ui.px(26);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, ui.px(2)));
  for (std::size_t i = 0; i < page.phases.size(); ++i) {
    const bool present = i == page.cursor.phase;
    const std::string id = fmt::format("phase {}", i + 1);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    if (ImGui::InvisibleButton(id.c_str(), ImVec2(width, height))) {
      set_cursor(desk, begin_of(page.step, page.options, page.pace, i, 0));
    }
    ui.record(id);
    const bool hovered = ImGui::IsItemHovered();
    if (present) ImGui::SetScrollHereY();
    ImGuiCanvas canvas = ui.canvas();
    const picture::Rect row{at.x, at.y, at.x + width, at.y + height};
    if (present || hovered) {
      canvas.fill_rect(row, present ? ui.palette.frame : picture::faded(ui.palette.frame, 0.5),
                       ui.px(5));
    }
    if (present) {
      canvas.fill_rect({row.x0, row.y0, row.x0 + ui.px(3), row.y1}, ui.palette.accent, ui.px(1));
    }
    const picture::Color color = present ? ui.palette.text : ui.palette.secondary;
    const float middle = row.center().y;
    canvas.text({row.x0 + ui.px(24), middle}, fmt::format("{}", i + 1), picture::Font::small, color,
                picture::AlignX::right, picture::AlignY::middle);
    const std::string title = walk::phase(page.step, page.phases[i], page.options).title;
    picture::draw_script(canvas, {row.x0 + ui.px(34), middle}, title, picture::Font::small, color,
                         picture::AlignX::left, picture::AlignY::middle);
    if (i < page.cursor.phase) {
      canvas.text({row.x1 - ui.px(8), middle}, "✓", picture::Font::small, ui.palette.secondary,
                  picture::AlignX::right, picture::AlignY::middle);
    }
  }
  ImGui::PopStyleVar();
}

// A click on a result asks for its worked example; on a covered number, for the number.
void answer_click(Desk& desk, const picture::GridEntry& entry) {
  WalkView& view = desk.view.walk;
  const walk::Quantity quantity = entry.grid->entry(entry.row, entry.col);
  if (view.blank) {
    const auto found = std::find(view.uncovered.begin(), view.uncovered.end(), quantity);
    if (found == view.uncovered.end()) {
      view.uncovered.push_back(quantity);
    } else {
      view.uncovered.erase(found);
    }
  }
  const walk::Quantity& result = desk.page->stage().result;
  if (entry.grid->of.kind != result.kind || entry.grid->of.layer != result.layer) return;
  view.row = entry.grid->turned ? entry.col : entry.row;
  view.col = entry.grid->turned ? entry.row : entry.col;
}

void worked_example(Desk& desk, const picture::FormulaStyle& style, float room_px) {
  const Ui& ui = desk.ui;
  const WalkPage& page = *desk.page;
  const WalkView& view = desk.view.walk;
  const walk::Stage& stage = page.stage();
  const walk::Worked example =
      walk::worked(page.step, page.phase.id, page.cursor.stage, view.row, view.col, page.options);
  const float padding = ui.px(12);
  const float width = std::min(room_px, ui.px(worked_width)) - 2 * padding;
  const FormulaBlock rule = lay_out(ui, example.rule, style, width);
  const FormulaBlock numbers = lay_out(ui, example.numbers, style, width);
  const bool several = stage.rows * stage.cols > 1;
  const std::string title =
      several ? "Worked example; click another number for its own" : "Worked example";
  const float title_width = ui.canvas().measure(title, picture::Font::small).width;
  const float gap = ui.px(6);
  const float title_height = ui.canvas().measure(title, picture::Font::small).height;
  const float box_width = std::max({rule.width_px, numbers.width_px, title_width}) + 2 * padding;
  const float box_height =
      title_height + rule.height_px + numbers.height_px + 2 * gap + 2 * padding;
  const ImVec2 at = ImGui::GetCursorPos();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ui.canvas().fill_rect({corner.x, corner.y, corner.x + box_width, corner.y + box_height},
                        ui.palette.frame, ui.px(6));
  ImGui::BeginGroup();
  ImGui::SetCursorPos(ImVec2(at.x + padding, at.y + padding));
  secondary_text(ui, title);
  ImGui::SetCursorPos(ImVec2(at.x + padding, at.y + padding + title_height + gap));
  formula_block(desk, "walk worked rule", rule);
  ImGui::SetCursorPos(
      ImVec2(at.x + padding, at.y + padding + title_height + rule.height_px + 2 * gap));
  const int moment = page.cursor.moment > 0 ? page.cursor.moment : std::numeric_limits<int>::max();
  formula_block(desk, "walk worked", numbers, moment);
  ImGui::SetCursorPos(at);
  ImGui::Dummy(ImVec2(box_width, box_height));
  ImGui::EndGroup();
}

void activation_curve(Desk& desk, Index layer, const ImVec2& size) {
  const Ui& ui = desk.ui;
  const WalkPage& page = *desk.page;
  const StepTrace& trace = *page.step.trace;
  const auto l = static_cast<std::size_t>(layer);
  const Index count = trace.z[l].rows();
  const auto column = static_cast<std::size_t>(page.options.column * count);
  picture::ActivationPicture picture;
  picture.activation = &page.step.net().activation(layer);
  picture.z = trace.z[l].values().subspan(column, static_cast<std::size_t>(count));
  picture.chosen = std::min(desk.view.walk.row, count - 1);
  picture.tangents = page.stage().tangent;
  const Index chosen = *picture.chosen;
  const walk::Notation& notation = *page.options.notation;
  picture.z_label = walk::label_of({walk::Kind::z, layer, chosen}, notation);
  picture.a_label = walk::label_of({walk::Kind::a, layer, chosen}, notation);
  picture.slope_label = walk::to_script(walk::activation_letter(notation, true));
  picture.blank = desk.view.walk.blank;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::Dummy(size);
  ui.record("walk curve");
  ImGuiCanvas canvas = ui.canvas();
  draw_activation(canvas, {corner.x, corner.y, corner.x + size.x, corner.y + size.y}, picture,
                  ui.palette);
}

void stage_page(Desk& desk) {
  const Ui& ui = desk.ui;
  const WalkPage& page = *desk.page;
  const walk::Stage& stage = page.stage();
  const bool large = is_alone(desk);
  const picture::FormulaStyle style = formula_style(ui, large);
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::Dummy(ImVec2(0, ui.px(2)));  // room for what stands above the line
  formula_block(desk, "walk phase rule", lay_out(ui, page.phase.rule, style, room));
  const std::size_t stages = page.phase.stages.size();
  const std::string place =
      stages > 1 ? fmt::format("{} of {}:  ", page.cursor.stage + 1, stages) : "";
  wrapped_script(ui, place + stage.about);
  ImGui::Dummy(ImVec2(0, ui.px(2)));
  // Below a window of its own the captions of the matrices say as much.
  if (stages > 1 && large) {
    formula_block(desk, "walk rule", lay_out(ui, stage.rule, style, room));
    ImGui::Dummy(ImVec2(0, ui.px(2)));
  }
  const FormulaBlock numbers = lay_out(ui, stage.numbers, style, room);
  const FormulaAnswer answer = formula_block(desk, "walk numbers", numbers);
  if (answer.clicked) answer_click(desk, *answer.clicked);
  const float gap = ui.px(24);
  if (stage.curve_of_layer) {
    const float k = large ? 1.7F : 1.0F;
    const ImVec2 size(ui.px(curve_width * k), ui.px(curve_height * k));
    if (numbers.width_px > 0 && same_line_if_fits(size.x + gap)) ImGui::SameLine(0, gap);
    activation_curve(desk, *stage.curve_of_layer, size);
  }
  if (stage.result.kind != walk::Kind::none) {
    const float left = room - (ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x) - gap;
    const bool beside = left > ui.px(420);
    if (beside) ImGui::SameLine(0, gap);
    worked_example(desk, style, beside ? left : room);
  }
  draw_copy_menu(desk);
}

}  // namespace

void draw_walk_panel(Desk& desk) {
  const Ui& ui = desk.ui;
  title_row(desk);
  if (desk.page == nullptr) {
    wrapped_text(ui, desk.snapshot().divergence
                         ? "The run has diverged: there is no finite step to walk through."
                         : "There is no step to walk through: place points in the plane.");
    return;
  }
  const float height = ImGui::GetContentRegionAvail().y;
  ImGui::BeginChild("phases", ImVec2(ui.px(list_width), height));
  phase_list(desk);
  ImGui::EndChild();
  ImGui::SameLine(0, ui.px(18));
  ImGui::BeginChild("stage", ImVec2(0, height), false, ImGuiWindowFlags_HorizontalScrollbar);
  stage_page(desk);
  ImGui::EndChild();
}

}  // namespace deltascope::ui
