#pragma once
// What Levenberg–Marquardt has in place of a learning rate, and what it is trying.

#include "view.hpp"

namespace deltascope::ui {

/// μ, as it stands now.
void draw_damping(Desk& desk);
/// Which of the two formulas solves for the step.
void draw_damped_solve(Desk& desk);
/// The trial that is looked at: the next one while paused, the one just made while it trains.
void draw_trial(Desk& desk);

}  // namespace deltascope::ui
