#include "actions.hpp"

#include "hand_check.hpp"
#include "settings_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace deltascope::ui {

namespace actions {
namespace {

// Steps per second; 0 is unlimited.
constexpr std::array<double, 11> speeds{1, 2, 5, 10, 30, 60, 100, 1000, 10'000, 100'000, 0};

double as_speed(double steps_per_second) {
  return steps_per_second > 0 ? steps_per_second : HUGE_VAL;
}

}  // namespace

void train_or_pause(Desk& desk) {
  if (desk.snapshot().run == RunState::playing) {
    desk.ui.outbox.control(Pause{});
  } else {
    desk.ui.outbox.control(Play{});
  }
}

void step(Desk& desk) {
  desk.ui.outbox.control(StepOnce{});
}

void reset(Desk& desk) {
  desk.ui.toasts.clear();  // they are about the run before
  desk.ui.outbox.command(Reset{});
}

void new_seed(Desk& desk) {
  desk.ui.toasts.clear();
  // Seeds one can write on a blackboard: the next number.
  desk.ui.outbox.command(NewSeed{desk.settings().initial.seed + 1});
}

int speed_count() {
  return static_cast<int>(speeds.size());
}

int speed_position(const Preferences& preferences) {
  const double wanted = as_speed(preferences.steps_per_second);
  const auto at = std::find_if(speeds.begin(), speeds.end(),
                               [&](double speed) { return as_speed(speed) >= wanted; });
  return static_cast<int>(std::min(at, speeds.end() - 1) - speeds.begin());
}

std::string speed_text(const Preferences& preferences) {
  const double speed = preferences.steps_per_second;
  if (!(speed > 0)) return "unlimited";
  if (speed >= 1000) return fmt::format("{:g} k/s", speed / 1000);
  return fmt::format("{:g} /s", speed);
}

void set_speed(Desk& desk, int position) {
  const int last = speed_count() - 1;
  const double speed = speeds[static_cast<std::size_t>(std::clamp(position, 0, last))];
  desk.ui.preferences.steps_per_second = speed;
  desk.ui.outbox.control(SetSpeed{speed});
}

void change_speed(Desk& desk, int by) {
  set_speed(desk, speed_position(desk.ui.preferences) + by);
}

void undo(Desk& desk) {
  desk.ui.outbox.command(Undo{});
}

void redo(Desk& desk) {
  desk.ui.outbox.command(Redo{});
}

void remove_point(Desk& desk, Index sample) {
  std::optional<Index>& selected = desk.view.selected;
  if (selected == sample) {
    selected.reset();
  } else if (selected && *selected > sample) {
    --*selected;
  }
  desk.view.plane.hovered.reset();
  desk.ui.outbox.command(RemovePoint{sample});
}

void remove_chosen_point(Desk& desk) {
  const std::optional<Index> chosen =
      desk.view.selected ? desk.view.selected : desk.view.plane.hovered;
  if (chosen && *chosen < desk.data().size()) remove_point(desk, *chosen);
}

void pick_class(Desk& desk, int label) {
  if (label < desk.classes()) {
    desk.view.picked_class = label;
  } else {
    desk.ui.toast(fmt::format("This network tells only {} classes apart", desk.classes()), true);
  }
}

void fit(Desk& desk) {
  desk.view.plane.area.reset();
  desk.view.plane.by_hand = false;
  desk.view.loss = {};
  desk.view.delta = {};
}

void toggle_theme(Desk& desk) {
  desk.ui.preferences.dark = !desk.ui.preferences.dark;
}

void set_zoom(Desk& desk, float zoom) {
  desk.ui.preferences.zoom = std::clamp(std::round(zoom * 20) / 20, 1.0F, 2.0F);
}

void change_zoom(Desk& desk, int by) {
  set_zoom(desk, by == 0 ? 1.0F : desk.ui.preferences.zoom + 0.1F * static_cast<float>(by));
}

void toggle_fullscreen(Desk& desk) {
  desk.ui.outbox.window(SetFullscreen{!desk.frame.fullscreen});
}

void toggle_hard_shading(Desk& desk) {
  desk.ui.preferences.hard_shading = !desk.ui.preferences.hard_shading;
}

void next_notation(Desk& desk) {
  const auto rows = walk::notations();
  const auto present = static_cast<std::size_t>(&desk.notation() - rows.data());
  const walk::Notation& next = rows[(present + 1) % rows.size()];
  desk.ui.preferences.choose(next);
  // Of several in a row only the last is worth reading.
  constexpr std::string_view about = "Notation: ";
  std::erase_if(desk.ui.toasts, [](const Toast& toast) { return toast.text.starts_with(about); });
  desk.ui.toast(std::string(about) + std::string(next.label), false);
}

void toggle_log_axis(Desk& desk) {
  desk.ui.preferences.loss_log_x = !desk.ui.preferences.loss_log_x;
  desk.view.loss = {};
}

void toggle_alone(Desk& desk) {
  std::string_view wanted = desk.view.panel_under_mouse;
  if (wanted.empty()) {
    const Preferences& preferences = desk.ui.preferences;
    wanted = preferences.walking    ? "walk"
             : preferences.checking ? "checks"
             : desk.view.sweep.open ? "sweep"
                                    : "network";
  }
  show_alone(desk, wanted);
}

void show_alone(Desk& desk, std::string_view panel) {
  desk.view.alone = desk.view.alone.empty() ? panel : std::string_view();
}

void toggle_frozen(Desk& desk) {
  desk.ui.outbox.window(SetFrozen{!desk.frame.frozen});
}

void open_preset_at(Desk& desk, int position) {
  const auto& presets = desk.frame.document.presets;
  if (static_cast<std::size_t>(position) < presets.size()) {
    open_preset(desk, presets[static_cast<std::size_t>(position)]);
  } else {
    desk.ui.toast(fmt::format("There is no preset {}", position + 1), true);
  }
}

bool has_unsaved_changes(const Desk& desk) {
  return desk.snapshot().revision != desk.frame.document.saved_revision ||
         has_unsaved_answers(desk);
}

void toggle_help(Desk& desk) {
  desk.view.dialog = desk.view.dialog == Dialog::help ? Dialog::none : Dialog::help;
}

void show_weights(Desk& desk, const picture::NeuronId& neuron) {
  desk.view.neuron = neuron;
  desk.view.alone = {};
  desk.view.show_settings = desk.view.show_weights = true;
  desk.ui.preferences.open_sections[weights_section] = true;
}

void escape(Desk& desk) {
  View& view = desk.view;
  if (view.dialog != Dialog::none) {
    desk.ui.edit.field = 0;  // a field of the dialog's goes with what stands in it
    view.dialog = view.dialog == Dialog::overwrite ? view.file.use : Dialog::none;
    view.awaited_message.reset();
    view.afterwards = Afterwards::nothing;
  } else if (!view.alone.empty()) {
    view.alone = {};
  } else {
    view.selected.reset();
    view.neuron.reset();
  }
}

}  // namespace actions
}  // namespace deltascope::ui
