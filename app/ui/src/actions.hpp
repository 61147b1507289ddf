#pragma once
// What buttons and keys have in common.

#include "view.hpp"

namespace deltascope::ui::actions {

void train_or_pause(Desk& desk);
void step(Desk& desk);
/// Asks which step to train to.
void ask_run_to(Desk& desk);
void reset(Desk& desk);
void new_seed(Desk& desk);
/// The next faster (+1) or slower (−1) of the speeds.
void change_speed(Desk& desk, int by);
void set_speed(Desk& desk, int position);
int speed_position(const Preferences& preferences);
int speed_count();
/// "60 /s", "unlimited".
std::string speed_text(const Preferences& preferences);

void undo(Desk& desk);
void redo(Desk& desk);
void remove_point(Desk& desk, Index sample);
/// The selected point, else the one under the mouse.
void remove_chosen_point(Desk& desk);
void pick_class(Desk& desk, int label);
void fit(Desk& desk);

void toggle_theme(Desk& desk);
void set_zoom(Desk& desk, float zoom);
/// One step of 10 % up (+1) or down (−1); 0 is 100 %.
void change_zoom(Desk& desk, int by);
void toggle_fullscreen(Desk& desk);
void toggle_hard_shading(Desk& desk);
void toggle_log_axis(Desk& desk);
/// The next row of the table of notations, after the last one the first.
void next_notation(Desk& desk);

bool has_unsaved_changes(const Desk& desk);
void open(Desk& desk);
/// The list of presets, or away with it.
void show_presets(Desk& desk);
void open_preset(Desk& desk, const Preset& preset);
/// One of the open document's variants; nullopt: the document itself.
void open_variant(Desk& desk, std::optional<std::size_t> variant);
void save(Desk& desk);
void save_as(Desk& desk);
void quit(Desk& desk);
void toggle_help(Desk& desk);
/// Closes what is open, or else deselects.
void escape(Desk& desk);

}  // namespace deltascope::ui::actions
