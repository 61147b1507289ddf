#pragma once
// The timeline: the steps that can be shown again, and the commands among them.

#include "view.hpp"

namespace deltascope::ui {

/// The bar along the bottom of the window.
void draw_timeline(Desk& desk);
/// The kept steps from left to right, logarithmic where the cost plot is; dragging scrubs, the
/// wheel goes step by step. Above it, what commands did: a click goes there.
void timeline_slider(Desk& desk, float width_px);
float timeline_slider_height(const Ui& ui);
/// The commands, the newest at the bottom: a click goes to its step.
void command_log(Desk& desk, float width_px, float height_px);

/// What holds while an earlier step than the newest is on screen, for tooltips.
std::string about_the_past(const Snapshot& snapshot);

}  // namespace deltascope::ui
