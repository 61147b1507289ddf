// The worst error of each W and b, on an axis that shows how far from the tolerance it is.

#include "check_parts.hpp"
#include "checks.hpp"
#include "walk.hpp"
#include "widgets.hpp"

#include <deltascope/picture/axis.hpp>
#include <deltascope/picture/script_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace deltascope::ui {
namespace {

constexpr picture::Axis error_axis{1e-12, 1, true};
constexpr double marked_errors[] = {1e-12, 1e-9, 1e-6, 1e-3, 1};
constexpr float number_width = 62, row_height = 24, bar_height = 15;

// "analytic = 10 × numeric": how one finds a factor that is missing. Empty where there is none.
std::string note_of(const ChecksView& view, const CheckedPart& part) {
  std::string note;
  const auto add = [&](const std::string& text) { note += (note.empty() ? "" : "; ") + text; };
  if (part.kinks > 0) {
    add(fmt::format("{} of {} at a kink", part.kinks, part.parameters()));
  }
  const bool is_right = part.worst_error <= tolerance(*view.found, view.shown);
  const auto factor = is_right ? std::nullopt : common_factor(view.rows, part.layer, part.is_bias);
  if (!factor) return note;
  const bool gradient = view.shown == CheckKind::gradient;
  const char* computed = gradient ? "analytic" : "actual";
  if (*factor == 0) {
    add(fmt::format("{} is 0 throughout", computed));
  } else {
    add(fmt::format("{} = {} × {}", computed,
                    picture::with_minus(picture::format_number(*factor, 4)),
                    gradient ? "numeric" : "expected"));
  }
  return note;
}

walk::Quantity quantity_of(const ChecksView& view, const CheckedPart& part) {
  const bool gradient = view.shown == CheckKind::gradient;
  if (part.is_bias) return {gradient ? walk::Kind::db : walk::Kind::b, part.layer};
  return {gradient ? walk::Kind::dW : walk::Kind::W, part.layer};
}

struct Place {
  float x0, x1;  // of the bars
  float at(double error) const {
    const double fraction =
        std::isnan(error) ? 1 : std::clamp(error_axis.fraction(error), 0.0, 1.0);
    return x0 + static_cast<float>(fraction) * (x1 - x0);
  }
};

void draw_axis(const Ui& ui, const Place& place, float y0, float y1, double tolerance) {
  ImGuiCanvas canvas = ui.canvas();
  for (const double error : marked_errors) {
    const float x = place.at(error);
    canvas.line({x, y0}, {x, y1}, {ui.palette.grid, ui.scale()});
    const auto align = error == marked_errors[0] ? picture::AlignX::left : picture::AlignX::center;
    canvas.text({x, y0 - ui.px(3)}, picture::format_number(error, 1), picture::Font::small,
                ui.palette.secondary, align, picture::AlignY::bottom);
  }
  const float x = place.at(tolerance);
  canvas.line({x, y0}, {x, y1}, {ui.palette.text, 1.5F * ui.scale(), ui.px(4), ui.px(3)});
}

// In the bar where it is long enough, else behind it.
void draw_note(const Desk& desk, const CheckedPart& part, const std::string& note, float bar_start,
               float bar_end, float middle, picture::Color bar_color) {
  const Ui& ui = desk.ui;
  ImGuiCanvas canvas = ui.canvas();
  const float padding = ui.px(7);
  const float width = canvas.measure(note, check_font(desk)).width + 2 * padding;
  const bool inside = bar_end - bar_start >= width;
  const float x = inside ? bar_start : bar_end;
  if (!inside) {
    canvas.fill_rect({x + padding / 2, middle - ui.px(9), x + width, middle + ui.px(9)},
                     ui.palette.panel, 0);
  }
  canvas.text({x + padding, middle}, note, check_font(desk),
              inside ? picture::readable_on(bar_color) : ui.palette.secondary,
              picture::AlignX::left, picture::AlignY::middle);
  ui.record(fmt::format("check note {}{}", part.is_bias ? "b" : "W", part.layer));
}

std::string label_of(const Desk& desk, const CheckedPart& part) {
  const ChecksView& view = desk.view.checks;
  return (view.shown == CheckKind::gradient ? "" : "Δ") +
         walk::label_of(quantity_of(view, part), desk.notation());
}

void part_row(Desk& desk, const CheckedPart& part, const Place& place, float height) {
  const Ui& ui = desk.ui;
  const ChecksView& view = desk.view.checks;
  const picture::Font font = check_font(desk);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const walk::Quantity quantity = quantity_of(view, part);
  const std::string id = fmt::format("check part {}{}", part.is_bias ? "b" : "W", part.layer);
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::InvisibleButton(id.c_str(), ImVec2(width, height));
  ui.record(id);
  if (ImGui::IsItemHovered()) point_at(desk, quantity);
  ImGuiCanvas canvas = ui.canvas();
  const float middle = at.y + height / 2;
  const bool lit = desk.view.focus && walk::same(*desk.view.focus, quantity);
  picture::draw_script(canvas, {place.x0 - ui.px(10), middle}, label_of(desk, part), font,
                       lit ? ui.palette.accent : ui.palette.text, picture::AlignX::right,
                       picture::AlignY::middle);
  const bool is_right = part.worst_error <= tolerance(*view.found, view.shown);
  const picture::Color color = is_right ? ui.palette.accent : ui.palette.warning;
  float bar_end = place.x0;
  if (part.compared > 0) {
    const float half = ui.px(bar_height) / 2;
    bar_end = std::max(place.at(part.worst_error), place.x0 + ui.px(3));
    canvas.fill_rect({place.x0, middle - half, bar_end, middle + half}, color, ui.px(2));
  }
  canvas.text({place.x1 + ui.px(number_width), middle},
              part.compared > 0 ? error_text(part.worst_error) : "–", check_number_font(desk),
              ui.palette.text, picture::AlignX::right, picture::AlignY::middle);
  const std::string note = note_of(view, part);
  if (!note.empty()) draw_note(desk, part, note, place.x0, bar_end, middle, color);
}

}  // namespace

void draw_check_bars(Desk& desk) {
  const Ui& ui = desk.ui;
  const ChecksView& view = desk.view.checks;
  const float height = ui.px(checks_are_alone(desk) ? 32 : row_height);
  const bool gradient = view.shown == CheckKind::gradient;
  wrapped_text(ui, gradient ? "Worst relative error of each dW and db; dashed: the tolerance"
                            : "Worst relative error of each W and b; dashed: the tolerance");
  ImGui::Dummy(ImVec2(0, ui.px(12)));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const std::vector<CheckedPart> parts = check_parts(*view.found, view.shown);
  ImGuiCanvas canvas = ui.canvas();
  float name_width = 0;
  for (const CheckedPart& part : parts) {
    const auto size = picture::measure_script(canvas, label_of(desk, part), check_font(desk));
    name_width = std::max(name_width, size.width);
  }
  const Place place{corner.x + name_width + ui.px(12),
                    corner.x + ImGui::GetContentRegionAvail().x - ui.px(number_width + 4)};
  draw_axis(ui, place, corner.y, corner.y + height * static_cast<float>(parts.size()),
            tolerance(*view.found, view.shown));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  for (const CheckedPart& part : parts)
    part_row(desk, part, place, height);
  ImGui::PopStyleVar();
}

}  // namespace deltascope::ui
