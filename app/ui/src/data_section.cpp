#include "actions.hpp"
#include "dialogs.hpp"
#include "question_box.hpp"
#include "settings_sections.hpp"
#include "widgets.hpp"

#include <fmt/format.h>

namespace deltascope::ui {
namespace {

std::vector<std::string> class_names(int count) {
  std::vector<std::string> names;
  for (int label = 0; label < count; ++label)
    names.push_back(class_name(label));
  return names;
}

bool same_points(const DatasetRecipe& recipe, const DatasetRequest& request, const Dataset& data) {
  Matrix X;
  std::vector<int> labels;
  DatasetRequest complete = request;
  if (complete.points == 0) complete.points = recipe.points;
  recipe.make(complete, X, labels);
  return X == data.X;
}

// A set that was moved, added to or opened from a file is recognised only as long as it is intact.
void recognise(Desk& desk) {
  ChosenData& chosen = desk.view.chosen_data;
  if (chosen.examined == desk.snapshot().data) return;
  chosen.examined = desk.snapshot().data;
  // The answer to the newest wish may still be on its way.
  const bool waits = chosen.asked != nullptr && desk.ui.snapshot_number <= chosen.asked_at + 2;
  if (!waits) chosen.recognised = nullptr;
  for (const DatasetRecipe& recipe : dataset_recipes()) {
    const bool possible = recipe.fixed || &recipe == chosen.asked;
    if (possible && same_points(recipe, chosen.request, desk.data())) chosen.recognised = &recipe;
  }
}

void choose(Desk& desk, const DatasetRecipe& recipe, std::uint64_t gesture = 0) {
  View& view = desk.view;
  view.chosen_data.asked = &recipe;
  view.chosen_data.asked_at = desk.ui.snapshot_number;
  view.chosen_data.request = {0, view.chosen_data.noise, desk.settings().initial.seed};
  desk.ui.outbox.command(ChooseDataset{&recipe, view.chosen_data.request}, gesture);
  view.plane.area.reset();
  view.plane.by_hand = false;
  view.selected.reset();
}

// At the right end of the line that has just been written.
void draw_count(const Ui& ui, Index count) {
  const std::string text = count == 0   ? std::string("no points yet")
                           : count == 1 ? std::string("1 point")
                                        : fmt::format("{} points", count);
  ImGui::SameLine();
  align_right(ui.canvas().measure(text, picture::Font::small).width);
  secondary_text(ui, text);
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

// The document and what it offers to be compared with it.
void variants(Desk& desk) {
  const DocumentStatus& document = desk.frame.document;
  if (document.variants.empty()) return;
  std::vector<std::string> names{original_name(document)};
  names.insert(names.end(), document.variants.begin(), document.variants.end());
  const int chosen = document.variant ? static_cast<int>(*document.variant) + 1 : 0;
  secondary_text(desk.ui, "Variants, each from its own start");
  const auto pressed = toggle_group(desk.ui, "Variant", names, chosen);
  if (!pressed || *pressed == chosen) return;
  actions::open_variant(
      desk, *pressed > 0 ? std::optional(static_cast<std::size_t>(*pressed) - 1) : std::nullopt);
}

void session(Desk& desk) {
  const DocumentStatus& document = desk.frame.document;
  {
    const SmallControls small(desk.ui);
    ImGui::AlignTextToFramePadding();
    secondary_text(desk.ui, "Session");
    const char* more = "Presets…###More presets";
    ImGui::SameLine();
    align_right(button_width(desk.ui, more));
    if (button(desk.ui, more)) actions::show_presets(desk);
    tooltip(desk.ui, "Sessions that come with the program, and what each one shows (P)");
  }
  const std::string name = document.name.empty() ? "New session" : document.name;
  {
    const FontScope font(desk.ui.fonts, picture::Font::heading);
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted((document.title.empty() ? name : document.title).c_str());
    ImGui::PopTextWrapPos();
  }
  if (const Question* question = open_question(desk)) {
    draw_document_question(desk, *question);
  } else if (!document.about.empty()) {
    wrapped_text(desk.ui, document.about, false);
  }
  variants(desk);
}

}  // namespace

void draw_data_section(Desk& desk) {
  Ui& ui = desk.ui;
  View& view = desk.view;
  session(desk);
  recognise(desk);
  if (const DatasetRecipe* recipe = table_combo(
          ui, "Data set", dataset_recipes(), view.chosen_data.recognised,
          [](const DatasetRecipe&) { return true; }, "own points")) {
    choose(desk, *recipe);
  }
  tooltip(ui, "Replaces all points; undo brings them back");
  const DatasetRecipe* present = view.chosen_data.recognised;
  if (present != nullptr && !present->fixed) {
    constexpr NumberRange range{.low = 0, .high = 10, .slider_low = 0, .slider_high = 0.2};
    if (const auto edit = number_slider(ui, "Noise", view.chosen_data.noise, range)) {
      view.chosen_data.noise = edit->value;
      choose(desk, *present, edit->gesture);
    }
  }

  const Index count = desk.data().size();
  secondary_text(ui, "A click places");
  draw_count(ui, count);
  view.picked_class = std::min(view.picked_class, desk.classes() - 1);
  const std::vector<std::string> names = class_names(std::min(desk.classes(), 8));
  if (const auto picked = toggle_group(ui, "Class", names, view.picked_class)) {
    actions::pick_class(desk, *picked);
  }
  const std::string clear = "Clear###Clear points";
  const float width = button_width(ui, clear.c_str());
  if (same_line_if_fits(width)) align_right(width);
  if (button(ui, clear.c_str(), ButtonKind::plain, count > 0)) {
    desk.ui.outbox.command(ClearPoints{});
    view.selected.reset();
  }
  tooltip(ui, "Removes all points; undo brings them back");
  selected_point(desk);
}

}  // namespace deltascope::ui
