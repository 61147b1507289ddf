// The runs of a sweep, worst or best first, each to be taken into the window.

#include "hand_check.hpp"
#include "sweep_parts.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>

#include <fmt/format.h>

#include <array>
#include <string>

namespace deltascope::ui {
namespace {

constexpr float mark_width = 24, column_width = 82, scrollbar_width = 18;
constexpr float row_height = 22, alone_factor = 1.2F;

float unit(const Desk& desk) {
  return desk.view.alone == "sweep" ? alone_factor : 1.0F;
}

std::string step_text(const std::optional<std::uint64_t>& step) {
  return step ? picture::format_count(static_cast<double>(*step)) : "–";
}

// Seed, cost, first step with all points right, first step at the threshold.
std::array<std::string, 4> cells_of(const SweepRun& run) {
  return {std::to_string(run.seed),
          run.diverged_step ? "diverged" : picture::format_number(run.cost(), 3),
          step_text(run.separated_step), step_text(run.threshold_step)};
}

// Right borders of the columns.
std::array<float, 4> columns(const Desk& desk, float x) {
  const float k = unit(desk);
  std::array<float, 4> ends{};
  float end = x + desk.ui.px(mark_width * k);
  for (float& column : ends)
    column = end += desk.ui.px(column_width * k);
  ends.front() -= desk.ui.px(column_width * k * 0.35F);  // seeds are short
  return ends;
}

void explain(const Desk& desk, const SweepRun& run) {
  std::string text = fmt::format("Seed {}: ", run.seed);
  if (run.diverged_step) {
    text += fmt::format("diverged at step {}", *run.diverged_step);
  } else {
    text += fmt::format("{}all points are right in the end", run.separated ? "" : "not ");
    if (!run.separated && run.separated_step) {
      text += fmt::format(", as they were at step {}", *run.separated_step);
    }
  }
  tooltip(desk.ui, text + "\nA click takes this seed into the window: then train, and watch it");
}

void header(const Desk& desk) {
  const Ui& ui = desk.ui;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.px(row_height * unit(desk));
  ImGui::Dummy(ImVec2(sweep_table_width(desk), height));
  const std::array<float, 4> ends = columns(desk, at.x);
  const std::array<std::string, 4> titles{
      "seed", "cost", "all right",
      "≤ " + picture::format_number(desk.frame.sweep.result->request.plan.threshold, 3)};
  ImGuiCanvas canvas = ui.canvas();
  for (std::size_t i = 0; i < titles.size(); ++i) {
    canvas.text({ends[i], at.y + height / 2}, titles[i], sweep_font(desk), ui.palette.secondary,
                picture::AlignX::right, picture::AlignY::middle);
  }
  tooltip(ui,
          "The cost in the end, the first step at which all points are right, and the first with a "
          "cost this low. Runs are looked at after every step up to 50, then at steps at most 5 % "
          "apart");
}

void table_row(Desk& desk, std::size_t place, std::size_t index, float height,
               const std::array<float, 4>& ends) {
  const Ui& ui = desk.ui;
  const SweepRun& run = desk.frame.sweep.result->runs[index];
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, middle = at.y + height / 2;
  const std::string id = fmt::format("sweep row {}", place + 1);
  if (ImGui::InvisibleButton(id.c_str(), ImVec2(width, height))) {
    desk.ui.outbox.command(NewSeed{run.seed});
  }
  ui.record(id);
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) desk.view.sweep.hovered = index;
  const bool on_screen = desk.settings().initial.seed == run.seed;
  ImGuiCanvas canvas = ui.canvas();
  if (hovered || on_screen) {
    canvas.fill_rect({at.x, at.y, at.x + width, at.y + height}, ui.palette.frame, ui.px(4));
  }
  if (on_screen) {
    canvas.fill_rect({at.x, at.y + ui.px(3), at.x + ui.px(3), at.y + height - ui.px(3)},
                     ui.palette.accent, ui.px(1));
  }
  canvas.text({at.x + ui.px(8), middle}, run.separated ? "✓" : "✗", sweep_font(desk),
              run.separated ? ui.palette.secondary : ui.palette.text, picture::AlignX::left,
              picture::AlignY::middle);
  const std::array<std::string, 4> cells = cells_of(run);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    canvas.text({ends[i], middle}, cells[i], sweep_font(desk), ui.palette.text,
                picture::AlignX::right, picture::AlignY::middle);
  }
  explain(desk, run);
}

void keep_order_up_to_date(Desk& desk) {
  SweepView& view = desk.view.sweep;
  if (view.order_of == desk.frame.sweep.number) return;
  view.order = best_first(*desk.frame.sweep.result);
  view.order_of = desk.frame.sweep.number;
}

}  // namespace

float sweep_table_width(const Desk& desk) {
  return desk.ui.px((mark_width + 4 * column_width) * unit(desk) + scrollbar_width);
}

void draw_sweep_table(Desk& desk, float height_px) {
  const Ui& ui = desk.ui;
  SweepView& view = desk.view.sweep;
  keep_order_up_to_date(desk);
  view.hovered.reset();
  const float top = ImGui::GetCursorPosY();
  {
    const SmallControls small(ui);
    const std::array<std::string, 2> orders{"Worst first", "Best first"};
    if (const auto pressed = toggle_group(ui, "Runs", orders, view.best_first ? 1 : 0)) {
      view.best_first = *pressed == 1;
    }
  }
  header(desk);
  ImGui::BeginChild("sweep rows", ImVec2(0, height_px - (ImGui::GetCursorPosY() - top)));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  const float height = ui.px(row_height * unit(desk));
  const std::array<float, 4> ends = columns(desk, ImGui::GetCursorScreenPos().x);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(view.order.size()), height);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto place = static_cast<std::size_t>(i);
      const std::size_t rank = view.best_first ? place : view.order.size() - 1 - place;
      table_row(desk, place, view.order[rank], height, ends);
    }
  }
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

}  // namespace deltascope::ui
