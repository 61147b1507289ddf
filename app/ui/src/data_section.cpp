#include "actions.hpp"
#include "settings_sections.hpp"
#include "widgets.hpp"

#include <fmt/format.h>

namespace deltascope::ui {
namespace {

std::vector<std::string> class_names(int count) {
  std::vector<std::string> names;
  for (int label = 0; label < count; ++label) names.push_back(class_name(label));
  return names;
}

void selected_point(Desk& desk) {
  const Dataset& data = desk.data();
  if (!desk.view.selected || *desk.view.selected >= data.size()) return;
  const Index sample = *desk.view.selected;
  const std::span<const double> target(&data.Y.view()(0, sample),
                                       static_cast<std::size_t>(data.Y.rows()));
  const int label = decode_label(target, desk.architecture().output_activation());
  secondary_text(desk.ui, fmt::format("Point {} is in class", sample + 1));
  const std::vector<std::string> names = class_names(std::min(desk.classes(), 8));
  if (const auto chosen = toggle_group(desk.ui, "Point's class", names, label)) {
    if (*chosen != label) desk.ui.outbox.command(RelabelPoint{sample, *chosen});
  }
  same_line_if_fits(button_width(desk.ui, "Remove"));
  if (button(desk.ui, "Remove###Remove point")) actions::remove_point(desk, sample);
}

}  // namespace

void draw_data_section(Desk& desk) {
  Ui& ui = desk.ui;
  View& view = desk.view;
  if (const DatasetRecipe* recipe = table_combo(ui, "Data set", dataset_recipes(),
                                                static_cast<const DatasetRecipe*>(nullptr))) {
    desk.ui.outbox.command(ChooseDataset{recipe, {0, view.noise, desk.settings().initial.seed}});
    view.plane.area.reset();
    view.plane.by_hand = false;
    view.selected.reset();
  }
  tooltip("Replaces all points; undo brings them back");

  secondary_text(ui, "A click places");
  view.picked_class = std::min(view.picked_class, desk.classes() - 1);
  const std::vector<std::string> names = class_names(std::min(desk.classes(), 8));
  if (const auto picked = toggle_group(ui, "Class", names, view.picked_class)) {
    actions::pick_class(desk, *picked);
  }
  const Index count = desk.data().size();
  const std::string clear = "Clear###Clear points";
  const float width = button_width(ui, clear.c_str());
  if (same_line_if_fits(width)) align_right(width);
  if (button(ui, clear.c_str(), ButtonKind::plain, count > 0)) {
    desk.ui.outbox.command(ClearPoints{});
    view.selected.reset();
  }
  tooltip("Removes all points; undo brings them back");
  secondary_text(ui, count == 0   ? std::string("No points yet: click in the plane.")
                     : count == 1 ? std::string("1 point")
                                  : fmt::format("{} points", count));
  selected_point(desk);
}

}  // namespace deltascope::ui
