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

/// Shows an earlier step, or goes on to a later one that is known; the nearest that is.
void go_to(Desk& desk, std::uint64_t step);
/// The same for what a person typed; says why where it cannot be.
void go_to_typed(Desk& desk, const std::string& text);
void step_back(Desk& desk);
void go_to_first(Desk& desk);
void go_to_newest(Desk& desk);
/// Gives up what came after the step on screen.
void continue_from_here(Desk& desk);
void toggle_timeline(Desk& desk);

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

void toggle_walk(Desk& desk);
/// Opens the checks where the walk opens, or closes them.
void toggle_checks(Desk& desk);
/// Checks the step on screen, and shows what is found.
void run_check(Desk& desk);
void cancel_check(Desk& desk);
/// Opens the sweep over seeds where the walk opens, or closes it.
void toggle_sweep(Desk& desk);
/// Takes the runs that its panel plans; keeps those that are finished.
void run_sweep(Desk& desk);
void cancel_sweep(Desk& desk);
/// One press further or back in the walk, or one training step where it is closed.
void next(Desk& desk);
void back(Desk& desk);
/// To the next (+1) or previous (−1) phase.
void change_phase(Desk& desk, int by);
/// Of the walk; where it is closed, the first step.
void first_phase(Desk& desk);
void toggle_pace(Desk& desk);
/// Covers the numbers of the walk, or shows them again.
void toggle_blank(Desk& desk);
/// Asks for the walk's results and marks the answers.
void toggle_hand_check(Desk& desk);
void toggle_predict_first(Desk& desk);
/// The next (+1) or previous (−1) cell that is asked for.
void change_cell(Desk& desk, int by);
/// To the next cell that an exercise hides, in whatever phase.
void next_open_cell(Desk& desk);
/// Gives the chosen cell up.
void show_number(Desk& desk);
/// Presses a choice of the question on screen.
void choose_answer(Desk& desk, int choice);
/// Opens or closes the worked example of the chosen cell.
void explain(Desk& desk);
void export_step(Desk& desk);
/// The panel under the mouse (else the walk, else the network) fills the window, or goes back.
void toggle_alone(Desk& desk);
void show_alone(Desk& desk, std::string_view panel);
void toggle_frozen(Desk& desk);
/// The preset at this place of the list, from 0.
void open_preset_at(Desk& desk, int position);

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
/// Opens the section in which this neuron's weights can be typed.
void show_weights(Desk& desk, const picture::NeuronId& neuron);
/// Closes what is open, or else deselects.
void escape(Desk& desk);

}  // namespace deltascope::ui::actions
