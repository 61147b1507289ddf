#pragma once
// The two checks of the step on screen: when they are asked for, and what they are of.

#include "view.hpp"

#include <string>

namespace deltascope::ui {

/// Takes up what the engine has found. While the checks are open and the run is paused, asks for a
/// check of every new moment that is cheap enough.
void follow_checks(Desk& desk);

/// Whether what was found is of the step on screen, with the weights, points and settings there.
bool is_of_now(const Desk& desk);
/// Whether the step on screen is checked without being asked: about a tenth of a second at most.
bool is_checked_by_itself(const Desk& desk);
/// Whether a check has been running long enough to be worth showing.
bool is_check_running(const Desk& desk);

/// Why `mistake` does not show in this model and batch, or is not trained with under this
/// optimizer, as a sentence; empty where it shows and trains.
std::string silent_reason(const Desk& desk, const Mistake& mistake);

/// "✓", "✗"
const char* mark_of(bool passed);
/// "3.1e-9", short enough for a column.
std::string error_text(double error);

}  // namespace deltascope::ui
