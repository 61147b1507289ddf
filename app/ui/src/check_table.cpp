// Every parameter with the two numbers that are compared.

#include "check_parts.hpp"
#include "checks.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/script_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace deltascope::ui {
namespace {

constexpr float number_width = 112, error_width = 82, scrollbar_width = 18, margin = 10;
constexpr float row_height = 22, alone_factor = 1.4F;
constexpr int digits = 8;

float unit(const Desk& desk) {
  return checks_are_alone(desk) ? alone_factor : 1.0F;
}

std::string name_of(const Desk& desk, const walk::Quantity& quantity) {
  const bool gradient = desk.view.checks.shown == CheckKind::gradient;
  return (gradient ? "" : "Δ") + walk::label_of(quantity, desk.notation());
}

// Of the names of all rows: the last entry of a layer has the longest one.
float name_width_px(const Desk& desk) {
  ImGuiCanvas canvas = desk.ui.canvas();
  const bool gradient = desk.view.checks.shown == CheckKind::gradient;
  float width = 0;
  for (const CheckedPart& part : check_parts(*desk.view.checks.found, desk.view.checks.shown)) {
    const walk::Kind kind = part.is_bias ? (gradient ? walk::Kind::db : walk::Kind::b)
                                         : (gradient ? walk::Kind::dW : walk::Kind::W);
    const walk::Quantity last{kind, part.layer, part.rows - 1,
                              part.is_bias ? walk::every : part.cols - 1};
    width = std::max(width,
                     picture::measure_script(canvas, name_of(desk, last), check_font(desk)).width);
  }
  return width + desk.ui.px(margin);
}

// Where the columns of numbers end.
struct Columns {
  float first, second, error;
};
Columns columns(const Desk& desk, float x) {
  const Ui& ui = desk.ui;
  const float k = unit(desk);
  const float first = x + name_width_px(desk) + ui.px(number_width * k);
  const float second = first + ui.px(number_width * k);
  return {first, second, second + ui.px(error_width * k)};
}

std::string number_text(double value) {
  return picture::with_minus(picture::format_significant(value, digits));
}

void explain(const Desk& desk, const CheckRow& row) {
  const Ui& ui = desk.ui;
  const bool gradient = desk.view.checks.shown == CheckKind::gradient;
  ImGui::BeginTooltip();
  {
    const FontScope font(ui.fonts, picture::Font::mono_small);
    ImGui::TextUnformatted(fmt::format("{} {:+.17g}\n{} {:+.17g}",
                                       gradient ? "analytic" : "actual  ", row.computed,
                                       gradient ? "numeric " : "expected", row.reference)
                               .c_str());
  }
  if (row.kink) {
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 24);
    ImGui::TextUnformatted(
        "At a kink: between p − h and p + h the z of a unit changes its sign, and there the slope "
        "of its activation jumps. The difference mixes the slopes of both sides, so that it says "
        "nothing about either: not compared.");
    ImGui::PopTextWrapPos();
  } else {
    secondary_text(ui, fmt::format("relative error {}", picture::format_number(row.error, 4)));
  }
  ImGui::EndTooltip();
}

void table_row(Desk& desk, std::size_t index, float height, const Columns& ends) {
  const Ui& ui = desk.ui;
  const ChecksView& view = desk.view.checks;
  const CheckRow& row = view.rows[index];
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const std::string id = fmt::format("check row {}", index + 1);
  ImGui::InvisibleButton(id.c_str(), ImVec2(width, height));
  ui.record(id);
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) point_at(desk, row.quantity);
  const bool lit = desk.view.focus && walk::same(*desk.view.focus, row.quantity);
  ImGuiCanvas canvas = ui.canvas();
  if (hovered || lit) {
    canvas.fill_rect({at.x, at.y, at.x + width, at.y + height}, ui.palette.frame, ui.px(4));
  }
  const float middle = at.y + height / 2;
  const bool wrong = !row.kink && !(row.error <= tolerance(*view.found, view.shown));
  const auto number = [&](float x, const std::string& text, picture::Color color) {
    canvas.text({x, middle}, text, check_number_font(desk), color, picture::AlignX::right,
                picture::AlignY::middle);
  };
  if (wrong) {
    canvas.fill_rect({at.x, at.y + ui.px(3), at.x + ui.px(3), at.y + height - ui.px(3)},
                     ui.palette.warning, ui.px(1));
  }
  picture::draw_script(canvas, {at.x + ui.px(10), middle}, name_of(desk, row.quantity),
                       check_font(desk), ui.palette.text, picture::AlignX::left,
                       picture::AlignY::middle);
  number(ends.first, number_text(row.computed), ui.palette.text);
  number(ends.second, number_text(row.reference), ui.palette.text);
  number(ends.error, row.kink ? "kink" : error_text(row.error),
         wrong ? ui.palette.text : ui.palette.secondary);
  if (hovered) explain(desk, row);
}

void header(Desk& desk) {
  const Ui& ui = desk.ui;
  const bool gradient = desk.view.checks.shown == CheckKind::gradient;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.px(row_height * unit(desk));
  ImGui::Dummy(ImVec2(check_table_width(desk), height));
  ImGuiCanvas canvas = ui.canvas();
  const Columns ends = columns(desk, at.x);
  const std::pair<float, const char*> titles[] = {{ends.first, gradient ? "analytic" : "actual"},
                                                  {ends.second, gradient ? "numeric" : "expected"},
                                                  {ends.error, "relative error"}};
  for (const auto& [x, title] : titles) {
    canvas.text({x, at.y + height / 2}, title, check_font(desk), ui.palette.secondary,
                picture::AlignX::right, picture::AlignY::middle);
  }
}

}  // namespace

float check_table_width(const Desk& desk) {
  return name_width_px(desk) +
         desk.ui.px((2 * number_width + error_width) * unit(desk) + scrollbar_width);
}

void draw_check_table(Desk& desk, float height_px) {
  const Ui& ui = desk.ui;
  ChecksView& view = desk.view.checks;
  const float top = ImGui::GetCursorPosY();
  {
    const SmallControls small(ui);
    const std::array<std::string, 2> orders{"Worst first", "In order"};
    if (const auto pressed = toggle_group(ui, "Order", orders, view.in_order ? 1 : 0)) {
      view.in_order = *pressed == 1;
    }
  }
  header(desk);
  ImGui::BeginChild("check rows", ImVec2(0, height_px - (ImGui::GetCursorPosY() - top)));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  const float height = ui.px(row_height * unit(desk));
  const Columns ends = columns(desk, ImGui::GetCursorScreenPos().x);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(view.rows.size()), height);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      table_row(desk, static_cast<std::size_t>(i), height, ends);
  }
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

}  // namespace deltascope::ui
