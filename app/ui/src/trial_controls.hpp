#pragma once
// What Levenberg–Marquardt has in place of a learning rate, and what it is trying.

#include "view.hpp"

namespace deltascope::ui {

/// Whether the trial on display shows that training is at its end: it was rejected, and promised
/// less than the rounding of the cost. Every later one, with a larger μ, promises still less.
bool is_stalled(const Snapshot& snapshot);
inline constexpr const char* stalled_text = "No step lowers the cost any more (rounding).";

/// μ, as it stands now.
void draw_damping(Desk& desk);
/// Which of the two formulas solves for the step.
void draw_damped_solve(Desk& desk);
/// The trial that is looked at: the next one while paused, the one just made while it trains.
void draw_trial(Desk& desk);

}  // namespace deltascope::ui
