#pragma once

#include "view.hpp"

namespace deltascope::ui {

/// Follows up on saves and on the window being closed; call before anything is drawn.
void update_dialogs(Desk& desk);
/// Draws the open dialog or question, if any.
void draw_dialogs(Desk& desk);

// Parts of draw_dialogs, each inside its popup.
void draw_help(Desk& desk);
void draw_file_dialog(Desk& desk);
void draw_presets(Desk& desk);
void draw_run_to(Desk& desk);

/// What a key does in the list of presets.
void press_in_presets(Desk& desk, const KeyEvent& event);

/// The preset that is open; null for another document.
const Preset* open_preset_row(const Desk& desk);
/// Asks the window to save, and waits for what becomes of it.
void send_save(Desk& desk, const std::filesystem::path& path);
/// Sets the file dialog up for a new use: open_file, save_file or export_step.
void start_file_dialog(Desk& desk, Dialog use);
/// Writes to the file of the dialog, which may be there already.
void send_file(Desk& desk, const std::filesystem::path& path);

}  // namespace deltascope::ui
