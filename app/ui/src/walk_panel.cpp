// One step of backpropagation, taken apart: the phases on the left, the present stage beside them.

#include "actions.hpp"
#include "answer_line.hpp"
#include "exercise_strip.hpp"
#include "formula_block.hpp"
#include "hand_check.hpp"
#include "panels.hpp"
#include "question_box.hpp"
#include "walk.hpp"
#include "walk_parts.hpp"
#include "widgets.hpp"

#include <deltascope/picture/activation_picture.hpp>
#include <deltascope/picture/script_text.hpp>
#include <deltascope/walk/notation.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

namespace deltascope::ui {
namespace {

constexpr float list_width = 206, large_list_width = 260, curve_width = 230, curve_height = 136;
constexpr float rules_gap = 48, least_text_width = 380, least_worked_width = 290;

picture::Font text_font(const Desk& desk) {
  return is_alone(desk) ? picture::Font::body : picture::Font::small;
}

// The phases with their place; those that have been walked are ticked.
void phase_list(Desk& desk) {
  const Ui& ui = desk.ui;
  const WalkPage& page = *desk.page;
  const picture::Font font = text_font(desk);
  const float height = ui.px(is_alone(desk) ? 32 : 26);
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
    canvas.text({row.x0 + ui.px(24), middle}, fmt::format("{}", i + 1), font, color,
                picture::AlignX::right, picture::AlignY::middle);
    const std::string title = walk::phase(page.step, page.phases[i], page.options).title;
    picture::draw_script(canvas, {row.x0 + ui.px(34), middle}, title, font, color,
                         picture::AlignX::left, picture::AlignY::middle);
    if (i < page.cursor.phase) {
      canvas.text({row.x1 - ui.px(8), middle}, "✓", font, ui.palette.secondary,
                  picture::AlignX::right, picture::AlignY::middle);
    }
  }
  ImGui::PopStyleVar();
}

// A click on a result asks for its worked example; on a covered number, for the number.
void answer_click(Desk& desk, const picture::GridEntry& entry) {
  WalkView& view = desk.view.walk;
  const walk::Quantity quantity = entry.grid->entry(entry.row, entry.col);
  if (view.blank && !hand_checks(desk)) {
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
  desk.view.lesson.field.focus = true;
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
  const walk::Quantity& result = page.stage().result;
  const walk::Quantity value = with_column(desk, {walk::Kind::a, layer, chosen});
  const walk::Quantity slope = with_column(desk, {walk::Kind::slope, layer, chosen});
  picture.blank = is_covered(desk, value) || is_covered(desk, slope);
  // The curve would tell what is to be found out.
  const bool asks = desk.view.walk.blank || hand_checks(desk);
  const bool tells = asks && result.kind == walk::Kind::a && is_covered(desk, value);
  if (tells || is_veiled(desk, {walk::Kind::a, layer, walk::every, page.options.column})) {
    picture.z = {};
    picture.chosen.reset();
  }
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::Dummy(size);
  ui.record("walk curve");
  ImGuiCanvas canvas = ui.canvas();
  draw_activation(canvas, {corner.x, corner.y, corner.x + size.x, corner.y + size.y}, picture,
                  ui.palette);
}

/// Where the parts of a stage go: rules on top, then the sentence, matrices and curve; the worked
/// example beside them as high up as it can stand, or else below.
struct StagePlan {
  FormulaBlock whole_rule, stage_rule, numbers;
  bool shows_stage_rule = false, rules_beside = false, curve_beside = false;
  ImVec2 curve{0, 0};
  std::optional<WorkedBox> box;
  bool box_beside = false, box_on_top = false;
  float text_width = 0, box_x = 0, gap = 0;
};

// By itself, or where answers are asked for on demand.
bool shows_example(const Desk& desk) {
  if (desk.page->stage().result.kind == walk::Kind::none) return false;
  const Exercise* exercise = open_exercise(desk);
  if (exercise != nullptr && !exercise->explanations) return false;
  // How a number is written out tells of it, even where it is covered.
  const walk::Quantity& result = desk.page->stage().result;
  const std::optional<Cell> chosen = chosen_cell(desk);
  return chosen ? desk.view.lesson.explained == chosen : !is_veiled(desk, result);
}

StagePlan plan_stage(const Desk& desk, float room) {
  const Ui& ui = desk.ui;
  const WalkPage& page = *desk.page;
  const walk::Stage& stage = page.stage();
  const bool large = is_alone(desk);
  const picture::FormulaStyle style = formula_style(ui, large, ImGui::GetWindowHeight());
  StagePlan plan;
  plan.gap = ui.px(24);
  // Below the rest of the window every line counts.
  const picture::FormulaStyle rule_style = large ? style : style.scaled(0.85F);
  plan.whole_rule = lay_out(ui, page.phase.rule, rule_style, room);
  plan.stage_rule = lay_out(ui, stage.rule, rule_style, room);
  plan.numbers = lay_out(ui, stage.numbers, style, room);
  if (stage.curve_of_layer) {
    const float k = large ? 1.7F : 1.0F;
    plan.curve = ImVec2(ui.px(curve_width * k), ui.px(curve_height * k));
  }
  const float matrices = plan.numbers.width_px;
  const float all = matrices + plan.curve.x + (matrices > 0 && plan.curve.x > 0 ? plan.gap : 0);
  plan.curve_beside = all <= room;
  const float lower = std::max(plan.curve_beside ? all : matrices, ui.px(least_text_width));
  const float rules = plan.whole_rule.width_px + ui.px(rules_gap) + plan.stage_rule.width_px;
  plan.rules_beside = rules <= room;
  plan.text_width = room;
  float rules_end = room;
  if (shows_example(desk)) {
    // Rather in more lines than below, where one would have to scroll.
    const float beside = room - lower - plan.gap;
    plan.box = lay_out_worked(desk, style, beside >= ui.px(least_worked_width) ? beside : room);
    const float width = plan.box->size.width;
    plan.box_beside = lower + plan.gap + width <= room;
    plan.box_x = std::max(lower + plan.gap, std::min(room / 2, room - width));
    if (plan.box_beside) {
      plan.text_width = plan.box_x - plan.gap;
      plan.box_on_top = plan.whole_rule.width_px <= plan.text_width;
      if (plan.box_on_top) rules_end = plan.text_width;
    }
  }
  // The captions of the matrices say as much, where there is no room.
  const bool says_more = to_text(stage.rule) != to_text(page.phase.rule);
  plan.shows_stage_rule = says_more && (plan.numbers.lines.empty() || rules <= rules_end ||
                                        (large && plan.rules_beside));
  if (plan.shows_stage_rule && plan.rules_beside && rules > rules_end) plan.box_on_top = false;
  return plan;
}

void stage_page(Desk& desk) {
  const Ui& ui = desk.ui;
  const WalkPage& page = *desk.page;
  const walk::Stage& stage = page.stage();
  const StagePlan plan = plan_stage(desk, ImGui::GetContentRegionAvail().x);
  ImGui::Dummy(ImVec2(0, ui.px(2)));  // room for what stands above the line
  float box_y = ImGui::GetCursorPosY();
  const float left = ImGui::GetCursorPosX();
  formula_block(desk, "walk phase rule", plan.whole_rule);
  if (plan.shows_stage_rule) {
    if (plan.rules_beside) ImGui::SameLine(0, ui.px(rules_gap));
    formula_block(desk, "walk rule", plan.stage_rule);
  }
  if (!plan.box_on_top) box_y = ImGui::GetCursorPosY();
  const std::size_t stages = page.phase.stages.size();
  const std::string place =
      stages > 1 ? fmt::format("{} of {}:  ", page.cursor.stage + 1, stages) : "";
  const std::string about =
      page.cursor.stage == 0 && !page.phase.about.empty() ? page.phase.about + " " : "";
  wrapped_script(ui, place + about + stage.about, plan.text_width, text_font(desk));
  ImGui::Dummy(ImVec2(0, ui.px(2)));
  draw_phase_question(desk, plan.text_width);
  if (waits_for_prediction(desk)) return;
  const FormulaAnswer answer = formula_block(desk, results_block, plan.numbers);
  if (answer.clicked) answer_click(desk, *answer.clicked);
  if (stage.curve_of_layer) {
    if (plan.numbers.width_px > 0 && plan.curve_beside) ImGui::SameLine(0, plan.gap);
    activation_curve(desk, *stage.curve_of_layer, plan.curve);
  }
  if (plan.box) {
    if (plan.box_beside) ImGui::SetCursorPos(ImVec2(left + plan.box_x, box_y));
    draw_worked(desk, *plan.box);
  }
  draw_copy_menu(desk);
}

}  // namespace

void draw_walk_panel(Desk& desk) {
  const Ui& ui = desk.ui;
  draw_walk_title(desk);
  if (desk.page == nullptr) {
    const bool has_points = desk.data().size() > 0;
    wrapped_text(ui, has_points ? "The numbers of the next step leave the range of finite numbers: "
                                  "there is nothing to work out by hand."
                                : "There is no step to walk through: place points in the plane.");
    return;
  }
  draw_exercise_strip(desk);
  const float height = ImGui::GetContentRegionAvail().y;
  ImGui::BeginChild("phases",
                    ImVec2(ui.px(is_alone(desk) ? large_list_width : list_width), height));
  phase_list(desk);
  ImGui::EndChild();
  ImGui::SameLine(0, ui.px(18));
  ImGui::BeginChild("stage and answers", ImVec2(0, height));
  if (hand_checks(desk) && !waits_for_prediction(desk)) draw_answer_line(desk);
  ImGui::BeginChild("stage", ImVec2(0, 0), false, ImGuiWindowFlags_HorizontalScrollbar);
  stage_page(desk);
  ImGui::EndChild();
  ImGui::EndChild();
}

}  // namespace deltascope::ui
